import Storage

/// Joins the team of a call, signed in with the address that was invited (CALL-16).
public struct AcceptCallInvitation: Act {
    public static let right = "La personne invitée, connectée avec l’adresse qui a reçu l’invitation."

    let secret: Secret

    public init(_ secret: Secret) {
        self.secret = secret
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard proceeding.principal.isSignedIn else { throw Denied("Connectez-vous pour accepter l’invitation.") }
        guard let invitation = try CallInvitationStore.open(secret, at: now, writer) else { throw Missing() }
        try proceeding.requireAddress(invitation.email)
        // An invitation is worth what its author's rights are worth now, not what they were when it left.
        if let inviter = invitation.invitedBy {
            guard let author = try PrincipalReader.principal(inviter, at: now, writer),
                CallRights.mayEdit(
                    author, isTeam: try CallTeamStore.belongs(author, to: invitation.call, writer))
            else { throw Missing() }
        }
    }

    /// Answers the address of the call.
    public func perform(_ proceeding: Proceeding) throws -> String {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let account = proceeding.principal.account,
            let invitation = try CallInvitationStore.open(secret, at: now, writer),
            let call = try CallStore.any(invitation.call, writer),
            try CallInvitationStore.end(invitation.id, of: call.id, at: now, writer)
        else { throw Missing() }
        if try !CallTeamStore.members(of: call.id, writer).contains(account) {
            try CallTeamStore.join(account, call.id, at: now, writer)
        }
        proceeding.about(call.id)
        proceeding.note("invitation", invitation.id.text)
        proceeding.note("account", account.text)
        return call.slug
    }
}
