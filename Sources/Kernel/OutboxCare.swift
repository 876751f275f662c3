import Storage

/// What the post office and the retention rules do to letters, beside sending them.
extension Outbox {
    /// When the next letter may leave, nil when none waits.
    static func nextDue(_ reader: Reader) throws -> Instant? {
        try reader.one("SELECT MIN(due_at) FROM letter WHERE state = \(State.waiting.rawValue)") {
            try $0.optionalInt(0).map { Instant(microseconds: $0) }
        } ?? nil
    }

    /// Takes a due letter for delivery during `span`: of two post offices on one database, one gets it. What is taken
    /// and never
    /// reported (the program stopped) is due again afterwards.
    static func claim(_ waiting: Waiting, for span: Instant.Span, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE letter
            SET due_at = \(now + span)
            WHERE id = \(waiting.id)
                AND state = \(State.waiting.rawValue)
                AND due_at <= \(now)
            """) == 1
    }

    /// Erases every letter to an address, whatever its state: its owner closed their account.
    public static func forget(recipient: String, _ writer: Writer) throws {
        try writer.run("DELETE FROM letter WHERE recipient = \(recipient)")
    }

    /// Erases letters sent more than a month ago, and those given up more than three months ago: each holds an address.
    public static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            DELETE FROM letter
            WHERE (state = \(State.sent.rawValue) AND created_at < \(now - .days(30)))
                OR (state = \(State.abandoned.rawValue) AND created_at < \(now - .days(90)))
            """)
    }
}
