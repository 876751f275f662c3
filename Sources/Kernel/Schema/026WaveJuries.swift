import Storage

extension Schema {
    /// A jury for each wave of a call, where there was one for the whole call.
    ///
    /// A jury has a number of its own, which is that of its call for those that were there: what refers to them, and the seals of
    /// their sheets, stay as they were. The jury of a call of one wave is that wave's; of several, it keeps those it judged.
    static let waveJuries = Migration(
        number: 26,
        name: "wave_juries",
        text: """
            ALTER TABLE jury RENAME COLUMN call_id TO id;
            ALTER TABLE jury_criterion RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_member RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_conflict RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_assignment RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_sheet RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_item RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_move RENAME COLUMN call_id TO jury_id;
            ALTER TABLE jury_minutes RENAME COLUMN call_id TO jury_id;
            """,
        // SQLite never takes a reference back from a column: the table is made again, and what refers to it is looked at when all is
        // in its place.
        sqlite: """
            PRAGMA defer_foreign_keys = ON;
            CREATE TABLE jury_former AS
            SELECT id, state, version, readings, quorum, dispersion, minutes, held_at, place, created_at, opened_at,
                revealed_at, revealed_by, signed_at
            FROM jury;
            DROP TABLE jury;
            CREATE TABLE jury (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER REFERENCES call_wave (id),
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
            INSERT INTO jury (id, call_id, wave_id, state, version, readings, quorum, dispersion, minutes, held_at, place,
                created_at, opened_at, revealed_at, revealed_by, signed_at)
            SELECT id, id,
                (SELECT MIN(call_wave.id) FROM call_wave WHERE call_wave.call_id = jury_former.id HAVING COUNT(*) = 1),
                state, version, readings, quorum, dispersion, minutes, held_at, place, created_at, opened_at, revealed_at,
                revealed_by, signed_at
            FROM jury_former;
            DROP TABLE jury_former;
            CREATE UNIQUE INDEX jury_once ON jury (call_id, COALESCE(wave_id, 0));
            """,
        postgres: """
            ALTER TABLE jury DROP CONSTRAINT jury_call_id_fkey;
            ALTER TABLE jury ADD COLUMN call_id BIGINT REFERENCES call (id);
            ALTER TABLE jury ADD COLUMN wave_id BIGINT REFERENCES call_wave (id);
            UPDATE jury
            SET call_id = id,
                wave_id = (
                    SELECT MIN(call_wave.id)
                    FROM call_wave
                    WHERE call_wave.call_id = jury.id
                    HAVING COUNT(*) = 1);
            ALTER TABLE jury ALTER COLUMN call_id SET NOT NULL;
            CREATE UNIQUE INDEX jury_once ON jury (call_id, COALESCE(wave_id, 0));
            """)
}
