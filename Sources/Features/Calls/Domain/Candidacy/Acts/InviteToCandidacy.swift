import Storage

/// Invites an address to write, to read, or to answer as a partner. The answer never says whether the address has an account;
/// an earlier invitation of the same address is replaced (CAND-4).
public struct InviteToCandidacy: Act {
    public static let right = "La personne qui porte la candidature\u{202F}; trente invitations par jour au plus."

    public let candidacy: Candidacy.ID
    public let email: String
    public let role: CandidacyMember.Role
    /// Keys of the sections a writer may change; all when empty.
    public let sections: [String]
    /// The partner's name, for a partner.
    public let partner: String
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, email: String, role: CandidacyMember.Role, sections: [String] = [],
        partner: String = "",
        head: LetterHead, shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.email = email
        self.role = role
        self.sections = sections
        self.partner = partner
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> CandidacyMember.ID {
        let editing = CandidacyEditing(proceeding: proceeding)
        let candidacy = try editing.led(candidacy)
        let call = try editing.call(of: candidacy)
        let address = try EmailAddress(email, field: "courriel")
        var problems = Problems()
        let name = CallText.line(partner, "partenaire", limit: 200, &problems)
        if role == .partner {
            if !call.settings.deposit.isConsortium {
                problems.add("role", "Cet appel ne prévoit pas de candidature à plusieurs structures.")
            } else if name.isEmpty {
                problems.add("partenaire", "Donnez le nom de la structure partenaire.")
            }
        }
        let known = try CandidacyMemberStore.members(of: candidacy.id, proceeding.writer)
        if known.contains(where: { $0.isPresent && $0.email == address.text }) {
            problems.add("courriel", "Cette personne participe déjà à la candidature.")
        }
        if try editing.holderAddress(of: candidacy) == address.text {
            problems.add("courriel", "C’est votre propre adresse.")
        }
        guard let form = try CallFormStore.form(candidacy.form, proceeding.writer) else { throw Missing() }
        let kept = role == .writer ? try existing(sections, in: form) : []
        try problems.throwIfAny()
        if let account = proceeding.principal.account {
            try Throttle.take([Throttle.invitations(account)], at: proceeding.now, proceeding.writer)
        }
        var partnerID: CandidacyPartner.ID?
        for invited in known where invited.account == nil && invited.email == address.text {
            // The part of a partner who is invited again waits for them.
            if role == .partner { partnerID = invited.partner }
            try CandidacyMemberStore.leave(invited.id, at: proceeding.now, proceeding.writer)
        }
        if role == .partner, partnerID == nil {
            let part = CandidacyPartner(
                id: proceeding.newIdentifier(), candidacy: candidacy.id, name: name, state: .invited, version: 1,
                answers: .init())
            try CandidacyPartnerStore.insert(part, proceeding.writer)
            partnerID = part.id
        }
        let secret = Secret(proceeding.surroundings)
        let member = CandidacyMember(
            id: proceeding.newIdentifier(), candidacy: candidacy.id, role: role, sections: kept, partner: partnerID,
            email: address.text, account: nil, invitedAt: proceeding.now,
            expiresAt: proceeding.now + CandidacyMember.lifetime, acceptedAt: nil, leftAt: nil)
        try CandidacyMemberStore.insert(member, secret: secret, by: proceeding.principal.account, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("member", member.id.text)
        proceeding.note("role", role.rawValue)
        proceeding.send(
            head.candidacyInvitation(address, candidacy, call, role: role, by: proceeding.principal.name, secret))
        return member.id
    }

    private func existing(_ sections: [String], in form: CallForm) throws -> [String] {
        let keys = try shelf.compiled(form).form.sections.map(\.key)
        return keys.filter(sections.contains)
    }
}
