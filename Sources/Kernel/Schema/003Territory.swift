import Storage

extension Schema {
    /// Codes are texts: leading zeros count, and Corsica has letters. A commune that no longer exists keeps its code in
    /// `commune_former`, with the one that took it over and the date; when places may already point to it, its row stays in
    /// `commune` with the day it retired. `method` says how a zone and a commune were joined: by code, by name, or
    /// because the commune's centre lies inside.
    static let territory = Migration(
        number: 3,
        name: "territory",
        text: """
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
            """)
}
