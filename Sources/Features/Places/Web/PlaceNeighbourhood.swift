import Geography
import Maillage

/// What « près de » means: the centre of the commune that an address names.
struct PlaceNeighbourhood: Sendable {
    /// What to tell the visitor.
    let sentence: String
    let point: Point?

    /// Reads a commune, a postal code, or an address that ends with them.
    static func find(_ address: String, _ gazetteer: Gazetteer) -> PlaceNeighbourhood {
        guard let commune = commune(address, gazetteer), let centre = commune.centre else {
            return PlaceNeighbourhood(
                sentence:
                    "Nous n’avons pas trouvé «\u{A0}\(address)\u{A0}»\u{202F}: écrivez le nom d’une commune, ou son code postal. "
                    + "La liste n’est pas rangée par distance.",
                point: nil)
        }
        let place = "\(commune.name) (\(commune.departement ?? commune.code))"
        return PlaceNeighbourhood(sentence: "Distances comptées depuis le centre de \(place).", point: centre)
    }

    private static func commune(_ address: String, _ gazetteer: Gazetteer) -> Commune? {
        let words = address.split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }.map(String.init)
        // « 12 rue des Lilas 62300 Lens »: the name follows the postal code.
        if let at = words.lastIndex(where: { $0.utf8.count == 5 && $0.utf8.allSatisfy { (48...57).contains($0) } }) {
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
