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
CREATE INDEX commune_edition ON commune (edition);

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
    seal TEXT NOT NULL CHECK (LENGTH(seal) = 64),
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
    partner_id INTEGER REFERENCES candidacy_partner (id),
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
    partner_id INTEGER REFERENCES candidacy_partner (id),
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

-- 14 instruction
CREATE TABLE instruction (
    candidacy_id INTEGER NOT NULL PRIMARY KEY REFERENCES candidacy (id),
    call_id INTEGER NOT NULL REFERENCES call (id),
    wave_id INTEGER NOT NULL REFERENCES call_wave (id),
    deposit_id INTEGER NOT NULL REFERENCES candidacy_deposit (id),
    number INTEGER NOT NULL CHECK (number > 0),
    state TEXT NOT NULL
        CHECK (state IN ('a_instruire', 'a_completer', 'recevable', 'irrecevable', 'retiree')),
    instructor_id INTEGER REFERENCES account (id),
    due_at INTEGER,
    assigned_at INTEGER,
    told_at INTEGER,
    open_opinions INTEGER NOT NULL CHECK (open_opinions >= 0),
    unread INTEGER NOT NULL CHECK (unread >= 0),
    unread_by_candidate INTEGER NOT NULL CHECK (unread_by_candidate >= 0),
    departement TEXT NOT NULL,
    commune TEXT NOT NULL,
    title TEXT NOT NULL,
    structure TEXT NOT NULL,
    words TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES account (id),
    reasons TEXT NOT NULL,
    decision_words TEXT NOT NULL,
    CHECK (state <> 'irrecevable' OR (decided_at IS NOT NULL AND reasons <> '' AND decision_words <> '')),
    CHECK (state <> 'recevable' OR decided_at IS NOT NULL),
    CHECK ((instructor_id IS NULL) = (assigned_at IS NULL))
) STRICT;

CREATE INDEX instruction_board
ON instruction (call_id DESC, number, state, instructor_id, due_at, open_opinions, departement);
CREATE INDEX instruction_instructor ON instruction (instructor_id, call_id DESC, number, state);
CREATE INDEX instruction_deposit ON instruction (deposit_id);
CREATE INDEX instruction_departement ON instruction (departement, call_id);

CREATE TABLE instruction_event (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    at INTEGER NOT NULL,
    actor_id INTEGER REFERENCES account (id),
    account_id INTEGER REFERENCES account (id),
    words TEXT NOT NULL
) STRICT;

CREATE INDEX instruction_event_candidacy ON instruction_event (candidacy_id, at);

CREATE TABLE instruction_checklist (
    call_id INTEGER NOT NULL REFERENCES call (id),
    rank INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (code <> ''),
    label TEXT NOT NULL CHECK (label <> ''),
    PRIMARY KEY (call_id, rank),
    UNIQUE (call_id, code)
) STRICT;

CREATE TABLE instruction_check (
    candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
    code TEXT NOT NULL CHECK (code <> ''),
    label TEXT NOT NULL CHECK (label <> ''),
    result TEXT NOT NULL CHECK (result IN ('oui', 'non', 'sans_objet')),
    remark TEXT NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    PRIMARY KEY (candidacy_id, code)
) STRICT;

CREATE TABLE instruction_request (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
    state TEXT NOT NULL CHECK (state IN ('ouverte', 'repondue', 'expiree', 'annulee')),
    words TEXT NOT NULL,
    takes_late INTEGER NOT NULL CHECK (takes_late IN (0, 1)),
    asked_at INTEGER NOT NULL,
    asked_by INTEGER REFERENCES account (id),
    closes_at INTEGER NOT NULL,
    reminded_at INTEGER,
    version INTEGER NOT NULL CHECK (version > 0),
    former TEXT NOT NULL CHECK (former <> ''),
    answers TEXT NOT NULL CHECK (answers <> ''),
    answered_at INTEGER,
    answered_by INTEGER REFERENCES account (id),
    closed_at INTEGER,
    CHECK (closes_at > asked_at),
    CHECK ((state = 'repondue') = (answered_at IS NOT NULL)),
    CHECK ((state = 'ouverte') = (closed_at IS NULL))
) STRICT;

