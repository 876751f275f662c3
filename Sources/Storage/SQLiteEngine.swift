import CSQLite

/// SQLite: one writer on its own thread, readers that run where they are called, scans on a few threads.
final class SQLiteEngine: Sendable {
    private static let scanThreads = 3

    let path: String
    private let settings: SQLiteSettings
    private let writer: SQLiteWriter
    private let readers: SQLitePool
    private let scanners: SQLitePool
    private let scans = ThreadPool(size: SQLiteEngine.scanThreads)

    init(_ path: String, _ options: Database.Options, _ settings: SQLiteSettings) throws {
        let path = try DatabaseFile.resolved(path)
        self.path = path
        self.settings = settings
        let lock = try FileLock(beside: path)
        if !DatabaseFile.exists(path) { try DatabaseFile.create(path) }
        let connection = try settings.openWriter(path, cacheKilobytes: options.writerCache)
        let timeout = Int64(max(0, options.statementTimeout))
        let open: @Sendable () throws -> SQLiteConnection = {
            let reader = try settings.openReader(path)
            reader.statementTimeout = timeout
            return reader
        }
        readers = SQLitePool(size: options.readers ?? max(4, Database.cores), open: open)
        scanners = SQLitePool(size: Self.scanThreads, open: open)
        if let first = try readers.tryTake() { readers.give(first) }
        writer = try SQLiteWriter(
            connection, lock, statementTimeout: options.statementTimeout, outcomeUnknown: options.outcomeUnknown)
    }

    var load: Database.Load {
        var load = writer.load
        load.freeConnections = readers.freeCount
        return load
    }

    nonisolated(nonsending) func read<T>(_ body: (Reader) throws -> T) async throws -> T {
        let connection: SQLiteConnection
        if let free = try readers.tryTake() { connection = free } else { connection = try await readers.take() }
        defer { readers.give(connection) }
        return try connection.snapshot(body)
    }

    func scan<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await onScanThread { [scanners] in
            // As many connections as threads: one is always free.
            guard let connection = try scanners.tryTake() else {
                throw StorageError.unavailable("no connection is free")
            }
            defer { scanners.give(connection) }
            return try connection.snapshot(body)
        }
    }

    func write<T: Sendable>(
        outside: Bool = false, unlimited: Bool = false, _ body: @escaping @Sendable (Writer) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = Outcome<T>()
            writer.add(
                WriteJob(outside: outside, unlimited: unlimited) {
                    outcome.value = try body($0)
                } tell: { error in
                    if let error {
                        continuation.resume(throwing: error)
                    } else if let value = outcome.value {
                        continuation.resume(returning: value)
                    } else {
                        continuation.resume(throwing: StorageError.other(code: "sqlite", message: "no result"))
                    }
                })
        }
    }

    func checkpoint() async throws {
        try await write(outside: true) { [writer] _ in writer.truncateLog() }
    }

    /// A copy of one snapshot, page by page, checked and durable before it takes its name.
    func backup(to path: String) async throws {
        let target = try DatabaseFile.resolved(path)
        try await onScanThread { [self] in
            guard !DatabaseFile.exists(target) else { throw StorageError.unavailable("\(target) exists already") }
            let partial = target + ".partial"
            DatabaseFile.remove(partial)
            do {
                try DatabaseFile.create(partial)
                try copy(to: partial)
                try DatabaseFile.publish(partial, as: target)
            } catch {
                DatabaseFile.remove(partial)
                throw error
            }
        }
    }

    private func copy(to path: String) throws {
        let source = try settings.openReader(self.path)
        // SQLite works through the handle alone: nothing else keeps the connection open until the copy is done.
        defer { source.close() }
        let target = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READWRITE)
        defer { target.close() }
        guard let copy = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw SQLiteFailure.error(
                sqlite3_extended_errcode(target.handle), String(cString: sqlite3_errmsg(target.handle)))
        }
        let step = sqlite3_backup_step(copy, -1)
        let end = sqlite3_backup_finish(copy)
        guard step == SQLITE_DONE, end == SQLITE_OK else {
            throw SQLiteFailure.error(end == SQLITE_OK ? step : end, String(cString: sqlite3_errmsg(target.handle)))
        }
        // One file, complete by itself: no log beside it.
        try target.each("PRAGMA journal_mode = DELETE", []) { _ in true }
        let problems = try Self.check(target)
        guard problems.isEmpty else { throw StorageError.unavailable("the copy is not sound: \(problems[0])") }
    }

    func integrity() async throws -> [String] {
        try await onScanThread { [self] in try Self.check(settings.openReader(path)) }
    }

    private static func check(_ connection: SQLiteConnection) throws -> [String] {
        var problems: [String] = []
        try connection.each("PRAGMA integrity_check", []) {
            let line = try $0.text(0)
            if line != "ok" { problems.append(line) }
            return true
        }
        try connection.each("PRAGMA foreign_key_check", []) {
            let row = try $0.optionalInt(1).map { " row \($0)" } ?? ""
            problems.append("\(try $0.text(0))\(row) refers to a missing row of \(try $0.text(2))")
            return problems.count < 100
        }
        return problems
    }

    func close() async {
        readers.close()
        await withCheckedContinuation { done in scans.stop { done.resume() } }
        scanners.close()
        await withCheckedContinuation { done in writer.stop { done.resume() } }
    }

    /// For a database let go without `close`: the threads end by themselves.
    func abandon() {
        readers.close()
        scans.stop {}
        scanners.close()
        writer.stop {}
    }

    private func onScanThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let queued = scans.submit { continuation.resume(with: Result { try body() }) }
            if !queued { continuation.resume(throwing: StorageError.unavailable("the database is closed")) }
        }
    }
}

/// Where a write leaves its result until its commit is known. Touched by the writer's thread only.
final class Outcome<T>: @unchecked Sendable {
    var value: T?
}
