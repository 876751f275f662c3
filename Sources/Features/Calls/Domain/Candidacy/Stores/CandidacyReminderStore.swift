import Storage

/// The SQL of `candidacy_reminder`: what was sent already.
enum CandidacyReminderStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_reminder WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    static func insert(
        _ kind: CandidacyReminder, of candidacy: Candidacy.ID, closing limit: Instant, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO candidacy_reminder (candidacy_id, closes_at, kind, sent_at)
            VALUES (\(candidacy), \(limit), \(kind.rawValue), \(now))
            """)
    }
}
