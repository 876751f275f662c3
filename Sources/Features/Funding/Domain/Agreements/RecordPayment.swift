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
        var move = try editing.moving(instalment, by: .pay)
        var problems = Problems()
        move.instalment.proof = FundingText.line(proof, "preuve", limit: 300, &problems)
        if move.instalment.proof.isEmpty {
            problems.add("preuve", "Donnez la preuve du paiement\u{202F}: référence du virement, bordereau.")
        }
        try problems.throwIfAny()
        move.instalment.paidOn = on
        try editing.write(move)
        _ = try editing.funding.take(
            .pay, amount: move.instalment.amount, on: on,
            words: "\(move.instalment.label), \(move.instalment.orderNumber)", of: move.line)
    }
}
