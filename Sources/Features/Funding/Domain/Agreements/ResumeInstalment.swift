/// Lifts the suspension of an instalment: it is checked again before it is paid.
public struct ResumeInstalment: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let instalment: Instalment.ID
    public let reason: String

    public init(instalment: Instalment.ID, reason: String) {
        self.instalment = instalment
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try AgreementEditing(proceeding: proceeding).kept(instalment)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        var move = try editing.moving(instalment, by: .resume)
        var problems = Problems()
        let why = FundingText.line(reason, "motif", limit: 500, &problems)
        if why.isEmpty { problems.add("motif", "Dites ce qui permet de lever la suspension.") }
        try problems.throwIfAny()
        move.instalment.reason = ""
        try editing.write(move, telling: "reprise", words: why)
    }
}
