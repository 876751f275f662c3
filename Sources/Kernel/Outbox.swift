import Storage

/// The letters that wait to leave. A row is written with the act that sends it; a worker delivers it afterwards, at least once,
/// always under the same Message-ID.
public enum Outbox {
    public enum State: String, Sendable, CaseIterable {
        case waiting = "en_attente"
        case sent = "envoyee"
        case abandoned = "abandonnee"
    }

    public struct Waiting: Sendable {
        public let id: Identifier<Letter>
        public let letter: Letter
        public let createdAt: Instant
        public let attempts: Int
    }

    static func put(_ letter: Letter, by proceeding: Proceeding) throws {
        let id: Identifier<Letter> = proceeding.newIdentifier()
        proceeding.changed(id)
        try proceeding.writer.run(
            """
            INSERT INTO letter (id, recipient, subject, text, is_secret, state, created_at, due_at, attempts)
            VALUES (\(id), \(letter.recipient), \(letter.subject), \(letter.text), \(letter.isSecret),
                \(State.waiting.rawValue), \(proceeding.now), \(proceeding.now), 0)
            """)
    }

    /// The letters due at `now`, oldest first.
    public static func due(at now: Instant, limit: Int, _ reader: Reader) throws -> [Waiting] {
        try reader.all(
            """
            SELECT id, recipient, subject, text, is_secret, created_at, attempts
            FROM letter
            WHERE state = \(State.waiting.rawValue)
                AND due_at <= \(now)
            ORDER BY due_at, id
            LIMIT \(limit)
            """, waiting)
    }

    static func waiting(_ row: Row) throws -> Waiting {
        Waiting(
            id: Identifier(try row.int(0)),
            letter: Letter(
                to: try row.text(1), subject: try row.text(2), text: try row.text(3), isSecret: try row.bool(4)),
            createdAt: Instant(microseconds: try row.int(5)),
            attempts: Int(try row.int(6)))
    }

    /// Records a delivery. A secret letter's text is erased.
    public static func markSent(_ id: Identifier<Letter>, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE letter
            SET state = \(State.sent.rawValue),
                sent_at = \(now),
                attempts = attempts + 1,
                text = CASE WHEN is_secret = 1 THEN '' ELSE text END,
                last_error = NULL
            WHERE id = \(id)
            """)
    }

    /// Records a failure: tries again after 1, 2, 4 … minutes, at most 6 hours apart, and gives up after 3 days.
    public static func markFailed(_ waiting: Waiting, reason: String, at now: Instant, _ writer: Writer) throws {
        let minutes = min(Int64(1) << min(Int64(waiting.attempts), 12), 360)
        let givesUp = now - waiting.createdAt > .days(3)
        try writer.run(
            """
            UPDATE letter
            SET state = \((givesUp ? State.abandoned : State.waiting).rawValue),
                attempts = attempts + 1,
                due_at = \(now + .minutes(minutes)),
                last_error = \(reason)
            WHERE id = \(waiting.id)
            """)
    }

    public struct Summary: Sendable, Equatable {
        public let id: Identifier<Letter>
        public let recipient: String
        public let subject: String
        public let state: State
        public let attempts: Int
        public let createdAt: Instant
        public let lastError: String?

        public init(
            id: Identifier<Letter>, recipient: String, subject: String, state: State, attempts: Int, createdAt: Instant,
            lastError: String?
        ) {
            self.id = id
            self.recipient = recipient
            self.subject = subject
            self.state = state
            self.attempts = attempts
            self.createdAt = createdAt
            self.lastError = lastError
        }
    }

    /// How many letters wait or were given up.
    public static func pendingCount(_ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM letter WHERE state <> \(State.sent.rawValue)")
    }

    /// What the operator sees: the newest letters that wait or were given up. Never their text.
    public static func pending(_ limit: Int, _ reader: Reader) throws -> [Summary] {
        try reader.all(
            """
            SELECT id, recipient, subject, state, attempts, created_at, last_error
            FROM letter
            WHERE state <> \(State.sent.rawValue)
            ORDER BY created_at DESC, id DESC
            LIMIT \(limit)
            """
        ) { row in
            Summary(
                id: Identifier(try row.int(0)),
                recipient: try row.text(1),
                subject: try row.text(2),
                state: State(rawValue: try row.text(3)) ?? .waiting,
                attempts: Int(try row.int(4)),
                createdAt: Instant(microseconds: try row.int(5)),
                lastError: try row.optionalText(6))
        }
    }
}
