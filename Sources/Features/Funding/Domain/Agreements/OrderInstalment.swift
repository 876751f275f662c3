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
        var (found, agreement, line) = try editing.kept(instalment)
        let former = found.state
        found.state = try editing.after(.order, found, in: agreement)
        let person = try editing.person()
        var problems = Problems()
        found.orderNumber = FundingText.line(number, "mandat", limit: 60, &problems)
        if found.orderNumber.isEmpty { problems.add("mandat", "Donnez le numéro du mandat.") }
        if found.checkedBy == person {
            problems.add(
                "", "Vous avez contrôlé cette échéance\u{202F}: une autre personne doit ordonner son paiement.")
        }
        let ties = try FundingStore.ties(proceeding.principal, line, proceeding.writer)
        if ties.isBeneficiary {
            problems.add("", "Vous êtes du côté du bénéficiaire\u{202F}: personne n’ordonne son propre paiement.")
        }
        if try BankAccountStore.current(of: agreement.id, proceeding.writer)?.id != found.bankAccount {
            problems.add(
                "",
                "Le compte bancaire a changé depuis le contrôle\u{202F}: suspendez l’échéance et contrôlez-la à nouveau."
            )
        }
        try problems.throwIfAny()
        found.orderedBy = person
        try InstalmentStore.update(found, from: former, at: proceeding.now, proceeding.writer)
        try editing.funding.tell("mandat", amount: found.amount, words: found.orderNumber, of: line)
    }
}
