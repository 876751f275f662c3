import Storage

extension Schema {
    /// Second factors, the half of a session that waits for one, what two persons must agree on, and roles taken in an emergency.
    ///
    /// A secret is sealed under a key that is not in the database; recovery codes are only ever stored hashed.
    static let secondFactor = Migration(
        number: 22,
        name: "second factor",
        text: """
            CREATE TABLE second_factor (
                account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
                sealed_secret BLOB,
                confirmed_at INTEGER,
                last_step INTEGER NOT NULL CHECK (last_step >= 0),
                pending_secret BLOB,
                pending_at INTEGER,
                CHECK ((sealed_secret IS NULL) = (confirmed_at IS NULL)),
                CHECK ((pending_secret IS NULL) = (pending_at IS NULL))
            ) STRICT;

            CREATE TABLE recovery_code (
                account_id INTEGER NOT NULL REFERENCES account (id),
                code_hash BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                used_at INTEGER,
                PRIMARY KEY (account_id, code_hash)
            ) STRICT;

            CREATE TABLE half_session (
                id INTEGER NOT NULL PRIMARY KEY,
                account_id INTEGER NOT NULL REFERENCES account (id),
                secret_hash BLOB NOT NULL UNIQUE,
                device TEXT NOT NULL,
                destination TEXT NOT NULL,
                opened_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX half_session_account ON half_session (account_id);
            CREATE INDEX half_session_expiry ON half_session (expires_at);

            ALTER TABLE session ADD COLUMN factor_at INTEGER;

            ALTER TABLE role_grant ADD COLUMN is_emergency INTEGER NOT NULL DEFAULT 0 CHECK (is_emergency IN (0, 1));
            ALTER TABLE role_grant ADD COLUMN end_told_at INTEGER;

            CREATE INDEX role_grant_end ON role_grant (until) WHERE revoked_at IS NULL AND until IS NOT NULL;

            CREATE TABLE account_order (
                id INTEGER NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('role', 'second_facteur')),
                account_id INTEGER NOT NULL REFERENCES account (id),
                role TEXT CHECK (role IN ('coordination', 'admin_tech')),
                until INTEGER,
                reason TEXT NOT NULL CHECK (reason <> ''),
                proposed_by INTEGER NOT NULL REFERENCES account (id),
                proposed_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                settled_at INTEGER,
                settled_by INTEGER REFERENCES account (id),
                outcome TEXT CHECK (outcome IN ('faite', 'retiree')),
                CHECK ((kind = 'role') = (role IS NOT NULL)),
                CHECK (kind = 'role' OR until IS NULL),
                CHECK ((settled_at IS NULL) = (outcome IS NULL)),
                CHECK (outcome IS NULL OR outcome <> 'faite' OR settled_by <> proposed_by),
                CHECK (proposed_by <> account_id)
            ) STRICT;

            CREATE UNIQUE INDEX account_order_once ON account_order (account_id, kind, COALESCE(role, ''))
            WHERE settled_at IS NULL;
            """)
}
