import Storage

/// « Bris de glace »: an operator takes a role of the network alone, for four hours at most, with a written reason. Everybody who runs the
/// network is told at once, the home page says it for as long as it lasts, and it ends by itself (ACC-30).
public struct TakeEmergencyRole: Act {
    public static let right =
        "Administration technique, pour quatre heures au plus, avec un motif\u{202F}; annoncé à tous."

    let role: Role
    let hours: Int
    let reason: String
    let head: LetterHead

    /// The roles that may be taken so.
    public static let roles: [Role] = [.coordinator, .funder]
    public static let longest = 4

    public init(_ role: Role, hours: Int, reason: String, head: LetterHead) {
        self.role = role
        self.hours = hours
        self.reason = reason.trimmingSpaces()
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.account != nil, proceeding.principal.isOperator else {
            throw Denied("Cela revient à l’administration technique.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> RoleGrant.ID {
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let account = proceeding.principal.account else { throw Denied() }
        var problems = Problems()
        if !Self.roles.contains(role) { problems.add("role", "Choisissez un rôle dans la liste.") }
        if !(1...Self.longest).contains(hours) { problems.add("heures", "De une à quatre heures.") }
        if let problem = RoleReason.problem(reason, for: .operator, by: proceeding.principal) {
            problems.add("motif", problem)
        }
        let grant = Grant(role, on: .network)
        let held = try RoleGrantStore.inForce(of: account, at: now, writer)
        if held.contains(where: { $0.grant == grant }) { problems.add("role", "Vous avez déjà ce rôle.") }
        try problems.throwIfAny()
        let until = now + .hours(Int64(hours))
        let id = try RoleGrantStore.insert(
            grant, to: account, until: until, reason: reason, isEmergency: true, proceeding)
        try SessionStore.demandRenewal(of: account, writer)
        proceeding.about(account)
        RoleReason.note(grant, proceeding)
        proceeding.note("emergency", "\(hours) h")
        let told = try [Role.operator, .coordinator].flatMap {
            try RoleGrantStore.holders(of: $0, on: .network, at: now, writer)
        }
        for one in try AccountStore.accounts(Set(told).sorted(), writer) {
            guard let email = one.email else { continue }
            proceeding.send(
                head.emergencyRoleTaken(
                    to: email, role, by: proceeding.principal.name, until: until, reason: reason))
        }
        return id
    }
}
