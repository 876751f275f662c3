import Storage

/// Tells those whose role ends within a week, and who gave it, once (ACC-31).
public struct TellRoleEnds: Act {
    public static let right = "Le programme lui-même, chaque heure."

    /// How long before its end a role is spoken of.
    static let notice = Instant.Span.days(7)

    let head: LetterHead

    public init(head: LetterHead) {
        self.head = head
    }

    /// Whether there is anything to tell, so that a quiet hour writes nothing.
    public static func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        try !RoleGrantStore.ending(before: now + notice, at: now, limit: 1, reader).isEmpty
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> Int {
        let (now, writer) = (proceeding.now, proceeding.writer)
        let ending = try RoleGrantStore.ending(before: now + Self.notice, at: now, limit: 200, writer)
        let people = try AccountStore.accounts(
            Set(ending.map(\.account) + ending.compactMap(\.grantedBy)).sorted(), writer)
        let accounts = Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
        for grant in ending {
            guard let until = grant.until else { continue }
            if let email = accounts[grant.account]?.email {
                proceeding.send(head.roleEnds(to: email, grant.grant.role, until: until))
            }
            if let giver = grant.grantedBy, giver != grant.account, let email = accounts[giver]?.email {
                proceeding.send(
                    head.roleEnds(
                        to: email, grant.grant.role, until: until, of: accounts[grant.account]?.name ?? ""))
            }
        }
        try RoleGrantStore.markEndTold(ending.map(\.id), at: now, writer)
        proceeding.note("grants", String(ending.count))
        return ending.count
    }
}
