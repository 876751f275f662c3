/// What the grid of docs/ACCESSIBILITY.md came to. The declaration, its title and the foot of every page read it here;
/// `Tests/HouseTests` compares it with the grid, criterion by criterion.
enum AccessibilityAudit {
    /// A criterion of the RGAA 4.1.2 that is not met, and what a reader meets.
    struct Gap: Sendable, Equatable {
        var criterion: String
        var words: String
    }

    /// When the grid was last answered, in words.
    static let day = "22\u{A0}novembre 2026"

    /// How many criteria are met.
    static let conforming = 77

    static let gaps = [
        Gap(
            criterion: "5.4",
            words:
                "Dans les dossiers, les tableaux à remplir (budgets, plans de financement) n’ont pas de titre à eux\u{202F}: la "
                + "question qui les entoure les nomme"),
        Gap(
            criterion: "13.1",
            words:
                "Les sessions de la coordination et de l’administration technique se ferment après 4\u{A0}heures ou 1\u{A0}heure "
                + "sans usage, sans prévenir\u{202F}; ce qui était en cours de saisie est gardé. Sans JavaScript, la vue d’une "
                + "séance de jury pour le projecteur se recharge d’elle-même"),
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
