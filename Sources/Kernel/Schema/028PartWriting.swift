import Storage

extension Schema {
    /// What is said beside the questions of a partner's part, and who is to write them, as for the lead's own.
    static let partWriting = Migration(
        number: 28,
        name: "part_writing",
        text: """
            ALTER TABLE candidacy_remark ADD COLUMN partner_id INTEGER REFERENCES candidacy_partner (id);

            CREATE INDEX candidacy_remark_partner ON candidacy_remark (partner_id) WHERE partner_id IS NOT NULL;

            CREATE TABLE candidacy_assignment_former AS
            SELECT candidacy_id, section, question, account_id, at
            FROM candidacy_assignment;
            DROP TABLE candidacy_assignment;
            CREATE TABLE candidacy_assignment (
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                partner_id INTEGER REFERENCES candidacy_partner (id),
                section TEXT NOT NULL CHECK (section <> ''),
                question TEXT NOT NULL,
                account_id INTEGER NOT NULL REFERENCES account (id),
                at INTEGER NOT NULL
            ) STRICT;

            INSERT INTO candidacy_assignment (candidacy_id, section, question, account_id, at)
            SELECT candidacy_id, section, question, account_id, at
            FROM candidacy_assignment_former;
            DROP TABLE candidacy_assignment_former;

            CREATE UNIQUE INDEX candidacy_assignment_once
            ON candidacy_assignment (candidacy_id, COALESCE(partner_id, 0), section, question);
            CREATE INDEX candidacy_assignment_account ON candidacy_assignment (account_id);
            CREATE INDEX candidacy_assignment_partner ON candidacy_assignment (partner_id) WHERE partner_id IS NOT NULL;
            """)
}
