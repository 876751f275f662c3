import Storage

/// Invites one more person to a partner's part: somebody who commits the partner, or who writes its part only. A partner that left
/// comes back with the answers it had (CAND-33).
public struct InviteToPart: Act {
    public static let right =
        "La personne qui porte la candidature, ou la personne qui engage ce partenaire\u{202F}; trente invitations par jour au plus."

    public let candidacy: Candidacy.ID
    public let partner: CandidacyPartner.ID
    public let email: String
    public let commits: Bool
    public let head: LetterHead

    public init(
        candidacy: Candidacy.ID, partner: CandidacyPartner.ID, email: String, commits: Bool, head: LetterHead
    ) {
        self.candidacy = candidacy
        self.partner = partner
        self.email = email
        self.commits = commits
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (candidacy, member, partner) = try PartEditing(proceeding).found(candidacy, partner)
        guard
            CandidacyRights.leads(proceeding.principal, candidacy)
                || CandidacyRights.commits(proceeding.principal, candidacy, member: member, partner)
        else { throw Denied("Cela revient à la personne qui engage ce partenaire.") }
    }

    public func perform(_ proceeding: Proceeding) throws -> CandidacyMember.ID {
        let parts = PartEditing(proceeding)
        let (candidacy, _, former) = try parts.found(candidacy, partner)
        let call = try parts.editing.call(of: candidacy)
        try parts.editing.requireEditable(candidacy, call)
        let address = try EmailAddress(email, field: "courriel")
        let known = try CandidacyMemberStore.members(of: candidacy.id, proceeding.writer)
        if known.contains(where: { $0.isPresent && $0.email == address.text }) {
            throw Problems("courriel", "Cette personne participe déjà à la candidature.")
        }
        // The lead takes a part by an act of its own: an invitation would give it a second way in.
        if try parts.editing.holderAddress(of: candidacy) == address.text {
            throw Problems("courriel", "Cette personne porte déjà la candidature.")
        }
        if let account = proceeding.principal.account {
            try Throttle.take([Throttle.invitations(account)], at: proceeding.now, proceeding.writer)
        }
        for invited in known where invited.account == nil && invited.email == address.text {
            try CandidacyMemberStore.leave(invited.id, at: proceeding.now, proceeding.writer)
        }
        if former.state == .left {
            var back = former
            back.state = .invited
            back.leftAt = nil
            back.version += 1
            try CandidacyPartnerStore.update(back, at: former.version, proceeding.writer)
            try parts.advance(candidacy)
            proceeding.note("partner", "back")
        }
        let secret = Secret(proceeding.surroundings)
        let member = CandidacyMember(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, role: .partner, sections: [], partner: former.id,
            commits: commits, email: address.text, account: nil, invitedAt: proceeding.now,
            expiresAt: proceeding.now + CandidacyMember.lifetime, acceptedAt: nil, leftAt: nil)
        try CandidacyMemberStore.insert(member, secret: secret, by: proceeding.principal.account, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("member", member.id.text)
        proceeding.send(
            head.candidacyInvitation(
                address, candidacy, call, role: .partner, by: proceeding.principal.name, secret))
        return member.id
    }
}
