/// Takes back an invitation that nobody accepted.
public struct RevokeCallInvitation: Act {
    public static let right = InviteCallTeammate.right

    public let call: Call.ID
    public let invitation: CallInvitation.ID

    public init(call: Call.ID, invitation: CallInvitation.ID) {
        self.call = call
        self.invitation = invitation
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard try CallInvitationStore.end(invitation, of: call, at: proceeding.now, proceeding.writer) else {
            throw Missing()
        }
        proceeding.concerns(call)
        proceeding.note("invitation", invitation.text)
    }
}
