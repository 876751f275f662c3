import Storage

/// The SQL of `instruction_opinion`.
public enum OpinionStore {
    private static let columns: SQL = """
        id, candidacy_id, kind, state, email, account_id, question, asked_at, asked_by, closes_at, reminded_at, position,
            answer, answered_at, closed_at, reason
        """

    /// Of a dossier, the oldest first. The one who asks instructs it.
    static func opinions(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [Opinion] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_opinion
            WHERE candidacy_id = \(candidacy)
            ORDER BY asked_at, id
            """, read)
    }

    static func opinion(_ id: Opinion.ID, _ reader: Reader) throws -> Opinion? {
        try reader.one("SELECT \(columns) FROM instruction_opinion WHERE id = \(id)", read)
    }

    /// Those asked of an address and still open, the nearest limit first.
    static func open(of email: EmailAddress, at now: Instant, _ reader: Reader) throws -> [Opinion] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_opinion
            WHERE email = \(email)
                AND state = 'demande'
                AND closes_at > \(now)
            ORDER BY closes_at, id
            LIMIT 200
            """, read)
    }

    /// What an account answered, for that person.
    static func given(by account: Account.ID, _ reader: Reader) throws -> [Opinion] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_opinion
            WHERE account_id = \(account)
                AND state = 'rendu'
            ORDER BY answered_at, id
            LIMIT 2000
            """, read)
    }

    /// Those still open whose limit is before an instant, and that were not reminded of it when `isReminder`.
    static func open(closingBefore end: Instant, isReminder: Bool, limit: Int, _ reader: Reader) throws -> [Opinion] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_opinion
            WHERE state = 'demande'
                AND closes_at <= \(end)
                AND \(isReminder ? "reminded_at IS NULL" as SQL : "1 = 1")
            ORDER BY closes_at, id
            LIMIT \(limit)
            """, read)
    }

    static func insert(_ opinion: Opinion, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction_opinion (id, candidacy_id, kind, state, email, question, asked_at, asked_by,
                closes_at, position, answer, reason)
            VALUES (\(opinion.id), \(opinion.candidacy), \(opinion.kind.rawValue), \(opinion.state.rawValue),
                \(opinion.email), \(opinion.question), \(opinion.askedAt), \(opinion.askedBy), \(opinion.closesAt), '',
                '', '')
            """)
    }

    static func update(_ opinion: Opinion, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE instruction_opinion
            SET state = \(opinion.state.rawValue),
                account_id = \(opinion.account),
                reminded_at = \(opinion.remindedAt),
                position = \(opinion.position?.rawValue ?? ""),
                answer = \(opinion.answer),
                answered_at = \(opinion.answeredAt),
                closed_at = \(opinion.closedAt),
                reason = \(opinion.reason)
            WHERE id = \(opinion.id)
            """)
    }

    /// The address of a closed account leaves what was asked of it.
    static func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE instruction_opinion SET email = '' WHERE email = \(email)")
    }

    private static func isOld(_ instant: Instant) -> SQL {
        "closes_at < \(instant) AND account_id IS NULL AND email <> ''"
    }

    /// How many opinions that nobody took, closed before an instant, still hold an address; and erases it from some (PRIV-2).
    static func oldCount(before instant: Instant, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM instruction_opinion WHERE \(isOld(instant))")
    }

    static func unnameOld(before instant: Instant, limit: Int, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            UPDATE instruction_opinion
            SET email = ''
            WHERE id IN (SELECT id FROM instruction_opinion WHERE \(isOld(instant)) ORDER BY id LIMIT \(limit))
            """)
    }

    private static func read(_ row: Row) throws -> Opinion {
        Opinion(
            id: Opinion.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            kind: Opinion.Kind(rawValue: try row.text(2)) ?? .expert,
            state: Opinion.State(rawValue: try row.text(3)) ?? .withdrawn, email: try row.text(4),
            account: try row.optionalInt(5).map { Account.ID($0) }, question: try row.text(6),
            askedAt: Instant(microseconds: try row.int(7)), askedBy: try row.optionalInt(8).map { Account.ID($0) },
            closesAt: Instant(microseconds: try row.int(9)),
            remindedAt: try row.optionalInt(10).map { Instant(microseconds: $0) },
            position: Opinion.Position(rawValue: try row.text(11)), answer: try row.text(12),
            answeredAt: try row.optionalInt(13).map { Instant(microseconds: $0) },
            closedAt: try row.optionalInt(14).map { Instant(microseconds: $0) }, reason: try row.text(15))
    }
}
