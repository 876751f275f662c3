/// Invites an address to keep a call. The answer is the same whether the address has an account or not; an earlier invitation of the
/// same address is replaced (CALL-16).
public struct InviteCallTeammate: Act {
    public static let right = "L’équipe de l’appel et la coordination\u{202F}; trente invitations par jour au plus."

    public let call: Call.ID
    public let email: String
    public let head: LetterHead

    public init(call: Call.ID, email: String, head: LetterHead) {
        self.call = call
        self.email = email
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    /// Throws `Problems` under `courriel`.
    public func perform(_ proceeding: Proceeding) throws -> CallInvitation.ID {
        let writer = proceeding.writer
        let call = try CallEditing(proceeding: proceeding).kept(call)
        let address = try EmailAddress(email, field: "courriel")
        if let inviter = proceeding.principal.account {
            try Throttle.take([Throttle.invitations(inviter)], at: proceeding.now, writer)
        }
        // The team is known to those who invite: this tells them nothing new.
        if let known = try AccountStore.account(email: address, writer),
            try CallTeamStore.members(of: call.id, writer).contains(known.id)
        {
            throw Problems("courriel", "Cette personne est déjà de l’équipe.")
        }
        try CallInvitationStore.end(of: address, to: call.id, at: proceeding.now, writer)
        let secret = Secret(proceeding.surroundings)
        let invitation = CallInvitation(
            id: proceeding.newIdentifier(), call: call.id, email: address.text, invitedAt: proceeding.now,
            invitedBy: proceeding.principal.account, expiresAt: proceeding.now + CallInvitation.lifetime)
        try CallInvitationStore.insert(invitation, secret: secret, writer)
        proceeding.concerns(call.id)
        proceeding.note("invitation", invitation.id.text)
        proceeding.send(head.callTeamInvitation(address.text, call, by: proceeding.principal.name, secret))
        return invitation.id
    }
}
