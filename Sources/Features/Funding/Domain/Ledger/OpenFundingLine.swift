import Exchange

/// Opens a line of the ledger, « envisagé » until a step says more.
public struct OpenFundingLine: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let facts: FundingFacts

    public init(_ facts: FundingFacts) {
        self.facts = facts
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let principal = proceeding.principal
        guard try FunderStore.funder(facts.funder, proceeding.writer) != nil else { throw Missing() }
        var ties = FundingRights.Ties()
        ties.isAgent = try FunderStore.belongs(principal, to: facts.funder, proceeding.writer)
        if let call = facts.call { ties.isTeam = try CallTeamStore.belongs(principal, to: call, proceeding.writer) }
        guard FundingRights.mayKeep(principal, ties) else {
            throw Denied("Ouvrir une ligne revient au financeur ou à l’équipe de l’appel.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> FundingLine {
        try Self.open(try FundingEditing(proceeding: proceeding).checked(facts), proceeding)
    }

    /// A new line of facts that were checked, with its first event.
    static func open(_ facts: FundingFacts, _ proceeding: Proceeding) throws -> FundingLine {
        let line = FundingLine(
            id: proceeding.newIdentifier(), facts: facts, fold: FundingFold(), version: 1, createdAt: proceeding.now,
            createdBy: proceeding.principal.account, updatedAt: proceeding.now)
        try FundingStore.insert(line, proceeding.writer)
        try FundingEventStore.append(
            "creation", on: FundingText.today(proceeding.now), to: line, by: proceeding)
        proceeding.about(line.id)
        return line
    }
}
