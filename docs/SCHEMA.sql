-- Written by `make docs`: change the program, not this page.

-- 1 foundations
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
-- on SQLite
CREATE TRIGGER journal_keeps_lines BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- on PostgreSQL
CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END
$body$;

CREATE TRIGGER journal_keeps_lines BEFORE DELETE OR UPDATE ON journal
FOR EACH ROW EXECUTE FUNCTION journal_refuses();

-- 2 accounts
CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    password TEXT,
    password_set_at INTEGER,
    created_at INTEGER NOT NULL,
    last_signed_in_at INTEGER,
    closed_at INTEGER,
    CHECK ((closed_at IS NULL) = (email IS NOT NULL)),
    CHECK (closed_at IS NULL OR password IS NULL)
) STRICT;

CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    secret_hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    renewal_due INTEGER NOT NULL CHECK (renewal_due IN (0, 1))
) STRICT;

CREATE INDEX session_account ON session (account_id);

CREATE TABLE sign_in_link (
    id INTEGER NOT NULL PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE,
    browser_hash BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    email TEXT NOT NULL,
    destination TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    code_failures INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_link_browser ON sign_in_link (browser_hash);
CREATE INDEX sign_in_link_email ON sign_in_link (email);
CREATE INDEX sign_in_link_expiry ON sign_in_link (expires_at);

CREATE TABLE email_change (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    secret_hash BLOB NOT NULL UNIQUE,
    email TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE role_grant (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL
        CHECK (role IN ('editeur_lieu', 'responsable_lieu', 'animateur_cercle', 'financeur',
            'coordination', 'admin_tech')),
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('reseau', 'cercle', 'lieu')),
    scope_subject INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    granted_by INTEGER REFERENCES account (id),
    reason TEXT NOT NULL,
    revoked_at INTEGER,
    revoked_by INTEGER REFERENCES account (id),
    revoke_reason TEXT,
    CHECK ((scope_kind = 'reseau') = (scope_subject = 0)),
    CHECK (until IS NULL OR until > since)
) STRICT;

CREATE UNIQUE INDEX role_grant_once ON role_grant (account_id, role, scope_kind, scope_subject)
WHERE revoked_at IS NULL;
CREATE INDEX role_grant_account ON role_grant (account_id, id);
CREATE INDEX role_grant_scope ON role_grant (scope_kind, scope_subject);

CREATE TABLE invitation (
    id INTEGER NOT NULL PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('editeur_lieu', 'responsable_lieu')),
    place INTEGER NOT NULL,
    place_name TEXT NOT NULL,
    invited_by INTEGER REFERENCES account (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    accepted_by INTEGER REFERENCES account (id),
    revoked_at INTEGER
) STRICT;

CREATE INDEX invitation_place ON invitation (place);
CREATE INDEX invitation_email ON invitation (email);

CREATE TABLE throttle (
    key BLOB NOT NULL PRIMARY KEY,
    arrival INTEGER NOT NULL
) STRICT;

CREATE INDEX throttle_arrival ON throttle (arrival);

-- 3 territory
CREATE TABLE region (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE departement (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT REFERENCES region (code)
) STRICT;

CREATE TABLE epci (
    siren TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    nature TEXT NOT NULL
) STRICT;

CREATE TABLE commune (
    code TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(code) = 5),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    departement TEXT REFERENCES departement (code),
    region TEXT REFERENCES region (code),
    epci TEXT REFERENCES epci (siren),
    part_of TEXT REFERENCES commune (code),
    population INTEGER,
    latitude REAL,
    longitude REAL,
    edition INTEGER NOT NULL,
    retired_on TEXT,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;

CREATE INDEX commune_name ON commune (name_key);
CREATE INDEX commune_departement ON commune (departement);
CREATE INDEX commune_epci ON commune (epci);

CREATE TABLE commune_former (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    successor TEXT NOT NULL REFERENCES commune (code),
    until TEXT,
    PRIMARY KEY (code, successor, name_key)
) STRICT;

CREATE INDEX commune_former_name ON commune_former (name_key);

CREATE TABLE commune_postal_code (
    postal_code TEXT NOT NULL CHECK (LENGTH(postal_code) = 5),
    commune TEXT NOT NULL REFERENCES commune (code),
    PRIMARY KEY (postal_code, commune)
) STRICT;

CREATE INDEX commune_postal_code_commune ON commune_postal_code (commune);

CREATE TABLE zoning (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    edition TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (kind, code, edition)
) STRICT;

CREATE TABLE zoning_commune (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    edition TEXT NOT NULL,
    commune TEXT NOT NULL REFERENCES commune (code),
    method TEXT NOT NULL CHECK (method IN ('code', 'nom', 'centre')),
    PRIMARY KEY (kind, code, edition, commune),
    FOREIGN KEY (kind, code, edition) REFERENCES zoning (kind, code, edition)
) STRICT;

CREATE INDEX zoning_commune_commune ON zoning_commune (commune);

CREATE TABLE contour (
    kind TEXT NOT NULL CHECK (kind IN ('commune', 'epci', 'departement', 'region', 'zonage')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    west REAL NOT NULL,
    south REAL NOT NULL,
    east REAL NOT NULL,
    north REAL NOT NULL,
    fine BLOB NOT NULL,
    coarse BLOB NOT NULL,
    edition TEXT NOT NULL,
    PRIMARY KEY (kind, code)
) STRICT;

CREATE TABLE territory_file (
    name TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    rows INTEGER NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT;

-- 4 circles
CREATE TABLE circle (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('territorial', 'thematique')),
    summary TEXT NOT NULL,
    rank INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- 5 places
CREATE TABLE place (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('proposee', 'publiee', 'depubliee', 'fusionnee')),
    visibility TEXT NOT NULL CHECK (visibility IN ('cachee', 'cercle', 'financeurs', 'publique')),
    maturity TEXT NOT NULL
        CHECK (maturity IN ('intention', 'emergence', 'ouvert', 'perennisation', 'pause', 'ferme')),
    siret TEXT,
    rna TEXT,
    facts TEXT NOT NULL,
    origins TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    verified_at INTEGER,
    merged_into INTEGER REFERENCES place (id),
    CHECK ((state = 'fusionnee') = (merged_into IS NOT NULL)),
    CHECK (name <> '')
) STRICT;

CREATE INDEX place_siret ON place (siret);
CREATE INDEX place_updated ON place (updated_at, id);

CREATE TABLE place_site (
    place_id INTEGER NOT NULL REFERENCES place (id),
    rank INTEGER NOT NULL,
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    complement TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    commune TEXT REFERENCES commune (code),
    commune_name TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    precision TEXT NOT NULL
        CHECK (precision IN ('numero', 'rue', 'commune', 'manuel', 'source', 'inconnue')),
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    PRIMARY KEY (place_id, rank)
) STRICT;

CREATE INDEX place_site_commune ON place_site (commune);

CREATE TABLE place_slug (
    slug TEXT NOT NULL PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES place (id),
    since INTEGER NOT NULL
) STRICT;

CREATE TABLE place_circle (
    place_id INTEGER NOT NULL REFERENCES place (id),
    circle_id INTEGER NOT NULL REFERENCES circle (id),
    is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (place_id, circle_id, since)
) STRICT;

CREATE INDEX place_circle_circle ON place_circle (circle_id);

CREATE TABLE place_change (
    id INTEGER NOT NULL PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES place (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER,
    source TEXT NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('creation', 'modification', 'annulation', 'import', 'proposition', 'fusion', 'etat',
            'photo_ajoutee', 'photo_modifiee', 'photo_retiree')),
    comment TEXT NOT NULL,
    fields TEXT NOT NULL,
    photo INTEGER,
    CHECK ((photo IS NOT NULL) = (kind IN ('photo_ajoutee', 'photo_modifiee', 'photo_retiree')))
) STRICT;

CREATE INDEX place_change_place ON place_change (place_id, version);

CREATE TABLE place_proposal (
    id INTEGER NOT NULL PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES place (id),
    kind TEXT NOT NULL CHECK (kind IN ('import', 'correction', 'fermeture')),
    source TEXT NOT NULL,
    fields TEXT NOT NULL,
    comment TEXT NOT NULL,
    author TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('a_confirmer', 'ouverte', 'acceptee', 'refusee', 'retiree')),
    secret_hash BLOB UNIQUE,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX place_proposal_open ON place_proposal (state, created_at);
CREATE INDEX place_proposal_place ON place_proposal (place_id, state);

CREATE TABLE place_photo (
    id INTEGER NOT NULL PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES place (id),
    rank INTEGER NOT NULL,
    alternative TEXT NOT NULL CHECK (alternative <> ''),
    credit TEXT NOT NULL CHECK (credit <> ''),
    licence TEXT NOT NULL
        CHECK (licence IN ('cc-by-4.0', 'cc-by-sa-4.0', 'cc0-1.0', 'lo-2.0', 'reserves')),
    added_at INTEGER NOT NULL,
    added_by INTEGER,
    removed_at INTEGER
) STRICT;

CREATE INDEX place_photo_place ON place_photo (place_id, rank);
CREATE INDEX place_photo_removed ON place_photo (removed_at);

CREATE TABLE place_photo_size (
    photo_id INTEGER NOT NULL REFERENCES place_photo (id),
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (photo_id, width)
) STRICT;

CREATE INDEX place_photo_size_file ON place_photo_size (file);

CREATE TABLE import_source (
    name TEXT NOT NULL PRIMARY KEY,
    format TEXT NOT NULL,
    last_file TEXT NOT NULL,
    last_at INTEGER NOT NULL,
    runs INTEGER NOT NULL
) STRICT;

CREATE TABLE import_key (
    source TEXT NOT NULL REFERENCES import_source (name),
    source_key TEXT NOT NULL,
    place_id INTEGER NOT NULL REFERENCES place (id),
    fingerprint TEXT NOT NULL,
    digest TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    last_run INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (source, source_key)
) STRICT;

CREATE INDEX import_key_fingerprint ON import_key (fingerprint);

CREATE INDEX import_key_place ON import_key (place_id);

-- 6 disappearances
CREATE TABLE disappearance_decision (
    id INTEGER NOT NULL PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES place (id),
    source TEXT NOT NULL REFERENCES import_source (name),
    choice TEXT NOT NULL CHECK (choice IN ('gardee', 'demandee', 'fermee')),
    change_id INTEGER REFERENCES place_change (id),
    decided_at INTEGER NOT NULL,
    decided_by INTEGER,
    undone_at INTEGER,
    undone_by INTEGER,
    CHECK ((choice = 'fermee') = (change_id IS NOT NULL))
) STRICT;

CREATE INDEX disappearance_decision_place ON disappearance_decision (place_id, source);
CREATE INDEX disappearance_decision_decided ON disappearance_decision (decided_at);

-- 7 calls
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

-- 8 candidacies
CREATE TABLE candidacy (
    id INTEGER NOT NULL PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES call (id),
    wave_id INTEGER NOT NULL REFERENCES call_wave (id),
    form_id INTEGER NOT NULL REFERENCES call_form (id),
    maturity TEXT NOT NULL,
    place_id INTEGER REFERENCES place (id),
    title TEXT NOT NULL,
    structure TEXT NOT NULL,
    siret TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('online', 'post', 'email')),
    holder_id INTEGER REFERENCES account (id),
    depositor TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('brouillon', 'deposee', 'hors_delai', 'admise', 'ecartee', 'retiree')),
    version INTEGER NOT NULL CHECK (version > 0),
    deposited_version INTEGER NOT NULL CHECK (deposited_version BETWEEN 0 AND version),
    answers TEXT NOT NULL CHECK (answers <> ''),
    consented_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdraw_reason TEXT NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES account (id),
    decision_reason TEXT NOT NULL,
    CHECK ((channel = 'online') = (holder_id IS NOT NULL)),
    CHECK (channel = 'online' OR depositor <> ''),
    CHECK (state = 'brouillon' OR deposited_version > 0),
    CHECK ((state = 'retiree') = (withdrawn_at IS NOT NULL)),
    CHECK (state NOT IN ('admise', 'ecartee') OR (decided_at IS NOT NULL AND decision_reason <> ''))
) STRICT;

CREATE INDEX candidacy_call ON candidacy (call_id, state);
CREATE INDEX candidacy_holder ON candidacy (holder_id, updated_at);
CREATE INDEX candidacy_wave ON candidacy (wave_id, state);

CREATE TABLE candidacy_save (
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    version INTEGER NOT NULL CHECK (version > 1),
    section TEXT NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    question_keys TEXT NOT NULL,
    former TEXT NOT NULL,
    PRIMARY KEY (candidacy_id, version)
) STRICT;

CREATE TABLE candidacy_partner (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    name TEXT NOT NULL CHECK (name <> ''),
    state TEXT NOT NULL CHECK (state IN ('invite', 'repond', 'engage', 'parti')),
    version INTEGER NOT NULL CHECK (version > 0),
    answers TEXT NOT NULL CHECK (answers <> ''),
    committed_at INTEGER,
    committed_by INTEGER REFERENCES account (id),
    left_at INTEGER,
    CHECK ((state = 'engage') = (committed_at IS NOT NULL)),
    CHECK ((state = 'parti') = (left_at IS NOT NULL))
) STRICT;

CREATE INDEX candidacy_partner_candidacy ON candidacy_partner (candidacy_id);

CREATE TABLE candidacy_member (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    role TEXT NOT NULL CHECK (role IN ('redaction', 'partenaire', 'lecture')),
    sections TEXT NOT NULL,
    partner_id INTEGER REFERENCES candidacy_partner (id),
    email TEXT NOT NULL,
    secret_hash BLOB UNIQUE,
    account_id INTEGER REFERENCES account (id),
    invited_at INTEGER NOT NULL,
    invited_by INTEGER REFERENCES account (id),
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    left_at INTEGER,
    CHECK ((account_id IS NULL) = (accepted_at IS NULL)),
    CHECK ((role = 'partenaire') = (partner_id IS NOT NULL))
) STRICT;

CREATE INDEX candidacy_member_candidacy ON candidacy_member (candidacy_id);
CREATE INDEX candidacy_member_account ON candidacy_member (account_id);
CREATE UNIQUE INDEX candidacy_member_once ON candidacy_member (candidacy_id, account_id)
WHERE account_id IS NOT NULL AND left_at IS NULL;

CREATE TABLE candidacy_file (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    question TEXT NOT NULL CHECK (question <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    family TEXT NOT NULL CHECK (family <> ''),
    size INTEGER NOT NULL CHECK (size >= 0),
    digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
    added_at INTEGER NOT NULL,
    added_by INTEGER REFERENCES account (id),
    removed_at INTEGER
) STRICT;

CREATE INDEX candidacy_file_candidacy ON candidacy_file (candidacy_id);
CREATE INDEX candidacy_file_digest ON candidacy_file (digest);

CREATE TABLE candidacy_deposit (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    call_id INTEGER NOT NULL REFERENCES call (id),
    wave_id INTEGER NOT NULL REFERENCES call_wave (id),
    number INTEGER NOT NULL CHECK (number > 0),
    version INTEGER NOT NULL CHECK (version > 0),
    deposit_key TEXT NOT NULL UNIQUE CHECK (deposit_key <> ''),
    arrival INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('on_time', 'late')),
    deposited_by INTEGER REFERENCES account (id),
    is_consented INTEGER NOT NULL CHECK (is_consented IN (0, 1)),
    form_id INTEGER NOT NULL REFERENCES call_form (id),
    rules_version INTEGER NOT NULL,
    snapshot TEXT NOT NULL CHECK (snapshot <> ''),
    snapshot_digest TEXT NOT NULL CHECK (LENGTH(snapshot_digest) = 64),
    attachments TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    UNIQUE (call_id, number),
    CHECK ((verdict = 'on_time') = (arrival < closes_at)),
    FOREIGN KEY (call_id, rules_version) REFERENCES call_rules_version (call_id, version)
) STRICT;

CREATE INDEX candidacy_deposit_candidacy ON candidacy_deposit (candidacy_id, number);

CREATE TABLE candidacy_deposit_alias (
    deposit_key TEXT NOT NULL PRIMARY KEY CHECK (deposit_key <> ''),
    deposit_id INTEGER NOT NULL REFERENCES candidacy_deposit (id)
) STRICT;

CREATE TABLE receipt (
    id INTEGER NOT NULL PRIMARY KEY,
    deposit_id INTEGER NOT NULL UNIQUE REFERENCES candidacy_deposit (id),
    number INTEGER NOT NULL CHECK (number > 0),
    content TEXT NOT NULL CHECK (content <> ''),
    fingerprint TEXT NOT NULL UNIQUE CHECK (LENGTH(fingerprint) = 64),
    key_id TEXT NOT NULL CHECK (key_id <> ''),
    issued_at INTEGER NOT NULL
) STRICT;

CREATE INDEX receipt_issued ON receipt (issued_at);

CREATE TABLE candidacy_reminder (
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    closes_at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('semaine', 'deux_jours', 'dernier_jour')),
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (candidacy_id, closes_at, kind)
) STRICT;

