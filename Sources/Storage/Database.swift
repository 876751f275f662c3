import CSQLite

/// The database behind Maillage: SQLite in the process, or a PostgreSQL server. Same words, same errors, same promises.
///
/// - `read`: short, indexed reads; one consistent snapshot; cannot write.
/// - `scan`: long reads, away from the threads that serve requests.
/// - `write`: one transaction, durable when it returns; what its closure throws undoes all it did.
public final class Database: Sendable {
    public enum Location: Sendable, Equatable {
        /// The path of the SQLite file; it is created when missing, its folder is not.
        case file(String)
        /// A `postgres://` URL, as libpq reads it.
        case postgres(String)
    }

    public struct Options: Sendable {
        /// SQLite: connections for `read` (the processor's cores, at least 4). PostgreSQL: connections in all (8).
        public var readers: Int?
        /// Milliseconds a statement may take before `StorageError.timeout`; 0 for no limit.
        public var statementTimeout: Int
        /// SQLite: kilobytes of pages that the writer keeps. Work on whole tables goes faster with more.
        public var writerCache: Int
        /// Called once, from a thread of the storage, when a sync failed and writes stopped for good: the program should
        /// say so and exit, and recover from what the disk holds.
        public var outcomeUnknown: @Sendable (StorageError) -> Void

        public init(
            readers: Int? = nil, statementTimeout: Int = 15_000, writerCache: Int = 4_096,
            outcomeUnknown: @escaping @Sendable (StorageError) -> Void = { _ in }
        ) {
            self.readers = readers
            self.statementTimeout = statementTimeout
            self.writerCache = writerCache
            self.outcomeUnknown = outcomeUnknown
        }
    }

    enum Engine: Sendable {
        case sqlite(SQLiteEngine)
        case postgres(PostgresEngine)
    }

    let engine: Engine
    public let dialect: Dialect

    /// Opens, sets what durability hangs on, reads it back, and throws `StorageError.unavailable` with one clear line
    /// when it is not so, when another process holds the file, or when the server does not answer.
    public convenience init(_ location: Location, _ options: Options = Options()) throws {
        try self.init(location, options, SQLiteSettings())
    }

    init(_ location: Location, _ options: Options, _ settings: SQLiteSettings) throws {
        switch location {
        case .file(let path):
            engine = .sqlite(try SQLiteEngine(path, options, settings))
            dialect = .sqlite
        case .postgres(let url):
            engine = .postgres(try PostgresEngine(url, options))
            dialect = .postgres
        }
    }

    deinit {
        switch engine {
        case .sqlite(let sqlite): sqlite.abandon()
        case .postgres(let postgres): postgres.abandon()
        }
    }

    /// Reads on one consistent snapshot. On SQLite `body` runs at once on the calling thread: keep it to indexed reads.
    /// On PostgreSQL it runs on a thread of the pool while the caller is suspended, and once more on a fresh connection when
    /// the server went away.
    public nonisolated(nonsending) func read<T>(_ body: @escaping (Reader) throws -> T) async throws -> T {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.read(body)
        case .postgres(let postgres): try await postgres.read(body)
        }
    }

    /// Reads on one consistent snapshot, always off the caller's thread: exports, sums, whole tables.
    public func scan<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.scan(body)
        case .postgres(let postgres): try await postgres.scan(body)
        }
    }

    /// Runs `body` in one transaction; when this returns, what it wrote is on the disk.
    ///
    /// `body` may run more than once before it is answered (a neighbour in the same commit made the engine start again):
    /// it must have no effect besides the database. `StorageError.serialization` means nothing was written and the whole
    /// may be tried again; `.outcomeUnknown` that nobody knows whether it was.
    public func write<T: Sendable>(_ body: @escaping @Sendable (Writer) throws -> T) async throws -> T {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.write(body)
        case .postgres(let postgres): try await postgres.write(body)
        }
    }

    /// A write whose statements may take as long as they need: migrations.
    func writeUnlimited<T: Sendable>(_ body: @escaping @Sendable (Writer) throws -> T) async throws -> T {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.write(unlimited: true, body)
        case .postgres(let postgres): try await postgres.write(unlimited: true, body)
        }
    }

    /// How much is asked of it.
    public struct Load: Sendable, Equatable {
        /// Writes that wait for their turn.
        public var waiting = 0
        /// Writes answered since it was opened, and the time they waited before they began.
        public var writes = 0
        public var waitedMilliseconds = 0
        /// Connections at rest.
        public var freeConnections = 0
    }

    public var load: Load {
        switch engine {
        case .sqlite(let sqlite): sqlite.load
        case .postgres(let postgres): postgres.load
        }
    }

    /// Finishes the writes that wait, ends the threads and lets go of the file or the connections.
    public func close() async {
        switch engine {
        case .sqlite(let sqlite): await sqlite.close()
        case .postgres(let postgres): await postgres.close()
        }
    }

    /// SQLite: copies the log into the file and empties it. PostgreSQL sees to that by itself.
    public func checkpoint() async throws {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.checkpoint()
        case .postgres: break
        }
    }

    /// SQLite: writes a checked, durable copy of one snapshot to `path`, which must not exist, while the database serves.
    /// PostgreSQL: refuses; its own tools (`pg_dump`, `pg_basebackup`) do it.
    public func backup(to path: String) async throws {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.backup(to: path)
        case .postgres:
            throw StorageError.unavailable("PostgreSQL is backed up with its own tools: pg_dump or pg_basebackup")
        }
    }

    /// The SQLite that the program runs with, e.g. `3.40.1`: the machine's, not the one it was built with.
    public static var sqliteVersion: String { String(cString: sqlite3_libversion()) }

    /// Whether a process has an SQLite file open for writing.
    public static func isInUse(file path: String) -> Bool {
        (try? FileLock(beside: path)) == nil
    }

    /// The number of the last migration it has; 0 before the first.
    public func migration() async throws -> Int {
        if try await isEmpty() { return 0 }
        return try await read {
            try $0.one("SELECT max(number) FROM schema_migration") { Int(try $0.optionalInt(0) ?? 0) } ?? 0
        }
    }

    /// Whether it holds no table at all.
    public func isEmpty() async throws -> Bool {
        try await read { reader in
            switch reader.dialect {
            case .sqlite: try !reader.exists("SELECT 1 FROM sqlite_schema WHERE type = 'table'")
            case .postgres:
                try !reader.exists(
                    "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1")
            }
        }
    }

    /// What is wrong with the database, one line each; empty when nothing is.
    public func integrity() async throws -> [String] {
        switch engine {
        case .sqlite(let sqlite): try await sqlite.integrity()
        case .postgres(let postgres): try await postgres.integrity()
        }
    }
}
