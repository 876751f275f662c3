import CSQLite

/// One SQLite connection. Used by one thread at a time: the pools and the writer see to it.
final class SQLiteConnection: Connection, @unchecked Sendable {
    private final class Statement {
        let pointer: OpaquePointer
        let parameters: Int
        var busy = false

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
            parameters = Int(sqlite3_bind_parameter_count(pointer))
        }

        deinit { sqlite3_finalize(pointer) }
    }

    let handle: OpaquePointer
    private var cache = StatementCache<Statement>()
    private var closed = false

    /// Read by the progress handler: the monotonic millisecond at which the statement must stop, 0 for none.
    private let deadline = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
    /// Written by the WAL hook: the pages in the log after the last commit.
    private let logPages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    /// Milliseconds a statement may take; 0 for no limit.
    var statementTimeout: Int64 = 0
    /// True between BEGIN and its end. SQLite ends a transaction by itself on some errors: see `each`.
    private(set) var inTransaction = false
    /// The first statement that failed outside an `attempt`: PostgreSQL would refuse to commit, so we do too.
    private(set) var doomed: StorageError?
    /// An I/O error after which the disk cannot be trusted to hold what was written.
    private(set) var diskFailure: StorageError?

    var dialect: Dialect { .sqlite }
    var pagesInLog: Int { Int(logPages.pointee) }
    /// Whether SQLite undid the whole transaction by itself.
    var lostTransaction: Bool { inTransaction && sqlite3_get_autocommit(handle) != 0 }

    init(path: String, flags: Int32, vfs: String? = nil) throws {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs)
        guard code == SQLITE_OK, let opened else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw StorageError.unavailable("\(path): \(reason)")
        }
        handle = opened
        deadline.initialize(to: 0)
        logPages.initialize(to: 0)
        sqlite3_progress_handler(
            handle, 10_000,
            { context in
                guard let limit = context?.load(as: Int64.self), limit > 0 else { return 0 }
                return monotonicMilliseconds() > limit ? 1 : 0
            }, deadline)
    }

    deinit {
        close()
        deadline.deallocate()
        logPages.deallocate()
    }

    func close() {
        guard !closed else { return }
        closed = true
        _ = cache.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Counts the pages of the log instead of checkpointing inside COMMIT, where SQLite would swallow the error.
    func watchLog() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                context?.storeBytes(of: pages, as: Int32.self)
                return SQLITE_OK
            }, logPages)
    }

    func forgetLog() {
        logPages.pointee = 0
    }

    // MARK: Statements

    func each(_ text: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        try perform(text, values, body)
    }

    func run(_ text: String, _ values: [Value]) throws -> Int {
        let before = sqlite3_total_changes64(handle)
        try perform(text, values) { _ in true }
        // `changes` keeps the last statement's count when this one is not INSERT, UPDATE or DELETE.
        return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
    }

    func script(_ text: String) throws {
        try refuseOutsideTransaction()
        startTimer()
        let code = sqlite3_exec(handle, text, nil, nil, nil)
        if code != SQLITE_OK { throw failed(code) }
    }

    private func perform(_ text: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        try refuseOutsideTransaction()
        let statement = try prepared(text)
        statement.busy = true
        var finished = false
        defer {
            if !finished { sqlite3_reset(statement.pointer) }
            sqlite3_clear_bindings(statement.pointer)
            statement.busy = false
        }
        try bind(values, to: statement)
        startTimer()
        let row = Row(source: .sqlite(statement.pointer))
        while true {
            let code = sqlite3_step(statement.pointer)
            if code == SQLITE_ROW {
                if try body(row) { continue }
                // A RETURNING statement has done its work by its first row, but its foreign keys are checked at its end.
                finished = true
                let end = sqlite3_reset(statement.pointer)
                if end != SQLITE_OK { throw failed(end) }
                return
            }
            guard code == SQLITE_DONE else { throw failed(code) }
            return
        }
    }

    /// From the cache, unless the same text is being read further up the stack.
    private func prepared(_ text: String) throws -> Statement {
        let known = cache.find(text)
        if let known, !known.busy { return known }
        var pointer: OpaquePointer?
        var copy = text
        var rest = false
        let code = copy.withUTF8 { bytes -> Int32 in
            guard !bytes.isEmpty else { return SQLITE_OK }
            return bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let flags = known == nil ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
                let count = Int32(clamping: characters.count)
                let code = sqlite3_prepare_v3(handle, characters.baseAddress, count, flags, &pointer, &tail)
                if code == SQLITE_OK, let tail, let start = characters.baseAddress {
                    rest = bytes[min(bytes.count, tail - start)...].contains { $0 > 0x20 && $0 != UInt8(ascii: ";") }
                }
                return code
            }
        }
        guard code == SQLITE_OK else { throw failed(code) }
        guard let pointer else { throw StorageError.other(code: "sqlite", message: "an empty statement") }
        let statement = Statement(pointer)
        if rest { throw StorageError.other(code: "sqlite", message: "several statements where one is expected") }
        if known == nil { _ = cache.keep(statement, for: text) }
        return statement
    }

    private func bind(_ values: [Value], to statement: Statement) throws {
        guard values.count == statement.parameters else {
            throw StorageError.other(
                code: "bind", message: "\(values.count) values for \(statement.parameters) places")
        }
        for (offset, value) in values.enumerated() {
            let index = Int32(truncatingIfNeeded: offset + 1)
            let code: Int32
            switch try value.checked() {
            case .null: code = sqlite3_bind_null(statement.pointer, index)
            case .integer(let integer): code = sqlite3_bind_int64(statement.pointer, index, integer)
            case .real(let real): code = sqlite3_bind_double(statement.pointer, index, real)
            case .text(var text):
                code = text.withUTF8 { bytes in
                    guard let start = bytes.baseAddress, !bytes.isEmpty else {
                        return sqlite3_bind_text(statement.pointer, index, "", 0, Self.transient)
                    }
                    return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                        sqlite3_bind_text64(
                            statement.pointer, index, $0, UInt64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
                    }
                }
            case .blob(let blob):
                code = blob.withUnsafeBytes { bytes in
                    // A null pointer would bind NULL.
                    guard let start = bytes.baseAddress, !bytes.isEmpty else {
                        return sqlite3_bind_zeroblob(statement.pointer, index, 0)
                    }
                    return sqlite3_bind_blob64(
                        statement.pointer, index, start, UInt64(bytes.count), Self.transient)
                }
            }
            if code != SQLITE_OK { throw failed(code) }
        }
    }

    /// `SQLITE_TRANSIENT`: SQLite copies the bytes before the call returns.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func startTimer() {
        deadline.pointee = statementTimeout > 0 ? monotonicMilliseconds() + statementTimeout : 0
    }

    private func refuseOutsideTransaction() throws {
        guard lostTransaction else { return }
        throw doomed ?? StorageError.other(code: "sqlite", message: "the transaction was undone")
    }

    private func failed(_ code: Int32) -> StorageError {
        let error = SQLiteFailure.error(code, String(cString: sqlite3_errmsg(handle)))
        if SQLiteFailure.leavesDiskUnknown(code) {
            let unknown = StorageError.outcomeUnknown("I/O error \(code) (\(String(cString: sqlite3_errmsg(handle))))")
            if diskFailure == nil { diskFailure = unknown }
        }
        if doomed == nil { doomed = error }
        return error
    }

    // MARK: Transactions

    func begin(_ text: String) throws {
        doomed = nil
        _ = try run(text, [])
        inTransaction = true
    }

    /// The raw result code of COMMIT: the writer decides what each one means.
    func commit() -> (code: Int32, error: StorageError?) {
        doomed = nil
        let timeout = statementTimeout
        statementTimeout = 0
        defer { statementTimeout = timeout }
        do {
            _ = try run("COMMIT", [])
            inTransaction = false
            return (SQLITE_OK, nil)
        } catch {
            return (sqlite3_extended_errcode(handle), error as? StorageError)
        }
    }

    func rollback() {
        let open = sqlite3_get_autocommit(handle) == 0
        inTransaction = false
        if open { _ = try? run("ROLLBACK", []) }
        doomed = nil
    }

    func savepoint() throws {
        _ = try run("SAVEPOINT attempt", [])
    }

    func releaseSavepoint() throws {
        _ = try run("RELEASE SAVEPOINT attempt", [])
    }

    func rollbackToSavepoint() {
        guard !lostTransaction else { return }
        do {
            _ = try run("ROLLBACK TO SAVEPOINT attempt", [])
            _ = try run("RELEASE SAVEPOINT attempt", [])
            doomed = nil
        } catch {
            // `doomed` stays, so nothing of this transaction is committed.
        }
    }

    /// Runs `body` on one snapshot.
    func snapshot<T>(_ body: (Reader) throws -> T) throws -> T {
        try begin("BEGIN DEFERRED")
        do {
            let result = try body(Reader(self))
            _ = try run("COMMIT", [])
            inTransaction = false
            return result
        } catch {
            rollback()
            throw error
        }
    }
}