CREATE INDEX instruction_request_candidacy ON instruction_request (candidacy_id, asked_at);
CREATE INDEX instruction_request_open ON instruction_request (state, closes_at);
CREATE UNIQUE INDEX instruction_request_once ON instruction_request (candidacy_id)
WHERE state = 'ouverte';

CREATE TABLE instruction_request_item (
    request_id INTEGER NOT NULL REFERENCES instruction_request (id),
    rank INTEGER NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (request_id, question)
) STRICT;

CREATE TABLE instruction_message (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
    side TEXT NOT NULL CHECK (side IN ('instruction', 'candidat')),
    author_id INTEGER REFERENCES account (id),
    text TEXT NOT NULL CHECK (text <> ''),
    at INTEGER NOT NULL,
    read_at INTEGER
) STRICT;

CREATE INDEX instruction_message_candidacy ON instruction_message (candidacy_id, at);
CREATE INDEX instruction_message_author ON instruction_message (author_id);

CREATE TABLE instruction_note (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'alerte', 'point_fort', 'point_faible', 'a_verifier')),
    text TEXT NOT NULL CHECK (text <> ''),
    author_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE INDEX instruction_note_candidacy ON instruction_note (candidacy_id, at);

CREATE TABLE instruction_opinion (
    id INTEGER NOT NULL PRIMARY KEY,
    candidacy_id INTEGER NOT NULL REFERENCES instruction (candidacy_id),
    kind TEXT NOT NULL CHECK (kind IN ('expert', 'cercle', 'financeur', 'conseil')),
    state TEXT NOT NULL CHECK (state IN ('demande', 'rendu', 'retire', 'expire')),
    email TEXT NOT NULL,
    account_id INTEGER REFERENCES account (id),
    question TEXT NOT NULL CHECK (question <> ''),
    asked_at INTEGER NOT NULL,
    asked_by INTEGER REFERENCES account (id),
    closes_at INTEGER NOT NULL,
    reminded_at INTEGER,
    position TEXT NOT NULL CHECK (position IN ('', 'favorable', 'reserve', 'defavorable', 'sans_avis')),
    answer TEXT NOT NULL,
    answered_at INTEGER,
    closed_at INTEGER,
    reason TEXT NOT NULL,
    CHECK (closes_at > asked_at),
    CHECK ((state = 'rendu') = (answered_at IS NOT NULL)),
    CHECK ((state = 'rendu') = (position <> '')),
    CHECK ((state = 'demande') = (closed_at IS NULL))
) STRICT;

CREATE INDEX instruction_opinion_candidacy ON instruction_opinion (candidacy_id, asked_at);
CREATE INDEX instruction_opinion_open ON instruction_opinion (state, closes_at);
CREATE INDEX instruction_opinion_email ON instruction_opinion (email);
CREATE INDEX instruction_opinion_account ON instruction_opinion (account_id);

