import Storage

/// The SQL of `candidacy_reminder`: what was sent already.
enum CandidacyReminderStore {
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
