import Exchange

extension EligibilityCondition {
    /// The condition as the règlement words it: one sentence, then what the organiser adds.
    public var sentence: String {
        let rule = predicate.sentence + (isBlocking ? "" : " (souhaité, non éliminatoire)")
        return words.isEmpty ? rule + "." : rule + ". " + words
    }
}

extension EligibilityCondition.Predicate {
    /// Without a final point.
    var sentence: String {
        switch self {
        case .territory(let areas, let edition, let readOn): Self.territory(areas, edition, readOn)
        case .zoning(let kind, let edition):
            "Le projet se situe en \(ZoningWords.name(kind))" + (edition.isEmpty ? "" : " (édition \(edition))")
        case .legalForm(let codes):
            "Le candidat est de l’une de ces formes\u{202F}: "
                + CallWords.list(codes.map { ReferenceList.legalForms.label($0) }, "ou")
        case .maturity(let codes):
            "Le projet est à l’une de ces étapes\u{202F}: "
                + CallWords.list(codes.map { ReferenceList.maturities.label($0) }, "ou")
        case .age(let months): "La structure existe depuis au moins \(CallWords.duration(months: months))"
        case .registered: "Le lieu a sa fiche publiée dans le réseau"
        case .amount(let floor?, let ceiling?):
            "Le montant demandé est compris entre \(CallWords.euros(floor)) et \(CallWords.euros(ceiling))"
        case .amount(let floor?, nil): "Le montant demandé est d’au moins \(CallWords.euros(floor))"
        case .amount(nil, let ceiling?): "Le montant demandé est d’au plus \(CallWords.euros(ceiling))"
        case .amount(nil, nil): "Le candidat dit quel montant il demande"
        case .siret: "Le candidat a un numéro SIRET"
        case .publicAid(let limit):
            "Toutes aides publiques réunies ne dépassent pas \(CallWords.rate(limit)) du plan de financement"
        }
    }

    private static func territory(_ areas: [CallTerritory.Area], _ edition: String, _ readOn: String) -> String {
        let names = areas.map { area -> String in
            switch area.kind {
            case .commune, .epci: area.name
            case .departement: "le département \(area.name)"
            case .region: "la région \(area.name)"
            case .zoning: "les communes en \(ZoningWords.name(area.code))"
            }
        }
        var reading: [String] = []
        if !edition.isEmpty { reading.append("édition \(edition)") }
        if let day = CivilDate(iso: readOn) { reading.append("au \(CallWords.date(day))") }
        let source = reading.isEmpty ? "" : " (" + reading.joined(separator: ", ") + ")"
        let place = names.count > 1 ? "sur l’un de ces territoires" : "sur ce territoire"
        return "Le projet se situe \(place)\u{202F}: " + CallWords.list(names, "ou") + source
    }
}
