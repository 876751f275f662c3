/// Somebody leaves the team of a call.
public struct RemoveCallTeammate: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let call: Call.ID
    public let account: Account.ID

    public init(call: Call.ID, account: Account.ID) {
        self.call = call
        self.account = account
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard try CallTeamStore.leave(account, call, at: proceeding.now, proceeding.writer) else { throw Missing() }
        proceeding.about(call)
        proceeding.note("account", account.text)
    }
}
