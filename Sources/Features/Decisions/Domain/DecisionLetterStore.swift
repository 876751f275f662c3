import Storage

/// The SQL of `decision_letter`, `decision_publication` and `result_consent`.
public enum DecisionLetterStore {
    static func texts(of call: Call.ID, _ reader: Reader) throws -> DecisionTexts? {
        try reader.one(
            """
            SELECT call_id, version, retained, waiting, refused, routes, signatory
            FROM decision_letter
            WHERE call_id = \(call)
            """
        ) { row in
            DecisionTexts(
                call: Call.ID(try row.int(0)), version: Int(try row.int(1)), retained: try row.text(2),
                waiting: try row.text(3), refused: try row.text(4), routes: try row.text(5), signatory: try row.text(6))
        }
    }

    static func write(_ texts: DecisionTexts, at now: Instant, by account: Account.ID?, _ writer: Writer) throws -> Bool
    {
        if texts.version == 1 {
            return try writer.run(
                """
                INSERT INTO decision_letter (call_id, version, retained, waiting, refused, routes, signatory, updated_at,
                    updated_by)
                VALUES (\(texts.call), 1, \(texts.retained), \(texts.waiting), \(texts.refused), \(texts.routes),
                    \(texts.signatory), \(now), \(account))
                ON CONFLICT (call_id) DO NOTHING
                """) == 1
        }
        return try writer.run(
            """
            UPDATE decision_letter
            SET version = \(texts.version),
                retained = \(texts.retained),
                waiting = \(texts.waiting),
                refused = \(texts.refused),
                routes = \(texts.routes),
                signatory = \(texts.signatory),
                updated_at = \(now),
                updated_by = \(account)
            WHERE call_id = \(texts.call)
                AND version = \(texts.version - 1)
            """) == 1
    }

    /// When the results of each wave of a call were published.
    public static func publications(of call: Call.ID, _ reader: Reader) throws -> [CallWave.ID: Instant] {
        let list = try reader.all(
            "SELECT wave_id, published_at FROM decision_publication WHERE call_id = \(call) ORDER BY wave_id"
        ) { (CallWave.ID(try $0.int(0)), Instant(microseconds: try $0.int(1))) }
        return Dictionary(list) { first, _ in first }
    }

    static func publish(
        _ wave: CallWave.ID, of call: Call.ID, at now: Instant, by account: Account.ID?, _ writer: Writer
    )
        throws -> Bool
    {
        try writer.run(
            """
            INSERT INTO decision_publication (wave_id, call_id, published_at, published_by)
            VALUES (\(wave), \(call), \(now), \(account))
            ON CONFLICT (wave_id) DO NOTHING
            """) == 1
    }

    public static func hasConsented(_ candidacy: Candidacy.ID, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM result_consent WHERE candidacy_id = \(candidacy)")
    }

    static func consented(_ candidacies: [Candidacy.ID], _ reader: Reader) throws -> Set<Candidacy.ID> {
        Set(
            try reader.all(
                """
                SELECT candidacy_id
                FROM result_consent
                WHERE candidacy_id IN \(list: candidacies.map(\.number))
                ORDER BY candidacy_id
                """
            ) { Candidacy.ID(try $0.int(0)) })
    }

    static func consent(
        _ candidacy: Candidacy.ID, _ consents: Bool, at now: Instant, by account: Account.ID?, _ writer: Writer
    ) throws {
        try writer.run("DELETE FROM result_consent WHERE candidacy_id = \(candidacy)")
        guard consents else { return }
        try writer.run(
            """
            INSERT INTO result_consent (candidacy_id, consented_at, consented_by)
            VALUES (\(candidacy), \(now), \(account))
            """)
    }
}
