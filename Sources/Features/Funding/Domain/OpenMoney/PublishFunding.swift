/// Publishes a line: everybody reads it, and the open files carry it. Refused while the subsidy file cannot say it well.
public struct PublishFunding: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let line: FundingLine.ID

    public init(line: FundingLine.ID) {
        self.line = line
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try FundingEditing(proceeding: proceeding).kept(line)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = FundingEditing(proceeding: proceeding)
        let former = try editing.kept(line)
        guard former.publishedAt == nil else { return }
        guard let publication = try FundingPublication.of(line, proceeding.writer) else { throw Missing() }
        var problems = Problems()
        for fault in publication.faults { problems.add("", "\(former.facts.object)\u{202F}: \(fault)") }
        try problems.throwIfAny()
        var changed = former
        changed.publishedAt = proceeding.now
        _ = try editing.write(changed, replacing: former, "publication", on: FundingText.today(proceeding.now))
    }
}
