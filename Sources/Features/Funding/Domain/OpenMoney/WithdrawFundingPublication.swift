/// Takes a line out of what is public: it was published by mistake.
public struct WithdrawFundingPublication: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let line: FundingLine.ID
    public let reason: String

    public init(line: FundingLine.ID, reason: String) {
        self.line = line
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try FundingEditing(proceeding: proceeding).kept(line)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = FundingEditing(proceeding: proceeding)
        let former = try editing.kept(line)
        guard former.publishedAt != nil else { throw Problems("", "Cette ligne n’est pas publiée.") }
        var problems = Problems()
        let why = FundingText.line(reason, "motif", limit: 500, &problems)
        if why.isEmpty { problems.add("motif", "Dites pourquoi la ligne est retirée.") }
        try problems.throwIfAny()
        var changed = former
        changed.publishedAt = nil
        _ = try editing.write(changed, replacing: former, "retrait", on: FundingText.today(proceeding.now), words: why)
    }
}
