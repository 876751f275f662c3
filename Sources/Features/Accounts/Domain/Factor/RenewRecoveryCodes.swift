import Storage

/// Gives ten new recovery codes; the former ones serve no more (ACC-25).
public struct RenewRecoveryCodes: Act {
    public static let right = "La personne elle-même, dont la session a montré son second facteur."

    let session: Session.ID
    let head: LetterHead

    public init(session: Session.ID, head: LetterHead) {
        self.session = session
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        try SessionStore.requireFactor(session, of: account, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws -> [RecoveryCode] {
        guard let account = proceeding.principal.account,
            let email = try AccountStore.account(account, proceeding.writer)?.email
        else { throw Missing() }
        let codes = try FactorStore.freshCodes(of: account, proceeding)
        proceeding.concerns(account)
        proceeding.send(head.recoveryCodesRenewed(to: email))
        return codes
    }
}
