import Exchange

/// What is known of a candidate when a condition is checked. What is nil is not known: the answer is then « à vérifier ».
public struct EligibilityFacts: Sendable, Equatable {
    /// A zoning that the commune touches, as the register has it.
    public struct Zoning: Sendable, Equatable {
        public var kind: String
        public var code: String
        public var name: String
        public var edition: String

        public init(kind: String, code: String, name: String, edition: String) {
            self.kind = kind
            self.code = code
            self.name = name
            self.edition = edition
        }
    }

    /// The day of the check.
    public var today: CivilDate
    public var commune: Commune?
    /// The edition of the communes' register; 0 when there is none.
    public var edition = 0
    /// The zonings of the commune in force on `today`; nil when they were not looked up.
    public var zonings: [Zoning]?
    /// The zonings that the register knows at all, so that « not in it » can be told from « nobody knows ».
    public var knownZonings: Set<String> = []
    public var legalForm: String?
    public var createdOn: CivilDate?
    public var maturity: String?
    public var isRegistered: Bool?
    /// Cents.
    public var amount: Int?
    public var siret: String?
    /// Basis points.
    public var publicAid: Int?

    public init(today: CivilDate) {
        self.today = today
    }
}

/// What the check of a condition concludes.
public enum EligibilityOutcome: String, Sendable, CaseIterable {
    case satisfied = "satisfait"
    case unsatisfied = "non_satisfait"
    case toCheck = "a_verifier"

    public var label: String {
        switch self {
        case .satisfied: "Satisfaite"
        case .unsatisfied: "Non satisfaite"
        case .toCheck: "À vérifier"
        }
    }
}

/// A condition checked, with what was looked at: frozen in the dossier as evidence.
public struct EligibilityFinding: Sendable, Equatable {
    public let condition: EligibilityCondition
    public let outcome: EligibilityOutcome
    /// What was looked at and what it said, in French.
    public let evidence: String
    /// The edition of the register that answered; empty when none did.
    public let edition: String
    /// The day of the check.
    public let on: CivilDate

    public init(
        condition: EligibilityCondition, outcome: EligibilityOutcome, evidence: String, edition: String, on: CivilDate
    ) {
        self.condition = condition
        self.outcome = outcome
        self.evidence = evidence
        self.edition = edition
        self.on = on
    }
}

/// The findings of a call for one candidate.
public struct EligibilityAnswer: Sendable, Equatable {
    public let findings: [EligibilityFinding]

    public init(findings: [EligibilityFinding]) {
        self.findings = findings
    }

    /// CALL-12: one blocking condition that fails is enough; one that is not known leaves the question open.
    public var outcome: EligibilityOutcome {
        let blocking = findings.filter { $0.condition.isBlocking }
        if blocking.contains(where: { $0.outcome == .unsatisfied }) { return .unsatisfied }
        return blocking.contains { $0.outcome == .toCheck } ? .toCheck : .satisfied
    }
}
