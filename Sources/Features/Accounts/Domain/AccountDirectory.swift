import Storage

/// The accounts of the network with their roles, for those who appoint. Two statements whatever the count.
public struct AccountDirectory: Sendable {
    public struct Entry: Sendable, Equatable {
        public let account: Account
        public let grants: [RoleGrant]

        public init(account: Account, grants: [RoleGrant]) {
            self.account = account
            self.grants = grants
        }
    }

    public let entries: [Entry]
    /// How many accounts answer the search, beyond those listed.
    public let total: Int

    public init(entries: [Entry], total: Int) {
        self.entries = entries
        self.total = total
    }

    /// Open accounts whose name or address contains `search`, by name. Throws `Denied` to those who may not see them.
    public static func list(
        as principal: Principal, search: String = "", limit: Int = 50, offset: Int = 0, at now: Instant,
        _ reader: Reader
    ) throws -> AccountDirectory {
        guard AccountRights.maySeeAccounts(principal) else { throw Denied() }
        let matches: SQL
        if search.isEmpty {
            matches = "closed_at IS NULL"
        } else {
            let pattern = "%" + escaped(String(search.prefix(200)).lowercased()) + "%"
            matches = """
                closed_at IS NULL
                    AND (email LIKE \(pattern) ESCAPE '\\' OR LOWER(name) LIKE \(pattern) ESCAPE '\\')
                """
        }
        let total = try reader.count("SELECT COUNT(*) FROM account WHERE \(matches)")
        let accounts = try AccountStore.all(matches, limit: min(max(limit, 1), 500), offset: max(offset, 0), reader)
        let grants = try RoleGrantStore.inForce(of: accounts.map(\.id), at: now, reader)
        let byAccount = [Account.ID: [RoleGrant]](grouping: grants, by: \.account)
        return AccountDirectory(
            entries: accounts.map { Entry(account: $0, grants: byAccount[$0.id] ?? []) }, total: total)
    }

    /// One open account with its roles. Throws `Denied` to those who may not see accounts, `Missing` when there is
    /// none.
    public static func entry(_ id: Account.ID, as principal: Principal, at now: Instant, _ reader: Reader) throws
        -> Entry
    {
        guard AccountRights.maySeeAccounts(principal) else { throw Denied() }
        guard let account = try AccountStore.account(id, reader), !account.isClosed else { throw Missing() }
        return Entry(account: account, grants: try RoleGrantStore.inForce(of: id, at: now, reader))
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if "%_\\".contains(character) { result.append("\\") }
            result.append(character)
        }
    }
}

/// Those who keep a place's sheet and those invited to, for who answers for it.
public struct PlaceTeam: Sendable {
    public let members: [AccountDirectory.Entry]
    public let invitations: [Invitation]

    public static func of(_ place: Scope, as principal: Principal, at now: Instant, _ reader: Reader) throws
        -> PlaceTeam
    {
        guard AccountRights.mayManageTeam(principal, of: place) else { throw Denied() }
        let ids = try [Role.placeManager, .placeEditor].flatMap {
            try RoleGrantStore.holders(of: $0, on: place, at: now, reader)
        }
        let grants = try RoleGrantStore.inForce(of: Array(Set(ids)), at: now, reader).filter { $0.grant.scope == place }
        let byAccount = [Account.ID: [RoleGrant]](grouping: grants, by: \.account)
        let accounts = try AccountStore.accounts(byAccount.keys.sorted(), reader)
        return PlaceTeam(
            members: accounts.map { AccountDirectory.Entry(account: $0, grants: byAccount[$0.id] ?? []) },
            invitations: try InvitationStore.open(on: place, at: now, reader))
    }
}
