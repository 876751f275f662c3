import Storage

/// Takes the role offered by an invitation, signed in with the address it was sent to (ACC-20).
public struct AcceptInvitation: Act {
    public static let right = "La personne invitée, connectée avec l’adresse qui a reçu l’invitation."

    let secret: Secret

    public init(_ secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let id = proceeding.principal.account else { throw Denied("Connectez-vous pour accepter l’invitation.") }
        guard let invitation = try InvitationStore.open(secret, at: proceeding.now, proceeding.writer) else {
            throw Missing()
        }
        guard try AccountStore.account(id, proceeding.writer)?.email == invitation.email else {
            throw Denied(
                "Cette invitation a été envoyée à une autre adresse que celle de votre compte. Connectez-vous "
                    + "avec l’adresse qui l’a reçue, ou demandez une invitation à votre adresse."
            )
        }
        // An invitation is worth what its author's rights are worth now, not what they were when it left.
        if let inviter = invitation.invitedBy {
            let author = try PrincipalReader.principal(inviter, at: proceeding.now, proceeding.writer)
            guard let author, AccountRights.mayManageTeam(author, of: invitation.scope) else { throw Missing() }
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Invitation {
        guard let id = proceeding.principal.account,
            let invitation = try InvitationStore.open(secret, at: proceeding.now, proceeding.writer),
            try InvitationStore.accept(invitation.id, by: id, at: proceeding.now, proceeding.writer)
        else { throw Missing() }
        let grant = Grant(invitation.role, on: invitation.scope)
        let held = try RoleGrantStore.inForce(of: id, at: proceeding.now, proceeding.writer)
        if !held.contains(where: { $0.grant == grant }) {
            _ = try RoleGrantStore.insert(grant, to: id, until: nil, reason: "invitation", proceeding)
            try SessionStore.demandRenewal(of: id, proceeding.writer)
        }
        proceeding.about(invitation.id)
        proceeding.changed(id)
        RoleReason.note(grant, proceeding)
        return invitation
    }
}
