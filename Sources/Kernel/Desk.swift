import Storage

/// The one door by which the network changes: begins, asks the act whether it may be, performs it, writes its line in the
/// journal and its letters in the outbox, commits, and then tells those who keep a view of what changed.
public struct Desk: Sendable {
    public let database: Database
    public let surroundings: Surroundings
    private let listeners: [@Sendable (Set<Proceeding.Subject>) async -> Void]
    /// Every act writes the next line of one journal: two at once on PostgreSQL would have to begin again, one of them for nothing.
    /// SQLite has a single writer, which commits those that wait together.
    private let turn: Turnstile?
    /// What this desk told of its own acts.
    let told = ToldChanges()

    public init(
        database: Database,
        surroundings: Surroundings,
        listeners: [@Sendable (Set<Proceeding.Subject>) async -> Void] = []
    ) {
        self.database = database
        self.surroundings = surroundings
        self.listeners = listeners
        turn = database.dialect == .sqlite ? nil : Turnstile(width: 1, queue: .max)
    }

    /// Performs the act. When it returns, what it did is durable and the views of it are fresh.
    ///
    /// Throws the act's own refusals with nothing written, or a `StorageError`.
    public func perform<A: Act>(_ act: A, as principal: Principal) async throws -> A.Outcome {
        let (outcome, changes, sequence) = try await database.write(again: turn) { writer in
            try writer.takeTurn(NetworkChanges.turn)
            let (outcome, changes) = try transact(act, as: principal, writer)
            return (outcome, changes, try NetworkChanges.record(changes, at: surroundings.now(), writer))
        }
        told.insert(sequence)
        await tell(changes)
        return outcome
    }

    /// Performs several acts in one transaction, each with its line of journal: all of them, or none when one is refused.
    @discardableResult
    public func perform<A: Act>(all acts: [A], as principal: Principal) async throws -> [A.Outcome] {
        if acts.isEmpty { return [] }
        let (outcomes, changes, sequence) = try await database.write(again: turn) { writer in
            try writer.takeTurn(NetworkChanges.turn)
            var outcomes: [A.Outcome] = []
            var changes: Set<Proceeding.Subject> = []
            for act in acts {
                let (outcome, changed) = try transact(act, as: principal, writer)
                outcomes.append(outcome)
                changes.formUnion(changed)
            }
            return (outcomes, changes, try NetworkChanges.record(changes, at: surroundings.now(), writer))
        }
        told.insert(sequence)
        await tell(changes)
        return outcomes
    }

    /// Tells those who keep a view of what changed, by an act of this desk or of another node.
    func tell(_ changes: Set<Proceeding.Subject>) async {
        if changes.isEmpty { return }
        for listener in listeners { await listener(changes) }
    }

    private func transact<A: Act>(
        _ act: A, as principal: Principal, _ writer: Writer
    ) throws -> (A.Outcome, Set<Proceeding.Subject>) {
        let proceeding = Proceeding(
            writer: writer, principal: principal, now: surroundings.now(), surroundings: surroundings)
        try act.authorize(proceeding)
        let outcome = try act.perform(proceeding)
        if !proceeding.isIdle { try Journal.append(A.verb, of: proceeding) }
        for letter in proceeding.letters {
            try Outbox.put(letter, by: proceeding)
        }
        return (outcome, proceeding.changes)
    }
}
