import Storage

extension Schema {
    /// Whom the retention job has warned before it erases.
    static let retention = Migration(
        number: 20,
        name: "retention",
        text: """
            CREATE TABLE retention_notice (
                kind TEXT NOT NULL CHECK (kind IN ('compte', 'brouillon')),
                subject INTEGER NOT NULL,
                step INTEGER NOT NULL CHECK (step > 0),
                told_at INTEGER NOT NULL,
                PRIMARY KEY (kind, subject, step)
            ) STRICT;
            """)
}
