import Geography

/// A commune of the present register, or one of the municipal districts of Paris, Lyon and Marseille (`partOf` names the city).
public struct Commune: Sendable, Equatable {
    /// INSEE's code, a text of five characters: leading zeros and Corsica's letters survive.
    public let code: String
    public let name: String
    public let departement: String?
    public let region: String?
    /// The SIREN of its EPCI.
    public let epci: String?
    public let partOf: String?
    public let population: Int?
    public let centre: Point?

    public init(
        code: String, name: String, departement: String? = nil, region: String? = nil, epci: String? = nil,
        partOf: String? = nil, population: Int? = nil, centre: Point? = nil
    ) {
        self.code = code
        self.name = name
        self.departement = departement
        self.region = region
        self.epci = epci
        self.partOf = partOf
        self.population = population
        self.centre = centre
    }

    /// Names as they are written in addresses and files: saints abbreviated, districts numbered, CEDEX, without accents.
    ///
    /// `PARIS 5`, `ST-OMER CEDEX`, `Saint-Omer` and `saint omer` give the keys that `commune.name_key` holds.
    public static func key(_ name: String) -> String {
        var bytes: [UInt8] = []
        CommuneKey.append(name, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
