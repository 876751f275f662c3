import Exchange
import Storage

extension TerritoryReads {
    /// The kinds of zonings that the register holds at all, in upper case.
    public static func zoningKinds(_ reader: Reader) throws -> Set<String> {
        Set(try reader.all("SELECT DISTINCT kind FROM zoning ORDER BY kind") { try $0.text(0).uppercased() })
    }

    /// The zonings of one kind and edition in a territory.
    public struct ZoningShare: Sendable, Equatable {
        public let kind: String
        public let edition: String
        /// How many zones, and how many communes of the territory they touch.
        public let zones: Int
        public let communes: Int
    }

    /// What zonings are in force in a territory on a day, by kind and edition.
    public static func zonings(in territory: TerritoryCode, on day: CivilDate, _ reader: Reader) throws -> [ZoningShare]
    {
        let date = day.description
        let belongs: SQL =
            switch territory {
            case .commune(let code): "commune.code = \(code)"
            case .departement(let code): "commune.departement = \(code)"
            case .region(let code): "commune.region = \(code)"
            case .epci(let siren): "commune.epci = \(siren)"
            }
        return try reader.all(
            """
            SELECT zoning.kind, zoning.edition, COUNT(DISTINCT zoning.code), COUNT(DISTINCT commune.code)
            FROM commune
            JOIN zoning_commune ON zoning_commune.commune = commune.code
            JOIN zoning ON zoning.kind = zoning_commune.kind AND zoning.code = zoning_commune.code
                AND zoning.edition = zoning_commune.edition
            WHERE \(belongs) AND zoning.starts_on <= \(date) AND (zoning.ends_on IS NULL OR zoning.ends_on >= \(date))
            GROUP BY zoning.kind, zoning.edition
            ORDER BY zoning.kind, zoning.edition
            """
        ) { row in
            ZoningShare(
                kind: try row.text(0), edition: try row.text(1), zones: Int(try row.int(2)),
                communes: Int(try row.int(3)))
        }
    }
}
