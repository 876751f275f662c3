import Storage

/// Invites an address to keep a place's sheet, as an editor or as one who answers for it (ACC-20).
///
/// The answer never says whether the address has an account. An earlier invitation of the same address there is
/// replaced.
public struct InviteEditor: Act {
    public static let right = "Responsable du lieu, ou coordination\u{202F}; trente invitations par jour au plus."

    let email: EmailAddress
    let role: Role
    let place: Scope
    let placeName: String
    let head: LetterHead

    /// `place` and `placeName` come from the place that the caller has loaded for the same principal.
    public init(_ email: EmailAddress, as role: Role, of place: Scope, named placeName: String, head: LetterHead) {
        self.email = email
        self.role = role
        self.place = place
        self.placeName = placeName
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard AccountRights.mayManageTeam(proceeding.principal, of: place) else {
            throw Denied("Seules les personnes responsables de ce lieu peuvent y inviter.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Invitation.ID {
        guard [.placeEditor, .placeManager].contains(role) else {
            throw Problems("role", "Choisissez un rôle dans la liste.")
        }
        if let inviter = proceeding.principal.account {
            try Throttle.take([Throttle.invitations(inviter)], at: proceeding.now, proceeding.writer)
        }
        // The team of the place is known to those who may invite: this tells them nothing new.
        if let known = try AccountStore.account(email: email, proceeding.writer),
            try RoleGrantStore.inForce(of: known.id, at: proceeding.now, proceeding.writer)
                .contains(where: { $0.grant == Grant(role, on: place) })
        {
            throw Problems("email", "Cette personne a déjà ce rôle sur ce lieu.")
        }
        try InvitationStore.revoke(email, on: place, at: proceeding.now, proceeding.writer)
        let secret = Secret(proceeding.surroundings)
        let invitation = Invitation(
            id: proceeding.newIdentifier(), email: email, role: role, scope: place, placeName: placeName,
            invitedBy: proceeding.principal.account, createdAt: proceeding.now,
            expiresAt: proceeding.now + Invitation.lifetime)
        try InvitationStore.insert(invitation, secret: secret, proceeding.writer)
        proceeding.concerns(invitation.id)
        proceeding.note("place", String(place.subject))
        proceeding.send(
            head.invitation(to: email, placeName: placeName, by: proceeding.principal.name, secret: secret))
        return invitation.id
    }
}
