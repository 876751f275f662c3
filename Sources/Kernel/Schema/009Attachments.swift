import Storage

extension Schema {
    /// Files: those of a deposit, those on their way, what a scanner said of them, and the safe of a structure.
    ///
    /// Rows name bytes of the vault by their digest. What a deposit froze is named by it for ever, whatever becomes of the
    /// draft; a file that no row names any more leaves the vault.
    static let attachments = Migration(
        number: 9,
        name: "attachments",
        text: """
            CREATE TABLE candidacy_deposit_file (
                deposit_id INTEGER NOT NULL REFERENCES candidacy_deposit (id),
                file_id INTEGER NOT NULL REFERENCES candidacy_file (id),
                PRIMARY KEY (deposit_id, file_id)
            ) STRICT;

            CREATE INDEX candidacy_deposit_file_file ON candidacy_deposit_file (file_id);

            CREATE TABLE candidacy_upload (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                partner_id INTEGER REFERENCES candidacy_partner (id),
                question TEXT NOT NULL CHECK (question <> ''),
                account_id INTEGER NOT NULL REFERENCES account (id),
                name TEXT NOT NULL CHECK (name <> ''),
                size INTEGER NOT NULL CHECK (size > 0),
                replaces_id INTEGER REFERENCES candidacy_file (id),
                part TEXT NOT NULL UNIQUE CHECK (part <> ''),
                dated_on TEXT NOT NULL,
                created_at INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX candidacy_upload_account ON candidacy_upload (account_id);
            CREATE INDEX candidacy_upload_candidacy ON candidacy_upload (candidacy_id);
            CREATE INDEX candidacy_upload_created ON candidacy_upload (created_at);

            CREATE TABLE file_scan (
                digest TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(digest) = 64),
                state TEXT NOT NULL CHECK (state IN ('sain', 'infecte', 'erreur')),
                finding TEXT NOT NULL,
                scanned_at INTEGER NOT NULL,
                attempts INTEGER NOT NULL CHECK (attempts > 0)
            ) STRICT;

            CREATE INDEX file_scan_state ON file_scan (state, scanned_at);

            CREATE TABLE safe_document (
                id INTEGER NOT NULL PRIMARY KEY,
                place_id INTEGER NOT NULL REFERENCES place (id),
                kind TEXT NOT NULL CHECK (kind <> ''),
                name TEXT NOT NULL CHECK (name <> ''),
                family TEXT NOT NULL CHECK (family <> ''),
                size INTEGER NOT NULL CHECK (size > 0),
                digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
                dated_on TEXT NOT NULL,
                valid_until TEXT NOT NULL,
                added_at INTEGER NOT NULL,
                added_by INTEGER REFERENCES account (id),
                removed_at INTEGER
            ) STRICT;

            CREATE INDEX safe_document_place ON safe_document (place_id);
            CREATE INDEX safe_document_digest ON safe_document (digest);
            """)
}
