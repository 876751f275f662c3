import Storage

extension Schema {
    /// Selection and decision: what was asked of the solver and what it answered, what the competent body decided of each dossier,
    /// the letters, the appeals, and the publication.
    ///
    /// A decision that was notified is never changed: what comes after it (a place that frees, an appeal) is another row, which
    /// supersedes it. Nothing of a row without `notified_at` is ever read for a candidate.
    static let decisions = Migration(
        number: 17,
        name: "decisions",
        text: """
            CREATE TABLE selection_plan (
                wave_id INTEGER NOT NULL PRIMARY KEY REFERENCES call_wave (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                version INTEGER NOT NULL CHECK (version > 0),
                rules TEXT NOT NULL CHECK (rules <> ''),
                updated_at INTEGER NOT NULL,
                updated_by INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE TABLE selection_entry (
                candidacy_id INTEGER NOT NULL PRIMARY KEY REFERENCES candidacy (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                score_numerator INTEGER NOT NULL CHECK (score_numerator >= 0),
                score_denominator INTEGER NOT NULL CHECK (score_denominator > 0),
                minimum INTEGER NOT NULL CHECK (minimum > 0),
                maximum INTEGER NOT NULL CHECK (maximum >= minimum),
                tags TEXT NOT NULL,
                territory TEXT NOT NULL
            ) STRICT;

            CREATE INDEX selection_entry_wave ON selection_entry (wave_id);

            CREATE TABLE selection_run (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                plan_version INTEGER NOT NULL CHECK (plan_version > 0),
                fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
                inputs TEXT NOT NULL CHECK (inputs <> ''),
                result TEXT NOT NULL CHECK (result <> ''),
                at INTEGER NOT NULL,
                run_by INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE INDEX selection_run_wave ON selection_run (wave_id, at);

            CREATE TABLE decision (
                id INTEGER NOT NULL PRIMARY KEY,
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                sequence INTEGER NOT NULL CHECK (sequence > 0),
                version INTEGER NOT NULL CHECK (version > 0),
                origin TEXT NOT NULL CHECK (origin IN ('instance', 'liste_attente', 'recours')),
                outcome TEXT NOT NULL CHECK (outcome IN ('retenue', 'sous_reserve', 'attente', 'refusee')),
                list_rank INTEGER CHECK (list_rank > 0),
                amount INTEGER CHECK (amount > 0),
                conditions TEXT NOT NULL,
                body TEXT NOT NULL CHECK (body <> ''),
                decided_on TEXT NOT NULL CHECK (LENGTH(decided_on) = 10),
                deliberation TEXT NOT NULL,
                run_id INTEGER REFERENCES selection_run (id),
                departure TEXT NOT NULL,
                recorded_at INTEGER NOT NULL,
                recorded_by INTEGER REFERENCES account (id),
                notified_at INTEGER,
                notified_by INTEGER REFERENCES account (id),
                letter TEXT NOT NULL,
                superseded_at INTEGER,
                UNIQUE (candidacy_id, sequence),
                CHECK ((outcome = 'attente') = (list_rank IS NOT NULL)),
                CHECK ((outcome IN ('retenue', 'sous_reserve')) = (amount IS NOT NULL)),
                CHECK (outcome <> 'sous_reserve' OR conditions <> ''),
                CHECK ((notified_at IS NULL) = (letter = '')),
                CHECK (superseded_at IS NULL OR notified_at IS NOT NULL)
            ) STRICT;

            CREATE UNIQUE INDEX decision_current ON decision (candidacy_id) WHERE superseded_at IS NULL;
            CREATE UNIQUE INDEX decision_waiting ON decision (wave_id, list_rank)
            WHERE superseded_at IS NULL AND list_rank IS NOT NULL;
            CREATE INDEX decision_call ON decision (call_id, wave_id);

            CREATE TABLE decision_reason (
                decision_id INTEGER NOT NULL REFERENCES decision (id),
                place INTEGER NOT NULL CHECK (place >= 0),
                question TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                PRIMARY KEY (decision_id, place)
            ) STRICT;

            CREATE TABLE decision_letter (
                call_id INTEGER NOT NULL PRIMARY KEY REFERENCES call (id),
                version INTEGER NOT NULL CHECK (version > 0),
                retained TEXT NOT NULL CHECK (retained <> ''),
                waiting TEXT NOT NULL CHECK (waiting <> ''),
                refused TEXT NOT NULL CHECK (refused <> ''),
                routes TEXT NOT NULL CHECK (routes <> ''),
                signatory TEXT NOT NULL CHECK (signatory <> ''),
                updated_at INTEGER NOT NULL,
                updated_by INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE TABLE decision_appeal (
                id INTEGER NOT NULL PRIMARY KEY,
                decision_id INTEGER NOT NULL REFERENCES decision (id),
                candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                channel TEXT NOT NULL CHECK (channel IN ('online', 'post', 'email')),
                lodged_at INTEGER NOT NULL,
                lodged_by INTEGER REFERENCES account (id),
                grounds TEXT NOT NULL CHECK (grounds <> ''),
                state TEXT NOT NULL CHECK (state IN ('depose', 'accueilli', 'rejete')),
                answer TEXT NOT NULL,
                answered_at INTEGER,
                answered_by INTEGER REFERENCES account (id),
                new_decision_id INTEGER REFERENCES decision (id),
                CHECK ((state = 'depose') = (answered_at IS NULL)),
                CHECK (state = 'depose' OR answer <> ''),
                CHECK ((state = 'accueilli') = (new_decision_id IS NOT NULL))
            ) STRICT;

            CREATE INDEX decision_appeal_call ON decision_appeal (call_id, lodged_at);
            CREATE UNIQUE INDEX decision_appeal_once ON decision_appeal (decision_id);

            CREATE TABLE decision_publication (
                wave_id INTEGER NOT NULL PRIMARY KEY REFERENCES call_wave (id),
                call_id INTEGER NOT NULL REFERENCES call (id),
                published_at INTEGER NOT NULL,
                published_by INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE TABLE result_consent (
                candidacy_id INTEGER NOT NULL PRIMARY KEY REFERENCES candidacy (id),
                consented_at INTEGER NOT NULL,
                consented_by INTEGER REFERENCES account (id)
            ) STRICT;
            """)
}
