import Storage

/// The SQL of `jury` and `jury_criterion`.
public enum JuryStore {
    public static func jury(of call: Call.ID, _ reader: Reader) throws -> Jury? {
        try juries(of: [call], reader).first
    }

    /// Those of several calls: two statements, whatever their number.
    static func juries(of calls: [Call.ID], _ reader: Reader) throws -> [Jury] {
        let ids = calls.map(\.number)
        var criteria: [Int64: [JuryCriterion]] = [:]
        try reader.each(
            """
            SELECT call_id, code, label, guide, weight, maximum
            FROM jury_criterion
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { row in
            criteria[try row.int(0), default: []].append(
                JuryCriterion(
                    try row.text(1), try row.text(2), guide: try row.text(3), weight: Int(try row.int(4)),
                    maximum: Int(try row.int(5))))
            return true
        }
        return try reader.all(
            """
            SELECT call_id, state, version, readings, quorum, dispersion, minutes, held_at, place, created_at, opened_at,
                revealed_at, signed_at
            FROM jury
            WHERE call_id IN \(list: ids)
            ORDER BY call_id
            """
        ) { row in
            Jury(
                call: Call.ID(try row.int(0)), state: JuryState(rawValue: try row.text(1)) ?? .preparing,
                version: Int(try row.int(2)),
                settings: JurySettings(
                    criteria: criteria[try row.int(0)] ?? [], readings: Int(try row.int(3)),
                    quorum: Int(try row.int(4)), dispersion: Int(try row.int(5)), minutes: Int(try row.int(6)),
                    heldAt: instant(try row.optionalInt(7)), place: try row.text(8)),
                createdAt: Instant(microseconds: try row.int(9)), openedAt: instant(try row.optionalInt(10)),
                revealedAt: instant(try row.optionalInt(11)), signedAt: instant(try row.optionalInt(12)))
        }
    }

    private static func instant(_ microseconds: Int64?) -> Instant? {
        microseconds.map { Instant(microseconds: $0) }
    }

    static func insert(_ jury: Jury, _ writer: Writer) throws {
        let settings = jury.settings
        try writer.run(
            """
            INSERT INTO jury (call_id, state, version, readings, quorum, dispersion, minutes, held_at, place, created_at)
            VALUES (\(jury.call), \(jury.state.rawValue), \(jury.version), \(settings.readings), \(settings.quorum),
                \(settings.dispersion), \(settings.minutes), \(settings.heldAt), \(settings.place), \(jury.createdAt))
            """)
        try write(settings.criteria, of: jury.call, writer)
    }

    /// Writes the jury again, if nobody did since `version`; throws `Conflict` otherwise.
    static func update(_ jury: Jury, at version: Int, revealedBy: Account.ID? = nil, _ writer: Writer) throws {
        let settings = jury.settings
        let changed = try writer.run(
            """
            UPDATE jury
            SET state = \(jury.state.rawValue),
                version = \(jury.version),
                readings = \(settings.readings),
                quorum = \(settings.quorum),
                dispersion = \(settings.dispersion),
                minutes = \(settings.minutes),
                held_at = \(settings.heldAt),
                place = \(settings.place),
                opened_at = \(jury.openedAt),
                revealed_at = \(jury.revealedAt),
                revealed_by = COALESCE(revealed_by, \(revealedBy)),
                signed_at = \(jury.signedAt)
            WHERE call_id = \(jury.call)
                AND version = \(version)
            """)
        guard changed == 1 else { throw Conflict(current: jury.version) }
        // Once sheets are open, the grid no longer changes.
        if jury.state == .preparing || jury.openedAt == nil { try write(settings.criteria, of: jury.call, writer) }
    }

    private static func write(_ criteria: [JuryCriterion], of call: Call.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM jury_criterion WHERE call_id = \(call)")
        for (rank, criterion) in criteria.enumerated() {
            try writer.run(
                """
                INSERT INTO jury_criterion (call_id, rank, code, label, guide, weight, maximum)
                VALUES (\(call), \(rank), \(criterion.code), \(criterion.label), \(criterion.guide), \(criterion.weight),
                    \(criterion.maximum))
                """)
        }
    }
}