CREATE TABLE instruction_search (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL CHECK (name <> ''),
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

-- 15 jury
CREATE TABLE jury (
    call_id INTEGER NOT NULL PRIMARY KEY REFERENCES call (id),
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

CREATE TABLE jury_criterion (
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    rank INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (code <> ''),
    label TEXT NOT NULL CHECK (label <> ''),
    guide TEXT NOT NULL,
    weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 100),
    maximum INTEGER NOT NULL CHECK (maximum BETWEEN 1 AND 100),
    PRIMARY KEY (call_id, rank),
    UNIQUE (call_id, code)
) STRICT;

CREATE TABLE jury_member (
    id INTEGER NOT NULL PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    role TEXT NOT NULL CHECK (role IN ('jure', 'presidence')),
    body TEXT NOT NULL,
    email TEXT NOT NULL,
    secret_hash BLOB UNIQUE,
    account_id INTEGER REFERENCES account (id),
    invited_at INTEGER NOT NULL,
    invited_by INTEGER REFERENCES account (id),
    expires_at INTEGER NOT NULL,
    joined_at INTEGER,
    left_at INTEGER,
    left_reason TEXT NOT NULL,
    keeps_notes INTEGER NOT NULL CHECK (keeps_notes IN (0, 1)),
    presence TEXT NOT NULL CHECK (presence IN ('', 'present', 'excuse', 'absent')),
    CHECK ((account_id IS NULL) = (joined_at IS NULL)),
    CHECK (left_at IS NOT NULL OR keeps_notes = 1)
) STRICT;

CREATE INDEX jury_member_call ON jury_member (call_id);
CREATE INDEX jury_member_account ON jury_member (account_id);
CREATE INDEX jury_member_email ON jury_member (email);
CREATE UNIQUE INDEX jury_member_once ON jury_member (call_id, account_id)
WHERE account_id IS NOT NULL AND left_at IS NULL;
CREATE UNIQUE INDEX jury_member_chair ON jury_member (call_id)
WHERE role = 'presidence' AND left_at IS NULL;

CREATE TABLE jury_conflict (
    id INTEGER NOT NULL PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    member_id INTEGER NOT NULL REFERENCES jury_member (id),
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    nature TEXT NOT NULL CHECK (nature IN ('equipe', 'lieu', 'structure', 'consortium', 'domaine',
        'gouvernance', 'emploi', 'mandat', 'famille', 'autre')),
    words TEXT NOT NULL,
    is_found INTEGER NOT NULL CHECK (is_found IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('a_decider', 'confirme', 'ecarte')),
    at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES account (id),
    reason TEXT NOT NULL,
    UNIQUE (member_id, candidacy_id, nature),
    CHECK ((state = 'a_decider') = (decided_at IS NULL)),
    CHECK (state <> 'ecarte' OR reason <> '')
) STRICT;

CREATE INDEX jury_conflict_call ON jury_conflict (call_id, state);
CREATE INDEX jury_conflict_candidacy ON jury_conflict (candidacy_id);

CREATE TABLE jury_assignment (
    member_id INTEGER NOT NULL REFERENCES jury_member (id),
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    is_by_hand INTEGER NOT NULL CHECK (is_by_hand IN (0, 1)),
    at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (member_id, candidacy_id)
) STRICT;

CREATE INDEX jury_assignment_call ON jury_assignment (call_id);
CREATE INDEX jury_assignment_candidacy ON jury_assignment (candidacy_id);

CREATE TABLE jury_sheet (
    id INTEGER NOT NULL PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    member_id INTEGER NOT NULL REFERENCES jury_member (id),
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    state TEXT NOT NULL CHECK (state IN ('en_saisie', 'definitive')),
    version INTEGER NOT NULL CHECK (version > 0),
    is_abstained INTEGER NOT NULL CHECK (is_abstained IN (0, 1)),
    comment TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    finished_at INTEGER,
    reopened_at INTEGER,
    salt TEXT NOT NULL,
    commitment TEXT NOT NULL,
    UNIQUE (member_id, candidacy_id),
    CHECK ((state = 'definitive') = (finished_at IS NOT NULL)),
    CHECK ((state = 'definitive') = (LENGTH(commitment) = 64)),
    CHECK ((state = 'definitive') = (LENGTH(salt) = 64))
) STRICT;

CREATE INDEX jury_sheet_candidacy ON jury_sheet (candidacy_id);
CREATE INDEX jury_sheet_call ON jury_sheet (call_id, state);

CREATE TABLE jury_note (
    sheet_id INTEGER NOT NULL REFERENCES jury_sheet (id),
    criterion TEXT NOT NULL CHECK (criterion <> ''),
    note INTEGER CHECK (note BETWEEN 0 AND 100),
    is_concerned INTEGER NOT NULL CHECK (is_concerned IN (0, 1)),
    comment TEXT NOT NULL,
    PRIMARY KEY (sheet_id, criterion),
    CHECK (is_concerned = 1 OR note IS NULL)
) STRICT;

CREATE TABLE jury_reopening (
    id INTEGER NOT NULL PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES jury_sheet (id),
    at INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    former TEXT NOT NULL CHECK (former <> ''),
    commitment TEXT NOT NULL CHECK (LENGTH(commitment) = 64)
) STRICT;

CREATE INDEX jury_reopening_sheet ON jury_reopening (sheet_id);

CREATE TABLE jury_item (
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    place INTEGER NOT NULL,
    audition_at INTEGER,
    audition_words TEXT NOT NULL,
    begun_at INTEGER,
    advice TEXT CHECK (advice IN ('favorable', 'reserve', 'ajourne', 'defavorable')),
    words TEXT NOT NULL,
    advised_at INTEGER,
    advised_by INTEGER REFERENCES account (id),
    version INTEGER NOT NULL CHECK (version > 0),
    PRIMARY KEY (call_id, candidacy_id),
    CHECK ((advice IS NULL) = (advised_at IS NULL))
) STRICT;

CREATE TABLE jury_move (
    id INTEGER NOT NULL PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES jury (call_id),
    candidacy_id INTEGER NOT NULL REFERENCES candidacy (id),
    position INTEGER NOT NULL CHECK (position > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    undone_at INTEGER
) STRICT;

CREATE INDEX jury_move_call ON jury_move (call_id, at);

CREATE TABLE jury_minutes (
    call_id INTEGER NOT NULL PRIMARY KEY REFERENCES jury (call_id),
    text TEXT NOT NULL CHECK (text <> ''),
    fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
    signed_at INTEGER NOT NULL,
    signed_by INTEGER NOT NULL REFERENCES account (id),
    signer TEXT NOT NULL CHECK (signer <> '')
) STRICT;

-- 16 funding
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

-- 17 decisions
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

-- 18 archived_calls
CREATE TABLE archived_call (
    id INTEGER NOT NULL PRIMARY KEY,
    origin_id INTEGER NOT NULL,
    slug TEXT NOT NULL CHECK (slug <> ''),
    title TEXT NOT NULL,
    organiser TEXT NOT NULL,
    network TEXT NOT NULL,
    address TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    digest TEXT NOT NULL UNIQUE CHECK (LENGTH(digest) = 64),
    has_own_keys INTEGER NOT NULL CHECK (has_own_keys IN (0, 1)),
    refused INTEGER NOT NULL CHECK (refused >= 0),
    imported_at INTEGER NOT NULL,
    UNIQUE (address, origin_id)
) STRICT;

CREATE TABLE archived_dossier (
    archived_call_id INTEGER NOT NULL REFERENCES archived_call (id),
    number INTEGER NOT NULL CHECK (number > 0),
    candidacy TEXT NOT NULL,
    name TEXT NOT NULL,
    structure TEXT NOT NULL,
    depositor TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('online', 'post', 'email')),
    arrival INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_label TEXT NOT NULL,
    PRIMARY KEY (archived_call_id, number)
) STRICT;

CREATE TABLE archived_file (
    archived_call_id INTEGER NOT NULL REFERENCES archived_call (id),
    place INTEGER NOT NULL CHECK (place > 0),
    dossier INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('call', 'deposit', 'receipt', 'document')),
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    digest TEXT NOT NULL CHECK (LENGTH(digest) = 64),
    is_addition INTEGER NOT NULL CHECK (is_addition IN (0, 1)),
    absence TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (archived_call_id, place),
    CHECK ((path = '') = (absence <> ''))
) STRICT;

