import Storage

extension Schema {
    /// Accounts tied to an identity service, ties that wait to be confirmed, and the states that served.
    static let identity = Migration(
        number: 27,
        name: "identity",
        text: """
            CREATE TABLE identity (
                issuer TEXT NOT NULL CHECK (issuer <> ''),
                subject TEXT NOT NULL CHECK (subject <> ''),
                account_id INTEGER NOT NULL REFERENCES account (id),
                tied_at INTEGER NOT NULL,
                PRIMARY KEY (issuer, subject)
            ) STRICT;

            CREATE INDEX identity_account ON identity (account_id);

            CREATE TABLE identity_offer (
                account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
                secret_hash BLOB NOT NULL UNIQUE,
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                words TEXT NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE identity_state (
                state_hash BLOB NOT NULL PRIMARY KEY,
                expires_at INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX identity_state_expiry ON identity_state (expires_at);
            """)
}
