import Storage

extension Schema {
    /// The ledger of funding: one line per financing, whose amounts are the fold of its events; envelopes, agreements with their
    /// versions, signatures, instalments and bank accounts; shares of a consortium; reports.
    ///
    /// Money is integer cents; days are ISO texts. Events, versions, signatures, articles and passings are added and never changed.
    static let funding = Migration(
        number: 16,
        name: "funding",
        text: """
            CREATE TABLE funder (
                id INTEGER NOT NULL PRIMARY KEY,
                name TEXT NOT NULL UNIQUE CHECK (name <> ''),
                kind TEXT NOT NULL
                    CHECK (kind IN ('etat', 'region', 'departement', 'intercommunalite', 'commune', 'europe', 'banque',
                        'fondation', 'autre')),
                siret TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                created_by INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE TABLE funder_agent (
                funder_id INTEGER NOT NULL REFERENCES funder (id),
                account_id INTEGER NOT NULL REFERENCES account (id),
                since INTEGER NOT NULL,
                until INTEGER,
                PRIMARY KEY (funder_id, account_id, since),
                CHECK (until IS NULL OR until >= since)
            ) STRICT;

            CREATE INDEX funder_agent_account ON funder_agent (account_id);

            CREATE TABLE funding_envelope (
                id INTEGER NOT NULL PRIMARY KEY,
                funder_id INTEGER NOT NULL REFERENCES funder (id),
                call_id INTEGER REFERENCES call (id),
                label TEXT NOT NULL CHECK (label <> ''),
                year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2100),
                amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
                version INTEGER NOT NULL CHECK (version > 0),
                created_at INTEGER NOT NULL,
                created_by INTEGER REFERENCES account (id),
                UNIQUE (funder_id, year, label)
            ) STRICT;

            CREATE INDEX funding_envelope_call ON funding_envelope (call_id);

            CREATE TABLE funding_line (
                id INTEGER NOT NULL PRIMARY KEY,
                funder_id INTEGER NOT NULL REFERENCES funder (id),
                envelope_id INTEGER REFERENCES funding_envelope (id),
                call_id INTEGER REFERENCES call (id),
                candidacy_id INTEGER REFERENCES candidacy (id),
                place_id INTEGER REFERENCES place (id),
                beneficiary TEXT NOT NULL CHECK (beneficiary <> ''),
                siret TEXT NOT NULL,
                rna TEXT NOT NULL,
                is_person INTEGER NOT NULL CHECK (is_person IN (0, 1)),
                scheme TEXT NOT NULL,
                form TEXT NOT NULL CHECK (form IN ('subvention', 'nature', 'pret', 'garantie', 'apport')),
                purpose TEXT NOT NULL CHECK (purpose IN ('', 'fonctionnement', 'investissement')),
                object TEXT NOT NULL CHECK (object <> ''),
                year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2100),
                is_de_minimis INTEGER NOT NULL CHECK (is_de_minimis IN (0, 1)),
                base_cents INTEGER CHECK (base_cents > 0),
                reference TEXT NOT NULL,
                state TEXT NOT NULL
                    CHECK (state IN ('envisage', 'sollicite', 'accorde', 'conventionne', 'verse', 'solde', 'refuse', 'reverse')),
                asked_cents INTEGER NOT NULL CHECK (asked_cents >= 0),
                granted_cents INTEGER NOT NULL CHECK (granted_cents >= 0),
                paid_cents INTEGER NOT NULL CHECK (paid_cents >= 0),
                returned_cents INTEGER NOT NULL CHECK (returned_cents >= 0),
                committed_cents INTEGER NOT NULL CHECK (committed_cents >= 0),
                asked_on TEXT,
                granted_on TEXT,
                agreed_on TEXT,
                paid_on TEXT,
                settled_on TEXT,
                version INTEGER NOT NULL CHECK (version > 0),
                created_at INTEGER NOT NULL,
                created_by INTEGER REFERENCES account (id),
                updated_at INTEGER NOT NULL,
                published_at INTEGER,
                CHECK (paid_cents <= granted_cents),
                CHECK (returned_cents <= paid_cents),
                CHECK (committed_cents <= granted_cents),
                CHECK (published_at IS NULL OR granted_cents > 0)
            ) STRICT;

            CREATE INDEX funding_line_funder ON funding_line (funder_id, year);
            CREATE INDEX funding_line_envelope ON funding_line (envelope_id);
            CREATE INDEX funding_line_call ON funding_line (call_id);
            CREATE INDEX funding_line_candidacy ON funding_line (candidacy_id);
            CREATE INDEX funding_line_place ON funding_line (place_id);
            CREATE INDEX funding_line_published ON funding_line (published_at);

            CREATE TABLE funding_event (
                line_id INTEGER NOT NULL REFERENCES funding_line (id),
                rank INTEGER NOT NULL CHECK (rank > 0),
                kind TEXT NOT NULL CHECK (kind <> ''),
                amount_cents INTEGER,
                happened_on TEXT NOT NULL CHECK (LENGTH(happened_on) = 10),
                words TEXT NOT NULL,
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id),
                PRIMARY KEY (line_id, rank)
            ) STRICT;

            CREATE INDEX funding_event_kind ON funding_event (kind, happened_on);

            CREATE TABLE agreement (
                id INTEGER NOT NULL PRIMARY KEY,
                line_id INTEGER NOT NULL UNIQUE REFERENCES funding_line (id),
                number TEXT NOT NULL UNIQUE CHECK (number <> ''),
                state TEXT NOT NULL
                    CHECK (state IN ('projet', 'relecture', 'signee_beneficiaire', 'active', 'close', 'resiliee')),
                version INTEGER NOT NULL CHECK (version > 0),
                active_version INTEGER NOT NULL CHECK (active_version BETWEEN 0 AND version),
                activated_on TEXT,
                ended_on TEXT,
                end_reason TEXT NOT NULL,
                edition INTEGER NOT NULL CHECK (edition > 0),
                created_at INTEGER NOT NULL,
                created_by INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE TABLE agreement_version (
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                version INTEGER NOT NULL CHECK (version > 0),
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                starts_on TEXT NOT NULL CHECK (LENGTH(starts_on) = 10),
                months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 120),
                reason TEXT NOT NULL,
                fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
                written_at INTEGER NOT NULL,
                written_by INTEGER REFERENCES account (id),
                PRIMARY KEY (agreement_id, version)
            ) STRICT;

            CREATE TABLE agreement_article (
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                version INTEGER NOT NULL,
                code TEXT NOT NULL CHECK (code <> ''),
                text TEXT NOT NULL CHECK (text <> ''),
                PRIMARY KEY (agreement_id, version, code),
                FOREIGN KEY (agreement_id, version) REFERENCES agreement_version (agreement_id, version)
            ) STRICT;

            CREATE TABLE agreement_signature (
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                version INTEGER NOT NULL,
                side TEXT NOT NULL CHECK (side IN ('beneficiaire', 'financeur')),
                account_id INTEGER REFERENCES account (id),
                quality TEXT NOT NULL CHECK (quality <> ''),
                fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
                signed_at INTEGER NOT NULL,
                PRIMARY KEY (agreement_id, version, side),
                FOREIGN KEY (agreement_id, version) REFERENCES agreement_version (agreement_id, version)
            ) STRICT;

            CREATE TABLE bank_account (
                id INTEGER NOT NULL PRIMARY KEY,
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                iban TEXT NOT NULL CHECK (iban <> ''),
                holder TEXT NOT NULL CHECK (holder <> ''),
                proposed_at INTEGER NOT NULL,
                proposed_by INTEGER NOT NULL REFERENCES account (id),
                verified_at INTEGER,
                verified_by INTEGER REFERENCES account (id),
                CHECK ((verified_at IS NULL) = (verified_by IS NULL)),
                CHECK (verified_by IS NULL OR verified_by <> proposed_by)
            ) STRICT;

            CREATE INDEX bank_account_agreement ON bank_account (agreement_id, id);

            CREATE TABLE instalment (
                id INTEGER NOT NULL PRIMARY KEY,
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                version INTEGER NOT NULL,
                rank INTEGER NOT NULL CHECK (rank > 0),
                label TEXT NOT NULL CHECK (label <> ''),
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                trigger_kind TEXT NOT NULL CHECK (trigger_kind IN ('signature', 'date', 'bilan', 'solde')),
                due_on TEXT,
                state TEXT NOT NULL
                    CHECK (state IN ('prevue', 'controlee', 'mandatee', 'payee', 'suspendue', 'annulee')),
                reason TEXT NOT NULL,
                checked_at INTEGER,
                checked_by INTEGER REFERENCES account (id),
                bank_account_id INTEGER REFERENCES bank_account (id),
                ordered_at INTEGER,
                ordered_by INTEGER REFERENCES account (id),
                order_number TEXT NOT NULL,
                paid_on TEXT,
                proof TEXT NOT NULL,
                UNIQUE (agreement_id, version, rank),
                CHECK (trigger_kind <> 'date' OR due_on IS NOT NULL),
                CHECK (state <> 'suspendue' OR reason <> ''),
                CHECK (state NOT IN ('controlee', 'mandatee') OR checked_by IS NOT NULL),
                CHECK (state <> 'mandatee' OR (ordered_by IS NOT NULL AND ordered_by <> checked_by)),
                CHECK ((state = 'payee') = (paid_on IS NOT NULL)),
                FOREIGN KEY (agreement_id, version) REFERENCES agreement_version (agreement_id, version)
            ) STRICT;

            CREATE TABLE agreement_share (
                id INTEGER NOT NULL PRIMARY KEY,
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                rank INTEGER NOT NULL CHECK (rank > 0),
                name TEXT NOT NULL CHECK (name <> ''),
                siret TEXT NOT NULL,
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                is_lead INTEGER NOT NULL CHECK (is_lead IN (0, 1)),
                removed_at INTEGER
            ) STRICT;

            CREATE INDEX agreement_share_agreement ON agreement_share (agreement_id, rank);

            CREATE TABLE agreement_passing (
                id INTEGER NOT NULL PRIMARY KEY,
                share_id INTEGER NOT NULL REFERENCES agreement_share (id),
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                happened_on TEXT NOT NULL CHECK (LENGTH(happened_on) = 10),
                proof TEXT NOT NULL CHECK (proof <> ''),
                at INTEGER NOT NULL,
                account_id INTEGER REFERENCES account (id)
            ) STRICT;

            CREATE INDEX agreement_passing_share ON agreement_passing (share_id);

            CREATE TABLE funding_report (
                id INTEGER NOT NULL PRIMARY KEY,
                agreement_id INTEGER NOT NULL REFERENCES agreement (id),
                kind TEXT NOT NULL CHECK (kind IN ('intermediaire', 'final')),
                due_on TEXT NOT NULL CHECK (LENGTH(due_on) = 10),
                state TEXT NOT NULL CHECK (state IN ('attendu', 'remis', 'accepte', 'retourne')),
                narrative TEXT NOT NULL,
                reason TEXT NOT NULL,
                edition INTEGER NOT NULL CHECK (edition > 0),
                submitted_at INTEGER,
                submitted_by INTEGER REFERENCES account (id),
                decided_at INTEGER,
                decided_by INTEGER REFERENCES account (id),
                reminded_at INTEGER,
                CHECK (state NOT IN ('remis', 'accepte') OR submitted_at IS NOT NULL),
                CHECK (state NOT IN ('accepte', 'retourne') OR decided_at IS NOT NULL),
                CHECK (state <> 'retourne' OR reason <> '')
            ) STRICT;

            CREATE INDEX funding_report_agreement ON funding_report (agreement_id, due_on);
            CREATE INDEX funding_report_due ON funding_report (state, due_on);

            CREATE TABLE report_indicator (
                report_id INTEGER NOT NULL REFERENCES funding_report (id),
                rank INTEGER NOT NULL CHECK (rank > 0),
                label TEXT NOT NULL CHECK (label <> ''),
                target INTEGER NOT NULL,
                done INTEGER NOT NULL,
                evidence TEXT NOT NULL,
                PRIMARY KEY (report_id, rank)
            ) STRICT;

            CREATE TABLE report_account (
                report_id INTEGER NOT NULL REFERENCES funding_report (id),
                rank INTEGER NOT NULL CHECK (rank > 0),
                code TEXT NOT NULL CHECK (code <> ''),
                planned_cents INTEGER NOT NULL CHECK (planned_cents >= 0),
                realised_cents INTEGER NOT NULL CHECK (realised_cents >= 0),
                remark TEXT NOT NULL,
                PRIMARY KEY (report_id, rank)
            ) STRICT;
            """)
}
