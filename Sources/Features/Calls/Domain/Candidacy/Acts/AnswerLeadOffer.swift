import Storage

/// Takes the lead of a candidacy that was offered, or says no. The former lead goes on writing with the new one; the deposits and
/// receipts stay as they were made (CAND-34).
public struct AnswerLeadOffer: Act {
    public static let right = "La personne à qui le dossier est proposé, et elle seule."

    public let candidacy: Candidacy.ID
    public let accepts: Bool
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, accepts: Bool, head: LetterHead) {
        self.candidacy = candidacy
        self.accepts = accepts
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try offered(proceeding)
    }

    /// `Missing` for all others, those who take part in the candidacy included when nothing is offered to them.
    private func offered(_ proceeding: Proceeding) throws -> (
        candidacy: Candidacy, member: CandidacyMember, offer: LeadOffer, account: Account.ID
    ) {
        let (candidacy, member) = try CandidacyEditing(proceeding: proceeding).found(candidacy)
        guard let member, member.isPresent, let account = member.account, candidacy.holder != account,
            let offer = try LeadOfferStore.open(of: candidacy.id, proceeding.writer), offer.member == member.id
        else { throw Missing() }
        return (candidacy, member, offer, account)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (candidacy, member, offer, account) = try offered(proceeding)
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard try LeadOfferStore.close(offer.id, as: accepts ? .accepted : .refused, at: now, writer) else {
            throw Missing()
        }
        proceeding.about(candidacy.id)
        proceeding.note("offer", offer.id.text)
        proceeding.note("accepts", accepts ? "yes" : "no")
        let former = try CandidacyEditing(proceeding: proceeding).holderAddress(of: candidacy)
        if accepts {
            try keepWriting(candidacy, proceeding)
            try CandidacyStore.handOver(candidacy, to: account, at: now, writer)
            // Who leads needs no invitation to write; a partner keeps its part.
            if member.role != .partner { try CandidacyMemberStore.leave(member.id, at: now, writer) }
            proceeding.note("from", candidacy.holder?.text ?? "")
            proceeding.note("to", account.text)
        }
        if let former {
            proceeding.send(
                head.candidacyLeadAnswered(former, candidacy, accepts: accepts, by: proceeding.principal.name))
        }
    }

    /// The former lead stays among those who write, unless they have a part of their own already.
    private func keepWriting(_ candidacy: Candidacy, _ proceeding: Proceeding) throws {
        guard let holder = candidacy.holder, let account = try AccountStore.account(holder, proceeding.writer),
            let address = account.email?.text
        else { return }
        let known = try CandidacyMemberStore.members(of: candidacy.id, proceeding.writer)
        guard !known.contains(where: { $0.account == holder }) else { return }
        let member = CandidacyMember(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, role: .writer, sections: [], partner: nil,
            email: address, account: nil, invitedAt: proceeding.now, expiresAt: proceeding.now, acceptedAt: nil,
            leftAt: nil)
        try CandidacyMemberStore.insert(
            member, secret: Secret(proceeding.surroundings), by: proceeding.principal.account, proceeding.writer)
        _ = try CandidacyMemberStore.accept(member.id, by: holder, at: proceeding.now, proceeding.writer)
    }
}
