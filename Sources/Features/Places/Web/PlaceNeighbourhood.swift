import Geography
import Maillage

/// What « près de » means: the point of an address when the geocoder knows it, else the centre of the commune it names.
struct PlaceNeighbourhood: Sendable {
    /// What to tell the visitor: from where distances are counted, and what was not understood.
    let sentence: String
    let point: Point?

    /// Reads a commune, a postal code or an address. The geocoder is asked only when the words say more than a commune.
    static func find(_ address: String, _ reception: Reception) async -> PlaceNeighbourhood {
        let gazetteer = reception.gazetteer.present
        let words = Self.words(of: address)
        if let commune = named(words, gazetteer), let centre = commune.centre { return around(commune, centre) }
        let code = words.last(where: PlainCode.isPostal) ?? ""
        switch await reception.geocoder.find(address, postalCode: code) {
        case .found(let found):
            return PlaceNeighbourhood(
                sentence: "Distances comptées depuis «\u{A0}\(found.label)\u{A0}».", point: found.point)
        case .unknown:
            return centre(of: address, words, gazetteer, because: "Cette adresse n’a pas été trouvée. ")
        case .unavailable where reception.geocoder.isSet:
            return centre(of: address, words, gazetteer, because: "Le service d’adresses n’a pas répondu. ")
        case .unavailable:
            let reason = namesStreet(words) ? "Ce site ne situe pas les adresses au numéro. " : ""
            return centre(of: address, words, gazetteer, because: reason)
        }
    }

    private static func centre(
        of address: String, _ words: [String], _ gazetteer: Gazetteer, because reason: String
    ) -> PlaceNeighbourhood {
        guard let commune = commune(address, words, gazetteer), let centre = commune.centre else {
            return PlaceNeighbourhood(
                sentence:
                    "Nous n’avons pas trouvé «\u{A0}\(address)\u{A0}»\u{202F}: écrivez le nom d’une commune, ou son code postal. "
                    + "La liste n’est pas rangée par distance.",
                point: nil)
        }
        return around(commune, centre, because: reason)
    }

    private static func around(_ commune: Commune, _ centre: Point, because reason: String = "") -> PlaceNeighbourhood {
        let place = "\(commune.name) (\(commune.departement ?? commune.code))"
        return PlaceNeighbourhood(
            sentence: reason + "Distances comptées depuis le centre de \(place).", point: centre)
    }

    private static func words(of address: String) -> [String] {
        address.split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" || $0 == "\u{A0}" }.map(String.init)
    }

    /// The commune when the words name one and say nothing else.
    private static func named(_ words: [String], _ gazetteer: Gazetteer) -> Commune? {
        let codes = words.filter(PlainCode.isPostal)
        let name = words.filter { !PlainCode.isPostal($0) }.joined(separator: " ")
        if name.isEmpty { return codes.count == 1 ? gazetteer.communes(postalCode: codes[0]).first : nil }
        guard codes.count <= 1, !namesStreet(words) else { return nil }
        let resolution = gazetteer.resolve(name: name, postalCode: codes.first ?? "")
        let isGuessed = resolution.repairs.contains { if case .misspelt = $0 { true } else { false } }
        return isGuessed ? nil : resolution.commune
    }

    private static let streets: Set<String> = [
        "rue", "avenue", "av", "boulevard", "bd", "place", "chemin", "impasse", "allee", "quai", "route", "square",
        "cours", "passage", "residence", "lotissement",
    ]

    /// A number that is no postal code, or a word for a street after which something comes.
    private static func namesStreet(_ words: [String]) -> Bool {
        words.contains { word in
            word.utf8.contains { (48...57).contains($0) } && !PlainCode.isPostal(word)
        } || words.dropLast().contains { Words.folded($0).contains(where: streets.contains) }
    }

    private static func commune(_ address: String, _ words: [String], _ gazetteer: Gazetteer) -> Commune? {
        // « 12 rue des Lilas 62300 Lens »: the name follows the postal code.
        if let at = words.lastIndex(where: PlainCode.isPostal) {
            let name = words[(at + 1)...].joined(separator: " ")
            if let found = gazetteer.resolve(name: name, postalCode: words[at]).commune { return found }
            if let first = gazetteer.communes(postalCode: words[at]).first { return first }
        }
        if let found = gazetteer.search(address, limit: 1).first { return found.commune }
        for count in stride(from: min(4, words.count), to: 0, by: -1) {
            let name = words.suffix(count).joined(separator: " ")
            if let found = gazetteer.resolve(name: name).commune { return found }
        }
        return words.last.flatMap { gazetteer.search($0, limit: 1).first?.commune }
    }
}
