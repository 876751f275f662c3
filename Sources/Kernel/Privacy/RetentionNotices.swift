import Storage

/// The SQL of `retention_notice`: whom the retention job has warned, of what, and when. A warning older than the moment its term counts from
/// is worth nothing: the person came back in between.
public enum RetentionNotices {
    public enum Kind: String, Sendable, CaseIterable {
        case account = "compte"
        case draft = "brouillon"
    }

    /// When the warning of this step was sent to a subject, as SQL: NULL when it was not since `since`.
    public static func told(_ kind: Kind, step: Int = 1, to subject: SQL, since: SQL) -> SQL {
        """
        (SELECT told_at
            FROM retention_notice
            WHERE retention_notice.kind = \(kind.rawValue)
                AND retention_notice.subject = \(subject)
                AND retention_notice.step = \(step)
                AND retention_notice.told_at >= \(since))
        """
    }

    public static func put(_ kind: Kind, step: Int = 1, to subject: Int64, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO retention_notice (kind, subject, step, told_at)
            VALUES (\(kind.rawValue), \(subject), \(step), \(now))
            ON CONFLICT (kind, subject, step) DO UPDATE SET told_at = excluded.told_at
            """)
    }

    public static func forget(_ kind: Kind, _ subjects: [Int64], _ writer: Writer) throws {
        try writer.run(
            "DELETE FROM retention_notice WHERE kind = \(kind.rawValue) AND subject IN \(list: subjects)")
    }
}