CREATE INDEX archived_file_dossier ON archived_file (archived_call_id, dossier, place);
CREATE INDEX archived_file_digest ON archived_file (digest);

-- 19 dossier_indexes
CREATE INDEX candidacy_siret ON candidacy (siret) WHERE siret <> '';
CREATE INDEX candidacy_structure ON candidacy (structure) WHERE structure <> '';
CREATE INDEX candidacy_of_place ON candidacy (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX funding_line_siret ON funding_line (siret) WHERE siret <> '';

-- 20 retention
CREATE TABLE retention_notice (
    kind TEXT NOT NULL CHECK (kind IN ('compte', 'brouillon')),
    subject INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step > 0),
    told_at INTEGER NOT NULL,
    PRIMARY KEY (kind, subject, step)
) STRICT;

-- 21 service record
CREATE TABLE service_probe (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE service_minute (
    minute INTEGER NOT NULL PRIMARY KEY,
    measured_at INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ouvert', 'panne')),
    microseconds INTEGER NOT NULL CHECK (microseconds >= 0),
    deposits INTEGER NOT NULL CHECK (deposits >= 0),
    recorded_at INTEGER NOT NULL,
    previous TEXT NOT NULL CHECK (LENGTH(previous) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (LENGTH(hash) = 64)
) STRICT;

CREATE TABLE service_alert (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    words TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    cleared_at INTEGER
) STRICT;

CREATE INDEX service_alert_raised ON service_alert (raised_at);
CREATE UNIQUE INDEX service_alert_open ON service_alert (kind) WHERE cleared_at IS NULL;

-- 22 second factor
CREATE TABLE second_factor (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    sealed_secret BLOB,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL CHECK (last_step >= 0),
    pending_secret BLOB,
    pending_at INTEGER,
    CHECK ((sealed_secret IS NULL) = (confirmed_at IS NULL)),
    CHECK ((pending_secret IS NULL) = (pending_at IS NULL))
) STRICT;

CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account (id),
    code_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account_id, code_hash)
) STRICT;