-- 9 attachments
CREATE TABLE candidacy_deposit_file (
    deposit_id INTEGER NOT NULL REFERENCES candidacy_deposit (id),
    file_id INTEGER NOT NULL REFERENCES candidacy_file (id),
    PRIMARY KEY (deposit_id, file_id)
) STRICT;

CREATE INDEX candidacy_deposit_file_file ON candidacy_deposit_file (file_id);

CREATE TABLE candidacy_upload (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    question TEXT NOT NULL CHECK (question <> ''),
    account_id INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL CHECK (name <> ''),
    size INTEGER NOT NULL CHECK (size > 0),
    replaces_id INTEGER REFERENCES candidacy_file (id),
    part TEXT NOT NULL UNIQUE CHECK (part <> ''),
    dated_on TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX candidacy_upload_account ON candidacy_upload (account_id);
CREATE INDEX candidacy_upload_candidacy ON candidacy_upload (candidacy_id);
CREATE INDEX candidacy_upload_created ON candidacy_upload (created_at);

CREATE TABLE file_scan (
    digest TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(digest) = 64),
    state TEXT NOT NULL CHECK (state IN ('sain', 'infecte', 'erreur')),
    finding TEXT NOT NULL,
    scanned_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts > 0)
) STRICT;

CREATE INDEX file_scan_state ON file_scan (state, scanned_at);

