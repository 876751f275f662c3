/// The rows of a call in their canonical form: cleaned, numbered with stable codes, refused when they make no sense.
enum CallListRules {
    static let most = 60

    static func conditions(_ list: [EligibilityCondition], _ problems: inout Problems) -> [EligibilityCondition] {
        if list.count > most { problems.add("conditions", "Un appel compte au plus \(most) conditions.") }
        var seen: Set<EligibilityCondition.Kind> = []
        return list.enumerated().map { rank, condition in
            var condition = condition
            let field = "condition.\(rank)"
            condition.words = CallText.long(condition.words, field + ".precision", limit: 1_000, &problems)
            condition.predicate = predicate(condition.predicate, field, &problems)
            let kind = condition.predicate.kind
            // Two lists of forms, or of stages, would contradict each other.
            if kind == .legalForm || kind == .maturity, !seen.insert(kind).inserted {
                problems.add(field, "«\u{A0}\(kind.label)\u{A0}» est déjà dans la liste.")
            }
            return condition
        }
    }

    private static func predicate(
        _ predicate: EligibilityCondition.Predicate, _ field: String, _ problems: inout Problems
    ) -> EligibilityCondition.Predicate {
        switch predicate {
        case .legalForm(let codes):
            let known = ReferenceList.legalForms.canonical(codes)
            if known.isEmpty { problems.add(field, "Choisissez au moins une forme juridique.") }
            return .legalForm(known)
        case .maturity(let codes):
            let known = ReferenceList.maturities.canonical(codes)
            if known.isEmpty { problems.add(field, "Choisissez au moins une étape.") }
            return .maturity(known)
        case .age(let months):
            if !(1...1_200).contains(months) { problems.add(field, "L’ancienneté va de 1 à 1\u{202F}200 mois.") }
        case .amount(let floor, let ceiling):
            if floor == nil, ceiling == nil { problems.add(field, "Indiquez un minimum, un maximum, ou les deux.") }
            for amount in [floor, ceiling].compactMap({ $0 }) where !(0...CallEnvelope.most).contains(amount) {
                problems.add(field, "Le montant \(amount) n’est pas possible.")
            }
            if let floor, let ceiling, floor > ceiling { problems.add(field, "Le maximum est inférieur au minimum.") }
        case .publicAid(let limit):
            if !(1...10_000).contains(limit) { problems.add(field, "Un taux va de 0,01 à 100\u{A0}%.") }
        case .zoning(let kind, let edition):
            if !CallTerritory.Area(.zoning, kind.uppercased(), "").isWellFormed {
                problems.add(field, "Choisissez un zonage.")
            }
            return .zoning(kind: kind.uppercased(), edition: CallText.line(edition, field, limit: 40, &problems))
        case .territory, .registered, .siret: break
        }
        return predicate
    }

    static func attachments(_ list: [CallAttachment], _ problems: inout Problems) -> [CallAttachment] {
        if list.count > most { problems.add("pieces", "Un appel demande au plus \(most) pièces.") }
        var codes: Set<String> = []
        return list.enumerated().map { rank, asked in
            var asked = asked
            let field = "piece.\(rank)"
            asked.label = CallText.line(asked.label, field + ".libelle", limit: 200, &problems)
            if asked.label.isEmpty { problems.add(field + ".libelle", "Nommez la pièce.") }
            asked.requiredIf = CallText.line(asked.requiredIf, field + ".si", limit: 200, &problems)
            asked.kinds = CallAttachment.allKinds.filter(asked.kinds.contains)
            if asked.kinds.isEmpty { asked.kinds = ["pdf"] }
            asked.code = code(asked.code, asked.label, rank, "piece", &codes)
            return asked
        }
    }

    static func criteria(_ list: [CallCriterion], _ problems: inout Problems) -> [CallCriterion] {
        if list.count > most { problems.add("criteres", "Un appel compte au plus \(most) critères.") }
        var codes: Set<String> = []
        return list.enumerated().map { rank, criterion in
            var criterion = criterion
            let field = "critere.\(rank)"
            criterion.label = CallText.line(criterion.label, field + ".libelle", limit: 200, &problems)
            if criterion.label.isEmpty { problems.add(field + ".libelle", "Nommez le critère.") }
            criterion.guide = CallText.long(criterion.guide, field + ".guide", limit: 2_000, &problems)
            if !(0...10_000).contains(criterion.weight) {
                problems.add(field + ".poids", "Un poids va de 0 à 10\u{202F}000.")
            }
            if !(1...1_000).contains(criterion.maximum) {
                problems.add(field + ".maximum", "La note la plus haute va de 1 à 1\u{202F}000.")
            }
            criterion.code = code(criterion.code, criterion.label, rank, "critere", &codes)
            return criterion
        }
    }

    static func committee(_ list: [CallJuror], _ problems: inout Problems) -> [CallJuror] {
        if list.count > most { problems.add("comite", "Un comité compte au plus \(most) sièges.") }
        return list.enumerated().map { rank, juror in
            var juror = juror
            juror.body = CallText.line(juror.body, "siege.\(rank).organisme", limit: 200, &problems)
            if juror.body.isEmpty { problems.add("siege.\(rank).organisme", "Nommez l’organisme.") }
            juror.role = CallText.line(juror.role, "siege.\(rank).role", limit: 200, &problems)
            return juror
        }
    }

    /// The code given, or one made of the label; never twice the same.
    private static func code(
        _ given: String, _ label: String, _ rank: Int, _ fallback: String, _ taken: inout Set<String>
    ) -> String {
        let stem = String(Words.folded(given.isEmpty ? label : given).prefix(4).joined(separator: "-").prefix(40))
        let base = stem.isEmpty ? "\(fallback)-\(rank + 1)" : stem
        var code = base
        var number = 2
        while !taken.insert(code).inserted {
            code = "\(base)-\(number)"
            number += 1
        }
        return code
    }
}
