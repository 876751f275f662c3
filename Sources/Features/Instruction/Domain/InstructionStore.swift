import Storage

/// The SQL of `instruction`. Nobody else names these columns, the board excepted (`InstructionBoard`).
public enum InstructionStore {
    static let columns: SQL = """
        instruction.candidacy_id, instruction.call_id, instruction.wave_id, instruction.deposit_id, instruction.number,
            instruction.state, instruction.instructor_id, instruction.due_at, instruction.assigned_at,
            instruction.told_at, instruction.open_opinions, instruction.unread, instruction.unread_by_candidate,
            instruction.departement, instruction.commune, instruction.title, instruction.structure,
            instruction.version, instruction.created_at, instruction.updated_at, instruction.decided_at,
            instruction.decided_by, instruction.reasons, instruction.decision_words
        """

    /// The dossiers of a call that were found admissible and that their candidate did not take back, by number: what a jury
    /// examines. The one who asks keeps the call: its rights were asked for before.
    public static func admissible(of call: Call.ID, _ reader: Reader) throws -> [Instruction] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction
            JOIN candidacy ON candidacy.id = instruction.candidacy_id
            WHERE instruction.call_id = \(call)
                AND instruction.state = 'recevable'
                AND candidacy.state IN ('deposee', 'admise')
            ORDER BY instruction.number
            """, read)
    }

    /// Whether one dossier is admissible now, as `admissible(of:)` tells of all.
    public static func isAdmissible(_ candidacy: Candidacy.ID, _ reader: Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT 1
            FROM instruction
            JOIN candidacy ON candidacy.id = instruction.candidacy_id
            WHERE instruction.candidacy_id = \(candidacy)
                AND instruction.state = 'recevable'
                AND candidacy.state IN ('deposee', 'admise')
            """)
    }

    /// The instruction of a dossier; nil before its limit. The one who asks has yet to be asked for rights.
    public static func any(_ candidacy: Candidacy.ID, _ reader: Reader) throws -> Instruction? {
        try reader.one("SELECT \(columns) FROM instruction WHERE instruction.candidacy_id = \(candidacy)", read)
    }

    /// Several at once, for one who may know of each.
    static func those(_ candidacies: [Candidacy.ID], _ reader: Reader) throws -> [Instruction] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction
            WHERE instruction.candidacy_id IN \(list: candidacies.map(\.number))
            ORDER BY instruction.candidacy_id
            """, read)
    }

    /// Those of a call that wait for an instructor and for an outcome, by number.
    static func unassigned(of call: Call.ID, _ reader: Reader) throws -> [Instruction] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction
            WHERE instruction.call_id = \(call)
                AND instruction.instructor_id IS NULL
                AND instruction.state IN ('a_instruire', 'a_completer')
            ORDER BY instruction.number
            """, read)
    }

    /// How many dossiers without an outcome each person has in a call.
    static func loads(of call: Call.ID, _ reader: Reader) throws -> [Account.ID: Int] {
        var loads: [Account.ID: Int] = [:]
        try reader.each(
            """
            SELECT instructor_id, COUNT(*)
            FROM instruction
            WHERE call_id = \(call)
                AND instructor_id IS NOT NULL
                AND state IN ('a_instruire', 'a_completer')
            GROUP BY instructor_id
            ORDER BY instructor_id
            """
        ) { row in
            loads[Account.ID(try row.int(0))] = Int(try row.int(1))
            return true
        }
        return loads
    }

    static func insert(_ instruction: Instruction, words: String, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction (candidacy_id, call_id, wave_id, deposit_id, number, state, instructor_id, due_at,
                assigned_at, told_at, open_opinions, unread, unread_by_candidate, departement, commune, title, structure,
                words, version, created_at, updated_at, reasons, decision_words)
            VALUES (\(instruction.candidacy), \(instruction.call), \(instruction.wave), \(instruction.deposit),
                \(instruction.number), \(instruction.state.rawValue), \(instruction.instructor), \(instruction.dueAt),
                \(instruction.assignedAt), \(instruction.toldAt), \(instruction.openOpinions), \(instruction.unread),
                \(instruction.unreadByCandidate), \(instruction.departement), \(instruction.commune),
                \(instruction.title), \(instruction.structure), \(words), \(instruction.version),
                \(instruction.createdAt), \(instruction.updatedAt), '', '')
            """)
    }

    /// Another deposit counts: what lists show of it is copied again; who has it and until when stays.
    static func copyAgain(_ instruction: Instruction, words: String, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE instruction
            SET wave_id = \(instruction.wave),
                deposit_id = \(instruction.deposit),
                number = \(instruction.number),
                departement = \(instruction.departement),
                commune = \(instruction.commune),
                title = \(instruction.title),
                structure = \(instruction.structure),
                words = \(words),
                updated_at = \(instruction.updatedAt)
            WHERE candidacy_id = \(instruction.candidacy)
            """)
    }

    /// Writes what acts change, if the row is still at `version`, one further; throws `Conflict` otherwise (INST-4).
    static func update(_ instruction: Instruction, at version: Int, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE instruction
            SET state = \(instruction.state.rawValue),
                instructor_id = \(instruction.instructor),
                due_at = \(instruction.dueAt),
                assigned_at = \(instruction.assignedAt),
                told_at = \(instruction.toldAt),
                open_opinions = \(instruction.openOpinions),
                unread = \(instruction.unread),
                unread_by_candidate = \(instruction.unreadByCandidate),
                version = \(version + 1),
                updated_at = \(instruction.updatedAt),
                decided_at = \(instruction.decision?.at),
                decided_by = \(instruction.decision?.by),
                reasons = \((instruction.decision?.reasons ?? []).map(\.rawValue).joined(separator: " ")),
                decision_words = \(instruction.decision?.words ?? "")
            WHERE candidacy_id = \(instruction.candidacy)
                AND version = \(version)
            """)
        guard changed == 1 else {
            throw Conflict(current: try any(instruction.candidacy, writer)?.version ?? version)
        }
    }

    /// Writes how many opinions and messages wait, and nothing else: what was shown to somebody who decides stays good.
    static func recount(_ instruction: Instruction, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE instruction
            SET open_opinions = \(instruction.openOpinions),
                unread = \(instruction.unread),
                unread_by_candidate = \(instruction.unreadByCandidate),
                updated_at = \(instruction.updatedAt)
            WHERE candidacy_id = \(instruction.candidacy)
            """)
    }

    /// Those newly given to somebody who was not told of it yet, at most so many.
    static func untold(limit: Int, _ reader: Reader) throws -> [Instruction] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction
            WHERE instruction.instructor_id IS NOT NULL
                AND instruction.told_at IS NULL
                AND instruction.state IN ('a_instruire', 'a_completer')
            ORDER BY instruction.instructor_id, instruction.number
            LIMIT \(limit)
            """, read)
    }

    static func markTold(_ instructor: Account.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE instruction
            SET told_at = \(now)
            WHERE instructor_id = \(instructor)
                AND told_at IS NULL
            """)
    }

    static func read(_ row: Row) throws -> Instruction {
        let decidedAt = try row.optionalInt(20).map { Instant(microseconds: $0) }
        let decidedBy = try row.optionalInt(21).map { Account.ID($0) }
        let reasons = InadmissibilityReason.list(try row.text(22).split(separator: " ").map(String.init))
        let words = try row.text(23)
        return Instruction(
            candidacy: Candidacy.ID(try row.int(0)), call: Call.ID(try row.int(1)), wave: CallWave.ID(try row.int(2)),
            deposit: CandidacyDeposit.ID(try row.int(3)), number: Int(try row.int(4)),
            state: InstructionState(rawValue: try row.text(5)) ?? .underReview,
            instructor: try row.optionalInt(6).map { Account.ID($0) },
            dueAt: try row.optionalInt(7).map { Instant(microseconds: $0) },
            assignedAt: try row.optionalInt(8).map { Instant(microseconds: $0) },
            toldAt: try row.optionalInt(9).map { Instant(microseconds: $0) }, openOpinions: Int(try row.int(10)),
            unread: Int(try row.int(11)), unreadByCandidate: Int(try row.int(12)), departement: try row.text(13),
            commune: try row.text(14), title: try row.text(15), structure: try row.text(16),
            version: Int(try row.int(17)), createdAt: Instant(microseconds: try row.int(18)),
            updatedAt: Instant(microseconds: try row.int(19)),
            decision: decidedAt.map { Instruction.Outcome(at: $0, by: decidedBy, reasons: reasons, words: words) })
    }
}
