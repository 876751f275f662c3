import Storage

/// A new place from a source, made ready to be written without further thought.
struct FreshPlace: Sendable {
    let id: Place.ID
    let slug: String
    let record: IncomingRecord
}

extension PlaceStore {
    /// Writes many new places, published and for everybody, each with its site and the line of history that says where it
    /// comes from. Values are in canonical form already.
    static func insert(
        _ places: [FreshPlace], from source: String, at now: Instant, _ newIdentifier: () -> PlaceChange.ID,
        _ writer: Writer
    ) throws {
        for slice in places.chunked(by: 50) {
            let rows = slice.map { place -> SQL in
                let record = place.record
                return """
                    (\(place.id), \(place.slug), \(record.name), 'publiee', 'publique', \(record.maturity), \(record.siret),
                        \(record.values[.rna]?.text), \(record.facts), \(record.origins(source, now)), 1, \(now), \(now), NULL,
                        NULL)
                    """
            }
            try writer.run(
                """
                INSERT INTO place (id, slug, name, state, visibility, maturity, siret, rna, facts, origins, version,
                    created_at, updated_at, verified_at, merged_into)
                VALUES \(SQL.join(rows, ", "))
                """)
            let sites = slice.filter { $0.record.values[.sites] != nil }.map { place -> SQL in
                let site = place.record.site
                return """
                    (\(place.id), 0, \(site.label), \(site.address), \(site.complement), \(site.postalCode), \(site.commune),
                        \(site.communeName), \(site.point?.latitude), \(site.point?.longitude), \(site.precision))
                    """
            }
            if !sites.isEmpty {
                try writer.run(
                    """
                    INSERT INTO place_site (place_id, rank, label, address, complement, postal_code, commune, commune_name,
                        latitude, longitude, precision)
                    VALUES \(SQL.join(sites, ", "))
                    """)
            }
            try PlaceHistory.addImports(slice.map { ($0.id, newIdentifier()) }, from: source, at: now, writer)
        }
    }

    /// Any places of some identifiers, for the import that decides on them.
    static func any(_ ids: [Place.ID], _ reader: Reader) throws -> [Place.ID: Place] {
        let found = try reader.all(
            "SELECT \(columns) FROM place WHERE place.id IN \(list: ids.map(\.number))", read)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension PlaceHistory {
    /// The first lines of places that a source brought: their values are the sheets themselves.
    static func addImports(
        _ places: [(place: Place.ID, change: PlaceChange.ID)], from source: String, at now: Instant, _ writer: Writer
    ) throws {
        let rows = places.map { place, change -> SQL in
            "(\(change), \(place), 1, \(now), NULL, \(source), 'import', '', '{}')"
        }
        try writer.run(
            """
            INSERT INTO place_change (id, place_id, version, at, actor, source, kind, comment, fields)
            VALUES \(SQL.join(rows, ", "))
            """)
    }
}
