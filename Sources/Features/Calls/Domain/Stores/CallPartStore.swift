import Storage

/// The SQL of what belongs to a call: dates, territory, money, conditions, documents, criteria, committee. Read for any number of
/// calls with one statement a table; written section by section, when it changed.
enum CallPartStore {
    static func fill(_ calls: inout [Call], _ reader: Reader) throws {
        guard !calls.isEmpty else { return }
        let ids = calls.map(\.id.number)
        var ranks: [Int64: Int] = [:]
        for (rank, call) in calls.enumerated() { ranks[call.id.number] = rank }
        func each(_ sql: SQL, _ take: (inout CallSettings, Row) throws -> Void) throws {
            try reader.each(sql) { row in
                if let rank = ranks[try row.int(0)] { try take(&calls[rank].settings, row) }
                return true
            }
        }
        try each(
            """
            SELECT call_id, id, label, opens_at, closes_at, zone, words
            FROM call_wave
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank, id
            """
        ) { settings, row in
            settings.calendar.waves.append(
                CallWave(
                    id: CallWave.ID(try row.int(1)), label: try row.text(2),
                    opensAt: try row.optionalInt(3).map { Instant(microseconds: $0) },
                    closesAt: Instant(microseconds: try row.int(4)), zone: try row.text(5), words: try row.text(6)))
        }
        try each(
            """
            SELECT call_id, kind, label, starts_at, period, place, link
            FROM call_milestone
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { settings, row in
            settings.calendar.milestones.append(
                CallMilestone(
                    CallMilestone.Kind(rawValue: try row.text(1)) ?? .other, label: try row.text(2),
                    startsAt: try row.optionalInt(3).map { Instant(microseconds: $0) }, period: try row.text(4),
                    place: try row.text(5), link: try row.text(6)))
        }
        try each(
            """
            SELECT call_id, kind, code, name
            FROM call_territory
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { settings, row in
            guard let kind = CallTerritory.Area.Kind(rawValue: try row.text(1)) else { return }
            settings.territory.areas.append(CallTerritory.Area(kind, try row.text(2), try row.text(3)))
        }
        try each(
            """
            SELECT call_id, floor_cents, ceiling_cents, envelope_cents, duration_months, aid_rate, public_aid_rate, winners,
                remark
            FROM call_envelope
            WHERE call_id IN \(list: ids)
            ORDER BY call_id
            """
        ) { settings, row in
            settings.envelope.floor = try row.optionalInt(1).map { Int($0) }
            settings.envelope.ceiling = try row.optionalInt(2).map { Int($0) }
            settings.envelope.envelope = try row.optionalInt(3).map { Int($0) }
            settings.envelope.months = try row.optionalInt(4).map { Int($0) }
            settings.envelope.aidRate = try row.optionalInt(5).map { Int($0) }
            settings.envelope.publicAidRate = try row.optionalInt(6).map { Int($0) }
            settings.envelope.winners = try row.optionalInt(7).map { Int($0) }
            settings.envelope.remark = try row.text(8)
        }
        try each(
            """
            SELECT call_id, kind, parameters, is_blocking, words
            FROM call_condition
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { settings, row in
            settings.conditions.append(
                EligibilityCondition(
                    try ConditionCodec.predicate(kind: try row.text(1), json: try row.text(2)),
                    isBlocking: try row.bool(3), words: try row.text(4)))
        }
        try each(
            """
            SELECT call_id, code, label, required_if, is_required, kinds
            FROM call_attachment
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { settings, row in
            settings.attachments.append(
                CallAttachment(
                    try row.text(1), try row.text(2), isRequired: try row.bool(4), requiredIf: try row.text(3),
                    kinds: try row.text(5).split(separator: " ").map(String.init)))
        }
        try each(
            """
            SELECT call_id, code, label, guide, weight, maximum
            FROM call_criterion
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { settings, row in
            settings.criteria.append(
                CallCriterion(
                    try row.text(1), try row.text(2), guide: try row.text(3), weight: Int(try row.int(4)),
                    maximum: Int(try row.int(5))))
        }
        try each(
            """
            SELECT call_id, body, role
            FROM call_committee
            WHERE call_id IN \(list: ids)
            ORDER BY call_id, rank
            """
        ) { settings, row in
            settings.committee.append(CallJuror(try row.text(1), role: try row.text(2)))
        }
    }

    /// Writes the sections that differ from the former ones; all of them when there are none.
    static func write(
        _ settings: CallSettings, of call: Call.ID, replacing former: CallSettings?, _ writer: Writer
    ) throws {
        if former?.calendar.waves != settings.calendar.waves {
            try writeWaves(settings.calendar.waves, of: call, replacing: former?.calendar.waves ?? [], writer)
        }
        if former?.calendar.milestones != settings.calendar.milestones {
            try writeMilestones(settings.calendar.milestones, of: call, writer)
        }
        if former?.territory.areas != settings.territory.areas {
            try writer.run("DELETE FROM call_territory WHERE call_id = \(call)")
            for (rank, area) in settings.territory.areas.enumerated() {
                try writer.run(
                    """
                    INSERT INTO call_territory (call_id, rank, kind, code, name)
                    VALUES (\(call), \(rank), \(area.kind.rawValue), \(area.code), \(area.name))
                    """)
            }
        }
        if former?.envelope != settings.envelope { try writeEnvelope(settings.envelope, of: call, writer) }
        if former?.conditions != settings.conditions {
            try writer.run("DELETE FROM call_condition WHERE call_id = \(call)")
            for (rank, condition) in settings.conditions.enumerated() {
                try writer.run(
                    """
                    INSERT INTO call_condition (call_id, rank, kind, parameters, is_blocking, words)
                    VALUES (\(call), \(rank), \(condition.predicate.kind.rawValue),
                        \(ConditionCodec.json(condition.predicate)), \(condition.isBlocking), \(condition.words))
                    """)
            }
        }
        if former?.attachments != settings.attachments {
            try writer.run("DELETE FROM call_attachment WHERE call_id = \(call)")
            for (rank, asked) in settings.attachments.enumerated() {
                try writer.run(
                    """
                    INSERT INTO call_attachment (call_id, rank, code, label, required_if, is_required, kinds)
                    VALUES (\(call), \(rank), \(asked.code), \(asked.label), \(asked.requiredIf), \(asked.isRequired),
                        \(asked.kinds.joined(separator: " ")))
                    """)
            }
        }
        if former?.criteria != settings.criteria {
            try writer.run("DELETE FROM call_criterion WHERE call_id = \(call)")
            for (rank, criterion) in settings.criteria.enumerated() {
                try writer.run(
                    """
                    INSERT INTO call_criterion (call_id, rank, code, label, guide, weight, maximum)
                    VALUES (\(call), \(rank), \(criterion.code), \(criterion.label), \(criterion.guide),
                        \(criterion.weight), \(criterion.maximum))
                    """)
            }
        }
        if former?.committee != settings.committee {
            try writer.run("DELETE FROM call_committee WHERE call_id = \(call)")
            for (rank, juror) in settings.committee.enumerated() {
                try writer.run(
                    """
                    INSERT INTO call_committee (call_id, rank, body, role)
                    VALUES (\(call), \(rank), \(juror.body), \(juror.role))
                    """)
            }
        }
    }

    /// Waves keep their identity: candidacies point to them.
    private static func writeWaves(
        _ waves: [CallWave], of call: Call.ID, replacing former: [CallWave], _ writer: Writer
    ) throws {
        let known = Set(former.map(\.id))
        let kept = Set(waves.map(\.id))
        for gone in former where !kept.contains(gone.id) {
            try writer.run("DELETE FROM call_wave WHERE id = \(gone.id) AND call_id = \(call)")
        }
        for (rank, wave) in waves.enumerated() {
            if known.contains(wave.id) {
                try writer.run(
                    """
                    UPDATE call_wave
                    SET rank = \(rank),
                        label = \(wave.label),
                        opens_at = \(wave.opensAt),
                        closes_at = \(wave.closesAt),
                        zone = \(wave.zone),
                        words = \(wave.words)
                    WHERE id = \(wave.id)
                        AND call_id = \(call)
                    """)
            } else {
                try writer.run(
                    """
                    INSERT INTO call_wave (id, call_id, rank, label, opens_at, closes_at, zone, words)
                    VALUES (\(wave.id), \(call), \(rank), \(wave.label), \(wave.opensAt), \(wave.closesAt), \(wave.zone),
                        \(wave.words))
                    """)
            }
        }
    }

    private static func writeMilestones(_ milestones: [CallMilestone], of call: Call.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM call_milestone WHERE call_id = \(call)")
        for (rank, milestone) in milestones.enumerated() {
            try writer.run(
                """
                INSERT INTO call_milestone (call_id, rank, kind, label, starts_at, period, place, link)
                VALUES (\(call), \(rank), \(milestone.kind.rawValue), \(milestone.label), \(milestone.startsAt),
                    \(milestone.period), \(milestone.place), \(milestone.link))
                """)
        }
    }

    private static func writeEnvelope(_ money: CallEnvelope, of call: Call.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM call_envelope WHERE call_id = \(call)")
        try writer.run(
            """
            INSERT INTO call_envelope (call_id, floor_cents, ceiling_cents, envelope_cents, duration_months, aid_rate,
                public_aid_rate, winners, remark)
            VALUES (\(call), \(money.floor), \(money.ceiling), \(money.envelope), \(money.months), \(money.aidRate),
                \(money.publicAidRate), \(money.winners), \(money.remark))
            """)
    }
}
