import Storage

/// What the team and the candidate say to each other about a dossier (INST-16).
public struct InstructionMessage: Sendable, Equatable {
    public typealias ID = Identifier<InstructionMessage>

    public enum Side: String, Sendable, CaseIterable {
        case instruction
        case candidate = "candidat"
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let side: Side
    public let author: Account.ID?
    public let text: String
    public let at: Instant
    /// When the other side said it had read it.
    public let readAt: Instant?
}

/// The SQL of `instruction_message`, and of the counts of unread ones in `instruction` through `InstructionStore`.
public enum InstructionMessageStore {
    private static let columns: SQL = "id, candidacy_id, side, author_id, text, at, read_at"

    /// Of a dossier, the oldest first. The one who asks instructs it, or takes part in it.
    public static func messages(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [InstructionMessage] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_message
            WHERE candidacy_id = \(candidacy)
            ORDER BY at, id
            LIMIT 2000
            """, read)
    }

    /// What an account wrote, for that person.
    static func written(by account: Account.ID, _ reader: Reader) throws -> [InstructionMessage] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_message
            WHERE author_id = \(account)
            ORDER BY at, id
            LIMIT 5000
            """, read)
    }

    static func insert(_ message: InstructionMessage, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction_message (id, candidacy_id, side, author_id, text, at)
            VALUES (\(message.id), \(message.candidacy), \(message.side.rawValue), \(message.author), \(message.text),
                \(message.at))
            """)
    }

    /// The messages of one side are read by the other.
    static func markRead(
        of candidacy: Candidacy.ID, from side: InstructionMessage.Side, at now: Instant, _ writer: Writer
    )
        throws
    {
        try writer.run(
            """
            UPDATE instruction_message
            SET read_at = \(now)
            WHERE candidacy_id = \(candidacy)
                AND side = \(side.rawValue)
                AND read_at IS NULL
            """)
    }

    private static func read(_ row: Row) throws -> InstructionMessage {
        InstructionMessage(
            id: InstructionMessage.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            side: InstructionMessage.Side(rawValue: try row.text(2)) ?? .candidate,
            author: try row.optionalInt(3).map { Account.ID($0) }, text: try row.text(4),
            at: Instant(microseconds: try row.int(5)),
            readAt: try row.optionalInt(6).map { Instant(microseconds: $0) })
    }
}
