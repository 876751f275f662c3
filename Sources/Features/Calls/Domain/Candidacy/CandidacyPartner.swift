import Forms

/// A structure that applies together with the lead: it answers its own part, and commits itself.
public struct CandidacyPartner: Sendable, Equatable {
    public typealias ID = Identifier<CandidacyPartner>

    public enum State: String, Sendable, CaseIterable {
        case invited = "invite"
        case answering = "repond"
        case committed = "engage"
        case left = "parti"

        public var label: String {
            switch self {
            case .invited: "Invité"
            case .answering: "Répond"
            case .committed: "Engagé"
            case .left: "Parti"
            }
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let name: String
    public var state: State
    public var version: Int
    public var answers: Answers
    public var committedAt: Instant?
    public var committedBy: Account.ID?
    public var leftAt: Instant?
}
