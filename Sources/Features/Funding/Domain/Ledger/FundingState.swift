/// Where a financing line stands, and the steps that move it: one table, pure.
public enum FundingState: String, Sendable, CaseIterable {
    case envisaged = "envisage"
    case asked = "sollicite"
    case granted = "accorde"
    case agreed = "conventionne"
    case paid = "verse"
    case settled = "solde"
    case refused = "refuse"
    case returned = "reverse"

    /// The state after a step; nil when the step is refused. Amounts are `FundingFold`'s.
    public func after(_ step: FundingStep) -> FundingState? {
        switch (self, step) {
        case (.envisaged, .ask), (.asked, .ask): .asked
        case (.envisaged, .grant), (.asked, .grant): .granted
        case (.envisaged, .refuse), (.asked, .refuse), (.granted, .refuse), (.agreed, .refuse): .refused
        case (.granted, .agree): .agreed
        // A small aid is paid on its decision, without an agreement.
        case (.granted, .pay), (.agreed, .pay), (.paid, .pay): .paid
        case (.granted, .amend), (.agreed, .amend), (.paid, .amend): self
        case (.paid, .settle): .settled
        case (.paid, .repay), (.settled, .repay): self
        default: nil
        }
    }

    /// The steps that may be taken from here, in the order people take them.
    public var steps: [FundingStep] { FundingStep.allCases.filter { after($0) != nil } }

    /// Whether the money was granted, whatever came of it.
    public var isGranted: Bool {
        switch self {
        case .granted, .agreed, .paid, .settled, .returned: true
        case .envisaged, .asked, .refused: false
        }
    }

    public var label: String {
        switch self {
        case .envisaged: "Envisagé"
        case .asked: "Sollicité"
        case .granted: "Accordé"
        case .agreed: "Conventionné"
        case .paid: "Versé"
        case .settled: "Soldé"
        case .refused: "Refusé"
        case .returned: "Reversé"
        }
    }
}

/// What happens to a financing line.
public enum FundingStep: String, Sendable, CaseIterable {
    case ask = "demande"
    case grant = "accord"
    case agree = "convention"
    case pay = "versement"
    case amend = "avenant"
    case settle = "solde"
    case repay = "reversement"
    case refuse = "refus"

    /// Whether the step says an amount; the others are about the line as it is.
    public var hasAmount: Bool {
        switch self {
        case .ask, .grant, .pay, .amend, .repay: true
        case .agree, .settle, .refuse: false
        }
    }

    public var label: String {
        switch self {
        case .ask: "Demande déposée"
        case .grant: "Aide accordée"
        case .agree: "Convention signée"
        case .pay: "Versement"
        case .amend: "Montant accordé modifié"
        case .settle: "Ligne soldée"
        case .repay: "Reversement reçu"
        case .refuse: "Refus ou abandon"
        }
    }
}
