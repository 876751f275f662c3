import Storage

/// Offers the lead of a candidacy to somebody who takes part in it. Nothing changes until they accept (CAND-34).
public struct OfferLead: Act {
    public static let right = "La personne qui porte la candidature."

    public let candidacy: Candidacy.ID
    public let member: CandidacyMember.ID
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, member: CandidacyMember.ID, head: LetterHead) {
        self.candidacy = candidacy
        self.member = member
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> LeadOffer {
        let editing = CandidacyEditing(proceeding: proceeding)
        let candidacy = try editing.led(candidacy)
        guard let found = try CandidacyMemberStore.any(member, proceeding.writer), found.candidacy == candidacy.id,
            found.leftAt == nil, found.account != candidacy.holder
        else { throw Missing() }
        guard let account = found.account else {
            throw Problems("", "Cette personne n’a pas encore accepté l’invitation à participer.")
        }
        guard found.role != .reader, found.commits else {
            throw Problems("", "Le dossier se transmet à un partenaire, ou à quelqu’un qui l’écrit avec vous.")
        }
        if let earlier = try LeadOfferStore.open(of: candidacy.id, proceeding.writer) {
            if earlier.member == found.id { return earlier }
            try LeadOfferStore.close(earlier.id, as: .takenBack, at: proceeding.now, proceeding.writer)
        }
        let offer = LeadOffer(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, member: found.id, offeredAt: proceeding.now,
            offeredBy: proceeding.principal.account, outcome: .open)
        try LeadOfferStore.insert(offer, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("offer", offer.id.text)
        proceeding.note("member", found.id.text)
        if let address = try AccountStore.account(account, proceeding.writer)?.email?.text {
            proceeding.send(head.candidacyLeadOffered(address, candidacy, by: proceeding.principal.name))
        }
        return offer
    }
}
