import CSQLite

/// How SQLite connections are set, and the proof that they are. Tests inject what must be refused.
struct SQLiteSettings: Sendable {
    /// The one setting durability hangs on; anything else than FULL is refused at opening.
    var synchronous = "FULL"
    /// Another virtual file system, for tests of failing disks.
    var vfs: String?
    /// A ceiling on the file, for tests of full disks.
    var maximumPages: Int?

    /// "Mail" in ASCII: what `PRAGMA application_id` says of our files.
    static let applicationID: Int64 = 0x4D61_696C
    static let busyTimeout: Int32 = 5000
    static let pageSize = 4096
    /// Above this many pages in the log the writer copies them into the file (a passive checkpoint).
    static let checkpointPages = 1000
    /// Above this the writer also empties the log file: 64 MB.
    static let truncatePages = 64 * 1024 * 1024 / pageSize

    func openWriter(_ path: String, cacheKilobytes: Int) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(
            path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs: vfs)
        try claim(connection, path)
        try require(connection, "journal_mode", set: "WAL", "wal")
        try require(connection, "synchronous", set: synchronous, "2")
        try require(connection, "foreign_keys", set: "ON", "1")
        try require(connection, "wal_autocheckpoint", set: "0", "0")
        try require(connection, "journal_size_limit", set: "\(Self.truncatePages * Self.pageSize)")
        try common(connection, cacheKilobytes: cacheKilobytes)
        if let maximumPages { _ = try pragma(connection, "max_page_count", set: "\(maximumPages)") }
        connection.watchLog()
        return connection
    }

    func openReader(_ path: String) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READONLY, vfs: vfs)
        try common(connection, cacheKilobytes: 2048)
        try require(connection, "query_only", set: "ON", "1")
        return connection
    }

    private func common(_ connection: SQLiteConnection, cacheKilobytes: Int) throws {
        sqlite3_busy_timeout(connection.handle, Self.busyTimeout)
        try require(connection, "mmap_size", set: "0", "0")
        try require(connection, "trusted_schema", set: "OFF", "0")
        try require(connection, "cell_size_check", set: "ON", "1")
        try require(connection, "temp_store", set: "MEMORY", "2")
        try require(connection, "cache_size", set: "-\(cacheKilobytes)", "-\(cacheKilobytes)")
        guard maillage_sqlite_defensive(connection.handle) == SQLITE_OK else {
            throw StorageError.unavailable("SQLite has no defensive mode")
        }
    }

    /// Refuses a file of another program, marks a new one.
    private func claim(_ connection: SQLiteConnection, _ path: String) throws {
        sqlite3_busy_timeout(connection.handle, Self.busyTimeout)
        let encoding = try pragma(connection, "encoding")
        guard encoding == "UTF-8" else {
            throw StorageError.unavailable("\(path) is encoded in \(encoding), not in UTF-8")
        }
        let mark = try pragma(connection, "application_id")
        if mark == "\(Self.applicationID)" { return }
        var tables: Int64 = 0
        try connection.each("SELECT count(*) FROM sqlite_schema", []) {
            tables = try $0.int(0)
            return true
        }
        guard mark == "0", tables == 0 else {
            throw StorageError.unavailable("\(path) is a database of another program")
        }
        _ = try pragma(connection, "application_id", set: "\(Self.applicationID)")
    }

    private func require(
        _ connection: SQLiteConnection, _ name: String, set value: String, _ wanted: String? = nil
    ) throws {
        _ = try pragma(connection, name, set: value)
        let held = try pragma(connection, name)
        guard held == wanted ?? value else {
            throw StorageError.unavailable("SQLite holds \(name) = \(held) where \(wanted ?? value) is required")
        }
    }

    private func pragma(_ connection: SQLiteConnection, _ name: String, set value: String? = nil) throws -> String {
        var answer = ""
        try connection.each("PRAGMA \(name)" + (value.map { " = \($0)" } ?? ""), []) { row in
            answer = (try? row.text(0)) ?? (try? row.int(0)).map(String.init) ?? ""
            return true
        }
        return answer
    }
}
