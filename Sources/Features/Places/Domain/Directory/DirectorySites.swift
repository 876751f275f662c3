import Geography
import Storage

/// The sites of places with the territory each lies in.
enum DirectorySites {
    /// The sites of the places of a range of identifiers.
    static func sites(
        after first: Place.ID, through last: Place.ID, _ reader: Reader
    ) throws -> [Place.ID: [DirectoryEntry.Whereabouts]] {
        var sites: [Place.ID: [DirectoryEntry.Whereabouts]] = [:]
        try reader.each(
            """
            SELECT \(columns)
            FROM place_site
            LEFT JOIN commune ON commune.code = place_site.commune
            WHERE place_site.place_id > \(first)
                AND place_site.place_id <= \(last)
            ORDER BY place_site.place_id, place_site.rank
            """
        ) { row in
            sites[Place.ID(try row.int(0)), default: []].append(try read(row))
            return true
        }
        return sites
    }

    static func of(_ id: Place.ID, _ reader: Reader) throws -> [DirectoryEntry.Whereabouts] {
        try reader.all(
            """
            SELECT \(columns)
            FROM place_site
            LEFT JOIN commune ON commune.code = place_site.commune
            WHERE place_site.place_id = \(id)
            ORDER BY place_site.rank
            """, read)
    }

    private static let columns: SQL = """
        place_site.place_id, place_site.commune_name, place_site.postal_code, place_site.commune, commune.epci,
            commune.departement, commune.region, place_site.latitude, place_site.longitude
        """

    private static func read(_ row: Row) throws -> DirectoryEntry.Whereabouts {
        let latitude = try row.optionalDouble(7)
        let longitude = try row.optionalDouble(8)
        return DirectoryEntry.Whereabouts(
            communeName: try row.text(1),
            postalCode: try row.text(2),
            commune: try row.optionalText(3),
            epci: try row.optionalText(4),
            departement: try row.optionalText(5),
            region: try row.optionalText(6),
            point: latitude.flatMap { latitude in longitude.flatMap { Point(latitude: latitude, longitude: $0) } })
    }
}
