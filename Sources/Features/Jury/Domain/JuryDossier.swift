import Storage

/// A dossier that a jury judges: what its lists show of it.
public struct JuryDossier: Sendable, Equatable {
    public let id: Candidacy.ID
    public let title: String
    public let structure: String
    public let place: Place.ID?
    let holder: Account.ID?
    /// The number of the deposit that counts.
    public let number: Int

    public var name: String { title.isEmpty ? (structure.isEmpty ? "Candidature sans titre" : structure) : title }

    /// Those that a jury judges, by number of deposit: examined, not found inadmissible, of its wave once that is over and
    /// open (JURY-1, JURY-21).
    static func all(of call: Call, by jury: Jury, at now: Instant, _ reader: Reader) throws -> [JuryDossier] {
        let openings = Set(try CallOpeningStore.openings(of: call.id, reader).map(\.wave))
        var waves = Set(call.settings.waves.filter { $0.closesAt <= now && jury.judges($0) }.map(\.id))
        if call.settings.deposit.isSealed { waves.formIntersection(openings) }
        var counting: [Candidacy.ID: (number: Int, wave: CallWave.ID, isOnTime: Bool)] = [:]
        try reader.each(
            """
            SELECT candidacy_id, number, wave_id, verdict
            FROM candidacy_deposit
            WHERE call_id = \(call.id)
            ORDER BY number
            """
        ) { row in
            let (id, isOnTime) = (Candidacy.ID(try row.int(0)), try row.text(3) == "on_time")
            if let known = counting[id], known.isOnTime, !isOnTime { return true }
            counting[id] = (Int(try row.int(1)), CallWave.ID(try row.int(2)), isOnTime)
            return true
        }
        return try reader.all(
            """
            SELECT id, title, structure, place_id, holder_id
            FROM candidacy
            WHERE call_id = \(call.id)
                AND state IN ('deposee', 'admise')
                AND NOT EXISTS (
                    SELECT 1
                    FROM instruction
                    WHERE instruction.candidacy_id = candidacy.id
                        AND instruction.state IN ('irrecevable', 'retiree'))
            ORDER BY id
            """
        ) { row in
            let id = Candidacy.ID(try row.int(0))
            return JuryDossier(
                id: id, title: try row.text(1), structure: try row.text(2),
                place: try row.optionalInt(3).map { Place.ID($0) },
                holder: try row.optionalInt(4).map { Account.ID($0) }, number: counting[id]?.number ?? 0)
        }.filter { dossier in counting[dossier.id].map { waves.contains($0.wave) } == true }
            .sorted { $0.number < $1.number }
    }

    /// How many dossiers of a jury still wait for the outcome of their instruction, once it has found one of them admissible or
    /// not; 0 when they are judged without instruction.
    static func underInstruction(of jury: Jury, _ reader: Reader) throws -> Int {
        let own: SQL =
            jury.wave.map { "instruction.wave_id = \($0)" } ?? "instruction.call_id = \(jury.call)"
        let decided = try reader.exists(
            """
            SELECT 1
            FROM instruction
            WHERE \(own)
                AND state IN ('recevable', 'irrecevable')
            """)
        guard decided else { return 0 }
        return try reader.count(
            """
            SELECT COUNT(*)
            FROM instruction
            JOIN candidacy ON candidacy.id = instruction.candidacy_id
            WHERE \(own)
                AND instruction.state IN ('a_instruire', 'a_completer')
                AND candidacy.state IN ('deposee', 'admise')
            """)
    }
}
