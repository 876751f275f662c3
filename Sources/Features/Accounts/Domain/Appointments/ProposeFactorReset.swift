import Storage

/// Asks that the second factor of somebody who lost it, and their recovery codes, be taken away. They are told at once, so that a request
/// made behind their back is seen (ACC-29).
public struct ProposeFactorReset: Act {
    public static let right =
        "Administration technique, pour un autre compte que le sien\u{202F}; une autre personne de l’administration technique "
        + "confirme."

    let account: Account.ID
    let reason: String
    let head: LetterHead

    public init(of account: Account.ID, reason: String, head: LetterHead) {
        self.account = account
        self.reason = reason.trimmingSpaces()
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.account != nil, AccountRights.mayResetFactor(proceeding.principal, of: account)
        else { throw Denied("Retirer le second facteur d’un compte revient à l’administration technique.") }
    }

    public func perform(_ proceeding: Proceeding) throws -> AccountOrder.ID {
        guard try FactorStore.isConfirmed(account, proceeding.writer) else {
            throw Problems("", "Ce compte n’a pas de second facteur.")
        }
        if let problem = RoleReason.problem(reason, for: .operator, by: proceeding.principal) {
            throw Problems("motif_second_facteur", problem)
        }
        return try OrderProposal.put(.factorReset, about: account, reason: reason, head: head, proceeding)
    }
}
