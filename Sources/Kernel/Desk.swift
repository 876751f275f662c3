import Storage

/// The one door by which the network changes: begins, asks the act whether it may be, performs it, writes its line in the
/// journal and its letters in the outbox, commits, and then tells those who keep a view of what changed.
public struct Desk: Sendable {
    public let database: Database
    public let surroundings: Surroundings
    private let listeners: [@Sendable (Set<Proceeding.Subject>) async -> Void]

    public init(
        database: Database,
        surroundings: Surroundings,
        listeners: [@Sendable (Set<Proceeding.Subject>) async -> Void] = []
    ) {
        self.database = database
        self.surroundings = surroundings
        self.listeners = listeners
    }

    /// Performs the act. When it returns, what it did is durable and the views of it are fresh.
    ///
    /// Throws the act's own refusals with nothing written, or a `StorageError`.
    public func perform<A: Act>(_ act: A, as principal: Principal) async throws -> A.Outcome {
        var attempts = 0
        while true {
            do {
                let (outcome, changes) = try await database.write { writer in
                    try transact(act, as: principal, writer)
                }
                if !changes.isEmpty {
                    for listener in listeners { await listener(changes) }
                }
                return outcome
            } catch StorageError.serialization where attempts < Self.retries {
                attempts += 1
            }
        }
    }

    /// Performs several acts in one transaction, each with its line of journal: all of them, or none when one is refused.
    @discardableResult
    public func perform<A: Act>(all acts: [A], as principal: Principal) async throws -> [A.Outcome] {
        if acts.isEmpty { return [] }
        var attempts = 0
        while true {
            do {
                let (outcomes, changes) = try await database.write { writer in
                    var outcomes: [A.Outcome] = []
                    var changes: Set<Proceeding.Subject> = []
                    for act in acts {
                        let (outcome, changed) = try transact(act, as: principal, writer)
                        outcomes.append(outcome)
                        changes.formUnion(changed)
                    }
                    return (outcomes, changes)
                }
                if !changes.isEmpty {
                    for listener in listeners { await listener(changes) }
                }
                return outcomes
            } catch StorageError.serialization where attempts < Self.retries {
                attempts += 1
            }
        }
    }

    private static let retries = 8

    private func transact<A: Act>(
        _ act: A, as principal: Principal, _ writer: Writer
    ) throws -> (A.Outcome, Set<Proceeding.Subject>) {
        let proceeding = Proceeding(
            writer: writer, principal: principal, now: surroundings.now(), surroundings: surroundings)
        try act.authorize(proceeding)
        let outcome = try act.perform(proceeding)
        try Journal.append(A.verb, of: proceeding)
        for letter in proceeding.letters {
            try Outbox.put(letter, by: proceeding)
        }
        return (outcome, proceeding.changes)
    }
}
