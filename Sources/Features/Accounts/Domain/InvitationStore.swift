import Storage

/// The statements on the table `invitation`.
public enum InvitationStore {
    private static let columns: SQL =
        "id, email, role, place, place_name, invited_by, created_at, expires_at"

    private static func read(_ row: Row) throws -> Invitation {
        Invitation(
            id: Invitation.ID(try row.int(0)),
            email: EmailAddress(stored: try row.text(1)),
            role: Role(rawValue: try row.text(2)) ?? .placeEditor,
            scope: Scope(.place, try row.int(3)),
            placeName: try row.text(4),
            invitedBy: try row.optionalInt(5).map { Account.ID($0) },
            createdAt: Instant(microseconds: try row.int(6)),
            expiresAt: Instant(microseconds: try row.int(7)))
    }

    private static func isOpen(at now: Instant) -> SQL {
        "accepted_at IS NULL AND revoked_at IS NULL AND expires_at > \(now)"
    }

    /// The open invitation of this secret.
    public static func open(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> Invitation? {
        try reader.one(
            "SELECT \(columns) FROM invitation WHERE secret_hash = \(secret.hash) AND \(isOpen(at: now))", read)
    }

    static func open(_ id: Invitation.ID, at now: Instant, _ reader: Reader) throws -> Invitation? {
        try reader.one("SELECT \(columns) FROM invitation WHERE id = \(id) AND \(isOpen(at: now))", read)
    }

    static func open(on place: Scope, at now: Instant, _ reader: Reader) throws -> [Invitation] {
        try reader.all(
            """
            SELECT \(columns)
            FROM invitation
            WHERE place = \(place.subject)
                AND \(isOpen(at: now))
            ORDER BY id
            """, read)
    }

    static func ofAddress(_ email: EmailAddress, _ reader: Reader) throws -> [Invitation] {
        try reader.all("SELECT \(columns) FROM invitation WHERE email = \(email) ORDER BY id", read)
    }

    static func insert(_ invitation: Invitation, secret: Secret, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO invitation (id, secret_hash, email, role, place, place_name, invited_by, created_at, expires_at)
            VALUES (\(invitation.id), \(secret.hash), \(invitation.email), \(invitation.role.rawValue),
                \(invitation.scope.subject), \(invitation.placeName), \(invitation.invitedBy), \(invitation.createdAt),
                \(invitation.expiresAt))
            """)
    }

    static func revoke(_ id: Invitation.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE invitation SET revoked_at = \(now) WHERE id = \(id)")
    }

    /// Revokes the open invitations of an address on a place.
    static func revoke(_ email: EmailAddress, on place: Scope, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE invitation
            SET revoked_at = \(now)
            WHERE email = \(email)
                AND place = \(place.subject)
                AND accepted_at IS NULL
                AND revoked_at IS NULL
            """)
    }

    /// Spends the invitation. Answers false when somebody else just did.
    static func accept(_ id: Invitation.ID, by account: Account.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE invitation
            SET accepted_at = \(now),
                accepted_by = \(account)
            WHERE id = \(id)
                AND accepted_at IS NULL
                AND revoked_at IS NULL
            """) == 1
    }

    static func forget(_ email: EmailAddress, _ writer: Writer) throws {
        try writer.run("DELETE FROM invitation WHERE email = \(email)")
    }

    /// An invitation that led nowhere is erased after three months: it holds an address.
    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run("DELETE FROM invitation WHERE expires_at < \(now - .days(90))")
    }
}
