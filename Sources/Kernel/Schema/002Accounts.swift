import Storage

extension Schema {
    /// Accounts, their sessions and rights. Secrets are only ever stored hashed; a closed account keeps no address.
    static let accounts = Migration(
        number: 2,
        name: "accounts",
        text: """
            CREATE TABLE account (
                id INTEGER NOT NULL PRIMARY KEY,
                email TEXT UNIQUE,
                name TEXT NOT NULL CHECK (name <> ''),
                password TEXT,
                password_set_at INTEGER,
                created_at INTEGER NOT NULL,
                last_signed_in_at INTEGER,
                closed_at INTEGER,
                CHECK ((closed_at IS NULL) = (email IS NOT NULL)),
                CHECK (closed_at IS NULL OR password IS NULL)
            ) STRICT;

            CREATE TABLE session (
                id INTEGER NOT NULL PRIMARY KEY,
                account_id INTEGER NOT NULL REFERENCES account (id),
                secret_hash BLOB NOT NULL UNIQUE,
                device TEXT NOT NULL,
                opened_at INTEGER NOT NULL,
                last_seen_at INTEGER NOT NULL,
                renewal_due INTEGER NOT NULL CHECK (renewal_due IN (0, 1))
            ) STRICT;

            CREATE INDEX session_account ON session (account_id);

            CREATE TABLE sign_in_link (
                id INTEGER NOT NULL PRIMARY KEY,
                secret_hash BLOB NOT NULL UNIQUE,
                browser_hash BLOB NOT NULL,
                code_hash BLOB NOT NULL,
                email TEXT NOT NULL,
                destination TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                used_at INTEGER,
                code_failures INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX sign_in_link_browser ON sign_in_link (browser_hash);
            CREATE INDEX sign_in_link_email ON sign_in_link (email);
            CREATE INDEX sign_in_link_expiry ON sign_in_link (expires_at);

            CREATE TABLE email_change (
                account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
                secret_hash BLOB NOT NULL UNIQUE,
                email TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE role_grant (
                id INTEGER NOT NULL PRIMARY KEY,
                account_id INTEGER NOT NULL REFERENCES account (id),
                role TEXT NOT NULL
                    CHECK (role IN ('editeur_lieu', 'responsable_lieu', 'animateur_cercle', 'financeur',
                        'coordination', 'admin_tech')),
                scope_kind TEXT NOT NULL CHECK (scope_kind IN ('reseau', 'cercle', 'lieu')),
                scope_subject INTEGER NOT NULL,
                since INTEGER NOT NULL,
                until INTEGER,
                granted_by INTEGER REFERENCES account (id),
                reason TEXT NOT NULL,
                revoked_at INTEGER,
                revoked_by INTEGER REFERENCES account (id),
                revoke_reason TEXT,
                CHECK ((scope_kind = 'reseau') = (scope_subject = 0)),
                CHECK (until IS NULL OR until > since)
            ) STRICT;

            CREATE UNIQUE INDEX role_grant_once ON role_grant (account_id, role, scope_kind, scope_subject)
            WHERE revoked_at IS NULL;
            CREATE INDEX role_grant_account ON role_grant (account_id, id);
            CREATE INDEX role_grant_scope ON role_grant (scope_kind, scope_subject);

            CREATE TABLE invitation (
                id INTEGER NOT NULL PRIMARY KEY,
                secret_hash BLOB NOT NULL UNIQUE,
                email TEXT NOT NULL,
                role TEXT NOT NULL CHECK (role IN ('editeur_lieu', 'responsable_lieu')),
                place INTEGER NOT NULL,
                place_name TEXT NOT NULL,
                invited_by INTEGER REFERENCES account (id),
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                accepted_at INTEGER,
                accepted_by INTEGER REFERENCES account (id),
                revoked_at INTEGER
            ) STRICT;

            CREATE INDEX invitation_place ON invitation (place);
            CREATE INDEX invitation_email ON invitation (email);

            CREATE TABLE throttle (
                key BLOB NOT NULL PRIMARY KEY,
                arrival INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX throttle_arrival ON throttle (arrival);
            """)
}
