import Storage

/// A candidate contests a decision: a gracious appeal, with its grounds, its answer, and what it changed.
public struct Appeal: Sendable, Equatable {
    public typealias ID = Identifier<Appeal>

    public enum State: String, Sendable, CaseIterable {
        case lodged = "depose"
        case granted = "accueilli"
        case rejected = "rejete"

        public var label: String {
            switch self {
            case .lodged: "En cours d’examen"
            case .granted: "Accueilli"
            case .rejected: "Rejeté"
            }
        }
    }

    public let id: ID
    public let decision: Decision.ID
    public let candidacy: Candidacy.ID
    public let call: Call.ID
    public let channel: Receipt.Channel
    public let lodgedAt: Instant
    public let lodgedBy: Account.ID?
    public let grounds: String
    public var state: State
    public var answer: String
    public var answeredAt: Instant?
    public var answeredBy: Account.ID?
    public var newDecision: Decision.ID?
}

/// The SQL of `decision_appeal`.
public enum AppealStore {
    private static let columns: SQL = """
        decision_appeal.id, decision_appeal.decision_id, decision_appeal.candidacy_id, decision_appeal.call_id,
            decision_appeal.channel, decision_appeal.lodged_at, decision_appeal.lodged_by, decision_appeal.grounds,
            decision_appeal.state, decision_appeal.answer, decision_appeal.answered_at, decision_appeal.answered_by,
            decision_appeal.new_decision_id
        """

    /// Those of a candidacy that the principal leads or takes part in.
    public static func own(_ principal: Principal, _ candidacy: Candidacy.ID, _ reader: Reader) throws -> [Appeal] {
        guard try CandidacyStore.own(principal, candidacy, reader) != nil else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM decision_appeal
            WHERE decision_appeal.candidacy_id = \(candidacy)
            ORDER BY decision_appeal.lodged_at DESC, decision_appeal.id DESC
            """, read)
    }

    /// Those of these candidacies, whose lead asks.
    static func of(_ candidacies: [Candidacy.ID], _ reader: Reader) throws -> [Appeal] {
        try reader.all(
            """
            SELECT \(columns)
            FROM decision_appeal
            WHERE decision_appeal.candidacy_id IN \(list: candidacies.map(\.number))
            ORDER BY decision_appeal.lodged_at, decision_appeal.id
            """, read)
    }

    /// Those of a call, the latest first. The one who asks keeps it.
    static func appeals(of call: Call.ID, _ reader: Reader) throws -> [Appeal] {
        try reader.all(
            """
            SELECT \(columns)
            FROM decision_appeal
            WHERE decision_appeal.call_id = \(call)
            ORDER BY decision_appeal.lodged_at DESC, decision_appeal.id DESC
            LIMIT 5000
            """, read)
    }

    static func any(_ id: Appeal.ID, _ reader: Reader) throws -> Appeal? {
        try reader.one("SELECT \(columns) FROM decision_appeal WHERE decision_appeal.id = \(id)", read)
    }

    /// False when the decision is contested already.
    static func insert(_ appeal: Appeal, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            INSERT INTO decision_appeal (id, decision_id, candidacy_id, call_id, channel, lodged_at, lodged_by, grounds,
                state, answer)
            VALUES (\(appeal.id), \(appeal.decision), \(appeal.candidacy), \(appeal.call), \(appeal.channel.rawValue),
                \(appeal.lodgedAt), \(appeal.lodgedBy), \(appeal.grounds), \(appeal.state.rawValue), '')
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// False when it was answered already.
    static func answer(_ appeal: Appeal, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE decision_appeal
            SET state = \(appeal.state.rawValue),
                answer = \(appeal.answer),
                answered_at = \(appeal.answeredAt),
                answered_by = \(appeal.answeredBy),
                new_decision_id = \(appeal.newDecision)
            WHERE id = \(appeal.id)
                AND state = 'depose'
            """) == 1
    }

    private static func read(_ row: Row) throws -> Appeal {
        Appeal(
            id: Appeal.ID(try row.int(0)), decision: Decision.ID(try row.int(1)),
            candidacy: Candidacy.ID(try row.int(2)),
            call: Call.ID(try row.int(3)), channel: Receipt.Channel(rawValue: try row.text(4)) ?? .post,
            lodgedAt: Instant(microseconds: try row.int(5)), lodgedBy: try row.optionalInt(6).map { Account.ID($0) },
            grounds: try row.text(7), state: Appeal.State(rawValue: try row.text(8)) ?? .lodged,
            answer: try row.text(9),
            answeredAt: try row.optionalInt(10).map { Instant(microseconds: $0) },
            answeredBy: try row.optionalInt(11).map { Account.ID($0) },
            newDecision: try row.optionalInt(12).map { Decision.ID($0) })
    }
}
