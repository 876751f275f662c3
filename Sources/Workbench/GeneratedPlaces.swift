import Exchange
import Geography
import Maillage

/// Invented places that look like the real ones, as many as wanted, the same for the same seed: for benchmarks, rehearsals and
/// tests of long files.
public struct GeneratedPlaces: Sendable {
    /// Where generated places may stand.
    public struct Town: Sendable {
        public let code: String
        public let name: String
        public let postalCode: String
        public let centre: Point

        public init(code: String, name: String, postalCode: String, centre: Point) {
            self.code = code
            self.name = name
            self.postalCode = postalCode
            self.centre = centre
        }
    }

    private let towns: [Town]

    /// - Parameter towns: the communes of the demo when none are given.
    public init(towns: [Town] = []) {
        self.towns = towns.isEmpty ? Self.demoTowns : towns
    }

    /// The communes of the demo network, which a register must hold for the places to find theirs.
    public static let territory: TerritoryBatch = DemoTerritory.batch()

    private static let demoTowns: [Town] = {
        let postals = Dictionary(
            territory.postalCodes.map { ($0.commune, $0.postalCode) }, uniquingKeysWith: { first, _ in first })
        return territory.communes.compactMap { commune in
            guard let centre = commune.centre, let postal = postals[commune.code] else { return nil }
            return Town(code: commune.code, name: commune.name, postalCode: postal, centre: centre)
        }
    }()

    /// A file in the national schema (1.0.2), by pieces of some hundred rows.
    public static func csv(count: Int, seed: UInt64, towns: [Town] = []) -> some Sequence<[UInt8]> {
        let places = GeneratedPlaces(towns: towns)
        return sequence(state: 0) { (done: inout Int) -> [UInt8]? in
            guard done < count else { return nil }
            var writer = CSVWriter()
            if done == 0 { writer.record(columns) }
            let end = min(done + 500, count)
            for number in done..<end { writer.record(places.cells(number, seed)) }
            done = end
            return writer.take()
        }
    }

    /// What a sheet holds of the place of a number.
    public func values(_ number: Int, seed: UInt64) -> [SheetField: SheetValue] {
        let place = place(number, seed)
        let site = Site(
            address: place.address, postalCode: place.town.postalCode, commune: place.town.code,
            communeName: place.town.name, point: place.point, precision: "numero")
        return [
            .name: .text(place.name), .summary: .text(place.summary), .sites: .rows([site.row]),
            .families: .codes([place.kind.family]), .services: .codes(place.kind.services), .hours: .text(place.hours),
            .phone: .text(place.phone), .website: .text("https://lieu-\(number).example.org"),
            .maturity: .text(Maturity.open.rawValue),
        ]
    }

    private static let columns = [
        "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "latitude", "longitude", "typologie",
        "telephone", "courriels", "site_web", "horaires", "presentation_resume", "source", "itinerance", "date_maj",
        "services", "frais_a_charge", "modalites_acces",
    ]

    private func cells(_ number: Int, _ seed: UInt64) -> [String] {
        let place = place(number, seed)
        return [
            "gen-\(number)", "00000000000000", place.name, place.town.name, place.town.postalCode, place.town.code,
            place.address, Self.degrees(place.point.latitude), Self.degrees(place.point.longitude), place.kind.typology,
            "+33" + place.phone.dropFirst(), "contact@lieu-\(number).example.org", "https://lieu-\(number).example.org",
            place.hours, place.summary, "Registre inventé", place.isItinerant ? "Itinérant" : "Fixe", place.date,
            place.kind.national, place.fee, "Se présenter|Téléphoner",
        ]
    }

    private static func degrees(_ value: Double) -> String { String((value * 1e6).rounded() / 1e6) }

    private struct Generated {
        let name: String
        let kind: Kind
        let town: Town
        let address: String
        let point: Point
        let phone: String
        let hours: String
        let summary: String
        let date: String
        let fee: String
        let isItinerant: Bool
    }

    struct Kind: Sendable {
        let word: String
        let family: String
        let typology: String
        let services: [String]
        let national: String
        let summary: String
    }

    private func place(_ number: Int, _ seed: UInt64) -> Generated {
        var chance = SmallChance(seed &+ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15)
        let town = towns[chance.below(towns.count)]
        let kind = chance.pick(Self.kinds)
        let owner = chance.pick(Self.owners)
        let name = chance.below(3) == 0 ? "\(kind.word) de \(town.name)" : "\(kind.word) \(owner)"
        let street = "\(chance.pick(Self.streets)) \(chance.pick(Self.people))"
        let digits = (0..<8).map { _ in String(chance.below(10)) }.joined()
        let latitude = town.centre.latitude + (chance.unit() - 0.5) * 0.04
        let longitude = town.centre.longitude + (chance.unit() - 0.5) * 0.05
        return Generated(
            name: name, kind: kind, town: town, address: "\(1 + chance.below(180)) \(street)",
            point: Point(latitude: latitude, longitude: longitude) ?? town.centre,
            phone: "0\(1 + chance.below(5))\(digits)",
            hours: chance.pick(Self.hours), summary: "\(kind.summary) \(chance.pick(Self.sentences))",
            date: "202\(3 + chance.below(3))-\(Self.two(1 + chance.below(12)))-\(Self.two(1 + chance.below(28)))",
            fee: chance.pick(["Gratuit", "Gratuit sous condition", "Payant", "Gratuit|Payant"]),
            isItinerant: chance.below(25) == 0)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

/// SplitMix64 in a struct: the place of a number never depends on those before it.
struct SmallChance {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(limit, 1))) }
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}
