/// Gives the account an agreement is to be paid to. Nothing is paid before another person has verified it, at each change (FUND-13).
public struct GiveBankAccount: Act {
    public static let right = "Le bénéficiaire, et qui tient la ligne."

    public let agreement: Agreement.ID
    public let iban: String
    public let holder: String

    public init(agreement: Agreement.ID, iban: String, holder: String) {
        self.agreement = agreement
        self.iban = iban
        self.holder = holder
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        let (_, line, ties) = try editing.shared(agreement)
        let principal = proceeding.principal
        guard FundingRights.mayKeep(principal, ties) || FundingRights.benefits(principal, ties, line.state) else {
            throw Denied("Donner un compte revient au bénéficiaire ou à qui tient la ligne.")
        }
        _ = try editing.person()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        let (found, line, _) = try editing.shared(agreement)
        guard !found.state.isOver else { throw Problems("", "Cette convention est terminée.") }
        var problems = Problems()
        let owner = FundingText.line(holder, "titulaire", limit: 120, &problems)
        if owner.isEmpty { problems.add("titulaire", "Dites au nom de qui est ce compte.") }
        let number = IBAN.canonical(iban)
        if number == nil {
            problems.add(
                "iban", "Cet IBAN est faux\u{202F}: ses deux chiffres de contrôle ne correspondent pas au reste.")
        }
        try problems.throwIfAny()
        guard let number else { return }
        let latest = try BankAccountStore.accounts(of: agreement, proceeding.writer).first
        guard latest?.iban != number else { throw Problems("iban", "C’est déjà le compte de cette convention.") }
        let account = BankAccount(
            id: proceeding.newIdentifier(), agreement: agreement, iban: number, holder: owner,
            proposedAt: proceeding.now, proposedBy: try editing.person(), verifiedAt: nil, verifiedBy: nil)
        try BankAccountStore.insert(account, proceeding.writer)
        try editing.funding.tell("rib", words: account.masked, of: line)
    }
}
