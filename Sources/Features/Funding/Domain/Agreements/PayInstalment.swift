import Exchange

/// Checks an instalment before it is paid: what triggers it has happened, and its account was verified (FUND-12, FUND-13).
public struct CheckInstalment: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let instalment: Instalment.ID

    public init(instalment: Instalment.ID) {
        self.instalment = instalment
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
        found.state = try editing.after(.check, found, in: agreement)
        let accepted = try FundingReportStore.accepted(of: agreement.id, proceeding.writer)
        if let wait = found.wait(activatedOn: agreement.activatedOn, accepted: accepted, today: editing.today) {
            throw Problems("", "Cette échéance ne peut pas encore être payée\u{202F}: \(wait).")
        }
        guard let account = try BankAccountStore.current(of: agreement.id, proceeding.writer) else {
            throw Problems("", "Le compte bancaire n’est pas vérifié par une deuxième personne.")
        }
        found.bankAccount = account.id
        found.checkedBy = try editing.person()
        try InstalmentStore.update(found, from: former, at: proceeding.now, proceeding.writer)
        try editing.funding.tell("controle", amount: found.amount, words: found.label, of: line)
    }
}

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
            problems.add("", "Vous avez contrôlé cette échéance\u{202F}: une autre personne doit ordonner son paiement.")
        }
        let ties = try FundingStore.ties(proceeding.principal, line, proceeding.writer)
        if ties.isBeneficiary { problems.add("", "Vous êtes du côté du bénéficiaire\u{202F}: personne n’ordonne son propre paiement.") }
        if try BankAccountStore.current(of: agreement.id, proceeding.writer)?.id != found.bankAccount {
            problems.add("", "Le compte bancaire a changé depuis le contrôle\u{202F}: suspendez l’échéance et contrôlez-la à nouveau.")
        }
        try problems.throwIfAny()
        found.orderedBy = person
        try InstalmentStore.update(found, from: former, at: proceeding.now, proceeding.writer)
        try editing.funding.tell("mandat", amount: found.amount, words: found.orderNumber, of: line)
    }
}

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
        if found.proof.isEmpty { problems.add("preuve", "Donnez la preuve du paiement\u{202F}: référence du virement, bordereau.") }
        try problems.throwIfAny()
        found.paidOn = on
        try InstalmentStore.update(found, from: former, at: proceeding.now, proceeding.writer)
        _ = try editing.funding.take(
            .pay, amount: found.amount, on: on, words: "\(found.label), \(found.orderNumber)", of: line)
    }
}
