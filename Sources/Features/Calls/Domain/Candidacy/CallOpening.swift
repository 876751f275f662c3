import Storage

/// The opening of the sealed candidacies of a wave: who did it, when, and how many there were.
public struct CallOpening: Sendable, Equatable {
    public let wave: CallWave.ID
    public let at: Instant
    public let by: Account.ID?
    public let deposits: Int
}

/// What is known of the candidacies of a wave while they are sealed: how many there are, nothing else.
public struct SealedCount: Sendable, Equatable {
    public let wave: CallWave
    public let candidacies: Int
}

/// The SQL of `call_opening`.
public enum CallOpeningStore {
    /// The waves of a call whose candidacies were opened, in the order they were.
    public static func openings(of call: Call.ID, _ reader: Reader) throws -> [CallOpening] {
        try reader.all(
            """
            SELECT wave_id, opened_at, opened_by, deposits
            FROM call_opening
            WHERE call_id = \(call)
            ORDER BY opened_at, wave_id
            """
        ) { row in
            CallOpening(
                wave: CallWave.ID(try row.int(0)), at: Instant(microseconds: try row.int(1)),
                by: try row.optionalInt(2).map { Account.ID($0) }, deposits: Int(try row.int(3)))
        }
    }

    /// CAND-36: whether what was deposited for a wave may be known of: always when the call is not sealed.
    static func isOpen(_ call: Call, _ wave: CallWave.ID, _ reader: Reader) throws -> Bool {
        guard call.settings.deposit.isSealed else { return true }
        return try reader.exists("SELECT 1 FROM call_opening WHERE wave_id = \(wave)")
    }

    static func insert(_ opening: CallOpening, of call: Call.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_opening (wave_id, call_id, opened_at, opened_by, deposits)
            VALUES (\(opening.wave), \(call), \(opening.at), \(opening.by), \(opening.deposits))
            """)
    }
}
