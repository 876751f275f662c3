import Storage

/// The statements on the table `role_grant`.
public enum RoleGrantStore {
    private static let columns: SQL = """
        role_grant.id, role_grant.account_id, role_grant.role, role_grant.scope_kind, role_grant.scope_subject,
            role_grant.since, role_grant.until, role_grant.granted_by, role_grant.reason, role_grant.revoked_at,
            role_grant.is_emergency
        """

    static func read(_ row: Row) throws -> RoleGrant? {
        // A role of a later version of the program is nobody's.
        guard let role = Role(rawValue: try row.text(2)), let kind = Scope.Kind(rawValue: try row.text(3)) else {
            return nil
        }
        return RoleGrant(
            id: RoleGrant.ID(try row.int(0)),
            account: Account.ID(try row.int(1)),
            grant: Grant(role, on: Scope(kind, try row.int(4))),
            since: Instant(microseconds: try row.int(5)),
            until: try row.optionalInt(6).map { Instant(microseconds: $0) },
            grantedBy: try row.optionalInt(7).map { Account.ID($0) },
            reason: try row.text(8),
            revokedAt: try row.optionalInt(9).map { Instant(microseconds: $0) },
            isEmergency: try row.bool(10))
    }

    static func isInForce(at now: Instant) -> SQL {
        """
        role_grant.revoked_at IS NULL
            AND role_grant.since <= \(now)
            AND (role_grant.until IS NULL OR role_grant.until > \(now))
        """
    }

    static func grant(_ id: RoleGrant.ID, _ reader: Reader) throws -> RoleGrant? {
        try reader.one("SELECT \(columns) FROM role_grant WHERE role_grant.id = \(id)", read) ?? nil
    }

    /// What an account holds at this moment.
    static func inForce(of account: Account.ID, at now: Instant, _ reader: Reader) throws -> [RoleGrant] {
        try reader.all(
            """
            SELECT \(columns)
            FROM role_grant
            WHERE role_grant.account_id = \(account)
                AND \(isInForce(at: now))
            ORDER BY role_grant.id
            """, read
        ).compactMap { $0 }
    }

    /// What several accounts hold at this moment: one statement.
    static func inForce(of accounts: [Account.ID], at now: Instant, _ reader: Reader) throws -> [RoleGrant] {
        try reader.all(
            """
            SELECT \(columns)
            FROM role_grant
            WHERE role_grant.account_id IN \(list: accounts.map(\.number))
                AND \(isInForce(at: now))
            ORDER BY role_grant.id
            """, read
        ).compactMap { $0 }
    }

    /// Everything an account ever held, for its owner.
    static func history(of account: Account.ID, _ reader: Reader) throws -> [RoleGrant] {
        try reader.all(
            "SELECT \(columns) FROM role_grant WHERE role_grant.account_id = \(account) ORDER BY role_grant.id", read
        ).compactMap { $0 }
    }

    /// The open accounts that hold a role on a scope at this moment.
    static func holders(of role: Role, on scope: Scope, at now: Instant, _ reader: Reader) throws -> [Account.ID] {
        try reader.all(
            """
            SELECT DISTINCT role_grant.account_id
            FROM role_grant
            WHERE role_grant.scope_kind = \(scope.kind.rawValue)
                AND role_grant.scope_subject = \(scope.subject)
                AND role_grant.role = \(role.rawValue)
                AND \(isInForce(at: now))
            ORDER BY role_grant.account_id
            """
        ) { Account.ID(try $0.int(0)) }
    }

    /// How many times a role was given, whatever became of it.
    static func count(of role: Role, on scope: Scope, _ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT COUNT(*)
            FROM role_grant
            WHERE scope_kind = \(scope.kind.rawValue)
                AND scope_subject = \(scope.subject)
                AND role = \(role.rawValue)
            """)
    }

    /// Which of some places or circles somebody holds a role on at this moment: one statement.
    static func held(
        _ role: Role, of kind: Scope.Kind, among subjects: [Int64], at now: Instant, _ reader: Reader
    ) throws -> Set<Int64> {
        if subjects.isEmpty { return [] }
        return Set(
            try reader.all(
                """
                SELECT DISTINCT role_grant.scope_subject
                FROM role_grant
                WHERE role_grant.scope_kind = \(kind.rawValue)
                    AND role_grant.scope_subject IN \(list: subjects)
                    AND role_grant.role = \(role.rawValue)
                    AND \(isInForce(at: now))
                """
            ) { try $0.int(0) })
    }

    static func insert(
        _ grant: Grant, to account: Account.ID, until: Instant?, reason: String, isEmergency: Bool = false,
        _ proceeding: Proceeding
    ) throws -> RoleGrant.ID {
        let id: RoleGrant.ID = proceeding.newIdentifier()
        let now = proceeding.now
        // A grant past its end no longer counts, but would still take the place of the new one.
        try proceeding.writer.run(
            """
            UPDATE role_grant
            SET revoked_at = until,
                revoke_reason = ''
            WHERE account_id = \(account)
                AND role = \(grant.role.rawValue)
                AND scope_kind = \(grant.scope.kind.rawValue)
                AND scope_subject = \(grant.scope.subject)
                AND revoked_at IS NULL
                AND until <= \(now)
            """)
        try proceeding.writer.run(
            """
            INSERT INTO role_grant (id, account_id, role, scope_kind, scope_subject, since, until, granted_by, reason,
                is_emergency)
            VALUES (\(id), \(account), \(grant.role.rawValue), \(grant.scope.kind.rawValue), \(grant.scope.subject),
                \(now), \(until), \(proceeding.principal.account), \(reason), \(isEmergency ? 1 : 0))
            """)
        return id
    }

    /// The roles that an operator took alone and that hold at this moment, the latest first.
    public static func emergencies(at now: Instant, _ reader: Reader) throws -> [RoleGrant] {
        try reader.all(
            """
            SELECT \(columns)
            FROM role_grant
            WHERE role_grant.is_emergency = 1
                AND role_grant.until > \(now)
                AND \(isInForce(at: now))
            ORDER BY role_grant.id DESC
            """, read
        ).compactMap { $0 }
    }

    /// The roles in force whose end comes before an instant and was not spoken of yet, those taken in an emergency left out.
    static func ending(before limit: Instant, at now: Instant, limit count: Int, _ reader: Reader) throws -> [RoleGrant]
    {
        try reader.all(
            """
            SELECT \(columns)
            FROM role_grant
            WHERE role_grant.until <= \(limit)
                AND role_grant.is_emergency = 0
                AND role_grant.end_told_at IS NULL
                AND \(isInForce(at: now))
            ORDER BY role_grant.until, role_grant.id
            LIMIT \(count)
            """, read
        ).compactMap { $0 }
    }

    static func markEndTold(_ ids: [RoleGrant.ID], at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE role_grant SET end_told_at = \(now) WHERE id IN \(list: ids.map(\.number))")
    }

    static func revoke(_ id: RoleGrant.ID, by account: Account.ID?, reason: String, at now: Instant, _ writer: Writer)
        throws
    {
        try writer.run(
            """
            UPDATE role_grant
            SET revoked_at = \(now),
                revoked_by = \(account),
                revoke_reason = \(reason)
            WHERE id = \(id)
                AND revoked_at IS NULL
            """)
    }

    static func revokeAll(of account: Account.ID, reason: String, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE role_grant
            SET revoked_at = \(now),
                revoked_by = \(account),
                revoke_reason = \(reason)
            WHERE account_id = \(account)
                AND revoked_at IS NULL
            """)
    }
}
