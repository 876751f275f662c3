import Storage

/// Ends a role. Rights being read at each request, the next one no longer has it (ACC-18).
public struct RevokeRole: Act {
    public static let right = "Qui peut confier le rôle peut y mettre fin\u{202F}; chacun peut renoncer au sien."

    let id: RoleGrant.ID
    let reason: String
    let head: LetterHead

    public init(_ id: RoleGrant.ID, reason: String = "", head: LetterHead) {
        self.id = id
        self.reason = reason.trimmingSpaces()
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        // Who may not end it may not learn that it exists either.
        guard let grant = try RoleGrantStore.grant(id, proceeding.writer),
            AccountRights.mayRevoke(proceeding.principal, grant)
        else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let held = try RoleGrantStore.grant(id, proceeding.writer), held.isInForce(at: proceeding.now) else {
            throw Problems("", "Ce rôle a déjà pris fin.")
        }
        if held.account != proceeding.principal.account,
            let problem = RoleReason.problem(reason, for: held.grant.role, by: proceeding.principal)
        {
            throw Problems("reason", problem)
        }
        if held.grant.role == .operator, !proceeding.principal.isHouse,
            try RoleGrantStore.holders(of: .operator, on: .network, at: proceeding.now, proceeding.writer).count == 1
        {
            throw Problems(
                "", "C’est la dernière personne de l’administration technique\u{202F}: nommez-en d’abord une autre.")
        }
        try RoleGrantStore.revoke(
            id, by: proceeding.principal.account, reason: reason, at: proceeding.now, proceeding.writer)
        proceeding.about(held.account)
        RoleReason.note(held.grant, proceeding)
        if held.account != proceeding.principal.account,
            let email = try AccountStore.account(held.account, proceeding.writer)?.email
        {
            proceeding.send(head.roleRevoked(to: email, held.grant.role))
        }
    }
}
