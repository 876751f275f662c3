import Exchange
import Geography

/// What is known of a place: a document of fields. Empty values are absent, never stored.
public struct Sheet: Sendable, Equatable {
    public private(set) var values: [SheetField: SheetValue] = [:]

    public init() {}

    public init(_ values: [SheetField: SheetValue]) {
        for (field, value) in values { self[field] = value }
    }

    public subscript(field: SheetField) -> SheetValue? {
        get { values[field] }
        set { values[field] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
    }

    public func text(_ field: SheetField) -> String { values[field]?.text ?? "" }
    public func codes(_ field: SheetField) -> [String] { values[field]?.codes ?? [] }
    public func rows(_ field: SheetField) -> [[String: String]] { values[field]?.rows ?? [] }
    public func flag(_ field: SheetField) -> Bool { values[field]?.flag ?? false }

    public var name: String { text(.name) }

    public var maturity: Maturity { Maturity(rawValue: text(.maturity)) ?? .open }

    /// The addresses, the main one first.
    public var sites: [Site] { rows(.sites).map(Site.init) }

    /// The fields the place keeps from the public.
    public var privateFields: Set<SheetField> {
        Set(codes(.privateFields).compactMap(SheetField.init).filter { $0.definition.mayBePrivate })
    }

    /// The sheet as anybody may see it.
    public var publicPart: Sheet {
        let hidden = privateFields
        var part = self
        for field in hidden { part[field] = nil }
        part[.privateFields] = nil
        return part
    }

    /// The fields in which two sheets differ, in the order of the form.
    public func differences(to other: Sheet) -> [SheetField] {
        SheetField.allCases.filter { values[$0] != other.values[$0] }
    }

    /// Canonical JSON: fields in the order of the form.
    var json: String {
        Self.json(values.sorted { $0.key.position < $1.key.position }.map { ($0.key, $0.value) })
    }

    static func json(_ fields: [(SheetField, SheetValue?)]) -> String {
        var object = JSONObject()
        for case (let field, let value?) in fields { object.append(field.rawValue, value.json) }
        return String(decoding: JSONWriter.bytes(of: .object(object)), as: UTF8.self)
    }

    /// Reads what `json` wrote. Fields that no longer exist are left out.
    init(json text: String) throws {
        for (field, value) in try Self.fields(json: text) { self[field] = value }
    }

    static func fields(json text: String) throws -> [(SheetField, SheetValue)] {
        guard let object = try JSONValue.parse(Array(text.utf8)).object else { return [] }
        return object.members.compactMap { member in
            guard let field = SheetField.named(member.name), let value = SheetValue(json: member.value) else {
                return nil
            }
            return (field, value)
        }
    }
}

/// How far a place has come.
public enum Maturity: String, Sendable, CaseIterable {
    case intention
    case emergence
    case open = "ouvert"
    case consolidating = "perennisation"
    case paused = "pause"
    case closed = "ferme"

    /// Whether people may come in today.
    public var receives: Bool { self == .open || self == .consolidating }

    public var label: String { ReferenceList.maturities.label(rawValue) }
}

/// One address of a place.
public struct Site: Sendable, Equatable {
    public var label: String
    public var address: String
    public var complement: String
    public var postalCode: String
    /// The code of the commune, a text of five characters; nil when it is not known.
    public var commune: String?
    /// The commune as it was typed or as the register names it.
    public var communeName: String
    public var point: Point?
    public var precision: String

    public init(
        label: String = "", address: String = "", complement: String = "", postalCode: String = "",
        commune: String? = nil,
        communeName: String = "", point: Point? = nil, precision: String = "inconnue"
    ) {
        self.label = label
        self.address = address
        self.complement = complement
        self.postalCode = postalCode
        self.commune = commune
        self.communeName = communeName
        self.point = point
        self.precision = precision
    }

    init(_ row: [String: String]) {
        self.init(
            label: row["libelle"] ?? "",
            address: row["adresse"] ?? "",
            complement: row["complement"] ?? "",
            postalCode: row["code_postal"] ?? "",
            commune: row["commune"],
            communeName: row["commune_nom"] ?? "",
            point: Double(row["latitude"] ?? "").flatMap { latitude in
                Double(row["longitude"] ?? "").flatMap { Point(latitude: latitude, longitude: $0) }
            },
            precision: row["precision"] ?? "inconnue")
    }

    /// As the sheet holds it: empty texts left out.
    public var row: [String: String] {
        var row: [String: String] = [:]
        func put(_ name: String, _ text: String) { if !text.isEmpty { row[name] = text } }
        put("libelle", label)
        put("adresse", address)
        put("complement", complement)
        put("code_postal", postalCode)
        put("commune", commune ?? "")
        put("commune_nom", communeName)
        if let point {
            row["latitude"] = Self.degrees(point.latitude)
            row["longitude"] = Self.degrees(point.longitude)
        }
        if precision != "inconnue" { row["precision"] = precision }
        return row
    }

    /// Six decimals: a tenth of a metre.
    public static func degrees(_ value: Double) -> String {
        String((value * 1_000_000).rounded() / 1_000_000)
    }
}
