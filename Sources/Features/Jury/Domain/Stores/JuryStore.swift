import Storage

/// The SQL of `jury` and `jury_criterion`.
public enum JuryStore {
    /// The jury that judges a wave; nil while there is none. Without a wave, the last one of the call.
    public static func jury(of call: Call, wave id: CallWave.ID?, _ reader: Reader) throws -> Jury? {
        let all = try juries(of: call.id, reader)
        guard let id else { return all.last }
        guard let wave = call.wave(id) else { return nil }
        return all.first { $0.wave == id } ?? all.first { $0.judges(wave) }
    }

    static func jury(_ id: Jury.ID, _ reader: Reader) throws -> Jury? { try juries([id], reader).first }

    /// Those of a call, in the order they were composed.
    public static func juries(of call: Call.ID, _ reader: Reader) throws -> [Jury] {
        let ids = try reader.all("SELECT id FROM jury WHERE call_id = \(call) ORDER BY id") { Jury.ID(try $0.int(0)) }
        return try juries(ids, reader).sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// Two statements, whatever their number.
    static func juries(_ ids: [Jury.ID], _ reader: Reader) throws -> [Jury] {
        let ids = ids.map(\.number)
        var criteria: [Int64: [JuryCriterion]] = [:]
        try reader.each(
            """
            SELECT jury_id, code, label, guide, weight, maximum
            FROM jury_criterion
            WHERE jury_id IN \(list: ids)
            ORDER BY jury_id, rank
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
            SELECT id, state, version, readings, quorum, dispersion, minutes, held_at, place, created_at, opened_at,
                revealed_at, signed_at, call_id, wave_id
            FROM jury
            WHERE id IN \(list: ids)
            ORDER BY id
            """
        ) { row in
            Jury(
                id: Jury.ID(try row.int(0)), call: Call.ID(try row.int(13)),
                wave: try row.optionalInt(14).map { CallWave.ID($0) },
                state: JuryState(rawValue: try row.text(1)) ?? .preparing,
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
            INSERT INTO jury (id, call_id, wave_id, state, version, readings, quorum, dispersion, minutes, held_at, place,
                created_at)
            VALUES (\(jury.id), \(jury.call), \(jury.wave), \(jury.state.rawValue), \(jury.version), \(settings.readings),
                \(settings.quorum), \(settings.dispersion), \(settings.minutes), \(settings.heldAt), \(settings.place), \(jury.createdAt))
            """)
        try write(settings.criteria, of: jury.id, writer)
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
            WHERE id = \(jury.id)
                AND version = \(version)
            """)
        guard changed == 1 else { throw Conflict(current: jury.version) }
        // Once sheets are open, the grid no longer changes.
        if jury.state == .preparing || jury.openedAt == nil { try write(settings.criteria, of: jury.id, writer) }
    }

    private static func write(_ criteria: [JuryCriterion], of jury: Jury.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM jury_criterion WHERE jury_id = \(jury)")
        for (rank, criterion) in criteria.enumerated() {
            try writer.run(
                """
                INSERT INTO jury_criterion (jury_id, rank, code, label, guide, weight, maximum)
                VALUES (\(jury), \(rank), \(criterion.code), \(criterion.label), \(criterion.guide), \(criterion.weight),
                    \(criterion.maximum))
                """)
        }
    }
}
