import Storage

extension Schema {
    /// Calls read back from the archive that another network, or this one long ago, made of them: to be read, never to be acted on.
    ///
    /// They share no row with the calls of the network: their people have no account here, their receipts are those of their own
    /// network, and what they hold is what the archive held. The bytes are in the vault, under the digests that the archive named.
    static let archivedCalls = Migration(
        number: 18,
        name: "archived_calls",
        text: """
            CREATE TABLE archived_call (
                id INTEGER NOT NULL PRIMARY KEY,
                origin_id INTEGER NOT NULL,
                slug TEXT NOT NULL CHECK (slug <> ''),
                title TEXT NOT NULL,
                organiser TEXT NOT NULL,
                network TEXT NOT NULL,
                address TEXT NOT NULL,
                made_at INTEGER NOT NULL,
                digest TEXT NOT NULL UNIQUE CHECK (LENGTH(digest) = 64),
                has_own_keys INTEGER NOT NULL CHECK (has_own_keys IN (0, 1)),
                refused INTEGER NOT NULL CHECK (refused >= 0),
                imported_at INTEGER NOT NULL,
                UNIQUE (address, origin_id)
            ) STRICT;

            CREATE TABLE archived_dossier (
                archived_call_id INTEGER NOT NULL REFERENCES archived_call (id),
                number INTEGER NOT NULL CHECK (number > 0),
                candidacy TEXT NOT NULL,
                name TEXT NOT NULL,
                structure TEXT NOT NULL,
                depositor TEXT NOT NULL,
                channel TEXT NOT NULL CHECK (channel IN ('online', 'post', 'email')),
                arrival INTEGER NOT NULL,
                closes_at INTEGER NOT NULL,
                state TEXT NOT NULL,
                state_label TEXT NOT NULL,
                PRIMARY KEY (archived_call_id, number)
            ) STRICT;

            CREATE TABLE archived_file (
                archived_call_id INTEGER NOT NULL REFERENCES archived_call (id),
                place INTEGER NOT NULL CHECK (place > 0),
                dossier INTEGER,
                kind TEXT NOT NULL CHECK (kind IN ('call', 'deposit', 'receipt', 'document')),
                path TEXT NOT NULL,
                name TEXT NOT NULL,
                question TEXT NOT NULL,
                size INTEGER NOT NULL CHECK (size >= 0),
                digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
                is_addition INTEGER NOT NULL CHECK (is_addition IN (0, 1)),
                absence TEXT NOT NULL,
                added_at INTEGER NOT NULL,
                PRIMARY KEY (archived_call_id, place),
                CHECK ((path = '') = (absence <> ''))
            ) STRICT;

            CREATE INDEX archived_file_dossier ON archived_file (archived_call_id, dossier, place);
            CREATE INDEX archived_file_digest ON archived_file (digest);
            """)
}
