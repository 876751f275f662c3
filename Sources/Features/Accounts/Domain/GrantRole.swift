import Storage

/// Gives somebody a role on something, from now and possibly until a date (ACC-16, ACC-17, ACC-19).
public struct GrantRole: Act {
    public static let right =
        "Coordination\u{202F}: tout rôle de lieu ou de cercle, et les financeurs. Responsable de lieu\u{202F}: son lieu. Personne "
        + "pour soi-même. La coordination et l’administration technique se confient à deux (`ProposeRole`), ou sur la machine."

    let account: Account.ID
    let grant: Grant
    let until: Instant?
    let reason: String
    let head: LetterHead

    public init(_ grant: Grant, to account: Account.ID, until: Instant? = nil, reason: String = "", head: LetterHead) {
        self.grant = grant
        self.account = account
        self.until = until
        self.reason = reason.trimmingSpaces()
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard AccountRights.mayGrant(proceeding.principal, grant.role, on: grant.scope, to: account) else {
            throw Denied("Vous ne pouvez pas confier ce rôle.")
        }
        guard proceeding.principal.isHouse || !AccountRights.needsTwo(grant.role) else {
            throw Denied("Ce rôle se confie à deux\u{202F}: une personne le demande, une autre le confirme.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> RoleGrant.ID {
        guard let holder = try AccountStore.account(account, proceeding.writer), let email = holder.email else {
            throw Missing()
        }
        var problems = Problems()
        if let problem = RoleReason.problem(reason, for: grant.role, by: proceeding.principal) {
            problems.add("reason", problem)
        }
        if let until, until <= proceeding.now { problems.add("until", "La date de fin est déjà passée.") }
        let held = try RoleGrantStore.inForce(of: account, at: proceeding.now, proceeding.writer)
        if held.contains(where: { $0.grant == grant }) { problems.add("role", "Cette personne a déjà ce rôle.") }
        try problems.throwIfAny()
        let id = try RoleGrantStore.insert(grant, to: account, until: until, reason: reason, proceeding)
        try SessionStore.demandRenewal(of: account, proceeding.writer)
        proceeding.about(account)
        RoleReason.note(grant, proceeding)
        proceeding.send(head.roleGranted(to: email, grant.role, until: until))
        return id
    }
}

/// The written reason that wide roles demand (ACC-17).
enum RoleReason {
    static func problem(_ reason: String, for role: Role, by principal: Principal) -> String? {
        if reason.utf8.count > 2_000 { return "Ce motif est trop long\u{202F}: 2\u{202F}000 caractères au plus." }
        guard AccountRights.demandsReason(role), !principal.isHouse, reason.count < 10 else { return nil }
        return "Écrivez pourquoi, en une phrase\u{202F}: ce rôle ouvre des droits étendus."
    }

    static func note(_ grant: Grant, _ proceeding: Proceeding) {
        proceeding.note("role", grant.role.rawValue)
        proceeding.note("scope", "\(grant.scope.kind.rawValue) \(grant.scope.subject)")
    }
}
