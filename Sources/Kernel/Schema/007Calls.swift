import Storage

extension Schema {
    /// Calls: what is asked of whom, until when, how it is chosen; their frozen rules, and what was changed since.
    ///
    /// A wave closes at one exclusive instant, UTC, kept with the zone it was thought in and the words that were typed.
    /// Whether a call is open is a comparison of instants, never a stored state. Money is integer cents, rates are basis points.
    static let calls = Migration(
        number: 7,
        name: "calls",
        text: """
            CREATE TABLE call (
                id INTEGER NOT NULL PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE,
                state TEXT NOT NULL CHECK (state IN ('brouillon', 'publie', 'annule')),
                nature TEXT NOT NULL CHECK (nature IN ('ami', 'aap', 'label')),
                title TEXT NOT NULL CHECK (title <> ''),
                organiser TEXT NOT NULL,
                service TEXT NOT NULL,
                service_address TEXT NOT NULL,
                service_email TEXT NOT NULL,
                service_phone TEXT NOT NULL,
                summary TEXT NOT NULL,
                context TEXT NOT NULL,
                objectives TEXT NOT NULL,
                definitions TEXT NOT NULL,
                exclusions TEXT NOT NULL,
                payment TEXT NOT NULL,
                provisions TEXT NOT NULL,
                sectors TEXT NOT NULL,
                territory_words TEXT NOT NULL,
                territory_edition TEXT NOT NULL,
                territory_on TEXT,
                is_permanent INTEGER NOT NULL CHECK (is_permanent IN (0, 1)),
                is_consortium INTEGER NOT NULL CHECK (is_consortium IN (0, 1)),
                takes_online INTEGER NOT NULL CHECK (takes_online IN (0, 1)),
                takes_email INTEGER NOT NULL CHECK (takes_email IN (0, 1)),
                takes_post INTEGER NOT NULL CHECK (takes_post IN (0, 1)),
                takes_late INTEGER NOT NULL CHECK (takes_late IN (0, 1)),
                silence_words TEXT NOT NULL,
                version INTEGER NOT NULL CHECK (version > 0),
                rules_version INTEGER NOT NULL CHECK (rules_version >= 0),
                created_at INTEGER NOT NULL,
                created_by INTEGER REFERENCES account (id),
                updated_at INTEGER NOT NULL,
                published_at INTEGER,
                cancelled_at INTEGER,
                cancel_reason TEXT NOT NULL,
                CHECK ((state = 'brouillon') = (published_at IS NULL)),
                CHECK ((state = 'annule') = (cancelled_at IS NOT NULL)),
                CHECK (state = 'brouillon' OR rules_version > 0)
            ) STRICT;

            CREATE INDEX call_published ON call (state, published_at);

            CREATE TABLE call_team (
                call_id INTEGER NOT NULL REFERENCES call (id),
                account_id INTEGER NOT NULL REFERENCES account (id),
                since INTEGER NOT NULL,
                until INTEGER,
                PRIMARY KEY (call_id, account_id, since),
                CHECK (until IS NULL OR until >= since)
            ) STRICT;

            CREATE INDEX call_team_account ON call_team (account_id);

            CREATE TABLE call_invitation (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                email TEXT NOT NULL,
                secret_hash BLOB UNIQUE,
                invited_at INTEGER NOT NULL,
                invited_by INTEGER REFERENCES account (id),
                expires_at INTEGER NOT NULL,
                ended_at INTEGER,
                CHECK ((secret_hash IS NULL) = (ended_at IS NOT NULL))
            ) STRICT;

            CREATE INDEX call_invitation_call ON call_invitation (call_id);
            CREATE INDEX call_invitation_email ON call_invitation (email);

            CREATE TABLE call_wave (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                label TEXT NOT NULL,
                opens_at INTEGER,
                closes_at INTEGER NOT NULL,
                zone TEXT NOT NULL CHECK (zone <> ''),
                words TEXT NOT NULL,
                CHECK (opens_at IS NULL OR opens_at < closes_at)
            ) STRICT;

            CREATE INDEX call_wave_call ON call_wave (call_id, rank);
            CREATE INDEX call_wave_closing ON call_wave (closes_at);

            CREATE TABLE call_milestone (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                kind TEXT NOT NULL
                    CHECK (kind IN ('reunion', 'questions', 'instruction', 'jury', 'resultats', 'convention', 'autre')),
                label TEXT NOT NULL CHECK (label <> ''),
                starts_at INTEGER,
                period TEXT NOT NULL,
                place TEXT NOT NULL,
                link TEXT NOT NULL,
                CHECK (starts_at IS NOT NULL OR period <> ''),
                PRIMARY KEY (call_id, rank)
            ) STRICT;

            CREATE TABLE call_territory (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('commune', 'epci', 'departement', 'region', 'zonage')),
                code TEXT NOT NULL CHECK (code <> ''),
                name TEXT NOT NULL,
                PRIMARY KEY (call_id, rank),
                UNIQUE (call_id, kind, code)
            ) STRICT;

            CREATE INDEX call_territory_code ON call_territory (kind, code);

            CREATE TABLE call_envelope (
                call_id INTEGER NOT NULL PRIMARY KEY REFERENCES call (id),
                floor_cents INTEGER CHECK (floor_cents >= 0),
                ceiling_cents INTEGER CHECK (ceiling_cents >= 0),
                envelope_cents INTEGER CHECK (envelope_cents >= 0),
                duration_months INTEGER CHECK (duration_months BETWEEN 1 AND 240),
                aid_rate INTEGER CHECK (aid_rate BETWEEN 1 AND 10000),
                public_aid_rate INTEGER CHECK (public_aid_rate BETWEEN 1 AND 10000),
                winners INTEGER CHECK (winners > 0),
                remark TEXT NOT NULL
            ) STRICT;

            CREATE TABLE call_condition (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                kind TEXT NOT NULL
                    CHECK (kind IN ('territoire', 'zonage', 'forme', 'anciennete', 'maturite', 'registre', 'montant', 'siret',
                        'aides')),
                parameters TEXT NOT NULL,
                is_blocking INTEGER NOT NULL CHECK (is_blocking IN (0, 1)),
                words TEXT NOT NULL,
                PRIMARY KEY (call_id, rank)
            ) STRICT;

            CREATE TABLE call_attachment (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                code TEXT NOT NULL CHECK (code <> ''),
                label TEXT NOT NULL CHECK (label <> ''),
                required_if TEXT NOT NULL,
                is_required INTEGER NOT NULL CHECK (is_required IN (0, 1)),
                kinds TEXT NOT NULL,
                PRIMARY KEY (call_id, rank),
                UNIQUE (call_id, code)
            ) STRICT;

            CREATE TABLE call_criterion (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                code TEXT NOT NULL CHECK (code <> ''),
                label TEXT NOT NULL CHECK (label <> ''),
                guide TEXT NOT NULL,
                weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 10000),
                maximum INTEGER NOT NULL CHECK (maximum BETWEEN 1 AND 1000),
                PRIMARY KEY (call_id, rank),
                UNIQUE (call_id, code)
            ) STRICT;

            CREATE TABLE call_committee (
                call_id INTEGER NOT NULL REFERENCES call (id),
                rank INTEGER NOT NULL,
                body TEXT NOT NULL CHECK (body <> ''),
                role TEXT NOT NULL,
                PRIMARY KEY (call_id, rank)
            ) STRICT;

            CREATE TABLE call_form (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                maturity TEXT NOT NULL,
                version INTEGER NOT NULL CHECK (version > 0),
                title TEXT NOT NULL,
                definition TEXT NOT NULL CHECK (definition <> ''),
                digest TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                created_by INTEGER REFERENCES account (id),
                retired_at INTEGER,
                UNIQUE (call_id, maturity, version)
            ) STRICT;

            CREATE TABLE call_rules_version (
                call_id INTEGER NOT NULL REFERENCES call (id),
                version INTEGER NOT NULL CHECK (version > 0),
                text TEXT NOT NULL CHECK (text <> ''),
                fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
                published_at INTEGER NOT NULL,
                PRIMARY KEY (call_id, version)
            ) STRICT;

            CREATE TABLE call_amendment (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                rules_version INTEGER NOT NULL,
                at INTEGER NOT NULL,
                actor INTEGER REFERENCES account (id),
                reason TEXT NOT NULL CHECK (reason <> ''),
                changes TEXT NOT NULL,
                FOREIGN KEY (call_id, rules_version) REFERENCES call_rules_version (call_id, version)
            ) STRICT;

            CREATE INDEX call_amendment_call ON call_amendment (call_id, at);

            CREATE TABLE call_extension (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                wave_id INTEGER NOT NULL REFERENCES call_wave (id),
                former_closes_at INTEGER NOT NULL,
                closes_at INTEGER NOT NULL,
                words TEXT NOT NULL,
                reason TEXT NOT NULL CHECK (reason <> ''),
                is_incident INTEGER NOT NULL CHECK (is_incident IN (0, 1)),
                proposed_by INTEGER NOT NULL REFERENCES account (id),
                proposed_at INTEGER NOT NULL,
                confirmed_by INTEGER REFERENCES account (id),
                confirmed_at INTEGER,
                withdrawn_at INTEGER,
                CHECK (closes_at > former_closes_at),
                CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by),
                CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
                CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
            ) STRICT;

            CREATE INDEX call_extension_call ON call_extension (call_id, proposed_at);
            CREATE UNIQUE INDEX call_extension_once ON call_extension (wave_id)
            WHERE confirmed_at IS NULL AND withdrawn_at IS NULL;

            CREATE TABLE call_question (
                id INTEGER NOT NULL PRIMARY KEY,
                call_id INTEGER NOT NULL REFERENCES call (id),
                question TEXT NOT NULL CHECK (question <> ''),
                asked_at INTEGER NOT NULL,
                asked_by INTEGER REFERENCES account (id),
                answer TEXT NOT NULL,
                answered_at INTEGER,
                answered_by INTEGER REFERENCES account (id),
                state TEXT NOT NULL CHECK (state IN ('posee', 'publiee', 'ecartee')),
                CHECK (state <> 'publiee' OR (answer <> '' AND answered_at IS NOT NULL))
            ) STRICT;

            CREATE INDEX call_question_call ON call_question (call_id, state, asked_at);

            CREATE TABLE call_alert (
                id INTEGER NOT NULL PRIMARY KEY,
                email TEXT NOT NULL,
                nature TEXT NOT NULL CHECK (nature IN ('', 'ami', 'aap', 'label')),
                departement TEXT NOT NULL,
                secret_hash BLOB UNIQUE,
                leave_key TEXT NOT NULL UNIQUE,
                created_at INTEGER NOT NULL,
                confirmed_at INTEGER,
                UNIQUE (email, nature, departement)
            ) STRICT;
            """)
}
