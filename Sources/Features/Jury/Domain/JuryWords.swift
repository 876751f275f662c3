import Exchange

/// How a score and what separates equals are said, on pages and in the minutes.
public enum JuryWords {
    /// `72,50`: points of 100, to the nearest hundredth.
    public static func points(_ share: ExactShare) -> String {
        let hundredths = share.scaled(by: 10_000)
        let rest = hundredths % 100
        return "\(hundredths / 100),\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `3,25`: to the nearest hundredth.
    public static func decimal(_ share: ExactShare) -> String {
        let hundredths = share.scaled(by: 100)
        let rest = hundredths % 100
        return "\(hundredths / 100),\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `3,25 sur 4`.
    public static func mean(_ mean: ExactShare, on criterion: JuryCriterion) -> String {
        "\(decimal(mean)) sur \(criterion.maximum)"
    }

    /// Why a dossier stands where it does among those of its score; nil when it is alone with it.
    public static func tie(
        of entry: JuryRanking.Entry, _ criteria: [JuryCriterion], names: (Candidacy.ID) -> String?
    ) -> String? {
        guard let tie = entry.tie else { return nil }
        func list(_ ids: [Candidacy.ID]) -> String {
            ids.map { "«\u{A0}\(names($0) ?? "un autre dossier")\u{A0}»" }.joined(separator: ", ")
        }
        let steps = tie.steps.compactMap { step in
            criteria.first { $0.code == step.criterion }.map {
                "«\u{A0}\($0.label)\u{A0}» \(mean(step.mean, on: $0))"
            }
        }
        let looked =
            steps.isEmpty
            ? "" : " Regardé dans l’ordre de la grille\u{202F}: " + steps.joined(separator: ", puis ") + "."
        let end =
            tie.exAequo.isEmpty
            ? (tie.steps.isEmpty ? "" : " Le dernier critère cité départage.")
            : " Rien ne départage\u{202F}: ex æquo avec \(list(tie.exAequo))."
        return "Même score que \(list(tie.sameScore)).\(looked)\(end)"
    }

    /// `mardi 3 novembre 2020 à 14 h 00` in Paris, without the clock of a reader.
    public static func moment(_ instant: Instant) -> String { Receipt.words(of: instant, .paris) }
}
