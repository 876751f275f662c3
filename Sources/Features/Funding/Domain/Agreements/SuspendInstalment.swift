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
        var (found, agreement, line) = try editing.kept(instalment)
        let former = found.state
        found.state = try editing.after(.suspend, found, in: agreement)
        var problems = Problems()
        found.reason = FundingText.line(reason, "motif", limit: 500, &problems)
        if found.reason.isEmpty {
            problems.add("motif", "Dites pourquoi l’échéance est suspendue\u{202F}: le bénéficiaire le lit.")
        }
        try problems.throwIfAny()
        (found.checkedBy, found.bankAccount, found.orderedBy, found.orderNumber) = (nil, nil, nil, "")
        try InstalmentStore.update(found, from: former, at: proceeding.now, proceeding.writer)
        try editing.funding.tell("suspension", amount: found.amount, words: found.reason, of: line)
    }
}
