import Exchange
import Selection
import Storage

/// The SQL of `selection_plan`, `selection_entry` and `selection_run`. The one who asks keeps the call.
public enum SelectionStore {
    static func plan(of wave: CallWave.ID, _ reader: Reader) throws -> SelectionPlan? {
        try reader.one(
            """
            SELECT wave_id, call_id, version, rules, updated_at, updated_by
            FROM selection_plan
            WHERE wave_id = \(wave)
            """
        ) { row in
            SelectionPlan(
                wave: CallWave.ID(try row.int(0)), call: Call.ID(try row.int(1)), version: Int(try row.int(2)),
                rules: SelectionRules(try JSONValue.parse(Array(try row.text(3).utf8))),
                updatedAt: Instant(microseconds: try row.int(4)),
                updatedBy: try row.optionalInt(5).map { Account.ID($0) })
        }
    }

    /// Writes a plan one version further than the one that was read; false when somebody else did first.
    static func write(_ plan: SelectionPlan, after former: SelectionPlan?, _ writer: Writer) throws -> Bool {
        let rules = String(decoding: JSONWriter.bytes(of: plan.rules.document), as: UTF8.self)
        guard let former else {
            return try writer.run(
                """
                INSERT INTO selection_plan (wave_id, call_id, version, rules, updated_at, updated_by)
                VALUES (\(plan.wave), \(plan.call), \(plan.version), \(rules), \(plan.updatedAt), \(plan.updatedBy))
                ON CONFLICT (wave_id) DO NOTHING
                """) == 1
        }
        return try writer.run(
            """
            UPDATE selection_plan
            SET version = \(plan.version),
                rules = \(rules),
                updated_at = \(plan.updatedAt),
                updated_by = \(plan.updatedBy)
            WHERE wave_id = \(plan.wave)
                AND version = \(former.version)
            """) == 1
    }

    static func entries(of wave: CallWave.ID, _ reader: Reader) throws -> [Candidacy.ID: SelectionEntry] {
        let list = try entries("wave_id = \(wave)", reader)
        return Dictionary(list.map { ($0.candidacy, $0) }) { first, _ in first }
    }

    static func entry(of candidacy: Candidacy.ID, in wave: CallWave.ID, _ reader: Reader) throws -> SelectionEntry? {
        try entries("candidacy_id = \(candidacy) AND wave_id = \(wave)", reader).first
    }

    private static func entries(_ condition: SQL, _ reader: Reader) throws -> [SelectionEntry] {
        try reader.all(
            """
            SELECT candidacy_id, score_numerator, score_denominator, minimum, maximum, tags, territory
            FROM selection_entry
            WHERE \(condition)
            ORDER BY candidacy_id
            """
        ) { row in
            SelectionEntry(
                candidacy: Candidacy.ID(try row.int(0)),
                score: ExactScore(Int(try row.int(1)), over: Int(try row.int(2))) ?? .zero,
                minimum: Int(try row.int(3)),
                maximum: Int(try row.int(4)), tags: try row.text(5).split(separator: "\n").map(String.init),
                territory: try row.text(6))
        }
    }

    static func replace(_ entries: [SelectionEntry], of wave: CallWave.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM selection_entry WHERE wave_id = \(wave)")
        for entry in entries {
            try writer.run(
                """
                INSERT INTO selection_entry (candidacy_id, wave_id, score_numerator, score_denominator, minimum, maximum,
                    tags, territory)
                VALUES (\(entry.candidacy), \(wave), \(entry.score.numerator), \(entry.score.denominator),
                    \(entry.minimum), \(entry.maximum), \(entry.tags.joined(separator: "\n")), \(entry.territory))
                """)
        }
    }

    static func insert(_ run: SelectionRun, _ writer: Writer) throws {
        let result = String(decoding: JSONWriter.bytes(of: run.result.document), as: UTF8.self)
        try writer.run(
            """
            INSERT INTO selection_run (id, call_id, wave_id, plan_version, fingerprint, inputs, result, at, run_by)
            VALUES (\(run.id), \(run.call), \(run.wave), \(run.planVersion), \(run.fingerprint), \(run.inputs), \(result),
                \(run.at), \(run.by))
            """)
    }

    /// The latest first.
    static func runs(of wave: CallWave.ID, limit: Int, _ reader: Reader) throws -> [SelectionRun] {
        try reader.all(
            """
            SELECT id, call_id, wave_id, plan_version, fingerprint, inputs, result, at, run_by
            FROM selection_run
            WHERE wave_id = \(wave)
            ORDER BY at DESC, id DESC
            LIMIT \(limit)
            """
        ) { row in
            SelectionRun(
                id: SelectionRun.ID(try row.int(0)), call: Call.ID(try row.int(1)), wave: CallWave.ID(try row.int(2)),
                planVersion: Int(try row.int(3)), fingerprint: try row.text(4), inputs: try row.text(5),
                result: SelectionResult(try JSONValue.parse(Array(try row.text(6).utf8)))
                    ?? SelectionResult(.undecided),
                at: Instant(microseconds: try row.int(7)), by: try row.optionalInt(8).map { Account.ID($0) })
        }
    }
}
