import Storage

/// The SQL of `instruction_checklist` and `instruction_check`.
public enum ChecklistStore {
    /// The list of a call: the one its team wrote, else the one that follows from the call.
    public static func items(of call: Call, _ reader: Reader) throws -> [ChecklistItem] {
        let own = try written(of: call.id, reader)
        return own.isEmpty ? Checklist.defaults(of: call) : own
    }

    static func written(of call: Call.ID, _ reader: Reader) throws -> [ChecklistItem] {
        try reader.all(
            """
            SELECT code, label
            FROM instruction_checklist
            WHERE call_id = \(call)
            ORDER BY rank
            """
        ) { ChecklistItem(try $0.text(0), try $0.text(1)) }
    }

    static func replace(_ items: [ChecklistItem], of call: Call.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM instruction_checklist WHERE call_id = \(call)")
        for (rank, item) in items.enumerated() {
            try writer.run(
                """
                INSERT INTO instruction_checklist (call_id, rank, code, label)
                VALUES (\(call), \(rank), \(item.code), \(item.label))
                """)
        }
    }

    /// What was found of a dossier, by code. The one who asks instructs it.
    public static func lines(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [String: CheckLine] {
        var lines: [String: CheckLine] = [:]
        try reader.each(
            """
            SELECT code, label, result, remark, at, account_id
            FROM instruction_check
            WHERE candidacy_id = \(candidacy)
            ORDER BY code
            """
        ) { row in
            let line = CheckLine(
                code: try row.text(0), label: try row.text(1),
                result: CheckLine.Result(rawValue: try row.text(2)) ?? .no, remark: try row.text(3),
                at: Instant(microseconds: try row.int(4)), account: try row.optionalInt(5).map { Account.ID($0) })
            lines[line.code] = line
            return true
        }
        return lines
    }

    static func put(_ line: CheckLine, of candidacy: Candidacy.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction_check (candidacy_id, code, label, result, remark, at, account_id)
            VALUES (\(candidacy), \(line.code), \(line.label), \(line.result.rawValue), \(line.remark), \(line.at),
                \(line.account))
            ON CONFLICT (candidacy_id, code) DO UPDATE
            SET label = excluded.label,
                result = excluded.result,
                remark = excluded.remark,
                at = excluded.at,
                account_id = excluded.account_id
            """)
    }
}
