import Geography
import Storage

/// The SQL of `commune`, `commune_former` and `commune_postal_code`.
public enum CommuneStore {
    private static let columns: SQL = """
        commune.code, commune.name, commune.departement, commune.region, commune.epci, commune.part_of, commune.population,
            commune.latitude, commune.longitude
        """

    static func read(_ row: Row) throws -> Commune {
        let latitude = try row.optionalDouble(7)
        let longitude = try row.optionalDouble(8)
        return Commune(
            code: try row.text(0),
            name: try row.text(1),
            departement: try row.optionalText(2),
            region: try row.optionalText(3),
            epci: try row.optionalText(4),
            partOf: try row.optionalText(5),
            population: try row.optionalInt(6).map { Int($0) },
            centre: latitude.flatMap { latitude in longitude.flatMap { Point(latitude: latitude, longitude: $0) } })
    }

    /// Every commune of the present register, districts included.
    static func present(_ reader: Reader) throws -> [Commune] {
        try reader.all("SELECT \(columns) FROM commune WHERE commune.retired_on IS NULL ORDER BY commune.code", read)
    }

    public static func commune(_ code: String, _ reader: Reader) throws -> Commune? {
        try reader.one("SELECT \(columns) FROM commune WHERE commune.code = \(code)", read)
    }

    /// The commune that a code means today: itself, or the one that took it over.
    public static func current(_ code: String, _ reader: Reader) throws -> Commune? {
        if let commune = try reader.one(
            "SELECT \(columns) FROM commune WHERE commune.code = \(code) AND commune.retired_on IS NULL", read)
        {
            return commune
        }
        return try reader.one(
            """
            SELECT \(columns)
            FROM commune_former
            JOIN commune ON commune.code = commune_former.successor
            WHERE commune_former.code = \(code) AND commune.retired_on IS NULL
            ORDER BY commune_former.until DESC, commune.population DESC
            """, read)
    }

    /// The commune that a name and a postal code mean together, if only one can be meant.
    public static func resolve(name: String, postalCode: String, _ reader: Reader) throws -> Commune? {
        let key = Commune.key(name)
        if key.isEmpty { return nil }
        let named = try reader.all(
            """
            SELECT \(columns)
            FROM commune
            WHERE commune.name_key = \(key) AND commune.retired_on IS NULL
            UNION
            SELECT \(columns)
            FROM commune_former
            JOIN commune ON commune.code = commune_former.successor
            WHERE commune_former.name_key = \(key) AND commune.retired_on IS NULL
            """, read)
        if named.count == 1, postalCode.isEmpty { return named[0] }
        let served = try codes(postalCode: postalCode, reader)
        let both = named.filter { served.contains($0.code) }
        if both.count == 1 { return both[0] }
        if !both.isEmpty || postalCode.utf8.count != 5 { return nil }
        let department = named.filter { postalCode.hasPrefix($0.departement ?? "?") }
        return department.count == 1 ? department[0] : nil
    }

    static func codes(postalCode: String, _ reader: Reader) throws -> Set<String> {
        Set(
            try reader.all(
                "SELECT commune FROM commune_postal_code WHERE postal_code = \(postalCode)"
            ) { try $0.text(0) })
    }

    /// The postal codes of a commune, in order.
    public static func postalCodes(of code: String, _ reader: Reader) throws -> [String] {
        try reader.all(
            "SELECT postal_code FROM commune_postal_code WHERE commune = \(code) ORDER BY postal_code"
        ) { try $0.text(0) }
    }
}
