import Storage

extension Schema {
    /// What several nodes on one PostgreSQL tell each other: what acts changed, in the order they committed, and which node does a
    /// job of the house. `writing_turn` is empty for ever: acts wait for each other on it. One process on SQLite uses none of them.
    ///
    /// An alert is of one machine, by the name of its node, or of the network, without a name.
    static let nodes = Migration(
        number: 25,
        name: "nodes",
        text: """
            CREATE TABLE network_change (
                sequence INTEGER NOT NULL PRIMARY KEY,
                at INTEGER NOT NULL,
                subjects TEXT NOT NULL
            ) STRICT;

            CREATE TABLE job_lease (
                job TEXT NOT NULL PRIMARY KEY,
                holder TEXT NOT NULL,
                until INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE writing_turn (
                nobody INTEGER NOT NULL PRIMARY KEY
            ) STRICT;

            ALTER TABLE service_alert ADD COLUMN node TEXT NOT NULL DEFAULT '';

            DROP INDEX service_alert_open;
            CREATE UNIQUE INDEX service_alert_open ON service_alert (kind, node) WHERE cleared_at IS NULL;
            """)
}
