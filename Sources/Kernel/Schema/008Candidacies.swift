import Storage

extension Schema {
    /// Candidacies: what is being written, by whom, and every deposit of it with its receipt.
    ///
    /// A draft is one document of answers that counts its versions; each save keeps what the questions held before it, so that
    /// the draft can be read as it was. A deposit is never changed nor erased: replacing it is another deposit, withdrawing it
    /// is a state of the candidacy. Whether it was on time is a comparison of two instants that both stand in its row.
    static let candidacies = Migration(
        number: 8,
        name: "candidacies",
        text: """
            CREATE TABLE candidacy (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                form_id INTEGER NOT NULL REFERENCES call_form (id),
                maturity TEXT NOT NULL,
                place_id INTEGER REFERENCES place (id),
                title TEXT NOT NULL,
                structure TEXT NOT NULL,
                siret TEXT NOT NULL,
                channel TEXT NOT NULL CHECK (channel IN ('online', 'post', 'email')),
                holder_id INTEGER REFERENCES account (id),
                depositor TEXT NOT NULL,
                state TEXT NOT NULL
                    CHECK (state IN ('brouillon', 'deposee', 'hors_delai', 'admise', 'ecartee', 'retiree')),
                version INTEGER NOT NULL CHECK (version > 0),
                deposited_version INTEGER NOT NULL CHECK (deposited_version BETWEEN 0 AND version),
                answers TEXT NOT NULL CHECK (answers <> ''),
                consented_at INTEGER,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                withdrawn_at INTEGER,
                withdraw_reason TEXT NOT NULL,
                decided_at INTEGER,
                decided_by INTEGER REFERENCES account (id),
                decision_reason TEXT NOT NULL,
                CHECK ((channel = 'online') = (holder_id IS NOT NULL)),
                CHECK (channel = 'online' OR depositor <> ''),
                CHECK (state = 'brouillon' OR deposited_version > 0),
                CHECK ((state = 'retiree') = (withdrawn_at IS NOT NULL)),
                CHECK (state NOT IN ('admise', 'ecartee') OR (decided_at IS NOT NULL AND decision_reason <> ''))
            ) STRICT;

            CREATE INDEX candidacy_call ON candidacy (call_id, state);
            CREATE INDEX candidacy_holder ON candidacy (holder_id, updated_at);
            CREATE INDEX candidacy_wave ON candidacy (wave_id, state);

            CREATE TABLE candidacy_save (
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                version INTEGER NOT NULL CHECK (version > 1),
                section TEXT NOT NULL,
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                question_keys TEXT NOT NULL,
                former TEXT NOT NULL,
                seal TEXT NOT NULL CHECK (LENGTH(seal) = 64),
                PRIMARY KEY (candidacy_id, version)
            ) STRICT;

            CREATE TABLE candidacy_partner (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                name TEXT NOT NULL CHECK (name <> ''),
                state TEXT NOT NULL CHECK (state IN ('invite', 'repond', 'engage', 'parti')),
                version INTEGER NOT NULL CHECK (version > 0),
                answers TEXT NOT NULL CHECK (answers <> ''),
                committed_at INTEGER,
                committed_by INTEGER REFERENCES account (id),
                left_at INTEGER,
                CHECK ((state = 'engage') = (committed_at IS NOT NULL)),
                CHECK ((state = 'parti') = (left_at IS NOT NULL))
            ) STRICT;

            CREATE INDEX candidacy_partner_candidacy ON candidacy_partner (candidacy_id);

            CREATE TABLE candidacy_member (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                role TEXT NOT NULL CHECK (role IN ('redaction', 'partenaire', 'lecture')),
                sections TEXT NOT NULL,
                partner_id INTEGER REFERENCES candidacy_partner (id),
                email TEXT NOT NULL,
                secret_hash BLOB UNIQUE,
                account_id INTEGER REFERENCES account (id),
                invited_at INTEGER NOT NULL,
                invited_by INTEGER REFERENCES account (id),
                expires_at INTEGER NOT NULL,
                accepted_at INTEGER,
                left_at INTEGER,
                CHECK ((account_id IS NULL) = (accepted_at IS NULL)),
                CHECK ((role = 'partenaire') = (partner_id IS NOT NULL))
            ) STRICT;

            CREATE INDEX candidacy_member_candidacy ON candidacy_member (candidacy_id);
            CREATE INDEX candidacy_member_account ON candidacy_member (account_id);
            CREATE UNIQUE INDEX candidacy_member_once ON candidacy_member (candidacy_id, account_id)
            WHERE account_id IS NOT NULL AND left_at IS NULL;

            CREATE TABLE candidacy_file (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                partner_id INTEGER REFERENCES candidacy_partner (id),
                question TEXT NOT NULL CHECK (question <> ''),
                name TEXT NOT NULL CHECK (name <> ''),
                family TEXT NOT NULL CHECK (family <> ''),
                size INTEGER NOT NULL CHECK (size >= 0),
                digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
                added_at INTEGER NOT NULL,
                added_by INTEGER REFERENCES account (id),
                removed_at INTEGER
            ) STRICT;

            CREATE INDEX candidacy_file_candidacy ON candidacy_file (candidacy_id);
            CREATE INDEX candidacy_file_digest ON candidacy_file (digest);

            CREATE TABLE candidacy_deposit (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                number INTEGER NOT NULL CHECK (number > 0),
                version INTEGER NOT NULL CHECK (version > 0),
                deposit_key TEXT NOT NULL UNIQUE CHECK (deposit_key <> ''),
                arrival INTEGER NOT NULL,
                closes_at INTEGER NOT NULL,
                verdict TEXT NOT NULL CHECK (verdict IN ('on_time', 'late')),
                deposited_by INTEGER REFERENCES account (id),
                is_consented INTEGER NOT NULL CHECK (is_consented IN (0, 1)),
                form_id INTEGER NOT NULL REFERENCES call_form (id),
                rules_version INTEGER NOT NULL,
                snapshot TEXT NOT NULL CHECK (snapshot <> ''),
                snapshot_digest TEXT NOT NULL CHECK (LENGTH(snapshot_digest) = 64),
                attachments TEXT NOT NULL,
                recorded_at INTEGER NOT NULL,
                UNIQUE (call_id, number),
                CHECK ((verdict = 'on_time') = (arrival < closes_at)),
                FOREIGN KEY (call_id, rules_version) REFERENCES call_rules_version (call_id, version)
            ) STRICT;

            CREATE INDEX candidacy_deposit_candidacy ON candidacy_deposit (candidacy_id, number);

            CREATE TABLE candidacy_deposit_alias (
                deposit_key TEXT NOT NULL PRIMARY KEY CHECK (deposit_key <> ''),
                deposit_id INTEGER NOT NULL REFERENCES candidacy_deposit (id)
            ) STRICT;

            CREATE TABLE receipt (
                id INTEGER NOT NULL PRIMARY KEY,
                deposit_id INTEGER NOT NULL UNIQUE REFERENCES candidacy_deposit (id),
                number INTEGER NOT NULL CHECK (number > 0),
                content TEXT NOT NULL CHECK (content <> ''),
                fingerprint TEXT NOT NULL UNIQUE CHECK (LENGTH(fingerprint) = 64),
                key_id TEXT NOT NULL CHECK (key_id <> ''),
                issued_at INTEGER NOT NULL
            ) STRICT;

            CREATE INDEX receipt_issued ON receipt (issued_at);

            CREATE TABLE candidacy_reminder (
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                closes_at INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('semaine', 'deux_jours', 'dernier_jour')),
                sent_at INTEGER NOT NULL,
                PRIMARY KEY (candidacy_id, closes_at, kind)
            ) STRICT;
            """)
}
