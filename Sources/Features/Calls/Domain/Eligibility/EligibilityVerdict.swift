import Exchange

/// What was found of one condition when a candidacy was deposited: frozen with it, and never computed again (CAND-35).
public struct EligibilityVerdict: Sendable, Equatable {
    /// The condition as the règlement worded it then.
    public let condition: String
    public let isBlocking: Bool
    public let outcome: EligibilityOutcome
    /// What was looked at and what it said, in French.
    public let evidence: String
    /// Where that was read; empty when nothing was.
    public let source: String
    /// The edition of that source; empty when it has none.
    public let edition: String
    /// The day the question was asked.
    public let on: CivilDate

    init(_ finding: EligibilityFinding) {
        condition = finding.condition.sentence
        isBlocking = finding.condition.isBlocking
        outcome = finding.outcome
        evidence = finding.evidence
        source = finding.condition.predicate.source
        edition = finding.edition
        on = finding.on
    }

    var json: JSONValue {
        .object(
            JSONObject([
                .init("condition", .string(condition)), .init("blocking", .bool(isBlocking)),
                .init("outcome", .string(outcome.rawValue)), .init("evidence", .string(evidence)),
                .init("source", .string(source)), .init("edition", .string(edition)),
                .init("on", .string(on.description)),
            ]))
    }

    /// Nil for what another version of the program wrote otherwise.
    init?(json: JSONValue) {
        guard let condition = json["condition"]?.string, let isBlocking = json["blocking"]?.bool,
            let outcome = EligibilityOutcome(rawValue: json["outcome"]?.string ?? ""),
            let on = CivilDate(iso: json["on"]?.string ?? "")
        else { return nil }
        self.condition = condition
        self.isBlocking = isBlocking
        self.outcome = outcome
        evidence = json["evidence"]?.string ?? ""
        source = json["source"]?.string ?? ""
        edition = json["edition"]?.string ?? ""
        self.on = on
    }
}

extension EligibilityCondition.Predicate {
    /// Where the fact that this condition asks for is read.
    var source: String {
        switch self {
        case .territory: "Registre des territoires du réseau, d’après la commune du projet"
        case .zoning(let kind, _): "Registre des zonages du réseau (\(ZoningWords.name(kind)))"
        case .legalForm, .age: "Fiche du lieu dans le réseau"
        case .registered: "Registre des lieux du réseau"
        case .maturity: "Étape choisie par le candidat"
        case .amount, .publicAid: "Réponses du dossier"
        case .siret: "Numéro écrit dans la candidature"
        }
    }
}
