import Storage

/// Takes an invitation back before it is accepted (ACC-20).
public struct RevokeInvitation: Act {
    public static let right = "Responsable du lieu, ou coordination."

    let id: Invitation.ID

    public init(_ id: Invitation.ID) {
        self.id = id
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let invitation = try InvitationStore.open(id, at: proceeding.now, proceeding.writer),
            AccountRights.mayManageTeam(proceeding.principal, of: invitation.scope)
        else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        try InvitationStore.revoke(id, at: proceeding.now, proceeding.writer)
        proceeding.concerns(id)
    }
}
