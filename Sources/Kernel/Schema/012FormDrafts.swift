import Storage

extension Schema {
    /// The form of a call while it is being written: the working copy, apart from the versions that candidates answer, with every
    /// step that made it.
    ///
    /// A step holds the form after it. `former` is the step to come back to when it is undone, `later` the one that undoing left,
    /// 0 when there is none: undoing is another step, so that nothing done is ever lost.
    static let formDrafts = Migration(
        number: 12,
        name: "form_drafts",
        text: """
            CREATE TABLE call_form_draft (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                maturity TEXT NOT NULL,
                base_form_id INTEGER REFERENCES call_form (id),
                version INTEGER NOT NULL CHECK (version > 0),
                created_at INTEGER NOT NULL,
                UNIQUE (call_id, maturity)
            ) STRICT;

            CREATE TABLE call_form_step (
                draft_id INTEGER NOT NULL REFERENCES call_form_draft (id),
                version INTEGER NOT NULL CHECK (version > 0),
                definition TEXT NOT NULL CHECK (definition <> ''),
                words TEXT NOT NULL,
                place TEXT NOT NULL,
                former INTEGER NOT NULL CHECK (former >= 0),
                later INTEGER NOT NULL CHECK (later >= 0),
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                PRIMARY KEY (draft_id, version)
            ) STRICT;
            """)
}
