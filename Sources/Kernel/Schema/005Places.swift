import Storage

extension Schema {
    static let places = Migration(
        number: 5,
        name: "places",
        text: """
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
            """)
}
