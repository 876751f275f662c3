import Storage

extension Schema {
    static let foundations = Migration(
        number: 1,
        name: "foundations",
        text: """
            CREATE TABLE journal (
                sequence INTEGER NOT NULL PRIMARY KEY,
                at INTEGER NOT NULL,
                actor INTEGER,
                verb TEXT NOT NULL,
                subject_kind TEXT,
                subject INTEGER,
                details TEXT NOT NULL,
                hash BLOB NOT NULL
            ) STRICT;

            CREATE INDEX journal_subject ON journal (subject_kind, subject);

            CREATE TABLE letter (
                id INTEGER NOT NULL PRIMARY KEY,
                recipient TEXT NOT NULL,
                subject TEXT NOT NULL,
                text TEXT NOT NULL,
                is_secret INTEGER NOT NULL CHECK (is_secret IN (0, 1)),
                state TEXT NOT NULL CHECK (state IN ('en_attente', 'envoyee', 'abandonnee')),
                created_at INTEGER NOT NULL,
                due_at INTEGER NOT NULL,
                sent_at INTEGER,
                attempts INTEGER NOT NULL,
                last_error TEXT
            ) STRICT;

            CREATE INDEX letter_due ON letter (state, due_at);
            """,
        sqlite: """
            CREATE TRIGGER journal_keeps_lines BEFORE DELETE ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

            CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
            """,
        postgres: """
            CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN RAISE EXCEPTION 'the journal is append-only'; END
            $body$;

            CREATE TRIGGER journal_keeps_lines BEFORE DELETE OR UPDATE ON journal
            FOR EACH ROW EXECUTE FUNCTION journal_refuses();
            """)
}
