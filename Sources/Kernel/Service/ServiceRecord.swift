import Storage

/// The SQL of `service_minute` and of the row that each probe writes.
public enum ServiceRecord {
    /// The write that is measured: one row, in a transaction of its own, on the way that deposits take.
    static func probe(at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO service_probe (id, at)
            VALUES (1, \(now))
            ON CONFLICT (id) DO UPDATE SET at = excluded.at
            """)
    }

    private static let columns: SQL =
        "minute, measured_at, outcome, microseconds, deposits, recorded_at, previous, hash"

    public static func last(_ reader: Reader) throws -> ServiceMinute? {
        try reader.one("SELECT \(columns) FROM service_minute ORDER BY minute DESC LIMIT 1", read)
    }

    /// The lines of some minutes, in order.
    public static func span(_ minutes: Range<Int64>, _ reader: Reader) throws -> ServiceSpan {
        let lines = try reader.all(
            """
            SELECT \(columns)
            FROM service_minute
            WHERE minute >= \(minutes.lowerBound)
                AND minute < \(minutes.upperBound)
            ORDER BY minute
            """, read)
        return ServiceSpan(minutes: minutes, lines: lines)
    }

    static func append(_ line: ServiceMinute, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO service_minute (minute, measured_at, outcome, microseconds, deposits, recorded_at, previous, hash)
            VALUES (\(line.minute), \(line.measuredAt), \(line.outcome.rawValue), \(line.microseconds), \(line.deposits),
                \(line.recordedAt), \(line.previous), \(line.hash))
            """)
    }

    private static func read(_ row: Row) throws -> ServiceMinute {
        ServiceMinute(
            minute: try row.int(0), measuredAt: Instant(microseconds: try row.int(1)),
            outcome: ServiceMinute.Outcome(rawValue: try row.text(2)) ?? .failed, microseconds: try row.int(3),
            deposits: Int(try row.int(4)), recordedAt: Instant(microseconds: try row.int(5)),
            previous: try row.text(6), hash: try row.text(7))
    }
}

/// Measures the service every minute, and writes what it found. What could not be written waits, and is written when it can be.
public actor ServiceWatch {
    private struct Measure {
        var at: Instant
        var outcome: ServiceMinute.Outcome
        var microseconds: Int64
    }

    /// A day of failures is remembered; more than that is a hole.
    private static let patience = 1_440

    private let database: Database
    private let surroundings: Surroundings
    /// How many deposits received their receipt between two instants.
    private let deposits: @Sendable (Instant, Instant, Reader) throws -> Int
    private var waiting: [Measure] = []

    public init(
        database: Database, surroundings: Surroundings,
        deposits: @escaping @Sendable (Instant, Instant, Reader) throws -> Int
    ) {
        self.database = database
        self.surroundings = surroundings
        self.deposits = deposits
    }

    /// One measure, now. Throws when the line could not be written; it is then written by a later call.
    public func measure() async throws {
        let now = surroundings.now()
        let clock = ContinuousClock()
        let start = clock.now
        var failure: (any Error)?
        do {
            try await database.write(again: nil) { writer in
                // As a deposit does, which waits for the acts of all nodes.
                try writer.takeTurn(NetworkChanges.turn)
                try ServiceRecord.probe(at: now, writer)
            }
        } catch {
            failure = error
        }
        let spent = (clock.now - start).components
        let microseconds = spent.seconds * 1_000_000 + spent.attoseconds / 1_000_000_000_000
        waiting.append(
            Measure(at: now, outcome: failure == nil ? .open : .failed, microseconds: max(0, microseconds)))
        if waiting.count > Self.patience { waiting.removeFirst() }
        if let failure { throw failure }
        try await record()
    }

    private func record() async throws {
        let (measures, now, deposits) = (waiting, surroundings.now(), self.deposits)
        try await database.write(again: nil) { writer in
            try writer.takeTurn(NetworkChanges.turn)
            var last = try ServiceRecord.last(writer)
            for measure in measures {
                let minute = measure.at.minute
                // Another node measured this minute, or a later one: its line stands.
                if let last, last.minute >= minute { continue }
                let start = Instant(seconds: (minute - 1) * 60)
                let line = ServiceMinute(
                    minute: minute, measuredAt: measure.at, outcome: measure.outcome,
                    microseconds: measure.microseconds,
                    deposits: try deposits(start, start + .minutes(1), writer), recordedAt: now,
                    previous: last?.hash ?? ServiceMinute.origin)
                try ServiceRecord.append(line, writer)
                last = line
            }
        }
        waiting.removeFirst(min(measures.count, waiting.count))
    }
}
