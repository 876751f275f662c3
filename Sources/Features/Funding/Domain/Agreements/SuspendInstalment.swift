/// Suspends an instalment, saying why; nothing of it is paid until the suspension is lifted.
public struct SuspendInstalment: Act {
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
        var move = try editing.moving(instalment, by: .suspend)
        var problems = Problems()
        move.instalment.reason = FundingText.line(reason, "motif", limit: 500, &problems)
        if move.instalment.reason.isEmpty {
            problems.add("motif", "Dites pourquoi l’échéance est suspendue\u{202F}: le bénéficiaire le lit.")
        }
        try problems.throwIfAny()
        move.instalment.checkedBy = nil
        move.instalment.bankAccount = nil
        move.instalment.orderedBy = nil
        move.instalment.orderNumber = ""
        try editing.write(move, telling: "suspension", words: move.instalment.reason)
    }
}
