import Storage

/// The SQL of `candidacy_digest`: when somebody was last told what was said about a candidacy.
enum CandidacyDigestStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_digest WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    static func last(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [Account.ID: Instant] {
        let rows = try reader.all(
            """
            SELECT account_id, sent_at
            FROM candidacy_digest
            WHERE candidacy_id = \(candidacy)
            ORDER BY account_id
            """
        ) { (Account.ID(try $0.int(0)), Instant(microseconds: try $0.int(1))) }
        return Dictionary(rows) { _, last in last }
    }

    static func note(_ account: Account.ID, of candidacy: Candidacy.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_digest (candidacy_id, account_id, sent_at)
            VALUES (\(candidacy), \(account), \(now))
            ON CONFLICT (candidacy_id, account_id) DO UPDATE SET sent_at = excluded.sent_at
            """)
    }
}
