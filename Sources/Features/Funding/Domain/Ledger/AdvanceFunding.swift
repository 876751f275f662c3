import Exchange

/// Records a stage of a line: asked, granted, paid, refused… An agreement that follows the line is signed and paid by its own
/// acts, not by this one.
public struct AdvanceFunding: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let line: FundingLine.ID
    /// The version the line was read in.
    public let version: Int
    public let step: FundingStep
    /// In cents; nil for the steps that say none.
    public let amount: Int?
    public let on: CivilDate
    /// The number of the decision, the reason, the proof.
    public let words: String

    public init(
        line: FundingLine.ID, version: Int, step: FundingStep, amount: Int? = nil, on: CivilDate, words: String = ""
    ) {
        self.line = line
        self.version = version
        self.step = step
        self.amount = amount
        self.on = on
        self.words = words
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try FundingEditing(proceeding: proceeding).kept(line)
    }

    public func perform(_ proceeding: Proceeding) throws -> FundingLine {
        let editing = FundingEditing(proceeding: proceeding)
        let former = try editing.kept(line)
        guard former.version == version else { throw Conflict(current: former.version) }
        var problems = Problems()
        let said = FundingText.line(words, "motif", limit: 500, &problems)
        if said.isEmpty, step == .refuse || step == .repay || step == .amend {
            problems.add("motif", "Dites pourquoi\u{202F}: l’histoire de la ligne le garde.")
        }
        if said.isEmpty, step == .pay {
            problems.add("motif", "Donnez la preuve du versement\u{202F}: mandat, virement.")
        }
        try problems.throwIfAny()
        if try AgreementStore.exists(of: line, proceeding.writer), step == .agree || step == .pay || step == .amend {
            throw Problems(
                "etape", "Cette ligne a une convention\u{202F}: signature, versements et avenants s’enregistrent là.")
        }
        return try editing.take(step, amount: step.hasAmount ? amount : nil, on: on, words: said, of: former)
    }
}
