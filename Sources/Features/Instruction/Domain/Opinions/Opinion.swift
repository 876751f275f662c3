/// An opinion asked of somebody outside the team: a question, until a day; while it is open it lets them read that dossier and no
/// other (INST-18).
public struct Opinion: Sendable, Equatable {
    public typealias ID = Identifier<Opinion>

    public enum Kind: String, Sendable, CaseIterable {
        case expert
        case circle = "cercle"
        case funder = "financeur"
        case council = "conseil"

        public var label: String {
            switch self {
            case .expert: "Expert"
            case .circle: "Animation de cercle"
            case .funder: "Autre financeur"
            case .council: "Conseil national"
            }
        }

        /// The role that the person must hold; nil when none is asked.
        var role: Role? {
            switch self {
            case .circle: .circleAnimator
            case .funder: .funder
            case .expert, .council: nil
            }
        }
    }

    public enum State: String, Sendable, CaseIterable {
        case asked = "demande"
        case given = "rendu"
        case withdrawn = "retire"
        case expired = "expire"

        public var label: String {
            switch self {
            case .asked: "Demandé"
            case .given: "Rendu"
            case .withdrawn: "Retiré"
            case .expired: "Non rendu à temps"
            }
        }
    }

    public enum Position: String, Sendable, CaseIterable {
        case favourable = "favorable"
        case reserved = "reserve"
        case unfavourable = "defavorable"
        case none = "sans_avis"

        public var label: String {
            switch self {
            case .favourable: "Favorable"
            case .reserved: "Favorable sous réserve"
            case .unfavourable: "Défavorable"
            case .none: "Ne se prononce pas"
            }
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let kind: Kind
    public var state: State
    /// Whom it was asked of; empty once their account is closed.
    public let email: String
    /// Who answered it, or whose account has that address.
    public var account: Account.ID?
    public let question: String
    public let askedAt: Instant
    public let askedBy: Account.ID?
    /// The first instant that is too late.
    public let closesAt: Instant
    public var remindedAt: Instant?
    public var position: Position?
    public var answer: String
    public var answeredAt: Instant?
    public var closedAt: Instant?
    /// Why it was withdrawn; empty otherwise.
    public var reason: String

    /// INST-18: whether it still opens the dossier to whom it was asked.
    public func isOpen(at now: Instant) -> Bool { state == .asked && now < closesAt }
}
