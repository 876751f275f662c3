import Storage

/// A promise of a place in the team of a call, sent to an address.
public struct CallInvitation: Sendable, Equatable {
    public typealias ID = Identifier<CallInvitation>

    public static let lifetime = Instant.Span.days(14)

    public let id: ID
    public let call: Call.ID
    public let email: String
    public let invitedAt: Instant
    /// Nil when the program invited.
    public let invitedBy: Account.ID?
    public let expiresAt: Instant
}

/// The SQL of `call_invitation`.
public enum CallInvitationStore {
    private static let columns: SQL = "id, call_id, email, invited_at, invited_by, expires_at"

    /// Those of a call that may still be accepted, the oldest first. The one who asks keeps the call.
    public static func waiting(for call: Call.ID, at now: Instant, _ reader: Reader) throws -> [CallInvitation] {
        try reader.all(
            """
            SELECT \(columns)
            FROM call_invitation
            WHERE call_id = \(call)
                AND ended_at IS NULL
                AND expires_at > \(now)
            ORDER BY invited_at, id
            LIMIT 1000
            """, read)
    }

    /// The invitation of this secret that may still be accepted. The secret came by mail: who holds it may read what it offers.
    public static func open(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> CallInvitation? {
        try reader.one(
            """
            SELECT \(columns)
            FROM call_invitation
            WHERE secret_hash = \(secret.hash)
                AND ended_at IS NULL
                AND expires_at > \(now)
            """, read)
    }

    /// Those sent to an address, for its owner.
    static func sent(to email: EmailAddress, _ reader: Reader) throws -> [CallInvitation] {
        try reader.all("SELECT \(columns) FROM call_invitation WHERE email = \(email) ORDER BY id", read)
    }

    static func insert(_ invitation: CallInvitation, secret: Secret, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_invitation (id, call_id, email, secret_hash, invited_at, invited_by, expires_at)
            VALUES (\(invitation.id), \(invitation.call), \(invitation.email), \(secret.hash),
                \(invitation.invitedAt), \(invitation.invitedBy), \(invitation.expiresAt))
            """)
    }

    /// Accepted, taken back or replaced: answers false when it was already.
    static func end(_ id: CallInvitation.ID, of call: Call.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE call_invitation
            SET ended_at = \(now),
                secret_hash = NULL
            WHERE id = \(id)
                AND call_id = \(call)
                AND ended_at IS NULL
            """) == 1
    }

    static func end(of email: EmailAddress, to call: Call.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE call_invitation
            SET ended_at = \(now),
                secret_hash = NULL
            WHERE call_id = \(call)
                AND email = \(email)
                AND ended_at IS NULL
            """)
    }

    /// Erases an address from the invitations that were sent to it; those that wait end.
    public static func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE call_invitation
            SET email = '',
                secret_hash = NULL,
                ended_at = COALESCE(ended_at, \(now))
            WHERE email = \(email)
            """)
    }

    private static func isOld(_ instant: Instant) -> SQL { "invited_at < \(instant) AND email <> ''" }

    /// How many invitations older than an instant still hold an address; and erases it from some of them (PRIV-2).
    static func oldCount(before instant: Instant, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM call_invitation WHERE \(isOld(instant))")
    }

    static func unnameOld(before instant: Instant, at now: Instant, limit: Int, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            UPDATE call_invitation
            SET email = '',
                secret_hash = NULL,
                ended_at = COALESCE(ended_at, \(now))
            WHERE id IN (SELECT id FROM call_invitation WHERE \(isOld(instant)) ORDER BY id LIMIT \(limit))
            """)
    }

    private static func read(_ row: Row) throws -> CallInvitation {
        CallInvitation(
            id: CallInvitation.ID(try row.int(0)), call: Call.ID(try row.int(1)), email: try row.text(2),
            invitedAt: Instant(microseconds: try row.int(3)), invitedBy: try row.optionalInt(4).map { Account.ID($0) },
            expiresAt: Instant(microseconds: try row.int(5)))
    }
}
