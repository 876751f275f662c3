extension EligibilityCondition.Predicate {
    /// Whether the commune is in one of the areas. A zoning of the list is looked at like any other.
    static func territory(
        _ areas: [CallTerritory.Area], _ wanted: String, _ facts: EligibilityFacts
    ) -> Judgement {
        guard let commune = facts.commune else { return (.toCheck, "La commune du projet n’est pas connue.", "") }
        let register = facts.edition > 0 ? String(facts.edition) : ""
        let source = register.isEmpty ? "" : " (code officiel géographique \(register))"
        var doubts: [String] = []
        for area in areas {
            switch area.kind {
            case .zoning:
                let (outcome, evidence, edition) = zoning(area.code, wanted, facts)
                if outcome == .satisfied { return (outcome, evidence, edition) }
                if outcome == .toCheck { doubts.append(evidence) }
            case .commune where area.code == commune.code || area.code == commune.partOf:
                return (.satisfied, "\(commune.name) est dans la liste des communes\(source).", register)
            case .epci where area.code == commune.epci:
                return (.satisfied, "\(commune.name) fait partie de \(area.name)\(source).", register)
            case .departement where area.code == commune.departement:
                return (.satisfied, "\(commune.name) est dans le département \(area.name)\(source).", register)
            case .region where area.code == commune.region:
                return (.satisfied, "\(commune.name) est dans la région \(area.name)\(source).", register)
            case .epci where commune.epci == nil:
                doubts.append("Le registre ne dit pas de quelle intercommunalité \(commune.name) fait partie.")
            case .commune, .epci, .departement, .region:
                continue
            }
        }
        if let doubt = doubts.first { return (.toCheck, doubt, register) }
        return (.unsatisfied, "\(commune.name) n’est dans aucun des territoires de l’appel\(source).", register)
    }

    /// Whether the commune is in a zoning. A priority district is only a part of its commune: the address decides.
    static func zoning(_ kind: String, _ edition: String, _ facts: EligibilityFacts) -> Judgement {
        guard let commune = facts.commune else { return (.toCheck, "La commune du projet n’est pas connue.", "") }
        let name = ZoningWords.name(kind)
        guard let zonings = facts.zonings else { return (.toCheck, "Le zonage \(name) n’a pas été consulté.", "") }
        let found = zonings.filter {
            $0.kind.uppercased() == kind.uppercased() && (edition.isEmpty || $0.edition == edition)
        }
        if let first = found.first {
            let list = found.map(\.name).joined(separator: ", ")
            if ZoningWords.isPartial(kind) {
                return (
                    .toCheck,
                    "\(commune.name) compte \(found.count == 1 ? "un quartier" : "\(found.count) quartiers") en \(name) "
                        + "(\(list))\u{202F}: l’adresse exacte du lieu le dira.", first.edition
                )
            }
            return (.satisfied, "\(commune.name) est en \(name) (\(list)).", first.edition)
        }
        guard facts.knownZonings.contains(kind.uppercased()) else {
            return (.toCheck, "Le zonage \(name) n’est pas dans le registre de ce réseau.", "")
        }
        return (.unsatisfied, "\(commune.name) n’est pas en \(name).", edition)
    }
}

/// The zonings that calls name, in words.
public enum ZoningWords {
    private static let names = [
        "QPV": "quartier prioritaire de la politique de la ville", "FRR": "zone France ruralités revitalisation",
        "ZRR": "zone de revitalisation rurale", "AFR": "zone d’aide à finalité régionale",
        "ACV": "Action cœur de ville", "ZFU": "zone franche urbaine",
    ]

    /// The kinds that an editor may choose.
    public static let kinds = ["QPV", "FRR", "ZRR", "AFR", "ACV", "ZFU"]

    public static func name(_ kind: String) -> String { names[kind.uppercased()] ?? kind }

    /// Whether a zone is only a part of the communes it touches.
    public static func isPartial(_ kind: String) -> Bool { kind.uppercased() == "QPV" || kind.uppercased() == "ZFU" }
}