CREATE TABLE half_session (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    secret_hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL,
    destination TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX half_session_account ON half_session (account_id);
CREATE INDEX half_session_expiry ON half_session (expires_at);

ALTER TABLE session ADD COLUMN factor_at INTEGER;

ALTER TABLE role_grant ADD COLUMN is_emergency INTEGER NOT NULL DEFAULT 0 CHECK (is_emergency IN (0, 1));
ALTER TABLE role_grant ADD COLUMN end_told_at INTEGER;

CREATE INDEX role_grant_end ON role_grant (until) WHERE revoked_at IS NULL AND until IS NOT NULL;

CREATE TABLE account_order (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('role', 'second_facteur')),
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT CHECK (role IN ('coordination', 'admin_tech')),
    until INTEGER,
    reason TEXT NOT NULL CHECK (reason <> ''),
    proposed_by INTEGER NOT NULL REFERENCES account (id),
    proposed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    settled_at INTEGER,
    settled_by INTEGER REFERENCES account (id),
    outcome TEXT CHECK (outcome IN ('faite', 'retiree')),
    CHECK ((kind = 'role') = (role IS NOT NULL)),
    CHECK (kind = 'role' OR until IS NULL),
    CHECK ((settled_at IS NULL) = (outcome IS NULL)),
    CHECK (outcome IS NULL OR outcome <> 'faite' OR settled_by <> proposed_by),
    CHECK (proposed_by <> account_id)
) STRICT;

CREATE UNIQUE INDEX account_order_once ON account_order (account_id, kind, COALESCE(role, ''))
WHERE settled_at IS NULL;

-- 23 pieces_uploads
ALTER TABLE candidacy_upload ADD COLUMN request_id INTEGER REFERENCES instruction_request (id);

-- 24 board_indexes
CREATE INDEX instruction_words ON instruction (words, candidacy_id);
CREATE INDEX instruction_territory ON instruction (departement, call_id DESC, number, state);
DROP INDEX instruction_departement;

-- 25 nodes
CREATE TABLE network_change (
    sequence INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    subjects TEXT NOT NULL
) STRICT;

CREATE TABLE job_lease (
    job TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT;

CREATE TABLE writing_turn (
    nobody INTEGER NOT NULL PRIMARY KEY
) STRICT;

ALTER TABLE service_alert ADD COLUMN node TEXT NOT NULL DEFAULT '';

DROP INDEX service_alert_open;
CREATE UNIQUE INDEX service_alert_open ON service_alert (kind, node) WHERE cleared_at IS NULL;

-- 26 wave_juries
ALTER TABLE jury RENAME COLUMN call_id TO id;
ALTER TABLE jury_criterion RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_member RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_conflict RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_assignment RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_sheet RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_item RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_move RENAME COLUMN call_id TO jury_id;
ALTER TABLE jury_minutes RENAME COLUMN call_id TO jury_id;
-- on SQLite
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
-- on PostgreSQL
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

-- 27 identity
CREATE TABLE identity (
    issuer TEXT NOT NULL CHECK (issuer <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    account_id INTEGER NOT NULL REFERENCES account (id),
    tied_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;

CREATE INDEX identity_account ON identity (account_id);

CREATE TABLE identity_offer (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    secret_hash BLOB NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE identity_state (
    state_hash BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX identity_state_expiry ON identity_state (expires_at);

-- 28 part_writing
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

-- 29 secret_letters
CREATE INDEX letter_next ON letter (state, is_secret DESC, due_at, id);
