import Exchange
import Storage

/// The SQL of `decision` and `decision_reason`. Nobody else names these columns.
public enum DecisionStore {
    private static let columns: SQL = """
        decision.id, decision.candidacy_id, decision.call_id, decision.wave_id, decision.sequence, decision.version,
            decision.origin, decision.outcome, decision.list_rank, decision.amount, decision.conditions, decision.body,
            decision.decided_on, decision.deliberation, decision.run_id, decision.departure, decision.recorded_at,
            decision.recorded_by, decision.notified_at, decision.letter, decision.superseded_at
        """

    /// What was notified of a candidacy that the principal leads or takes part in, the latest first. Nothing of what was not:
    /// the condition stands in the statement (DECI-7).
    public static func notified(_ principal: Principal, _ candidacy: Candidacy.ID, _ reader: Reader) throws
        -> [Decision]
    {
        guard try CandidacyStore.own(principal, candidacy, reader) != nil else { return [] }
        return try withReasons(
            try reader.all(
                """
                SELECT \(columns)
                FROM decision
                WHERE decision.candidacy_id = \(candidacy)
                    AND decision.notified_at IS NOT NULL
                ORDER BY decision.sequence DESC
                """, read), reader)
    }

    /// The decision in force of each of these candidacies, as far as their people were told of it.
    public static func notified(of candidacies: [Candidacy.ID], _ reader: Reader) throws -> [Decision] {
        try withReasons(
            try reader.all(
                """
                SELECT \(columns)
                FROM decision
                WHERE decision.candidacy_id IN \(list: candidacies.map(\.number))
                    AND decision.notified_at IS NOT NULL
                    AND decision.superseded_at IS NULL
                ORDER BY decision.notified_at DESC, decision.id DESC
                """, read), reader)
    }

    /// The decisions in force of a call that were notified: what funding lines are opened from. By candidacy.
    public static func notified(of call: Call.ID, _ reader: Reader) throws -> [Decision] {
        try current(of: call, wave: nil, reader).filter(\.isNotified)
    }

    /// The decision in force of each dossier, told or not. The one who asks keeps the call.
    static func current(of call: Call.ID, wave: CallWave.ID?, _ reader: Reader) throws -> [Decision] {
        try withReasons(
            try reader.all(
                """
                SELECT \(columns)
                FROM decision
                WHERE decision.call_id = \(call)
                    AND decision.superseded_at IS NULL
                    \(within(wave))
                ORDER BY decision.candidacy_id
                """, read), reader)
    }

    private static func within(_ wave: CallWave.ID?) -> SQL {
        guard let wave else { return "" }
        return "AND decision.wave_id = \(wave)"
    }

    static func current(of candidacy: Candidacy.ID, _ reader: Reader) throws -> Decision? {
        try withReasons(
            try reader.all(
                """
                SELECT \(columns)
                FROM decision
                WHERE decision.candidacy_id = \(candidacy)
                    AND decision.superseded_at IS NULL
                """, read), reader
        ).first
    }

    static func any(_ id: Decision.ID, _ reader: Reader) throws -> Decision? {
        try withReasons(
            try reader.all("SELECT \(columns) FROM decision WHERE decision.id = \(id)", read), reader
        ).first
    }

    /// The sum of what is granted, in cents, without those who withdrew: what counts against an envelope.
    static func granted(call: Call.ID, wave: CallWave.ID?, _ reader: Reader) throws -> Int {
        try reader.all(
            """
            SELECT decision.amount
            FROM decision
            JOIN candidacy ON candidacy.id = decision.candidacy_id
            WHERE decision.call_id = \(call)
                AND decision.amount IS NOT NULL
                AND decision.superseded_at IS NULL
                AND candidacy.state <> 'retiree'
                \(within(wave))
            ORDER BY decision.id
            """
        ) { Int(try $0.int(0)) }.reduce(0, +)
    }

    /// Throws `Conflict` when the dossier got a decision, or the rank somebody, in the meantime.
    static func insert(_ decision: Decision, _ writer: Writer) throws {
        let count = try writer.run(
            """
            INSERT INTO decision (id, candidacy_id, call_id, wave_id, sequence, version, origin, outcome, list_rank, amount,
                conditions, body, decided_on, deliberation, run_id, departure, recorded_at, recorded_by, notified_at,
                notified_by, letter, superseded_at)
            VALUES (\(decision.id), \(decision.candidacy), \(decision.call), \(decision.wave), \(decision.sequence),
                \(decision.version), \(decision.origin.rawValue), \(decision.outcome.rawValue), \(decision.rank),
                \(decision.amount), \(decision.conditions), \(decision.body), \(decision.decidedOn.description),
                \(decision.deliberation), \(decision.run), \(decision.departure), \(decision.recordedAt),
                \(decision.recordedBy), \(decision.notifiedAt), \(decision.notifiedAt == nil ? nil : decision.recordedBy),
                \(decision.letter), \(decision.supersededAt))
            ON CONFLICT DO NOTHING
            """)
        guard count == 1 else { throw Conflict(current: decision.version) }
        try insertReasons(of: decision, writer)
    }

