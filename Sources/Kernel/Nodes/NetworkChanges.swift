import Storage
import Synchronization

/// What acts changed, in the order they committed: how a node of several hears of what the others did. On PostgreSQL alone.
enum NetworkChanges {
    /// Where the rows are announced.
    static let channel = "maillage_change"
    /// The table on which acts of all nodes wait for each other.
    static let turn = "writing_turn"
    /// Beyond so many subjects, a row says that everything changed: an import.
    static let most = 2_000

    /// A place in the order: the last change that was heard. `at` tells it from that of another history, after a standby that
    /// lagged was promoted.
    struct Position: Sendable, Equatable {
        var sequence: Int64 = 0
        var at: Int64 = 0
    }

    /// What came after a position.
    struct News: Sendable {
        var position: Position
        var changes: [(sequence: Int64, subjects: Set<Proceeding.Subject>)] = []
        /// What is known holds no longer, and is to be read anew: too much changed, or not after this position.
        var isStale = false
    }

    /// Writes what a transaction changed, and has it announced when it commits. Answers its place, nil on SQLite.
    ///
    /// The transaction is in the turn of acts: no two have one number, and a number that is seen means that those before it are.
    static func record(_ changes: Set<Proceeding.Subject>, at now: Instant, _ writer: Writer) throws -> Int64? {
        guard writer.dialect == .postgres, !changes.isEmpty else { return nil }
        let subjects =
            changes.count > most
            ? "*" : changes.map { "\($0.kind):\($0.number)" }.sorted().joined(separator: " ")
        return try writer.one(
            """
            INSERT INTO network_change (sequence, at, subjects)
            SELECT COALESCE(MAX(sequence), 0) + 1, \(now), \(subjects)
            FROM network_change
            RETURNING sequence\(sqlite: "", postgres: ", pg_notify('maillage_change', '')")
            """
        ) { try $0.int(0) }
    }

    /// The last change there is.
    static func last(_ reader: Reader) throws -> Position {
        try reader.one(
            """
            SELECT sequence, at
            FROM network_change
            ORDER BY sequence DESC
            LIMIT 1
            """, position) ?? Position()
    }

    static func news(after heard: Position, limit: Int = 500, _ reader: Reader) throws -> News {
        var news = News(position: heard)
        // The one that was heard is read again: it must still be what it was.
        var isFollowing = heard.sequence == 0
        try reader.each(
            """
            SELECT sequence, at, subjects
            FROM network_change
            WHERE sequence >= \(heard.sequence)
            ORDER BY sequence
            LIMIT \(limit + 1)
            """
        ) { row in
            let found = try position(row)
            guard isFollowing else {
                isFollowing = found == heard
                return isFollowing
            }
            if let subjects = subjects(try row.text(2)) {
                news.changes.append((found.sequence, subjects))
            } else {
                news.isStale = true
            }
            news.position = found
            return true
        }
        if !isFollowing { news.isStale = true }
        return news
    }

    /// Forgets what every node heard long ago. The last stays: numbers go on from it.
    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            DELETE FROM network_change
            WHERE at < \(now - .days(2))
                AND sequence < (SELECT MAX(sequence) FROM network_change)
            """)
    }

    private static func position(_ row: Row) throws -> Position {
        Position(sequence: try row.int(0), at: try row.int(1))
    }

    /// nil when everything changed, or when the text is of a newer version.
    private static func subjects(_ text: String) -> Set<Proceeding.Subject>? {
        var subjects: Set<Proceeding.Subject> = []
        for word in text.split(separator: " ") {
            let halves = word.split(separator: ":", maxSplits: 1)
            guard halves.count == 2, let number = Int64(halves[1]) else { return nil }
            subjects.insert(Proceeding.Subject(kind: String(halves[0]), number: number))
        }
        return subjects
    }
}

/// The changes that this program told its own views of: hearing of them again from the database would be for nothing.
final class ToldChanges: Sendable {
    private let told = Mutex<Set<Int64>>([])
    /// Where nobody listens, they are not kept for ever: one forgotten is heard once more, which only takes time.
    private static let most = 20_000

    func insert(_ sequence: Int64?) {
        guard let sequence else { return }
        told.withLock { told in
            if told.count >= Self.most { told.removeAll() }
            told.insert(sequence)
        }
    }

    /// Whether a change was told; it is then forgotten.
    func take(_ sequence: Int64) -> Bool { told.withLock { $0.remove(sequence) != nil } }
}
