import Storage

/// One thing that the retention job does, a batch at a time: it warns somebody, or erases what is past its term (PRIV-2).
public struct RetentionRule: Sendable {
    /// As the journal and `maillage retention --dry-run` call it.
    public let name: String
    public let table: String
    /// How many rows it would treat now.
    public let due: @Sendable (_ now: Instant, _ reader: Reader) throws -> Int
    /// Treats at most so many; answers how many it did.
    public let batch: @Sendable (_ proceeding: Proceeding, _ limit: Int) throws -> Int

    public init(
        _ name: String, on table: String, due: @escaping @Sendable (Instant, Reader) throws -> Int,
        batch: @escaping @Sendable (Proceeding, Int) throws -> Int
    ) {
        self.name = name
        self.table = table
        self.due = due
        self.batch = batch
    }
}

/// A batch of the retention job, with its line of journal: the rule and a count.
public struct ApplyRetention: Act {
    public static let right = "Le programme lui-même, chaque jour."

    public let rule: RetentionRule
    public let limit: Int

    public init(_ rule: RetentionRule, limit: Int = 200) {
        self.rule = rule
        self.limit = limit
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Answers how many rows it treated.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let count = try rule.batch(proceeding, limit)
        proceeding.note("rule", rule.name)
        proceeding.note("rows", String(count))
        return count
    }
}

/// What the retention job does, rule by rule: each in batches, each batch one act, until nothing is due. May be stopped and begun again, and
/// two nodes may run it at once.
public struct RetentionJob: Sendable {
    public let rules: [RetentionRule]

    public init(_ rules: [RetentionRule]) {
        self.rules = rules
    }

    /// What it would do now, without doing it.
    public func forecast(at now: Instant, _ reader: Reader) throws -> [(rule: RetentionRule, rows: Int)] {
        try rules.map { ($0, try $0.due(now, reader)) }
    }

    /// Answers how many rows each rule treated, those that treated none left out.
    public func run(_ desk: Desk, batch: Int = 200) async throws -> [(rule: String, rows: Int)] {
        var done: [(rule: String, rows: Int)] = []
        for rule in rules {
            var total = 0
            while try await desk.database.read({ try rule.due(desk.surroundings.now(), $0) }) > 0 {
                try Task.checkCancellation()
                let count = try await desk.perform(ApplyRetention(rule, limit: batch), as: .house)
                // What is due and cannot be treated waits for tomorrow.
                if count == 0 { break }
                total += count
            }
            if total > 0 { done.append((rule.name, total)) }
        }
        return done
    }
}
