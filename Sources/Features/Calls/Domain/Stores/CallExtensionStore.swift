import Storage

/// A later deadline for everybody: proposed by one person, in force once another confirms it (CALL-10).
public struct CallExtension: Sendable, Equatable {
    public typealias ID = Identifier<CallExtension>

    public let id: ID
    public let call: Call.ID
    public let wave: CallWave.ID
    public let formerClosesAt: Instant
    public let closesAt: Instant
    public let words: String
    public let reason: String
    /// A technical incident of the platform: the only reason to move a deadline that has passed.
    public let isIncident: Bool
    public let proposedBy: Principal.ID
    public let proposedAt: Instant
    public let confirmedAt: Instant?
}

/// The SQL of `call_extension`.
public enum CallExtensionStore {
    private static let columns: SQL = """
        id, call_id, wave_id, former_closes_at, closes_at, words, reason, is_incident, proposed_by, proposed_at, confirmed_at
        """

    /// Those that wait for a second person, the oldest first.
    public static func waiting(on call: Call.ID, _ reader: Reader) throws -> [CallExtension] {
        try reader.all(
            """
            SELECT \(columns)
            FROM call_extension
            WHERE call_id = \(call)
                AND confirmed_at IS NULL
                AND withdrawn_at IS NULL
            ORDER BY proposed_at, id
            """, read)
    }

    static func any(_ id: CallExtension.ID, _ reader: Reader) throws -> CallExtension? {
        try reader.one(
            "SELECT \(columns) FROM call_extension WHERE id = \(id) AND withdrawn_at IS NULL", read)
    }

    static func insert(_ proposal: CallExtension, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_extension (id, call_id, wave_id, former_closes_at, closes_at, words, reason, is_incident,
                proposed_by, proposed_at)
            VALUES (\(proposal.id), \(proposal.call), \(proposal.wave), \(proposal.formerClosesAt), \(proposal.closesAt),
                \(proposal.words), \(proposal.reason), \(proposal.isIncident), \(proposal.proposedBy),
                \(proposal.proposedAt))
            """)
    }

    static func confirm(_ id: CallExtension.ID, by account: Principal.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE call_extension
            SET confirmed_by = \(account),
                confirmed_at = \(now)
            WHERE id = \(id)
                AND confirmed_at IS NULL
                AND withdrawn_at IS NULL
            """)
    }

    static func withdraw(_ id: CallExtension.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            "UPDATE call_extension SET withdrawn_at = \(now) WHERE id = \(id) AND confirmed_at IS NULL")
    }

    private static func read(_ row: Row) throws -> CallExtension {
        CallExtension(
            id: CallExtension.ID(try row.int(0)), call: Call.ID(try row.int(1)), wave: CallWave.ID(try row.int(2)),
            formerClosesAt: Instant(microseconds: try row.int(3)), closesAt: Instant(microseconds: try row.int(4)),
            words: try row.text(5), reason: try row.text(6), isIncident: try row.bool(7),
            proposedBy: Principal.ID(try row.int(8)), proposedAt: Instant(microseconds: try row.int(9)),
            confirmedAt: try row.optionalInt(10).map { Instant(microseconds: $0) })
    }
}
