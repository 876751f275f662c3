import Exchange

extension EligibilityCondition {
    /// Checks the condition on what is known. Pure: the same facts always give the same finding (CALL-12).
    public func check(_ facts: EligibilityFacts) -> EligibilityFinding {
        let (outcome, evidence, edition) = predicate.judge(facts)
        return EligibilityFinding(
            condition: self, outcome: outcome, evidence: evidence, edition: edition, on: facts.today)
    }
}

extension CallSettings {
    /// Every condition of the call, checked in the order of the règlement.
    public func eligibility(of facts: EligibilityFacts) -> EligibilityAnswer {
        EligibilityAnswer(findings: allConditions.map { $0.check(facts) })
    }
}

extension EligibilityCondition.Predicate {
    typealias Judgement = (EligibilityOutcome, String, String)

    func judge(_ facts: EligibilityFacts) -> Judgement {
        switch self {
        case .territory(let areas, let edition, _): Self.territory(areas, edition, facts)
        case .zoning(let kind, let edition): Self.zoning(kind, edition, facts)
        case .legalForm(let codes):
            Self.among(codes, facts.legalForm, .legalForms, "la forme juridique")
        case .maturity(let codes):
            Self.among(codes, facts.maturity, .maturities, "la maturité du projet")
        case .age(let months): Self.age(months, facts)
        case .registered:
            switch facts.isRegistered {
            case true?: (.satisfied, "Le lieu a sa fiche publiée dans le réseau.", "")
            case false?: (.unsatisfied, "Le lieu n’a pas de fiche publiée dans le réseau.", "")
            case nil: (.toCheck, "Le lieu n’est pas indiqué.", "")
            }
        case .amount(let floor, let ceiling): Self.amount(floor, ceiling, facts)
        case .siret: Self.siret(facts)
        case .publicAid(let limit):
            if let share = facts.publicAid {
                (
                    share <= limit ? .satisfied : .unsatisfied,
                    "Les aides publiques font \(CallWords.rate(share)) du plan\u{202F}; le plafond est de \(CallWords.rate(limit)).",
                    ""
                )
            } else {
                (.toCheck, "Le plan de financement n’est pas encore écrit.", "")
            }
        }
    }

    private static func among(
        _ codes: [String], _ code: String?, _ list: ReferenceList, _ what: String
    ) -> Judgement {
        guard let code else { return (.toCheck, "On ne connaît pas encore \(what).", "") }
        let label = "«\u{A0}\(list.label(code))\u{A0}»"
        return codes.contains(code)
            ? (.satisfied, "\(label) est admis.", "")
            : (.unsatisfied, "\(label) n’est pas admis par cet appel.", "")
    }

    private static func age(_ months: Int, _ facts: EligibilityFacts) -> Judgement {
        guard let created = facts.createdOn else {
            return (.toCheck, "La date de création de la structure n’est pas connue.", "")
        }
        let age = CallWords.months(from: created, to: facts.today)
        let words = "Créée le \(CallWords.date(created)), soit \(CallWords.duration(months: max(age, 0))) à ce jour."
        return (age >= months ? .satisfied : .unsatisfied, words, "")
    }

    private static func amount(_ floor: Int?, _ ceiling: Int?, _ facts: EligibilityFacts) -> Judgement {
        guard let amount = facts.amount else { return (.toCheck, "Le montant demandé n’est pas encore connu.", "") }
        let isWithin = amount >= floor ?? Int.min && amount <= ceiling ?? Int.max
        return (isWithin ? .satisfied : .unsatisfied, "Le montant demandé est de \(CallWords.euros(amount)).", "")
    }

    private static func siret(_ facts: EligibilityFacts) -> Judgement {
        guard let siret = facts.siret, !siret.isEmpty else {
            return (.toCheck, "Le numéro SIRET n’est pas indiqué.", "")
        }
        return OfficialNumbers.isSIRET(siret)
            ? (.satisfied, "Le numéro \(siret) est bien formé.", "")
            : (.unsatisfied, "Le numéro \(siret) n’est pas un SIRET\u{202F}: sa clé est fausse.", "")
    }
}
