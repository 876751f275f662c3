/// Says that somebody no longer acts for a funder.
public struct RemoveFunderAgent: Act {
    public static let right = "La coordination."

    public let funder: Funder.ID
    public let account: Account.ID

    public init(funder: Funder.ID, account: Account.ID) {
        self.funder = funder
        self.account = account
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard FundingRights.mayNameAgents(proceeding.principal) else {
            throw Denied("Dire qui agit pour un financeur revient à la coordination.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard try FunderStore.leave(account, funder, at: proceeding.now, proceeding.writer) else { throw Missing() }
        proceeding.about(funder)
        proceeding.note("account", account.text)
    }
}