    /// Writes a decision that was not told yet, at the version it was read at; false when somebody else did first.
    static func update(_ decision: Decision, at version: Int, _ writer: Writer) throws -> Bool {
        let count = try writer.run(
            """
            UPDATE decision
            SET version = \(decision.version),
                outcome = \(decision.outcome.rawValue),
                list_rank = \(decision.rank),
                amount = \(decision.amount),
                conditions = \(decision.conditions),
                body = \(decision.body),
                decided_on = \(decision.decidedOn.description),
                deliberation = \(decision.deliberation),
                run_id = \(decision.run),
                departure = \(decision.departure),
                recorded_at = \(decision.recordedAt),
                recorded_by = \(decision.recordedBy)
            WHERE id = \(decision.id)
                AND version = \(version)
                AND notified_at IS NULL
            """)
        guard count == 1 else { return false }
        try writer.run("DELETE FROM decision_reason WHERE decision_id = \(decision.id)")
        try insertReasons(of: decision, writer)
        return true
    }

    /// Marks it as told, with the letter that was sent; false when it was already.
    static func notify(_ decision: Decision, letter: String, at now: Instant, by account: Account.ID?, _ writer: Writer)
        throws -> Bool
    {
        try writer.run(
            """
            UPDATE decision
            SET notified_at = \(now),
                notified_by = \(account),
                letter = \(letter)
            WHERE id = \(decision.id)
                AND version = \(decision.version)
                AND notified_at IS NULL
            """) == 1
    }

    static func supersede(_ decision: Decision, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE decision
            SET superseded_at = \(now)
            WHERE id = \(decision.id)
                AND notified_at IS NOT NULL
                AND superseded_at IS NULL
            """) == 1
    }

    private static func insertReasons(of decision: Decision, _ writer: Writer) throws {
        for (place, reason) in decision.reasons.enumerated() {
            try writer.run(
                """
                INSERT INTO decision_reason (decision_id, place, question, reason)
                VALUES (\(decision.id), \(place), \(reason.question), \(reason.text))
                """)
        }
    }

    /// The same number of statements for one decision and for a thousand.
    private static func withReasons(_ decisions: [Decision], _ reader: Reader) throws -> [Decision] {
        if decisions.isEmpty { return [] }
        var reasons: [Decision.ID: [Decision.Reason]] = [:]
        try reader.each(
            """
            SELECT decision_id, question, reason
            FROM decision_reason
            WHERE decision_id IN \(list: decisions.map(\.id.number))
            ORDER BY decision_id, place
            """
        ) { row in
            reasons[Decision.ID(try row.int(0)), default: []]
                .append(Decision.Reason(question: try row.text(1), try row.text(2)))
            return true
        }
        return decisions.map { decision in
            var decision = decision
            decision.reasons = reasons[decision.id] ?? []
            return decision
        }
    }

    private static func read(_ row: Row) throws -> Decision {
        Decision(
            id: Decision.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)), call: Call.ID(try row.int(2)),
            wave: CallWave.ID(try row.int(3)), sequence: Int(try row.int(4)), version: Int(try row.int(5)),
            origin: Decision.Origin(rawValue: try row.text(6)) ?? .body,
            outcome: Decision.Outcome(rawValue: try row.text(7)) ?? .waiting,
            rank: try row.optionalInt(8).map { Int($0) },
            amount: try row.optionalInt(9).map { Int($0) }, conditions: try row.text(10), body: try row.text(11),
            decidedOn: CivilDate(iso: try row.text(12)) ?? CivilDate(daysSince1970: 0), deliberation: try row.text(13),
            reasons: [], run: try row.optionalInt(14).map { SelectionRun.ID($0) }, departure: try row.text(15),
            recordedAt: Instant(microseconds: try row.int(16)),
            recordedBy: try row.optionalInt(17).map { Account.ID($0) },
            notifiedAt: try row.optionalInt(18).map { Instant(microseconds: $0) }, letter: try row.text(19),
            supersededAt: try row.optionalInt(20).map { Instant(microseconds: $0) })
    }
}
