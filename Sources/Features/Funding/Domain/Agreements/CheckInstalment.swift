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
