import Storage

/// The SQL of `import_source` and `import_key`: which row of which source is which place.
enum ImportKeyStore {
    struct Key: Sendable {
        let sourceKey: String
        let place: Place.ID
        let fingerprint: String
        let digest: String
        let isGone: Bool
    }

    /// A line of `import_key` to be added.
    struct Line: Sendable {
        let sourceKey: String
        let place: Place.ID
        let record: IncomingRecord
    }

    /// Counts a run of the source; answers its number.
    static func begin(
        _ source: String, format: String, file: String, at now: Instant, _ writer: Writer
    ) throws -> Int {
        try writer.run(
            """
            INSERT INTO import_source (name, format, last_file, last_at, runs)
            VALUES (\(source), \(format), \(file), \(now), 1)
            ON CONFLICT (name) DO UPDATE SET
                format = excluded.format,
                last_file = excluded.last_file,
                last_at = excluded.last_at,
                runs = import_source.runs + 1
            """)
        return try runs(of: source, writer)
    }

    /// How often a source was imported, a run under way counted; 0 for one that is unknown.
    static func runs(of source: String, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COALESCE(MAX(runs), 0) FROM import_source WHERE name = \(source)")
    }

    /// The rows of a merged place are from now on those of the place it was merged into.
    static func move(from merged: Place.ID, to kept: Place.ID, _ writer: Writer) throws {
        try writer.run("UPDATE import_key SET place_id = \(kept) WHERE place_id = \(merged)")
    }

    static func keys(of source: String, _ sourceKeys: [String], _ reader: Reader) throws -> [String: Key] {
        var keys: [String: Key] = [:]
        keys.reserveCapacity(sourceKeys.count)
        try reader.each(
            """
            SELECT \(columns)
            FROM import_key
            WHERE source = \(source)
                AND source_key IN \(list: sourceKeys)
            """
        ) { row in
            let key = try read(row)
            keys[key.sourceKey] = key
            return true
        }
        return keys
    }

    /// The keys of a source by what their rows said, several when rows repeat.
    static func keys(of source: String, fingerprints: [String], _ reader: Reader) throws -> [String: [Key]] {
        var keys: [String: [Key]] = [:]
        try reader.each(
            """
            SELECT \(columns)
            FROM import_key
            WHERE fingerprint IN \(list: fingerprints)
                AND source = \(source)
            ORDER BY source_key
            """
        ) { row in
            let key = try read(row)
            keys[key.fingerprint, default: []].append(key)
            return true
        }
        return keys
    }

    private static let columns: SQL = "source_key, place_id, fingerprint, digest, gone_at"

    private static func read(_ row: Row) throws -> Key {
        Key(
            sourceKey: try row.text(0), place: Place.ID(try row.int(1)), fingerprint: try row.text(2),
            digest: try row.text(3), isGone: !row.isNull(4))
    }

    /// The latest day that each source gave for some places.
    static func dates(of places: [Place.ID], _ reader: Reader) throws -> [Place.ID: [String: String]] {
        var dates: [Place.ID: [String: String]] = [:]
        try reader.each(
            """
            SELECT place_id, source, MAX(dated_on)
            FROM import_key
            WHERE place_id IN \(list: places.map(\.number))
            GROUP BY place_id, source
            ORDER BY place_id, source
            """
        ) { row in
            dates[Place.ID(try row.int(0)), default: [:]][try row.text(1)] = try row.text(2)
            return true
        }
        return dates
    }

    static func insert(_ lines: [Line], of source: String, run: Int, at now: Instant, _ writer: Writer) throws {
        for slice in lines.chunked(by: 50) {
            let rows = slice.map { line -> SQL in
                """
                (\(source), \(line.sourceKey), \(line.place), \(line.record.fingerprint), \(line.record.digest),
                    \(line.record.datedOn), \(now), \(now), \(run), NULL)
                """
            }
            try writer.run(
                """
                INSERT INTO import_key (source, source_key, place_id, fingerprint, digest, dated_on, first_seen_at,
                    last_seen_at, last_run, gone_at)
                VALUES \(SQL.join(rows, ", "))
                """)
        }
    }

    /// Notes that rows are still there, and back if they had gone.
    static func seen(_ sourceKeys: [String], of source: String, run: Int, at now: Instant, _ writer: Writer) throws {
        if sourceKeys.isEmpty { return }
        try writer.run(
            """
            UPDATE import_key
            SET last_seen_at = \(now),
                last_run = \(run),
                gone_at = NULL
            WHERE source = \(source)
                AND source_key IN \(list: sourceKeys)
            """)
    }

    /// Takes a row's new state, under a new key when its source has given it one since.
    static func update(
        _ former: String, to sourceKey: String, _ record: IncomingRecord, of source: String, run: Int, at now: Instant,
        _ writer: Writer
    ) throws {
        try writer.run(
            """
            UPDATE import_key
            SET source_key = \(sourceKey),
                fingerprint = \(record.fingerprint),
                digest = \(record.digest),
                dated_on = \(record.datedOn),
                last_seen_at = \(now),
                last_run = \(run),
                gone_at = NULL
            WHERE source = \(source)
                AND source_key = \(former)
            """)
    }

    /// Marks the rows that a whole run did not meet; answers how many.
    static func markGone(of source: String, before run: Int, at now: Instant, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            UPDATE import_key
            SET gone_at = \(now)
            WHERE source = \(source)
                AND last_run < \(run)
                AND gone_at IS NULL
            """)
    }

    /// The rows of a source that have not gone, as its last run left them.
    static func presentCount(of source: String, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM import_key WHERE source = \(source) AND gone_at IS NULL")
    }
}

extension Array {
    /// Slices of at most so many elements.
    func chunked(by size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
