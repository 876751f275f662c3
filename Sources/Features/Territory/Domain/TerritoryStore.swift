import Storage

/// The statements that fill the territorial register.
enum TerritoryStore {
    static func put(_ batch: TerritoryBatch, _ writer: Writer) throws {
        try putDivisions(batch, writer)
        try putCommunes(batch, writer)
        for zoning in batch.zonings { try put(zoning, writer) }
        for outline in batch.outlines { try put(outline, writer) }
        for fact in batch.facts { try put(fact, writer) }
        for retirement in batch.retirements { try put(retirement, writer) }
    }

    /// Remembers a file taken whole, and forgets those that must be read again because of it.
    static func mark(_ file: TerritoryBatch.FileMark, at now: Instant, _ writer: Writer) throws {
        if !file.outdates.isEmpty {
            try writer.run("DELETE FROM territory_file WHERE kind IN \(list: file.outdates)")
        }
        try writer.run(
            """
            INSERT INTO territory_file (name, kind, digest, rows, imported_at)
            VALUES (\(file.name), \(file.kind), \(file.digest), \(file.rows), \(now))
            ON CONFLICT (name) DO UPDATE SET
                kind = excluded.kind, digest = excluded.digest, rows = excluded.rows, imported_at = excluded.imported_at
            """)
    }

    private static func put(_ fact: TerritoryBatch.Fact, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE commune
            SET population = COALESCE(\(fact.population), population),
                latitude = COALESCE(\(fact.centre?.latitude), latitude),
                longitude = COALESCE(\(fact.centre?.longitude), longitude),
                epci = COALESCE(\(fact.epci), epci)
            WHERE code = \(fact.commune)
            """)
    }

    /// What pointed to the retired commune inside the register points to its successor; places follow when read.
    private static func put(_ retirement: TerritoryBatch.Retirement, _ writer: Writer) throws {
        let (old, new) = (retirement.commune, retirement.successor)
        try writer.run("UPDATE commune SET retired_on = \(retirement.on) WHERE code = \(old)")
        try writer.run(
            """
            INSERT INTO commune_postal_code (postal_code, commune)
            SELECT postal_code, \(new) FROM commune_postal_code WHERE commune = \(old)
            ON CONFLICT (postal_code, commune) DO NOTHING
            """)
        try writer.run("DELETE FROM commune_postal_code WHERE commune = \(old)")
        try writer.run("DELETE FROM contour WHERE kind = 'commune' AND code = \(old)")
    }

    private static func putDivisions(_ batch: TerritoryBatch, _ writer: Writer) throws {
        for region in batch.regions {
            try writer.run(
                """
                INSERT INTO region (code, name)
                VALUES (\(region.code), \(region.name))
                ON CONFLICT (code) DO UPDATE SET name = excluded.name
                """)
        }
        for departement in batch.departements {
            try writer.run(
                """
                INSERT INTO departement (code, name, region)
                VALUES (\(departement.code), \(departement.name), \(departement.region))
                ON CONFLICT (code) DO UPDATE SET name = excluded.name, region = excluded.region
                """)
        }
        for epci in batch.epcis {
            try writer.run(
                """
                INSERT INTO epci (siren, name, nature)
                VALUES (\(epci.siren), \(epci.name), \(epci.nature))
                ON CONFLICT (siren) DO UPDATE SET name = excluded.name, nature = excluded.nature
                """)
        }
    }

    private static func putCommunes(_ batch: TerritoryBatch, _ writer: Writer) throws {
        for commune in batch.communes {
            try writer.run(
                """
                INSERT INTO commune (code, name, name_key, departement, region, epci, part_of, population, latitude, longitude,
                    edition)
                VALUES (\(commune.code), \(commune.name), \(Commune.key(commune.name)), \(commune.departement),
                    \(commune.region), \(commune.epci), \(commune.partOf), \(commune.population), \(commune.centre?.latitude),
                    \(commune.centre?.longitude), \(batch.edition))
                ON CONFLICT (code) DO UPDATE SET
                    name = excluded.name,
                    name_key = excluded.name_key,
                    departement = COALESCE(excluded.departement, commune.departement),
                    region = COALESCE(excluded.region, commune.region),
                    epci = COALESCE(excluded.epci, commune.epci),
                    part_of = COALESCE(excluded.part_of, commune.part_of),
                    population = COALESCE(excluded.population, commune.population),
                    latitude = COALESCE(excluded.latitude, commune.latitude),
                    longitude = COALESCE(excluded.longitude, commune.longitude),
                    edition = excluded.edition,
                    retired_on = NULL
                """)
        }
        for former in batch.formers {
            try writer.run(
                """
                INSERT INTO commune_former (code, name, name_key, successor, until)
                VALUES (\(former.code), \(former.name), \(Commune.key(former.name)), \(former.successor), \(former.until))
                ON CONFLICT (code, successor, name_key) DO UPDATE SET
                    name = excluded.name, until = COALESCE(excluded.until, commune_former.until)
                """)
        }
        for postalCode in batch.postalCodes {
            try writer.run(
                """
                INSERT INTO commune_postal_code (postal_code, commune)
                VALUES (\(postalCode.postalCode), \(postalCode.commune))
                ON CONFLICT (postal_code, commune) DO NOTHING
                """)
        }
    }

    private static func put(_ zoning: TerritoryBatch.Zoning, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO zoning (kind, code, name, starts_on, ends_on, edition, note)
            VALUES (\(zoning.kind), \(zoning.code), \(zoning.name), \(zoning.startsOn), \(zoning.endsOn), \(zoning.edition),
                \(zoning.note))
            ON CONFLICT (kind, code, edition) DO UPDATE SET
                name = CASE WHEN excluded.name = excluded.code THEN zoning.name ELSE excluded.name END,
                starts_on = excluded.starts_on, ends_on = excluded.ends_on, note = COALESCE(excluded.note, zoning.note)
            """)
        for commune in zoning.communes {
            try writer.run(
                """
                INSERT INTO zoning_commune (kind, code, edition, commune, method)
                VALUES (\(zoning.kind), \(zoning.code), \(zoning.edition), \(commune), \(zoning.method.rawValue))
                ON CONFLICT (kind, code, edition, commune) DO NOTHING
                """)
        }
    }

    /// Of two contours of one edition the more detailed stays.
    private static func put(_ outline: TerritoryBatch.Outline, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO contour (kind, code, name, west, south, east, north, fine, coarse, edition)
            VALUES (\(outline.kind.rawValue), \(outline.code), \(outline.name), \(outline.box.west), \(outline.box.south),
                \(outline.box.east), \(outline.box.north), \(outline.fine), \(outline.coarse), \(outline.edition))
            ON CONFLICT (kind, code) DO UPDATE SET
                name = excluded.name, west = excluded.west, south = excluded.south, east = excluded.east,
                north = excluded.north, fine = excluded.fine, coarse = excluded.coarse, edition = excluded.edition
            WHERE excluded.edition > contour.edition OR LENGTH(excluded.fine) >= LENGTH(contour.fine)
            """)
    }
}
