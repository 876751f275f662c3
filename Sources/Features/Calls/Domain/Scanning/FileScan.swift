import Storage

/// What a scanner said of a file of the vault; a file nobody looked at has none.
public struct FileScan: Sendable, Equatable {
    /// The raw value is stored.
    public enum State: String, Sendable, CaseIterable {
        case clean = "sain"
        case infected = "infecte"
        /// The scanner could not look at it: it will be asked again.
        case failed = "erreur"
    }

    public let file: FileDigest
    public let state: State
    /// The name of what was found, or why it could not be looked at.
    public let finding: String
    public let at: Instant
    public let attempts: Int

    /// How long a failure waits before the next attempt, and after how many nothing more is tried.
    static let pause = Instant.Span.minutes(10)
    static let mostAttempts = 6
}

/// The SQL of `file_scan`, and what is still to be looked at.
public enum FileScanStore {
    /// What is known of some files.
    public static func scans(of files: [FileDigest], _ reader: Reader) throws -> [FileDigest: FileScan] {
        guard !files.isEmpty else { return [:] }
        let found = try reader.all(
            """
            SELECT digest, state, finding, scanned_at, attempts
            FROM file_scan
            WHERE digest IN \(list: Array(Set(files.map(\.text))).sorted())
            ORDER BY digest
            """
        ) { row in
            (
                file: FileDigest(text: try row.text(0)), state: try row.text(1), finding: try row.text(2),
                at: Instant(microseconds: try row.int(3)), attempts: Int(try row.int(4))
            )
        }
        var scans: [FileDigest: FileScan] = [:]
        for row in found {
            guard let file = row.file else { continue }
            scans[file] = FileScan(
                file: file, state: FileScan.State(rawValue: row.state) ?? .failed, finding: row.finding, at: row.at,
                attempts: row.attempts)
        }
        return scans
    }

    /// Files that a row names and nobody looked at, or that failed a while ago; the oldest first.
    static func waiting(at now: Instant, limit: Int, _ reader: Reader) throws -> [FileDigest] {
        try reader.all(
            """
            SELECT waiting.digest
            FROM (
                SELECT digest, MIN(added_at) AS added_at
                FROM (
                    SELECT digest, added_at
                    FROM candidacy_file
                    WHERE removed_at IS NULL
                    UNION ALL
                    SELECT digest, added_at
                    FROM safe_document
                    WHERE removed_at IS NULL
                    UNION ALL
                    SELECT digest, added_at
                    FROM archived_file
                    WHERE kind = 'document'
                        AND absence = '') AS named
                GROUP BY digest) AS waiting
            LEFT JOIN file_scan ON file_scan.digest = waiting.digest
            WHERE file_scan.digest IS NULL
                OR (file_scan.state = 'erreur'
                    AND file_scan.attempts < \(FileScan.mostAttempts)
                    AND file_scan.scanned_at < \(now - FileScan.pause))
            ORDER BY waiting.added_at, waiting.digest
            LIMIT \(limit)
            """
        ) { FileDigest(text: try $0.text(0)) }.compactMap { $0 }
    }

    static func record(
        _ file: FileDigest, _ state: FileScan.State, _ finding: String, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO file_scan (digest, state, finding, scanned_at, attempts)
            VALUES (\(file), \(state.rawValue), \(finding), \(now), 1)
            ON CONFLICT (digest) DO UPDATE SET
                state = excluded.state,
                finding = excluded.finding,
                scanned_at = excluded.scanned_at,
                attempts = file_scan.attempts + 1
            """)
    }
}
