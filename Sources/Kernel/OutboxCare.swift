import Storage

/// What the post office and the retention rules do to letters, beside sending them.
extension Outbox {
    /// When the next letter may leave, nil when none waits.
    static func nextDue(_ reader: Reader) throws -> Instant? {
        try reader.one("SELECT MIN(due_at) FROM letter WHERE state = \(State.waiting.rawValue)") {
            try $0.optionalInt(0).map { Instant(microseconds: $0) }
        } ?? nil
    }

    /// How many letters wait, and when the oldest of them was written.
    public static func standing(at now: Instant, _ reader: Reader) throws -> (waiting: Int, oldest: Instant?) {
        try reader.one(
            "SELECT COUNT(*), MIN(created_at) FROM letter WHERE state = \(State.waiting.rawValue)"
        ) { (Int(try $0.int(0)), try $0.optionalInt(1).map { Instant(microseconds: $0) }) } ?? (0, nil)
    }

    /// How many letters were given up that were due after an instant.
    public static func abandonedCount(since instant: Instant, _ reader: Reader) throws -> Int {
        try reader.count(
            "SELECT COUNT(*) FROM letter WHERE state = \(State.abandoned.rawValue) AND due_at > \(instant)")
    }

    /// Takes the oldest letter that is due, for delivery during `span`: of the post offices on one database, one gets it, and the
    /// others pass over it. Those that sign somebody in go first: who waits for one waits for nothing else, and a crowd's receipts may
    /// be before it. What is taken and never reported (the program stopped) is due again afterwards.
    static func claim(for span: Instant.Span, at now: Instant, _ writer: Writer) throws -> Waiting? {
        let waiting = try writer.one(
            """
            SELECT id, recipient, subject, text, is_secret, created_at, attempts
            FROM letter
            WHERE state = \(State.waiting.rawValue)
                AND due_at <= \(now)
            ORDER BY is_secret DESC, due_at, id
            LIMIT 1
            \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
            """, waiting)
        guard let waiting else { return nil }
        try writer.run("UPDATE letter SET due_at = \(now + span) WHERE id = \(waiting.id)")
        return waiting
    }

    /// Erases every letter to an address, whatever its state: its owner closed their account.
    public static func forget(recipient: String, _ writer: Writer) throws {
        try writer.run("DELETE FROM letter WHERE recipient = \(recipient)")
    }

    /// Writes words in the place of others in every letter, whoever it goes to: a person who is erased is not named in those to others.
    /// Words of fewer than three letters are left, for they would change what names nobody.
    public static func unname(_ words: [(old: String, new: String)], _ writer: Writer) throws {
        for (old, new) in words where old.count >= 3 {
            try writer.run(
                """
                UPDATE letter
                SET subject = REPLACE(subject, \(old), \(new)),
                    text = REPLACE(text, \(old), \(new))
                WHERE subject LIKE \(pattern(old)) ESCAPE '!'
                    OR text LIKE \(pattern(old)) ESCAPE '!'
                """)
        }
    }

    private static func pattern(_ words: String) -> String {
        var pattern = "%"
        for character in words {
            if character == "%" || character == "_" || character == "!" { pattern.append("!") }
            pattern.append(character)
        }
        return pattern + "%"
    }

    /// What waits or was sent to an address, for its owner: never the text of a secret letter.
    public static func letters(to recipient: String, _ reader: Reader) throws -> [(subject: String, at: Instant)] {
        try reader.all("SELECT subject, created_at FROM letter WHERE recipient = \(recipient) ORDER BY id") {
            (try $0.text(0), Instant(microseconds: try $0.int(1)))
        }
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
