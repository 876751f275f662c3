import Storage

extension Schema {
    /// What those who write a candidacy together say to one another, and who takes which question. None of it is deposited.
    static let candidacyWriting = Migration(
        number: 10,
        name: "candidacy_writing",
        text: """
            CREATE TABLE candidacy_remark (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                question TEXT NOT NULL CHECK (question <> ''),
                author_id INTEGER NOT NULL REFERENCES account (id),
                text TEXT NOT NULL CHECK (text <> ''),
                at INTEGER NOT NULL,
                resolved_at INTEGER,
                resolved_by INTEGER REFERENCES account (id),
                CHECK ((resolved_at IS NULL) = (resolved_by IS NULL))
            ) STRICT;

            CREATE INDEX candidacy_remark_candidacy ON candidacy_remark (candidacy_id, at);
            CREATE INDEX candidacy_remark_at ON candidacy_remark (at);

            CREATE TABLE candidacy_assignment (
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                section TEXT NOT NULL CHECK (section <> ''),
                question TEXT NOT NULL,
                account_id INTEGER NOT NULL REFERENCES account (id),
                at INTEGER NOT NULL,
                PRIMARY KEY (candidacy_id, section, question)
            ) STRICT;

            CREATE INDEX candidacy_assignment_account ON candidacy_assignment (account_id);

            CREATE TABLE candidacy_digest (
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                account_id INTEGER NOT NULL REFERENCES account (id),
                sent_at INTEGER NOT NULL,
                PRIMARY KEY (candidacy_id, account_id)
            ) STRICT;
            """)
}
