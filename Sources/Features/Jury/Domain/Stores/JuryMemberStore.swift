import Storage

/// The SQL of `jury_member`: who sits in a jury, and who was invited to.
public enum JuryMemberStore {
    static let seats = InvitedSeats(table: "jury_member", acceptance: "joined_at")

    private static let columns: SQL = """
        id, jury_id, role, body, email, account_id, invited_at, expires_at, joined_at, left_at, left_reason, keeps_notes,
            presence
        """

    /// The principal's own seat now; nil without one.
    public static func own(_ principal: Principal, in jury: Jury.ID, _ reader: Reader) throws -> JuryMember? {
        guard let account = principal.account else { return nil }
        return try reader.one(
            """
            SELECT \(columns)
            FROM jury_member
            WHERE jury_id = \(jury)
                AND \(InvitedSeats.isHeld(by: account))
            """, read)
    }

    /// Everybody who sits, sat or was invited, in the order they were. The one who asks keeps the call or sits.
    public static func members(of jury: Jury.ID, _ reader: Reader) throws -> [JuryMember] {
        try reader.all(
            """
            SELECT \(columns)
            FROM jury_member
            WHERE jury_id = \(jury)
            ORDER BY invited_at, id
            """, read)
    }

    /// Whether an account chairs a jury now.
    public static func chairsAny(_ account: Account.ID, _ reader: Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT 1
            FROM jury_member
            WHERE account_id = \(account)
                AND role = \(JuryMember.Role.chair.rawValue)
                AND left_at IS NULL
            """)
    }

    /// Every seat of an account, held or left: for its archive.
    static func all(of account: Account.ID, _ reader: Reader) throws -> [JuryMember] {
        try reader.all("SELECT \(columns) FROM jury_member WHERE account_id = \(account) ORDER BY id", read)
    }

    static func any(_ id: JuryMember.ID, _ reader: Reader) throws -> JuryMember? {
        try reader.one("SELECT \(columns) FROM jury_member WHERE id = \(id)", read)
    }

    /// The invitation of this secret that may still be accepted.
    public static func open(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> JuryMember? {
        try reader.one(
            """
            SELECT \(columns)
            FROM jury_member
            WHERE \(InvitedSeats.isOpen(secret, at: now))
            """, read)
    }

    static func insert(_ member: JuryMember, secret: Secret, by account: Account.ID?, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_member (id, jury_id, role, body, email, secret_hash, invited_at, invited_by, expires_at,
                left_reason, keeps_notes, presence)
            VALUES (\(member.id), \(member.jury), \(member.role.rawValue), \(member.body), \(member.email),
                \(secret.hash), \(member.invitedAt), \(account), \(member.expiresAt), '', 1, '')
            """)
    }

    /// Answers false when somebody accepted first.
    static func accept(_ id: JuryMember.ID, by account: Account.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try seats.accept(id.number, by: account, at: now, writer)
    }

    static func leave(
        _ id: JuryMember.ID, keepsNotes: Bool, reason: String, at now: Instant, _ writer: Writer
    ) throws -> Bool {
        try writer.run(
            """
            UPDATE jury_member
            SET left_at = \(now),
                left_reason = \(reason),
                keeps_notes = \(keepsNotes),
                secret_hash = NULL
            WHERE id = \(id)
                AND left_at IS NULL
            """) == 1
    }

    static func set(_ presence: JuryMember.Presence, of id: JuryMember.ID, _ writer: Writer) throws {
        try writer.run("UPDATE jury_member SET presence = \(presence.rawValue) WHERE id = \(id)")
    }

    /// Erases an address from the invitations that were sent to it; those that wait end.
    public static func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        try seats.forget(email, at: now, writer)
    }

    private static func read(_ row: Row) throws -> JuryMember {
        JuryMember(
            id: JuryMember.ID(try row.int(0)), jury: Jury.ID(try row.int(1)),
            role: JuryMember.Role(rawValue: try row.text(2)) ?? .juror, body: try row.text(3), email: try row.text(4),
            account: try row.optionalInt(5).map { Account.ID($0) },
            invitedAt: Instant(microseconds: try row.int(6)), expiresAt: Instant(microseconds: try row.int(7)),
            joinedAt: try row.optionalInt(8).map { Instant(microseconds: $0) },
            leftAt: try row.optionalInt(9).map { Instant(microseconds: $0) }, leftReason: try row.text(10),
            keepsNotes: try row.bool(11), presence: JuryMember.Presence(rawValue: try row.text(12)) ?? .unknown)
    }
}
