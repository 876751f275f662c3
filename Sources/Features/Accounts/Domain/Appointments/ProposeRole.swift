import Storage

/// Asks that somebody be given a role that two persons give: coordination or technical administration, until a date (ACC-29).
public struct ProposeRole: Act {
    public static let right =
        "Coordination (pour la coordination) ou administration technique\u{202F}; une autre personne confirme. Personne pour "
        + "soi-même."

    let account: Account.ID
    let role: Role
    let until: Instant?
    let reason: String
    let head: LetterHead

    public init(_ role: Role, to account: Account.ID, until: Instant?, reason: String, head: LetterHead) {
        self.role = role
        self.account = account
        self.until = until
        self.reason = reason.trimmingSpaces()
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.account != nil, AccountRights.needsTwo(role),
            AccountRights.mayGrant(proceeding.principal, role, on: .network, to: account)
        else { throw Denied("Vous ne pouvez pas confier ce rôle.") }
    }

    public func perform(_ proceeding: Proceeding) throws -> AccountOrder.ID {
        guard let holder = try AccountStore.account(account, proceeding.writer), !holder.isClosed else {
            throw Missing()
        }
        var problems = Problems()
        if let problem = RoleReason.problem(reason, for: role, by: proceeding.principal) {
            problems.add("reason", problem)
        }
        switch until {
        case .none: problems.add("until", "Ce rôle se confie jusqu’à une date.")
        case .some(let until) where until <= proceeding.now: problems.add("until", "La date de fin est déjà passée.")
        case .some(let until) where until > proceeding.now + AccountOrder.longestRole:
            problems.add("until", "Ce rôle se confie pour trois ans au plus\u{202F}: il se confie à nouveau ensuite.")
        default: break
        }
        let held = try RoleGrantStore.inForce(of: account, at: proceeding.now, proceeding.writer)
        if held.contains(where: { $0.grant.role == role && !$0.isEmergency }) {
            problems.add("role", "Cette personne a déjà ce rôle.")
        }
        try problems.throwIfAny()
        guard let until else { throw Problems("until", "Ce rôle se confie jusqu’à une date.") }
        return try OrderProposal.put(
            .role(role, until: until), about: account, reason: reason, head: head, proceeding)
    }
}
