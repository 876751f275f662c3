import Exchange
import Geography
import Storage

/// A piece of territory as URLs name it: `62765` a commune, `62`, `2A` or `974` a département, `r32` a région, nine digits an
/// EPCI. Régions take a letter because their codes are also those of départements.
public enum TerritoryCode: Hashable, Sendable, CustomStringConvertible {
    case commune(String)
    case departement(String)
    case region(String)
    case epci(String)

    /// Reads a URL segment; nil when it has none of these forms.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        func digits(_ slice: ArraySlice<UInt8>) -> Bool { slice.allSatisfy { (0x30...0x39).contains($0) } }
        switch bytes.count {
        case 3 where (bytes[0] == 0x72 || bytes[0] == 0x52) && digits(bytes[1...]):
            self = .region(String(text.dropFirst()))
        case 2, 3:
            guard
                digits(bytes[...])
                    || bytes.count == 2 && bytes[0] == 0x32 && [0x41, 0x42, 0x61, 0x62].contains(bytes[1])
            else { return nil }
            self = .departement(text.uppercased())
        case 5 where CommuneCode.packed(text) != nil: self = .commune(text.uppercased())
        case 9 where digits(bytes[...]): self = .epci(text)
        default: return nil
        }
    }

    /// The URL segment.
    public var description: String {
        switch self {
        case .commune(let code), .departement(let code), .epci(let code): code
        case .region(let code): "r" + code
        }
    }

    /// The contours of this kind.
    public var outlineKind: TerritoryBatch.Outline.Kind {
        switch self {
        case .commune: .commune
        case .departement: .departement
        case .region: .region
        case .epci: .epci
        }
    }

    /// The code without its letter.
    public var code: String {
        switch self {
        case .commune(let code), .departement(let code), .region(let code), .epci(let code): code
        }
    }
}

/// A territory with what is above and below it.
public struct TerritorySheet: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        public let code: TerritoryCode
        public let name: String
        public let population: Int?
    }

    public let code: TerritoryCode
    public let name: String
    /// The sum of the communes' populations that are known; nil when none is.
    public let population: Int?
    /// From the nearest to the widest: EPCI, département, région.
    public let parents: [Part]
    /// The départements of a région, the communes of the others, in the order of names.
    public let children: [Part]
    public let postalCodes: [String]
}

extension Gazetteer {
    /// What a territory is, from memory; nil when there is none of this code. A former commune's code gives nil: see `current`.
    public func sheet(_ code: TerritoryCode) -> TerritorySheet? {
        switch code {
        case .commune(let text):
            guard let commune = commune(text) else { return nil }
            var parents: [TerritorySheet.Part] = []
            if let city = commune.partOf.flatMap({ self.commune($0) }) { parents.append(part(city)) }
            if let epci = commune.epci.flatMap(epci) {
                parents.append(.init(code: .epci(epci.siren), name: epci.name, population: nil))
            }
            parents += above(commune.departement)
            let districts = communes.filter { $0.partOf == commune.code }.map(part)
            return TerritorySheet(
                code: code, name: commune.name, population: commune.population, parents: parents, children: districts,
                postalCodes: postalCodes(of: text))
        case .epci(let siren):
            guard let epci = epci(siren) else { return nil }
            return sheet(code, epci.name, [], communes.filter { $0.epci == siren && $0.partOf == nil })
        case .departement(let text):
            guard let departement = departement(text) else { return nil }
            let region = above(text).filter { $0.code != code }
            return sheet(code, departement.name, region, communes.filter { $0.departement == text && $0.partOf == nil })
        case .region(let text):
            guard let name = region(text) else { return nil }
            var populations: [String: Int] = [:]
            for commune in communes where commune.region == text && commune.partOf == nil {
                if let departement = commune.departement, let population = commune.population {
                    populations[departement, default: 0] += population
                }
            }
            let children = departements.filter { $0.region == text }.map {
                TerritorySheet.Part(code: .departement($0.code), name: $0.name, population: populations[$0.code])
            }
            return TerritorySheet(
                code: code, name: name, population: populations.isEmpty ? nil : populations.values.reduce(0, +),
                parents: [], children: children, postalCodes: [])
        }
    }

    private func sheet(
        _ code: TerritoryCode, _ name: String, _ parents: [TerritorySheet.Part], _ members: [Commune]
    ) -> TerritorySheet {
        let known = members.compactMap(\.population)
        let ordered = members.map { (key: Commune.key($0.name), part: part($0)) }.sorted { $0.key < $1.key }
        return TerritorySheet(
            code: code, name: name, population: known.isEmpty ? nil : known.reduce(0, +), parents: parents,
            children: ordered.map(\.part), postalCodes: [])
    }

