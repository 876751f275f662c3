/// Orders the payment of a checked instalment. Who checked it does not order it (FUND-14).
public struct OrderInstalment: Act {
    public static let right = "Qui tient la ligne, sauf la personne qui a contrôlé l’échéance."

    public let instalment: Instalment.ID
    public let number: String

    public init(instalment: Instalment.ID, number: String) {
        self.instalment = instalment
        self.number = number
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        _ = try editing.kept(instalment)
        _ = try editing.person()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        var move = try editing.moving(instalment, by: .order)
        let person = try editing.person()
        var problems = Problems()
        move.instalment.orderNumber = FundingText.line(number, "mandat", limit: 60, &problems)
        if move.instalment.orderNumber.isEmpty { problems.add("mandat", "Donnez le numéro du mandat.") }
        if move.instalment.checkedBy == person {
            problems.add(
                "", "Vous avez contrôlé cette échéance\u{202F}: une autre personne doit ordonner son paiement.")
        }
        if try FundingStore.ties(proceeding.principal, move.line, proceeding.writer).isBeneficiary {
            problems.add("", "Vous êtes du côté du bénéficiaire\u{202F}: personne n’ordonne son propre paiement.")
        }
        let current = try BankAccountStore.current(of: move.agreement.id, proceeding.writer)
        if current?.id != move.instalment.bankAccount {
            problems.add(
                "",
                "Le compte bancaire a changé depuis le contrôle\u{202F}: suspendez l’échéance et contrôlez-la à nouveau."
            )
        }
        try problems.throwIfAny()
        move.instalment.orderedBy = person
        try editing.write(move, telling: "mandat", words: move.instalment.orderNumber)
    }
}
