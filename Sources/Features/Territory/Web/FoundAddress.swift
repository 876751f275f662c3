import Exchange
import Geography

/// An address as the geocoder understood it. Nothing of it is trusted: text is cut and cleaned, a point that is none is left out.
public struct FoundAddress: Sendable, Equatable {
    /// How fine the point is: the national base's own words.
    public enum Kind: String, Sendable {
        case houseNumber = "housenumber"
        case street, locality, municipality

        /// The word that a sheet keeps for it.
        public var precision: String {
            switch self {
            case .houseNumber: "numero"
            case .street, .locality: "rue"
            case .municipality: "commune"
            }
        }
    }

    /// The address in words, on one line.
    public let label: String
    public let point: Point
    /// How sure the geocoder is, 0…1.
    public let score: Double
    public let kind: Kind
    /// INSEE's code of the commune; empty when it is not shaped like one.
    public let commune: String
    public let postalCode: String
    public let city: String

    static let mostFeatures = 20
    static let longestText = 200

    /// The features of a GeoJSON answer (`label`, `score`, `type`, `citycode`, `postcode`, `city`), best first; those that say
    /// nothing sensible are left out. Nil when the answer is not a collection of features.
    static func read(_ bytes: [UInt8]) -> [FoundAddress]? {
        let limits = JSONLimits(depth: 12, stringBytes: 4_096, values: 5_000, elementBytes: 1 << 16)
        guard let answer = try? JSONValue.parse(bytes, limits: limits), answer["type"]?.string == "FeatureCollection",
            let features = answer["features"]?.array
        else { return nil }
        return features.prefix(mostFeatures).compactMap(Self.init(feature:)).sorted { $0.score > $1.score }
    }

    private init?(feature: JSONValue) {
        guard let geometry = feature["geometry"], geometry["type"]?.string == "Point",
            let numbers = geometry["coordinates"]?.array, numbers.count >= 2,
            let longitude = numbers[0].double, let latitude = numbers[1].double,
            let point = Point(latitude: latitude, longitude: longitude),
            let properties = feature["properties"],
            let score = properties["score"]?.double, (0.0...1.0).contains(score)
        else { return nil }
        let label = Self.line(properties["label"])
        guard !label.isEmpty, let kind = properties["type"]?.string.flatMap(Kind.init) else { return nil }
        let code = Self.line(properties["citycode"])
        self.label = label
        self.point = point
        self.score = score
        self.kind = kind
        commune = PlainCode.isCommune(code) ? code : ""
        let postalCode = Self.line(properties["postcode"])
        self.postalCode = PlainCode.isPostal(postalCode) ? postalCode : ""
        city = Self.line(properties["city"])
    }

    private static func line(_ value: JSONValue?) -> String {
        let text = value?.string ?? ""
        let plain = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(plain.prefix(longestText)))
    }
}

/// The shapes of the codes an address holds.
enum PlainCode {
    static func isPostal(_ text: String) -> Bool {
        text.utf8.count == 5 && text.utf8.allSatisfy(isDigit)
    }

    /// Five digits, or Corsica's letter in the second place.
    static func isCommune(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, isDigit(bytes[0]), bytes[2...].allSatisfy(isDigit) else { return false }
        return isDigit(bytes[1]) || bytes[1] == UInt8(ascii: "A") || bytes[1] == UInt8(ascii: "B")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
