import Storage

extension Invariant {
    /// Those of the tables that every feature writes to.
    public static let kernel: [Invariant] = [
        Invariant("journal.chain", "Each line of the journal follows from the one before it.") { reader, tell in
            do {
                return try Journal.verify(reader)
            } catch let broken as Journal.Broken {
                tell("journal line \(broken.sequence): it does not follow from the one before it")
                return 0
            }
        },
        Invariant(
            "letters.state",
            "A letter that left says when, one that waits does not, and a secret that left is forgotten.",
            rows: """
                SELECT id, state
                FROM letter
                WHERE (state = 'envoyee') <> (sent_at IS NOT NULL)
                    OR (state = 'envoyee' AND is_secret = 1 AND text <> '')
                    OR attempts < 0
                    OR due_at < created_at
                ORDER BY id
                """
        ) { "\(row("letter", try $0.int(0))): state \(try $0.text(1)) against its instants, its attempts or its text" },
    ]
}