    private func part(_ commune: Commune) -> TerritorySheet.Part {
        TerritorySheet.Part(code: .commune(commune.code), name: commune.name, population: commune.population)
    }

    private func above(_ departement: String?) -> [TerritorySheet.Part] {
        guard let departement = departement.flatMap({ self.departement($0) }) else { return [] }
        var parts = [TerritorySheet.Part(code: .departement(departement.code), name: departement.name, population: nil)]
        if let code = departement.region, let name = region(code) {
            parts.append(TerritorySheet.Part(code: .region(code), name: name, population: nil))
        }
        return parts
    }
}

/// Reads of the territory that memory does not hold: zonings and contours. One statement each.
public enum TerritoryReads {
    /// A zoning that a commune belongs to on a day.
    public struct ZoningInForce: Sendable, Equatable {
        public let kind: String
        public let code: String
        public let name: String
        public let startsOn: String
        public let endsOn: String?
        public let edition: String
        public let method: String
        public let note: String?
    }

    /// The zonings of a commune in force on a day, by kind and code. A priority district is only a part of its communes.
    public static func zonings(of commune: String, on day: CivilDate, _ reader: Reader) throws -> [ZoningInForce] {
        let date = day.description
        return try reader.all(
            """
            SELECT zoning.kind, zoning.code, zoning.name, zoning.starts_on, zoning.ends_on, zoning.edition,
                zoning_commune.method, zoning.note
            FROM zoning_commune
            JOIN zoning ON zoning.kind = zoning_commune.kind AND zoning.code = zoning_commune.code
                AND zoning.edition = zoning_commune.edition
            WHERE zoning_commune.commune = \(commune)
                AND zoning.starts_on <= \(date)
                AND (zoning.ends_on IS NULL OR zoning.ends_on >= \(date))
            ORDER BY zoning.kind, zoning.code, zoning.edition, zoning_commune.method
            """
        ) { row in
            ZoningInForce(
                kind: try row.text(0), code: try row.text(1), name: try row.text(2), startsOn: try row.text(3),
                endsOn: try row.optionalText(4), edition: try row.text(5), method: try row.text(6),
                note: try row.optionalText(7))
        }
    }

    /// A contour to draw.
    public struct Drawing: Sendable, Equatable {
        public let kind: TerritoryBatch.Outline.Kind
        public let code: String
        public let name: String
        public let box: BoundingBox
        /// `Contour` bytes.
        public let bytes: [UInt8]
    }

    /// The contour of a territory; nil when none was imported.
    public static func contour(_ code: TerritoryCode, isFine: Bool = true, _ reader: Reader) throws -> Drawing? {
        try reader.one(
            """
            SELECT kind, code, name, west, south, east, north, \(isFine ? "fine" as SQL : "coarse" as SQL)
            FROM contour
            WHERE kind = \(code.outlineKind.rawValue) AND code = \(code.code)
            """, read) ?? nil
    }

    /// The contours of one kind that meet a box: a territory with its neighbours, or the parts of one.
    public static func contours(
        _ kind: TerritoryBatch.Outline.Kind, in box: BoundingBox, isFine: Bool = false, limit: Int = 2_000,
        _ reader: Reader
    ) throws -> [Drawing] {
        try reader.all(
            """
            SELECT kind, code, name, west, south, east, north, \(isFine ? "fine" as SQL : "coarse" as SQL)
            FROM contour
            WHERE kind = \(kind.rawValue) AND west <= \(box.east) AND east >= \(box.west) AND south <= \(box.north)
                AND north >= \(box.south)
            ORDER BY code
            LIMIT \(limit)
            """, read
        ).compactMap { $0 }
    }

    /// The contours of some territories of one kind: the communes of an EPCI, the départements of a région.
    public static func contours(
        _ kind: TerritoryBatch.Outline.Kind, codes: [String], isFine: Bool = false, _ reader: Reader
    ) throws -> [Drawing] {
        try reader.all(
            """
            SELECT kind, code, name, west, south, east, north, \(isFine ? "fine" as SQL : "coarse" as SQL)
            FROM contour
            WHERE kind = \(kind.rawValue) AND code IN \(list: codes)
            ORDER BY code
            """, read
        ).compactMap { $0 }
    }

    private static func read(_ row: Row) throws -> Drawing? {
        guard let kind = TerritoryBatch.Outline.Kind(rawValue: try row.text(0)),
            let box = BoundingBox(
                south: try row.double(4), west: try row.double(3), north: try row.double(6), east: try row.double(5))
        else { return nil }
        return Drawing(
            kind: kind, code: try row.text(1), name: try row.text(2), box: box, bytes: try row.bytes(7))
    }
}
