import Storage

/// Takes the part offered by an invitation, signed in with the address it was sent to.
public struct AcceptCandidacyInvitation: Act {
    public static let right = "La personne invitée, connectée avec l’adresse qui a reçu l’invitation."

    let secret: Secret

    public init(_ secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied("Connectez-vous pour accepter l’invitation.") }
        guard let member = try CandidacyMemberStore.open(secret, at: proceeding.now, proceeding.writer) else {
            throw Missing()
        }
        try proceeding.requireAddress(member.email)
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy.ID {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let account = proceeding.principal.account,
            let member = try CandidacyMemberStore.open(secret, at: now, writer)
        else { throw Missing() }
        if let present = try CandidacyMemberStore.own(proceeding.principal, of: member.candidacy, writer) {
            throw Problems("", "Vous participez déjà à cette candidature (\(present.role.label.lowercased())).")
        }
        guard try CandidacyMemberStore.accept(member.id, by: account, at: now, writer) else { throw Missing() }
        if let id = member.partner, var partner = try CandidacyPartnerStore.any(id, writer), partner.state == .invited {
            let version = partner.version
            partner.state = .answering
            partner.version += 1
            try CandidacyPartnerStore.update(partner, at: version, writer)
        }
        proceeding.concerns(member.candidacy)
        proceeding.note("member", member.id.text)
        return member.candidacy
    }
}
