import Exchange
import Geography
import Maillage

/// Reads the parameters of a question one by one, keeping what makes sense and naming what does not.
struct PlaceQueryReader {
    let fields: Fields
    var problems = Problems()

    /// Words longer than this are no search.
    static let greatestText = 200
    static let mostCodes = 60

    init(_ fields: Fields) {
        self.fields = fields
    }

    mutating func read(into target: inout PlaceQueryFields) {
        readWords(&target)
        for facet in PlaceFacet.allCases { read(facet, into: &target.query) }
        readTerritory(&target.query)
        readMoments(&target.query)
        readWhereabouts(&target.query)
        readTurning(&target)
    }

    private mutating func readWords(_ target: inout PlaceQueryFields) {
        for name in ["q", "adresse"] {
            guard let text = fields.text(name) else { continue }
            guard text.unicodeScalars.count <= Self.greatestText else {
                problems.add(name, "Au plus \(Self.greatestText) caractères.")
                continue
            }
            if name == "q" { target.query.text = text } else { target.address = text }
        }
    }

    private mutating func read(_ facet: PlaceFacet, into query: inout PlaceQuery) {
        var codes = Set<String>()
        for name in [facet.rawValue] + (Self.aliases[facet] ?? []) {
            for value in fields.values(name) {
                for part in value.split(separator: ",", maxSplits: Self.mostCodes) {
                    let code = part.trimmingPrefix { $0 == " " }
                    if code.isEmpty { continue }
                    guard Self.isCode(code, of: facet), codes.count < Self.mostCodes else {
                        problems.add(name, "Valeur inconnue\u{202F}: «\u{A0}\(code.prefix(60))\u{A0}».")
                        continue
                    }
                    codes.insert(String(code))
                }
            }
        }
        if !codes.isEmpty { query.facets[facet] = codes }
    }

    /// The names of the machine interface.
    static let aliases: [PlaceFacet: [String]] = [
        .family: ["kind", "family"], .audience: ["audience"], .maturity: ["maturity"], .mobility: ["mobility"],
        .accessibility: ["accessibility"], .fees: ["fees"], .access: ["access"], .circle: ["circle"],
        .departement: ["department"],
    ]

    private static func isCode(_ code: Substring, of facet: PlaceFacet) -> Bool {
        if let list = facet.list { return list.contains(String(code)) }
        switch facet {
        case .circle: return Circle.ID(text: String(code)) != nil
        case .departement: return isDepartement(code)
        default: return (2...3).contains(code.utf8.count) && code.utf8.allSatisfy(isDigit)
        }
    }

    static func isDepartement(_ code: some StringProtocol) -> Bool {
        let bytes = Array(code.utf8)
        guard (2...3).contains(bytes.count), isDigit(bytes[0]) else { return false }
        return bytes.dropFirst().allSatisfy(isDigit) || code == "2A" || code == "2B"
    }

    /// INSEE's code of a commune: five digits, or Corsica's letter in the second place.
    static func isCommune(_ code: some StringProtocol) -> Bool {
        let bytes = Array(code.utf8)
        return bytes.count == 5 && isDepartement(String(code.prefix(2))) && bytes.dropFirst(2).allSatisfy(isDigit)
    }

    static func isSiren(_ code: some StringProtocol) -> Bool {
        code.utf8.count == 9 && code.utf8.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private mutating func readTerritory(_ query: inout PlaceQuery) {
        if let commune = fields.text("commune") {
            if Self.isCommune(commune) {
                query.commune = commune
            } else {
                problems.add("commune", "Le code INSEE d’une commune a cinq caractères, comme 59350.")
            }
        }
        if let epci = fields.text("epci") {
            if Self.isSiren(epci) {
                query.epci = epci
            } else {
                problems.add("epci", "Le SIREN d’une intercommunalité a neuf chiffres.")
            }
        }
    }

    private mutating func readMoments(_ query: inout PlaceQuery) {
        query.isOpenNow = flag("ouvert")
        query.isOpenAtWeekend = flag("week-end")
        if let text = fields.text("open_at") {
            if let moment = WrittenInstant.local(text, zone: .paris) {
                query.openAt = moment
            } else {
                problems.add("open_at", Self.instantSentence)
            }
        }
        if let text = fields.text("updated_since") {
            if let moment = WrittenInstant.read(text, zone: .utc) {
                query.updatedSince = moment
            } else {
                problems.add("updated_since", Self.instantSentence)
            }
        }
    }

    private static let instantSentence = "Un instant s’écrit comme 2026-05-31T09:00:00Z."

    private mutating func flag(_ name: String) -> Bool {
        switch fields.text(name) {
        case nil, "0", "false", "non": return false
        case "1", "true", "oui", "on": return true
        default:
            problems.add(name, "Écrivez 1 ou rien.")
            return false
        }
    }

    private mutating func readWhereabouts(_ query: inout PlaceQuery) {
        if let text = fields.text("bbox") {
            let sides = WrittenNumber.list(text, count: 4)
            if let sides, let box = BoundingBox(south: sides[1], west: sides[0], north: sides[3], east: sides[2]) {
                query.box = box
            } else {
                problems.add("bbox", "Un cadre s’écrit ouest,sud,est,nord en degrés, comme 2.2,48.8,2.5,48.9.")
            }
        }
        for name in ["pres", "near"] {
            guard let text = fields.text(name) else { continue }
            let numbers = WrittenNumber.list(text, count: 2)
            if let numbers, let point = Point(latitude: numbers[0], longitude: numbers[1]) {
                query.near = point
            } else {
                problems.add(name, "Un point s’écrit latitude,longitude en degrés, comme 50.63,3.06.")
            }
        }
        for (name, metres) in [("rayon", 1_000.0), ("radius", 1.0)] {
            guard let text = fields.text(name) else { continue }
            let radius = WrittenNumber.decimal(text.utf8).map { $0 * metres }
            if let radius, radius > 0, radius <= PlaceQueryFields.greatestRadius {
                // Whole metres, so that printing and reading again give the same.
                query.radius = max(1, radius.rounded())
            } else {
                problems.add(name, "Un rayon est un nombre positif de \(metres > 1 ? "kilomètres" : "mètres").")
            }
        }
    }

    private mutating func readTurning(_ target: inout PlaceQueryFields) {
        if let text = fields.text("tri") {
            if let sort = PlaceQuery.Sort(rawValue: text) {
                target.query.sort = sort
            } else {
                problems.add("tri", "Ordre inconnu\u{202F}: «\u{A0}\(text.prefix(60))\u{A0}».")
            }
        }
        if let text = fields.text("limit") {
            if let limit = WrittenNumber.whole(text.utf8), (1...PlaceQueryFields.greatestLimit).contains(limit) {
                target.query.limit = limit
            } else {
                problems.add("limit", "De 1 à \(PlaceQueryFields.greatestLimit).")
            }
        }
        if let text = fields.text("page") {
            if let page = WrittenNumber.whole(text.utf8), (1...PlaceQueryFields.lastPage).contains(page) {
                target.turn(to: page)
            } else {
                problems.add("page", "Cette page n’existe pas.")
            }
        }
        if let text = fields.text("cursor") {
            if let offset = PlaceQueryFields.offset(ofCursor: text) {
                target.query.offset = offset
            } else {
                problems.add("cursor", "Ce repère ne vient pas d’une réponse précédente.")
            }
        }
    }
}
