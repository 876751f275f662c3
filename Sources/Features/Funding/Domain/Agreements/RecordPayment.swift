import Exchange

/// Records that an ordered instalment was paid, with the day and the proof. The line of the ledger follows.
public struct RecordPayment: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let instalment: Instalment.ID
    public let on: CivilDate
    public let proof: String

    public init(instalment: Instalment.ID, on: CivilDate, proof: String) {
        self.instalment = instalment
        self.on = on
        self.proof = proof
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try AgreementEditing(proceeding: proceeding).kept(instalment)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        var (found, agreement, line) = try editing.kept(instalment)
        let former = found.state
        found.state = try editing.after(.pay, found, in: agreement)
        var problems = Problems()
        found.proof = FundingText.line(proof, "preuve", limit: 300, &problems)
        if found.proof.isEmpty {
            problems.add("preuve", "Donnez la preuve du paiement\u{202F}: référence du virement, bordereau.")
        }
        try problems.throwIfAny()
        found.paidOn = on
        try InstalmentStore.update(found, from: former, at: proceeding.now, proceeding.writer)
        _ = try editing.funding.take(
            .pay, amount: found.amount, on: on, words: "\(found.label), \(found.orderNumber)", of: line)
    }
}
