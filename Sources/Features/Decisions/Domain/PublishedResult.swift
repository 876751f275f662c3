import Exchange
import Storage

/// What everybody may read of the results of a call: those retained, once published (DECI-15).
public struct PublishedResult: Sendable, Equatable {
    public let wave: CallWave.ID
    public let structure: String
    /// The project's name, when its people agreed.
    public let title: String?
    public let amount: Int
    public let decidedOn: CivilDate

    /// The results of a wave as a whole.
    public struct Summary: Sendable, Equatable {
        public let wave: CallWave.ID
        public let publishedAt: Instant
        public let count: Int
        /// In cents.
        public let amount: Int
    }

    /// How many were retained in each published wave, and for how much; none before the publication.
    public static func summaries(of call: Call.ID, _ reader: Reader) throws -> [Summary] {
        let sums = try reader.all(
            """
            SELECT decision.wave_id, COUNT(*), CAST(SUM(decision.amount) AS BIGINT)
            FROM decision
            JOIN candidacy ON candidacy.id = decision.candidacy_id
            WHERE decision.call_id = \(call)
                AND \(isPublished)
            GROUP BY decision.wave_id
            ORDER BY decision.wave_id
            """
        ) { (CallWave.ID(try $0.int(0)), Int(try $0.int(1)), Int(try $0.int(2))) }
        return try DecisionLetterStore.publications(of: call, reader).map { wave, at in
            let sum = sums.first { $0.0 == wave }
            return Summary(wave: wave, publishedAt: at, count: sum?.1 ?? 0, amount: sum?.2 ?? 0)
        }.sorted { $0.wave < $1.wave }
    }

    /// A part of the results, wave after wave, by structure: only what the page shows of each is read.
    public static func results(of call: Call.ID, limit: Int, offset: Int = 0, _ reader: Reader) throws
        -> [PublishedResult]
    {
        try reader.all(
            """
            SELECT decision.wave_id, candidacy.structure, candidacy.title, decision.amount, decision.decided_on,
                result_consent.candidacy_id
            FROM decision
            JOIN candidacy ON candidacy.id = decision.candidacy_id
            JOIN call_wave ON call_wave.id = decision.wave_id
            LEFT JOIN result_consent ON result_consent.candidacy_id = decision.candidacy_id
            WHERE decision.call_id = \(call)
                AND \(isPublished)
            ORDER BY call_wave.closes_at, decision.wave_id, candidacy.structure, decision.amount, decision.id
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            let title = try row.text(2)
            return PublishedResult(
                wave: CallWave.ID(try row.int(0)), structure: try row.text(1),
                title: try row.optionalInt(5) != nil && !title.isEmpty ? title : nil, amount: Int(try row.int(3)),
                decidedOn: CivilDate(iso: try row.text(4)) ?? CivilDate(daysSince1970: 0))
        }
    }

    /// In force, told, granted, not withdrawn since, in a wave that is published.
    private static let isPublished: SQL = """
        decision.superseded_at IS NULL
            AND decision.notified_at IS NOT NULL
            AND decision.amount IS NOT NULL
            AND candidacy.state IN ('deposee', 'admise')
            AND decision.wave_id IN (SELECT wave_id FROM decision_publication)
        """
}
