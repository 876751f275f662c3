import Storage

/// Who is behind a session, read at each request.
public struct Presence: Sendable, Equatable {
    public let principal: Principal
    public let session: Session.ID
    /// Rights rose since the secret was given: perform `RenewSession` and set the new cookie.
    public let isRenewalDue: Bool
    /// More than five minutes since it was noted: `SessionStore.touch` in a write.
    public let isTouchDue: Bool
    /// When the session last showed its account's second factor; nil where the account has none.
    public let factorAt: Instant?
    /// As it stands before this request is noted.
    public let term: SessionTerm
}

/// Makes principals: one statement for the session, the account and the grants in force at that moment.
public enum PrincipalReader {
    public static let touchInterval = Instant.Span.minutes(5)

    /// Nil when the session was closed, is past its limits, or never was. The three look the same.
    ///
    /// `demandsFactor`: a session that showed no second factor holds none of the roles that demand one, and keeps no call (ACC-27).
    public static func presence(
        sessionSecret secret: Secret, demandsFactor: Bool = false, at now: Instant, _ reader: Reader
    ) throws -> Presence? {
        var found: Found?
        var grants: [Grant] = []
        try reader.each(
            """
            SELECT session.id, session.account_id, account.name, session.opened_at, session.last_seen_at,
                session.renewal_due, role_grant.role, role_grant.scope_kind, role_grant.scope_subject,
                session.factor_at
            FROM session
            JOIN account ON account.id = session.account_id
            LEFT JOIN role_grant ON role_grant.account_id = session.account_id
                AND role_grant.revoked_at IS NULL
                AND role_grant.since <= \(now)
                AND (role_grant.until IS NULL OR role_grant.until > \(now))
            WHERE session.secret_hash = \(secret.hash)
                AND account.closed_at IS NULL
            ORDER BY role_grant.id
            """
        ) { row in
            if found == nil {
                found = Found(
                    session: Session.ID(try row.int(0)), account: Account.ID(try row.int(1)), name: try row.text(2),
                    opened: Instant(microseconds: try row.int(3)), seen: Instant(microseconds: try row.int(4)),
                    isRenewalDue: try row.bool(5),
                    factorAt: try row.optionalInt(9).map { Instant(microseconds: $0) })
            }
            if let role = try row.optionalText(6) {
                grants += try grant(role, try row.text(7), try row.int(8))
            }
            return true
        }
        guard let found else { return nil }
        let term = SessionTerm(limits: .of(grants), openedAt: found.opened, lastSeenAt: found.seen)
        guard now < term.end else { return nil }
        let isUnproven = demandsFactor && found.factorAt == nil
        return Presence(
            principal: Principal(account: found.account, name: found.name, grants: grants, isUnproven: isUnproven),
            session: found.session,
            isRenewalDue: found.isRenewalDue,
            isTouchDue: now - found.seen >= touchInterval,
            factorAt: found.factorAt,
            term: term)
    }

    private struct Found {
        let session: Session.ID
        let account: Account.ID
        let name: String
        let opened: Instant
        let seen: Instant
        let isRenewalDue: Bool
        let factorAt: Instant?
    }

    /// The principal of a session, a visitor when there is none.
    public static func principal(sessionSecret secret: Secret?, at now: Instant, _ reader: Reader) throws -> Principal {
        guard let secret else { return .visitor }
        return try presence(sessionSecret: secret, at: now, reader)?.principal ?? .visitor
    }

    /// The principal of an open account, without a session: for acts done on somebody's behalf, demonstrations and
    /// tests.
    public static func principal(_ account: Account.ID, at now: Instant, _ reader: Reader) throws -> Principal? {
        guard let open = try AccountStore.account(account, reader), !open.isClosed else { return nil }
        let grants = try RoleGrantStore.inForce(of: account, at: now, reader)
        return Principal(account: account, name: open.name, grants: grants.map(\.grant))
    }

    /// A role that this program does not know gives no right.
    private static func grant(_ role: String, _ kind: String, _ subject: Int64) throws -> [Grant] {
        guard let role = Role(rawValue: role), let kind = Scope.Kind(rawValue: kind) else { return [] }
        return [Grant(role, on: Scope(kind, subject))]
    }
}
