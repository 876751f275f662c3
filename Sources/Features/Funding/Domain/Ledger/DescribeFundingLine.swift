/// Corrects what a line says beside its money. The funder stays: another funder is another line.
public struct DescribeFundingLine: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let line: FundingLine.ID
    public let version: Int
    public let facts: FundingFacts

    public init(line: FundingLine.ID, version: Int, facts: FundingFacts) {
        self.line = line
        self.version = version
        self.facts = facts
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try FundingEditing(proceeding: proceeding).kept(line)
    }

    public func perform(_ proceeding: Proceeding) throws -> FundingLine {
        let editing = FundingEditing(proceeding: proceeding)
        let former = try editing.kept(line)
        guard former.version == version else { throw Conflict(current: former.version) }
        var changed = former
        changed.facts = facts
        changed.facts.funder = former.facts.funder
        // What the line hangs on is not corrected in passing: who keeps it would change.
        changed.facts.call = former.facts.call
        changed.facts.candidacy = former.facts.candidacy
        if former.state.isGranted { changed.facts.isPerson = former.facts.isPerson || facts.isPerson }
        changed.facts = try editing.checked(changed.facts)
        guard changed.facts != former.facts else { return former }
        let movesEnvelope = changed.facts.envelope != former.facts.envelope
        let line = try editing.write(
            changed, replacing: former, movesEnvelope ? "enveloppe" : "description",
            on: FundingText.today(proceeding.now))
        if movesEnvelope { try editing.requireRoom(for: line, "enveloppe") }
        return line
    }
}
