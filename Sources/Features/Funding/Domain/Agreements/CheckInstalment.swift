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
        var move = try editing.moving(instalment, by: .check)
        let accepted = try FundingReportStore.accepted(of: move.agreement.id, proceeding.writer)
        if let wait = move.instalment.wait(
            activatedOn: move.agreement.activatedOn, accepted: accepted, today: editing.today)
        {
            throw Problems("", "Cette échéance ne peut pas encore être payée\u{202F}: \(wait).")
        }
        guard let account = try BankAccountStore.current(of: move.agreement.id, proceeding.writer) else {
            throw Problems("", "Le compte bancaire n’est pas vérifié par une deuxième personne.")
        }
        move.instalment.bankAccount = account.id
        move.instalment.checkedBy = try editing.person()
        try editing.write(move, telling: "controle", words: move.instalment.label)
    }
}
