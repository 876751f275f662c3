import Exchange

extension JurySettings {
    static let mostCriteria = 30

    /// The settings cleaned. Weights may be wrong while the jury is prepared: `requireReady` refuses them when it opens.
    func canonical(_ problems: inout Problems) -> JurySettings {
        var clean = self
        if criteria.count > Self.mostCriteria {
            problems.add("criteres", "Une grille compte au plus \(Self.mostCriteria) critères.")
        }
        var codes: Set<String> = []
        clean.criteria = criteria.enumerated().map { rank, criterion in
            var criterion = criterion
            let field = "critere.\(rank)"
            criterion.label = CallText.line(criterion.label, field + ".libelle", limit: 200, &problems)
            if criterion.label.isEmpty { problems.add(field + ".libelle", "Nommez le critère.") }
            criterion.guide = CallText.long(criterion.guide, field + ".guide", limit: 2_000, &problems)
            if !(0...100).contains(criterion.weight) {
                problems.add(field + ".poids", "Un poids est un nombre entier de 0 à 100.")
            }
            if !(1...100).contains(criterion.maximum) {
                problems.add(field + ".maximum", "La note la plus haute va de 1 à 100.")
            }
            criterion.code = Self.code(criterion, rank, &codes)
            return criterion
        }
        if !(1...20).contains(readings) { problems.add("lectures", "De 1 à 20 lectures par dossier.") }
        if !(1...100).contains(quorum) { problems.add("quorum", "Le quorum va de 1 à 100 membres présents.") }
        if !(1...100).contains(dispersion) { problems.add("ecart", "L’écart à signaler va de 1 à 100 points.") }
        if !(1...240).contains(minutes) { problems.add("minutes", "De 1 à 240 minutes par dossier.") }
        clean.place = CallText.line(place, "lieu", limit: 300, &problems)
        return clean
    }

    /// JURY-2: what prevents sheets from being opened, in plain words.
    func requireReady(_ problems: inout Problems) {
        if criteria.isEmpty {
            problems.add("criteres", "La grille est vide\u{202F}: ajoutez au moins un critère.")
            return
        }
        let sum = criteria.reduce(0) { $0 + $1.weight }
        if sum != 100 {
            let gap = sum < 100 ? "il en manque \(100 - sum)" : "il y en a \(sum - 100) de trop"
            problems.add(
                "criteres",
                "Les poids font \(sum) points au lieu de 100\u{202F}: \(gap). Corrigez-les avant d’ouvrir les fiches.")
        }
    }

    private static func code(_ criterion: JuryCriterion, _ rank: Int, _ taken: inout Set<String>) -> String {
        let words = Words.folded(criterion.code.isEmpty ? criterion.label : criterion.code)
        let stem = String(words.prefix(4).joined(separator: "-").prefix(40))
        let base = stem.isEmpty ? "critere-\(rank + 1)" : stem
        var (code, number) = (base, 2)
        while !taken.insert(code).inserted {
            code = "\(base)-\(number)"
            number += 1
        }
        return code
    }
}
