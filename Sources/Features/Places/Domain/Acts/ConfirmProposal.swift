/// The visitor confirms by the link of their mail; the proposal joins the moderation queue.
public struct ConfirmProposal: Act {
    public static let right = "Qui tient le lien envoyé par courriel."

    public let secret: Secret

    public init(secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try ProposalStore.proposal(secretHash: secret.hash, proceeding.writer) != nil else {
            throw Missing()
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Place.ID {
        guard let proposal = try ProposalStore.proposal(secretHash: secret.hash, proceeding.writer) else {
            throw Missing()
        }
        if proposal.state == .unconfirmed {
            try ProposalStore.confirm(proposal.id, proceeding.writer)
        }
        proceeding.about(proposal.place)
        proceeding.note("proposal", proposal.id.text)
        return proposal.place
    }
}
