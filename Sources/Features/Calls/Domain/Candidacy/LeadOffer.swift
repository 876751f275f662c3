/// The lead of a candidacy, offered to somebody who takes part in it.
public struct LeadOffer: Sendable, Equatable {
    public typealias ID = Identifier<LeadOffer>

    public enum Outcome: String, Sendable, CaseIterable {
        case open = "proposee"
        case accepted = "acceptee"
        case refused = "refusee"
        case takenBack = "reprise"
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    /// Whom it is offered to.
    public let member: CandidacyMember.ID
    public let offeredAt: Instant
    public let offeredBy: Account.ID?
    public let outcome: Outcome
}
