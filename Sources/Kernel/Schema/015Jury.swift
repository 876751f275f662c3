import Storage

extension Schema {
    /// Juries: who sits, what they note, what keeps them apart, the session and its minutes.
    ///
    /// A final sheet is never changed: it is reopened, and what it said stays in `jury_reopening`. Its commitment is the SHA-256 of
    /// its canonical text, whose salt is kept beside it. Nothing here holds a score: scores are computed from notes each time.
    static let jury = Migration(
        number: 15,
        name: "jury",
        text: """
            CREATE TABLE jury (
                call_id INTEGER NOT NULL PRIMARY KEY REFERENCES call (id),
                state TEXT NOT NULL CHECK (state IN ('preparation', 'lecture', 'seance', 'signe')),
                version INTEGER NOT NULL CHECK (version > 0),
                readings INTEGER NOT NULL CHECK (readings BETWEEN 1 AND 20),
                quorum INTEGER NOT NULL CHECK (quorum BETWEEN 1 AND 100),
                dispersion INTEGER NOT NULL CHECK (dispersion BETWEEN 1 AND 100),
                minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 240),
                held_at INTEGER,
                place TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                opened_at INTEGER,
                revealed_at INTEGER,
                revealed_by INTEGER REFERENCES account (id),
                signed_at INTEGER,
                CHECK (state = 'preparation' OR opened_at IS NOT NULL),
                CHECK ((state IN ('seance', 'signe')) = (revealed_at IS NOT NULL)),
                CHECK ((state = 'signe') = (signed_at IS NOT NULL))
            ) STRICT;

            CREATE TABLE jury_criterion (
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                rank INTEGER NOT NULL,
                code TEXT NOT NULL CHECK (code <> ''),
                label TEXT NOT NULL CHECK (label <> ''),
                guide TEXT NOT NULL,
                weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100),
                maximum INTEGER NOT NULL CHECK (maximum BETWEEN 1 AND 100),
                PRIMARY KEY (call_id, rank),
                UNIQUE (call_id, code)
            ) STRICT;

            CREATE TABLE jury_member (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                role TEXT NOT NULL CHECK (role IN ('jure', 'presidence')),
                body TEXT NOT NULL,
                email TEXT NOT NULL,
                secret_hash BLOB UNIQUE,
                account_id INTEGER REFERENCES account (id),
                invited_at INTEGER NOT NULL,
                invited_by INTEGER REFERENCES account (id),
                expires_at INTEGER NOT NULL,
                joined_at INTEGER,
                left_at INTEGER,
                left_reason TEXT NOT NULL,
                keeps_notes INTEGER NOT NULL CHECK (keeps_notes IN (0, 1)),
                presence TEXT NOT NULL CHECK (presence IN ('', 'present', 'excuse', 'absent')),
                CHECK ((account_id IS NULL) = (joined_at IS NULL)),
                CHECK (left_at IS NOT NULL OR keeps_notes = 1)
            ) STRICT;

            CREATE INDEX jury_member_call ON jury_member (call_id);
            CREATE INDEX jury_member_account ON jury_member (account_id);
            CREATE INDEX jury_member_email ON jury_member (email);
            CREATE UNIQUE INDEX jury_member_once ON jury_member (call_id, account_id)
            WHERE account_id IS NOT NULL AND left_at IS NULL;
            CREATE UNIQUE INDEX jury_member_chair ON jury_member (call_id)
            WHERE role = 'presidence' AND left_at IS NULL;

            CREATE TABLE jury_conflict (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                member_id INTEGER NOT NULL REFERENCES jury_member (id),
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                nature TEXT NOT NULL CHECK (nature IN ('equipe', 'lieu', 'structure', 'consortium', 'domaine',
                    'gouvernance', 'emploi', 'mandat', 'famille', 'autre')),
                words TEXT NOT NULL,
                is_found INTEGER NOT NULL CHECK (is_found IN (0, 1)),
                state TEXT NOT NULL CHECK (state IN ('a_decider', 'confirme', 'ecarte')),
                at INTEGER NOT NULL,
                decided_at INTEGER,
                decided_by INTEGER REFERENCES account (id),
                reason TEXT NOT NULL,
                UNIQUE (member_id, candidacy_id, nature),
                CHECK ((state = 'a_decider') = (decided_at IS NULL)),
                CHECK (state <> 'ecarte' OR reason <> '')
            ) STRICT;

            CREATE INDEX jury_conflict_call ON jury_conflict (call_id, state);
            CREATE INDEX jury_conflict_candidacy ON jury_conflict (candidacy_id);

            CREATE TABLE jury_assignment (
                member_id INTEGER NOT NULL REFERENCES jury_member (id),
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                is_by_hand INTEGER NOT NULL CHECK (is_by_hand IN (0, 1)),
                at INTEGER NOT NULL,
                ended_at INTEGER,
                PRIMARY KEY (member_id, candidacy_id)
            ) STRICT;

            CREATE INDEX jury_assignment_call ON jury_assignment (call_id);
            CREATE INDEX jury_assignment_candidacy ON jury_assignment (candidacy_id);

            CREATE TABLE jury_sheet (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                member_id INTEGER NOT NULL REFERENCES jury_member (id),
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                state TEXT NOT NULL CHECK (state IN ('en_saisie', 'definitive')),
                version INTEGER NOT NULL CHECK (version > 0),
                is_abstained INTEGER NOT NULL CHECK (is_abstained IN (0, 1)),
                comment TEXT NOT NULL,
                saved_at INTEGER NOT NULL,
                finished_at INTEGER,
                reopened_at INTEGER,
                salt TEXT NOT NULL,
                commitment TEXT NOT NULL,
                UNIQUE (member_id, candidacy_id),
                CHECK ((state = 'definitive') = (finished_at IS NOT NULL)),
                CHECK ((state = 'definitive') = (LENGTH(commitment) = 64)),
                CHECK ((state = 'definitive') = (LENGTH(salt) = 64))
            ) STRICT;

            CREATE INDEX jury_sheet_candidacy ON jury_sheet (candidacy_id);
            CREATE INDEX jury_sheet_call ON jury_sheet (call_id, state);

            CREATE TABLE jury_note (
                sheet_id INTEGER NOT NULL REFERENCES jury_sheet (id),
                criterion TEXT NOT NULL CHECK (criterion <> ''),
                note INTEGER CHECK (note BETWEEN 0 AND 100),
                is_concerned INTEGER NOT NULL CHECK (is_concerned IN (0, 1)),
                comment TEXT NOT NULL,
                PRIMARY KEY (sheet_id, criterion),
                CHECK (is_concerned = 1 OR note IS NULL)
            ) STRICT;

            CREATE TABLE jury_reopening (
                id INTEGER NOT NULL PRIMARY KEY,
                sheet_id INTEGER NOT NULL REFERENCES jury_sheet (id),
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                reason TEXT NOT NULL CHECK (reason <> ''),
                former TEXT NOT NULL CHECK (former <> ''),
                commitment TEXT NOT NULL CHECK (LENGTH(commitment) = 64)
            ) STRICT;

            CREATE INDEX jury_reopening_sheet ON jury_reopening (sheet_id);

            CREATE TABLE jury_item (
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                place INTEGER NOT NULL,
                audition_at INTEGER,
                audition_words TEXT NOT NULL,
                begun_at INTEGER,
                advice TEXT CHECK (advice IN ('favorable', 'reserve', 'ajourne', 'defavorable')),
                words TEXT NOT NULL,
                advised_at INTEGER,
                advised_by INTEGER REFERENCES account (id),
                version INTEGER NOT NULL CHECK (version > 0),
                PRIMARY KEY (call_id, candidacy_id),
                CHECK ((advice IS NULL) = (advised_at IS NULL))
            ) STRICT;

            CREATE TABLE jury_move (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES jury (call_id),
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                position INTEGER NOT NULL CHECK (position > 0),
                reason TEXT NOT NULL CHECK (reason <> ''),
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                undone_at INTEGER
            ) STRICT;

            CREATE INDEX jury_move_call ON jury_move (call_id, at);

            CREATE TABLE jury_minutes (
                call_id INTEGER NOT NULL PRIMARY KEY REFERENCES jury (call_id),
                text TEXT NOT NULL CHECK (text <> ''),
                fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
                signed_at INTEGER NOT NULL,
                signed_by INTEGER NOT NULL REFERENCES account (id),
                signer TEXT NOT NULL CHECK (signer <> '')
            ) STRICT;
            """)
}
