import Storage

extension Schema {
    /// Consortia: the saves of each partner's part, who commits a partner, the lead offered to another, and the opening of
    /// sealed candidacies.
    static let candidacyParts = Migration(
        number: 11,
        name: "candidacy_parts",
        text: """
            ALTER TABLE candidacy_member ADD COLUMN commits INTEGER NOT NULL DEFAULT 1 CHECK (commits IN (0, 1));

            CREATE TABLE candidacy_part_save (
                partner_id INTEGER NOT NULL REFERENCES candidacy_partner (id),
                version INTEGER NOT NULL CHECK (version > 1),
                section TEXT NOT NULL,
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                question_keys TEXT NOT NULL,
                former TEXT NOT NULL,
                seal TEXT NOT NULL CHECK (LENGTH(seal) = 64),
                PRIMARY KEY (partner_id, version)
            ) STRICT;

            CREATE TABLE candidacy_handover (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                member_id INTEGER NOT NULL REFERENCES candidacy_member (id),
                offered_at INTEGER NOT NULL,
                offered_by INTEGER REFERENCES account (id),
                answered_at INTEGER,
                outcome TEXT NOT NULL CHECK (outcome IN ('proposee', 'acceptee', 'refusee', 'reprise')),
                CHECK ((outcome = 'proposee') = (answered_at IS NULL))
            ) STRICT;

            CREATE UNIQUE INDEX candidacy_handover_open ON candidacy_handover (candidacy_id) WHERE answered_at IS NULL;
            CREATE INDEX candidacy_handover_member ON candidacy_handover (member_id);

            ALTER TABLE call ADD COLUMN is_sealed INTEGER NOT NULL DEFAULT 0 CHECK (is_sealed IN (0, 1));

            CREATE TABLE call_opening (
                wave_id INTEGER NOT NULL PRIMARY KEY REFERENCES call_wave (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                opened_at INTEGER NOT NULL,
                opened_by INTEGER REFERENCES account (id),
                deposits INTEGER NOT NULL CHECK (deposits >= 0)
            ) STRICT;

            CREATE INDEX call_opening_call ON call_opening (call_id);
            """)
}
