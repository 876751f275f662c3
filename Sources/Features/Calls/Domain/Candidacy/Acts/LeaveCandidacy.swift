import Storage

/// Ends somebody's part in a candidacy, or takes back an invitation. What they wrote stays; a partner's part is kept and no
/// longer counts (CAND-4).
public struct LeaveCandidacy: Act {
    public static let right =
        "La personne elle-même, celle qui engage le même partenaire, ou celle qui porte la candidature."

    public let candidacy: Candidacy.ID
    public let member: CandidacyMember.ID
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, member: CandidacyMember.ID, head: LetterHead) {
        self.candidacy = candidacy
        self.member = member
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (candidacy, own) = try CandidacyEditing(proceeding: proceeding).found(candidacy)
        let member = try known(proceeding)
        guard
            CandidacyRights.leads(proceeding.principal, candidacy) || own.map({ $0.keeps(member) }) == true
                || (member.account != nil && member.account == proceeding.principal.account)
        else { throw Denied("Cela revient à la personne qui porte la candidature.") }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (candidacy, _) = try editing.found(candidacy)
        let member = try known(proceeding)
        guard try CandidacyMemberStore.leave(member.id, at: proceeding.now, proceeding.writer) else { throw Missing() }
        if let id = member.partner, var partner = try CandidacyPartnerStore.any(id, proceeding.writer),
            partner.state != .left, try !hasOthers(member, proceeding)
        {
            let version = partner.version
            partner.state = .left
            partner.version += 1
            partner.leftAt = proceeding.now
            partner.committedAt = nil
            partner.committedBy = nil
            try CandidacyPartnerStore.update(partner, at: version, proceeding.writer)
            // What would be deposited is no longer what it was.
            try PartEditing(proceeding).advance(candidacy)
        }
        proceeding.concerns(candidacy.id)
        proceeding.note("member", member.id.text)
        if !CandidacyRights.leads(proceeding.principal, candidacy),
            let address = try editing.holderAddress(of: candidacy)
        {
            proceeding.send(head.candidacyMemberLeft(address, candidacy, name: proceeding.principal.name))
        }
    }

    private func known(_ proceeding: Proceeding) throws -> CandidacyMember {
        guard let found = try CandidacyMemberStore.any(member, proceeding.writer), found.candidacy == candidacy,
            found.leftAt == nil
        else { throw Missing() }
        return found
    }

    private func hasOthers(_ member: CandidacyMember, _ proceeding: Proceeding) throws -> Bool {
        try CandidacyMemberStore.members(of: candidacy, proceeding.writer)
            .contains { $0.id != member.id && $0.partner == member.partner }
    }
}
