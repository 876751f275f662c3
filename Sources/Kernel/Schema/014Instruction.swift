import Storage

extension Schema {
    /// Instruction: what is done with a dossier once its limit has passed, until it is found admissible or not.
    ///
    /// One row a dossier, made by the program when the limit passes, narrow enough that a board of tens of thousands is read
    /// whole: what lists show and filter by is copied from the deposit that counts, and copied again when another one counts.
    /// What was deposited stays in its own tables and never changes; what a candidate adds when asked is a row of its own.
    static let instruction = Migration(
        number: 14,
        name: "instruction",
        text: """
            CREATE TABLE instruction (
                candidacy_id INTEGER NOT NULL PRIMARY KEY REFERENCES candidacy (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                deposit_id INTEGER NOT NULL REFERENCES candidacy_deposit (id),
                number INTEGER NOT NULL CHECK (number > 0),
                state TEXT NOT NULL
                    CHECK (state IN ('a_instruire', 'a_completer', 'recevable', 'irrecevable', 'retiree')),
                instructor_id INTEGER REFERENCES account (id),
                due_at INTEGER,
                assigned_at INTEGER,
                told_at INTEGER,
                open_opinions INTEGER NOT NULL CHECK (open_opinions >= 0),
                unread INTEGER NOT NULL CHECK (unread >= 0),
                unread_by_candidate INTEGER NOT NULL CHECK (unread_by_candidate >= 0),
                departement TEXT NOT NULL,
                commune TEXT NOT NULL,
                title TEXT NOT NULL,
                structure TEXT NOT NULL,
                words TEXT NOT NULL,
                version INTEGER NOT NULL CHECK (version > 0),
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                decided_at INTEGER,
                decided_by INTEGER REFERENCES account (id),
                reasons TEXT NOT NULL,
                decision_words TEXT NOT NULL,
                CHECK (state <> 'irrecevable' OR (decided_at IS NOT NULL AND reasons <> '' AND decision_words <> '')),
                CHECK (state <> 'recevable' OR decided_at IS NOT NULL),
                CHECK ((instructor_id IS NULL) = (assigned_at IS NULL))
            ) STRICT;

            CREATE INDEX instruction_board
            ON instruction (call_id DESC, number, state, instructor_id, due_at, open_opinions, departement);
            CREATE INDEX instruction_instructor ON instruction (instructor_id, call_id DESC, number, state);
            CREATE INDEX instruction_deposit ON instruction (deposit_id);
            CREATE INDEX instruction_departement ON instruction (departement, call_id);

            CREATE TABLE instruction_event (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
                kind TEXT NOT NULL CHECK (kind <> ''),
                at INTEGER NOT NULL,
                actor_id INTEGER REFERENCES account (id),
                account_id INTEGER REFERENCES account (id),
                words TEXT NOT NULL
            ) STRICT;

            CREATE INDEX instruction_event_candidacy ON instruction_event (candidacy_id, at);

            CREATE TABLE instruction_checklist (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                code TEXT NOT NULL CHECK (code <> ''),
                label TEXT NOT NULL CHECK (label <> ''),
                PRIMARY KEY (call_id, rank),
                UNIQUE (call_id, code)
            ) STRICT;

            CREATE TABLE instruction_check (
                candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
                code TEXT NOT NULL CHECK (code <> ''),
                label TEXT NOT NULL CHECK (label <> ''),
                result TEXT NOT NULL CHECK (result IN ('oui', 'non', 'sans_objet')),
                remark TEXT NOT NULL,
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                PRIMARY KEY (candidacy_id, code)
            ) STRICT;

            CREATE TABLE instruction_request (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
                state TEXT NOT NULL CHECK (state IN ('ouverte', 'repondue', 'expiree', 'annulee')),
                words TEXT NOT NULL,
                takes_late INTEGER NOT NULL CHECK (takes_late IN (0, 1)),
                asked_at INTEGER NOT NULL,
                asked_by INTEGER REFERENCES account (id),
                closes_at INTEGER NOT NULL,
                reminded_at INTEGER,
                version INTEGER NOT NULL CHECK (version > 0),
                former TEXT NOT NULL CHECK (former <> ''),
                answers TEXT NOT NULL CHECK (answers <> ''),
                answered_at INTEGER,
                answered_by INTEGER REFERENCES account (id),
                closed_at INTEGER,
                CHECK (closes_at > asked_at),
                CHECK ((state = 'repondue') = (answered_at IS NOT NULL)),
                CHECK ((state = 'ouverte') = (closed_at IS NULL))
            ) STRICT;

            CREATE INDEX instruction_request_candidacy ON instruction_request (candidacy_id, asked_at);
            CREATE INDEX instruction_request_open ON instruction_request (state, closes_at);
            CREATE UNIQUE INDEX instruction_request_once ON instruction_request (candidacy_id)
            WHERE state = 'ouverte';

            CREATE TABLE instruction_request_item (
                request_id INTEGER NOT NULL REFERENCES instruction_request (id),
                rank INTEGER NOT NULL,
                question TEXT NOT NULL CHECK (question <> ''),
                reason TEXT NOT NULL CHECK (reason <> ''),
                PRIMARY KEY (request_id, question)
            ) STRICT;

            CREATE TABLE instruction_message (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
                side TEXT NOT NULL CHECK (side IN ('instruction', 'candidat')),
                author_id INTEGER REFERENCES account (id),
                text TEXT NOT NULL CHECK (text <> ''),
                at INTEGER NOT NULL,
                read_at INTEGER
            ) STRICT;

            CREATE INDEX instruction_message_candidacy ON instruction_message (candidacy_id, at);
            CREATE INDEX instruction_message_author ON instruction_message (author_id);

            CREATE TABLE instruction_note (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
                kind TEXT NOT NULL CHECK (kind IN ('note', 'alerte', 'point_fort', 'point_faible', 'a_verifier')),
                text TEXT NOT NULL CHECK (text <> ''),
                author_id INTEGER REFERENCES account (id),
                at INTEGER NOT NULL,
                removed_at INTEGER
            ) STRICT;

            CREATE INDEX instruction_note_candidacy ON instruction_note (candidacy_id, at);

            CREATE TABLE instruction_opinion (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
                kind TEXT NOT NULL CHECK (kind IN ('expert', 'cercle', 'financeur', 'conseil')),
                state TEXT NOT NULL CHECK (state IN ('demande', 'rendu', 'retire', 'expire')),
                email TEXT NOT NULL,
                account_id INTEGER REFERENCES account (id),
                question TEXT NOT NULL CHECK (question <> ''),
                asked_at INTEGER NOT NULL,
                asked_by INTEGER REFERENCES account (id),
                closes_at INTEGER NOT NULL,
                reminded_at INTEGER,
                position TEXT NOT NULL CHECK (position IN ('', 'favorable', 'reserve', 'defavorable', 'sans_avis')),
                answer TEXT NOT NULL,
                answered_at INTEGER,
                closed_at INTEGER,
                reason TEXT NOT NULL,
                CHECK (closes_at > asked_at),
                CHECK ((state = 'rendu') = (answered_at IS NOT NULL)),
                CHECK ((state = 'rendu') = (position <> '')),
                CHECK ((state = 'demande') = (closed_at IS NULL))
            ) STRICT;

            CREATE INDEX instruction_opinion_candidacy ON instruction_opinion (candidacy_id, asked_at);
            CREATE INDEX instruction_opinion_open ON instruction_opinion (state, closes_at);
            CREATE INDEX instruction_opinion_email ON instruction_opinion (email);
            CREATE INDEX instruction_opinion_account ON instruction_opinion (account_id);

            CREATE TABLE instruction_search (
                id INTEGER NOT NULL PRIMARY KEY,
                account_id INTEGER NOT NULL REFERENCES account (id),
                name TEXT NOT NULL CHECK (name <> ''),
                query TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                UNIQUE (account_id, name)
            ) STRICT;
            """)
}
