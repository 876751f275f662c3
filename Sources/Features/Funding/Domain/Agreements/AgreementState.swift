/// Where an agreement stands, and what moves it: one table, pure. While an amendment is being signed the former version stays
/// in force: that is `Agreement.activeVersion`, not a state.
public enum AgreementState: String, Sendable, CaseIterable {
    case draft = "projet"
    case review = "relecture"
    case signedByBeneficiary = "signee_beneficiaire"
    case active
    case closed = "close"
    case terminated = "resiliee"

    public enum Event: String, Sendable, CaseIterable {
        /// The text is changed: what was signed of a version not in force is void.
        case write
        case send
        case signAsBeneficiary
        case signAsFunder
        case close
        case terminate
    }

    public func after(_ event: Event) -> AgreementState? {
        switch (self, event) {
        case (.draft, .write), (.review, .write), (.signedByBeneficiary, .write), (.active, .write): .draft
        case (.draft, .send): .review
        case (.review, .signAsBeneficiary): .signedByBeneficiary
        case (.signedByBeneficiary, .signAsFunder): .active
        case (.active, .close): .closed
        case (.active, .terminate), (.draft, .terminate), (.review, .terminate), (.signedByBeneficiary, .terminate):
            .terminated
        default: nil
        }
    }

    public var isOver: Bool { self == .closed || self == .terminated }

    public var label: String {
        switch self {
        case .draft: "Projet"
        case .review: "À signer par le bénéficiaire"
        case .signedByBeneficiary: "À signer par le financeur"
        case .active: "En vigueur"
        case .closed: "Close"
        case .terminated: "Résiliée"
        }
    }
}