CREATE TABLE safe_document (
    id INTEGER NOT NULL PRIMARY KEY,
    place_id INTEGER NOT NULL REFERENCES place (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    family TEXT NOT NULL CHECK (family <> ''),
    size INTEGER NOT NULL CHECK (size > 0),
    digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
    dated_on TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER REFERENCES account (id),
    removed_at INTEGER
) STRICT;

CREATE INDEX safe_document_place ON safe_document (place_id);
CREATE INDEX safe_document_digest ON safe_document (digest);

-- 10 candidacy_writing
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

-- 11 candidacy_parts
ALTER TABLE candidacy_member ADD COLUMN commits INTEGER NOT NULL DEFAULT 1 CHECK (commits IN (0, 1));

CREATE TABLE candidacy_part_save (
    partner_id INTEGER NOT NULL REFERENCES candidacy_partner (id),
    version INTEGER NOT NULL CHECK (version > 1),
    section TEXT NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    question_keys TEXT NOT NULL,
    former TEXT NOT NULL,
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

-- 12 form_drafts
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

-- 13 receipt heads
CREATE TABLE receipt_head (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    closed_day TEXT NOT NULL UNIQUE CHECK (LENGTH(closed_day) = 10),
    content TEXT NOT NULL CHECK (content <> ''),
    fingerprint TEXT NOT NULL UNIQUE CHECK (LENGTH(fingerprint) = 64),
    issued_at INTEGER NOT NULL
) STRICT;

CREATE TABLE receipt_head_leaf (
    receipt_id INTEGER NOT NULL PRIMARY KEY REFERENCES receipt (id),
    head_number INTEGER NOT NULL REFERENCES receipt_head (number),
    place INTEGER NOT NULL CHECK (place >= 0),
    leaf TEXT NOT NULL CHECK (LENGTH(leaf) = 64),
    UNIQUE (head_number, place)
) STRICT;
