import Storage

/// The SQL of `candidacy_member`: who takes part in a candidacy, and who was invited to.
public enum CandidacyMemberStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_member WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    static let seats = InvitedSeats(table: "candidacy_member", acceptance: "accepted_at")

    private static let columns: SQL = """
        id, candidacy_id, role, sections, partner_id, email, account_id, invited_at, expires_at, accepted_at, left_at,
            commits
        """

    /// The principal's own part now; nil without one.
    public static func own(_ principal: Principal, of candidacy: Candidacy.ID, _ reader: Reader) throws
        -> CandidacyMember?
    {
        guard let account = principal.account else { return nil }
        return try reader.one(
            """
            SELECT \(columns)
            FROM candidacy_member
            WHERE candidacy_id = \(candidacy)
                AND \(InvitedSeats.isHeld(by: account))
            """, read)
    }

    /// The principal's own parts now in several candidacies.
    static func own(_ principal: Principal, of candidacies: [Candidacy.ID], _ reader: Reader) throws
        -> [CandidacyMember]
    {
        guard let account = principal.account, !candidacies.isEmpty else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM candidacy_member
            WHERE candidacy_id IN \(list: candidacies.map(\.number))
                AND \(InvitedSeats.isHeld(by: account))
            ORDER BY id
            """, read)
    }

    /// Those present and those invited, in the order they were. The one who asks takes part in the candidacy.
    public static func members(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [CandidacyMember] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy_member
            WHERE candidacy_id = \(candidacy)
                AND left_at IS NULL
            ORDER BY invited_at, id
            """, read)
    }

    static func any(_ id: CandidacyMember.ID, _ reader: Reader) throws -> CandidacyMember? {
        try reader.one("SELECT \(columns) FROM candidacy_member WHERE id = \(id)", read)
    }

    /// The invitation of this secret that may still be accepted. The secret came by mail: who holds it may read what it offers.
    public static func open(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> CandidacyMember? {
        try reader.one(
            """
            SELECT \(columns)
            FROM candidacy_member
            WHERE \(InvitedSeats.isOpen(secret, at: now))
            """, read)
    }

    static func insert(_ member: CandidacyMember, secret: Secret, by account: Account.ID?, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_member (id, candidacy_id, role, sections, partner_id, email, secret_hash, invited_at,
                invited_by, expires_at, commits)
            VALUES (\(member.id), \(member.candidacy), \(member.role.rawValue), \(member.sections.joined(separator: " ")),
                \(member.partner), \(member.email), \(secret.hash), \(member.invitedAt), \(account), \(member.expiresAt),
                \(member.commits))
            """)
    }

    /// Answers false when somebody accepted first.
    static func accept(_ id: CandidacyMember.ID, by account: Account.ID, at now: Instant, _ writer: Writer) throws
        -> Bool
    {
        try seats.accept(id.number, by: account, at: now, writer)
    }

    @discardableResult
    static func leave(_ id: CandidacyMember.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE candidacy_member
            SET left_at = \(now),
                secret_hash = NULL
            WHERE id = \(id)
                AND left_at IS NULL
            """) == 1
    }

    /// Erases an address from the invitations that were sent to it; those that wait end.
    public static func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        try seats.forget(email, at: now, writer)
    }

    private static func read(_ row: Row) throws -> CandidacyMember {
        CandidacyMember(
            id: CandidacyMember.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            role: CandidacyMember.Role(rawValue: try row.text(2)) ?? .reader,
            sections: try row.text(3).split(separator: " ").map(String.init),
            partner: try row.optionalInt(4).map { CandidacyPartner.ID($0) }, commits: try row.bool(11),
            email: try row.text(5),
            account: try row.optionalInt(6).map { Account.ID($0) },
            invitedAt: Instant(microseconds: try row.int(7)), expiresAt: Instant(microseconds: try row.int(8)),
            acceptedAt: try row.optionalInt(9).map { Instant(microseconds: $0) },
            leftAt: try row.optionalInt(10).map { Instant(microseconds: $0) })
    }
}
