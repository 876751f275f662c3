/// What the grid of docs/ACCESSIBILITY.md came to. The declaration, its title and the foot of every page read it here;
/// `Tests/HouseTests` compares it with the grid, criterion by criterion.
enum AccessibilityAudit {
    /// A criterion of the RGAA 4.1.2 that is not met, and what a reader meets.
    struct Gap: Sendable, Equatable {
        var criterion: String
        var words: String
    }

    /// When the grid was last answered, in words.
    static let day = "23\u{A0}novembre 2026"

    /// How many criteria are met.
    static let conforming = 79

    static let gaps: [Gap] = []

    /// What nobody has tried yet, and may change an answer.
    static let untried = [
        "Aucune session n’a été menée avec des personnes qui utilisent un lecteur d’écran. Elle est prévue, avec NVDA et VoiceOver, "
            + "avant qu’un réseau n’ouvre\u{202F}; elle peut revenir sur les critères 1.3, 7.1, 7.5 et 11.2.",
        "Cette grille est une auto-évaluation de l’équipe du logiciel\u{202F}: aucun audit n’a été mené par un tiers, aucune personne "
            + "handicapée n’a encore été interrogée.",
        "Les essais ont été menés avec Chromium seul, sans Firefox ni Safari, sans commande vocale ni logiciel de "
            + "grossissement.",
    ]

    /// Criteria that have an object here: each is met or stands among `gaps`.
    static var applicable: Int { conforming + gaps.count }

    /// Criteria met among those that apply, in hundredths, rounded down.
    static var rate: Int { applicable == 0 ? 0 : conforming * 100 / applicable }

    /// The word the law asks for: half of the criteria make « partiellement », all of them « totalement ».
    static var conformity: Layout.Conformity {
        gaps.isEmpty ? .total : conforming * 2 >= applicable ? .partial : .none
    }
}
