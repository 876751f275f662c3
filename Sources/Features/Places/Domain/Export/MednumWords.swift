import Exchange

/// Our codes in the closed lists of the schema, exact spelling.
enum MednumWords {
    static let types = [
        "coworking": "TIERS_LIEUX", "ateliers-artisanaux": "TIERS_LIEUX", "culturel": "TIERS_LIEUX",
        "cafe-associatif": "TIERS_LIEUX", "nourricier": "TIERS_LIEUX", "foodlab": "TIERS_LIEUX",
        "livinglab": "TIERS_LIEUX",
        "fablab": "FABLAB", "reemploi": "RESSOURCERIE", "mediation-numerique": "EPN", "autre": "Autre",
    ]

    static let mobilities = ["fixe": "Fixe", "itinerant": "Itinérant"]

    static let services = [
        "mediation-numerique": "Maîtrise des outils numériques du quotidien",
        "acces-internet": "Accès internet et matériel informatique",
        "services-publics": "Aide aux démarches administratives",
    ]

    static let audiences = [
        "jeunes": "Jeunes", "enfants": "Familles et/ou enfants", "seniors": "Seniors", "femmes": "Femmes",
    ]

    static let care = ["illettrisme": "Illettrisme", "allophones": "Langues étrangères (autres)"]

    static let fees = ["gratuit": "Gratuit", "sous-condition": "Gratuit sous condition", "payant": "Payant"]

    static let access = [
        "libre": "Se présenter", "telephone": "Téléphoner", "courriel": "Contacter par mail",
        "orientation": "Envoyer un mail avec une fiche de prescription",
    ]

    static let programmes = ["Aidants Connect", "Certification PIX", "Conseillers numériques", "France Services"]
    static let trainings = ["Fabriques de Territoire", "Étapes numériques (La Poste)", "ORDI 3.0"]

    /// The labels of a place that a list of the schema has, as it spells them.
    static func labels(_ place: PublicPlace, in list: [String]) -> String {
        let held = Set(held(place).map(key))
        return list.filter { held.contains(key($0)) }.joined(separator: "|")
    }

    /// Those that no list has.
    static func otherLabels(_ place: PublicPlace) -> String {
        let known = Set((programmes + trainings).map(key))
        return held(place).filter { !known.contains(key($0)) }.joined(separator: "|")
    }

    private static func held(_ place: PublicPlace) -> [String] {
        place.sheet.rows(.labels).compactMap { $0["label"] }
    }

    /// « Fabrique de territoire » is « Fabriques de Territoire ».
    private static func key(_ label: String) -> String {
        Words.folded(label).map(Words.stem).joined(separator: " ")
    }

    /// `+33` and nine digits, as the schema writes French numbers; others as they are, without spaces.
    static func phone(_ text: String) -> String {
        let digits = text.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        guard digits.utf8.count == 10, digits.first == "0" else { return digits }
        return "+33" + digits.dropFirst()
    }

    /// The civil day in France.
    static func day(_ instant: Instant) -> String {
        CivilZone.paris.local(instant.microseconds).date.description
    }

    static func shortened(_ text: String, _ limit: Int) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        return String(text.prefix(limit - 1)) + "…"
    }
}
