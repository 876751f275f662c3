/// Verifies an account that another person gave: with the bank, or with the beneficiary by another way.
public struct VerifyBankAccount: Act {
    public static let right = "Qui tient la ligne, sauf la personne qui a donné le compte."

    public let account: BankAccount.ID

    public init(account: BankAccount.ID) {
        self.account = account
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        guard let given = try BankAccountStore.any(account, proceeding.writer) else { throw Missing() }
        _ = try editing.kept(given.agreement)
        _ = try editing.person()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        guard let given = try BankAccountStore.any(account, proceeding.writer) else { throw Missing() }
        let (_, line) = try editing.kept(given.agreement)
        let person = try editing.person()
        guard given.proposedBy != person else {
            throw Problems("", "Vous avez donné ce compte\u{202F}: une autre personne doit le vérifier.")
        }
        guard try BankAccountStore.accounts(of: given.agreement, proceeding.writer).first?.id == account else {
            throw Problems("", "Un compte plus récent a été donné\u{202F}: c’est lui qui se vérifie.")
        }
        guard try BankAccountStore.verify(account, by: person, at: proceeding.now, proceeding.writer) else {
            throw Problems("", "Ce compte est déjà vérifié.")
        }
        try editing.funding.tell("rib_verifie", words: given.masked, of: line)
    }
}
