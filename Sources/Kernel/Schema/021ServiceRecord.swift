import Storage

extension Schema {
    /// How the service was, minute by minute, each line sealed by the one before; and what the operator is told of.
    static let serviceRecord = Migration(
        number: 21,
        name: "service record",
        text: """
            CREATE TABLE service_probe (
                id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
                at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE service_minute (
                minute INTEGER NOT NULL PRIMARY KEY,
                measured_at INTEGER NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('ouvert', 'panne')),
                microseconds INTEGER NOT NULL CHECK (microseconds >= 0),
                deposits INTEGER NOT NULL CHECK (deposits >= 0),
                recorded_at INTEGER NOT NULL,
                previous TEXT NOT NULL CHECK (LENGTH(previous) = 64),
                hash TEXT NOT NULL UNIQUE CHECK (LENGTH(hash) = 64)
            ) STRICT;

            CREATE TABLE service_alert (
                id INTEGER NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind <> ''),
                words TEXT NOT NULL,
                raised_at INTEGER NOT NULL,
                told_at INTEGER NOT NULL,
                cleared_at INTEGER
            ) STRICT;

            CREATE INDEX service_alert_raised ON service_alert (raised_at);
            CREATE UNIQUE INDEX service_alert_open ON service_alert (kind) WHERE cleared_at IS NULL;
            """)
}
