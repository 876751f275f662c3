import CLibPQ

/// One connection to PostgreSQL, blocking. Used by one thread at a time: the pool sees to it.
final class PostgresConnection: Connection, @unchecked Sendable {
    private final class Statement {
        let name: String
        let types: [Oid]

        init(name: String, types: [Oid]) {
            self.name = name
            self.types = types
        }
    }

    let handle: OpaquePointer
    private var cache = StatementCache<Statement>()
    private var prepared = 0
    /// Names the server still holds although the cache has dropped them.
    private var leaving: [String] = []

    private(set) var doomed: StorageError?
    /// True once the connection must not be used again.
    private(set) var broken = false
    /// What the server warned of since the last COMMIT was asked for.
    private var warning: String?

    var dialect: Dialect { .postgres }

    /// Connects and sets the session. Throws `StorageError.unavailable` with the server's line, never the password.
    init(url: String, statementTimeout: Int) throws {
        let settings = try PostgresAddress(url)
        // What stands before the URL is what it may say otherwise. A server whose machine vanished never says goodbye: a connection
        // that waits for it is given up after ten seconds or so, instead of two hours (tcp(7)).
        let keywords = [
            "connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
            "dbname", "application_name", "client_encoding",
        ]
        let values = ["\(settings.patience)", "5", "2", "3", "10000", url, "maillage", "UTF8"]
        let opened = Self.withCStrings(keywords) { keywords in
            Self.withCStrings(values) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let opened else { throw StorageError.unavailable("no memory to connect to PostgreSQL") }
        handle = opened
        guard PQstatus(handle) == CONNECTION_OK else {
            throw StorageError.unavailable(settings.withoutPassword(String(cString: PQerrorMessage(handle))))
        }
        // Left alone, notices would go to the standard error. The handle, hence this, lives as long as who is told.
        PQsetNoticeReceiver(
            handle,
            { connection, result in
                guard let connection, let result, let warning = PostgresFailure.warning(result) else { return }
                Unmanaged<PostgresConnection>.fromOpaque(connection).takeUnretainedValue().warning = warning
            }, Unmanaged.passUnretained(self).toOpaque())
        guard PQparameterStatus(handle, "server_encoding").map({ String(cString: $0) }) == "UTF8" else {
            throw StorageError.unavailable("the PostgreSQL database is not encoded in UTF8")
        }
        try script(
            """
            SET statement_timeout = \(max(0, statementTimeout));
            SET lock_timeout = 10000;
            SET idle_in_transaction_session_timeout = 60000;
            SET default_transaction_isolation = 'serializable';
            SET TimeZone = 'UTC';
            SET bytea_output = 'hex';
            SET extra_float_digits = 1;
            SET standard_conforming_strings = on;
            SET client_min_messages = warning;
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') IN ('off', 'local')
            """)
    }

    deinit {
        PQfinish(handle)
    }

    // MARK: Statements

    func each(_ text: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        let result = try perform(text, values)
        defer { PQclear(result) }
        for row in 0..<PQntuples(result) {
            guard try body(Row(source: .postgres(result, row))) else { return }
        }
    }

    func run(_ text: String, _ values: [Value]) throws -> Int {
        let result = try perform(text, values)
        defer { PQclear(result) }
        return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    func script(_ text: String) throws {
        PQclear(try accepted(PQexec(handle, text)))
    }

    private func perform(_ text: String, _ values: [Value]) throws -> OpaquePointer {
        let types = values.map(Self.type)
        let parameters = try PostgresParameters(values)
        let count = Int32(clamping: values.count)
        if let statement = cache.find(text) {
            // A place first bound to NULL has the type the server found; one bound to another type goes unprepared.
            let fits =
                statement.types.count == types.count
                && zip(statement.types, types).allSatisfy { $0 == $1 || $0 == 0 || $1 == 0 }
            return try accepted(
                parameters.withPointers { pointers in
                    fits
                        ? PQexecPrepared(handle, statement.name, count, pointers, nil, nil, 0)
                        : PQexecParams(handle, text, count, types, pointers, nil, nil, 0)
                })
        }
        prepared &+= 1
        let statement = Statement(name: "m\(prepared)", types: types)
        PQclear(try accepted(PQprepare(handle, statement.name, text, count, types)))
        if let old = cache.keep(statement, for: text) { leaving.append(old.name) }
        return try accepted(
            parameters.withPointers { PQexecPrepared(handle, statement.name, count, $0, nil, nil, 0) })
    }

    /// The types are declared, so that the engine compares and stores as the program means; NULL's is left to the server.
    private static func type(_ value: Value) -> Oid {
        switch value {
        case .null: 0
        case .integer: PostgresType.int8.rawValue
        case .real: PostgresType.float8.rawValue
        case .text: PostgresType.text.rawValue
        case .blob: PostgresType.bytea.rawValue
        }
    }

    /// The result when it is a success; otherwise frees it and throws what it says.
    private func accepted(_ result: OpaquePointer?) throws -> OpaquePointer {
        let lost = PQstatus(handle) == CONNECTION_BAD
        guard let result else {
            broken = broken || lost
            throw doom(.unavailable(Self.line(String(cString: PQerrorMessage(handle)))))
        }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        default: break
        }
        defer { PQclear(result) }
        if lost || PostgresFailure.isStalePlan(result) { broken = true }
        if lost { throw doom(.unavailable(Self.line(String(cString: PQerrorMessage(handle))))) }
        throw doom(PostgresFailure.error(result))
    }

    private func doom(_ error: StorageError) -> StorageError {
        if doomed == nil { doomed = error }
        return error
    }

    /// libpq speaks in several lines; logs and errors hold one.
    static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).prefix(3).map { $0.trimmingPrefix { $0 == "\t" } }
            .joined(separator: "; ")
    }

    // MARK: Transactions

    /// The writes' isolation: the engine answers as if they ran one after the other, as they do on SQLite.
    func beginWriting(unlimited: Bool) throws {
        try begin("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")
        if unlimited { try script("SET LOCAL statement_timeout = 0") }
    }

    func beginReading() throws {
        try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    private func begin(_ text: String) throws {
        doomed = nil
        if !leaving.isEmpty {
            let names = leaving
            leaving = []
            try script(names.map { "DEALLOCATE \($0)" }.joined(separator: "; "))
        }
        try script(text)
    }

    /// Commits. When the answer to COMMIT does not come, nobody knows: `StorageError.outcomeUnknown`.
    ///
    /// A server that an administrator has stop waiting for its standby (`pg_cancel_backend`) has committed on its own disk alone, and
    /// answers with a success and a warning (PostgreSQL 15, syncrep.c): that is no outcome to tell anybody.
    /// What wrote nothing waits too, behind what it read: the same act asked for again is answered with what the first try left.
    func commit() throws {
        warning = nil
        let result: OpaquePointer
        do {
            result = try accepted(
                PQexec(
                    handle,
                    """
                    SELECT pg_logical_emit_message(true, 'maillage', '') WHERE pg_current_xact_id_if_assigned() IS NULL;
                    COMMIT
                    """))
        } catch {
            if broken { throw StorageError.outcomeUnknown("the connection was lost during COMMIT") }
            throw error
        }
        defer { PQclear(result) }
        // A transaction with a failed statement in it "commits" by rolling back.
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw doomed ?? StorageError.other(code: "25P02", message: "the transaction was undone")
        }
        if let warning { throw StorageError.outcomeUnknown("COMMIT: \(Self.line(warning))") }
    }

    func rollback() {
        guard !broken else { return }
        defer { doomed = nil }
        guard PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        do { try script("ROLLBACK") } catch { broken = true }
    }

    func savepoint() throws {
        try script("SAVEPOINT attempt")
    }

    func releaseSavepoint() throws {
        try script("RELEASE SAVEPOINT attempt")
    }

    func rollbackToSavepoint() {
        guard !broken else { return }
        do {
            try script("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
            doomed = nil
        } catch {
            // `doomed` stays, so nothing of this transaction is committed.
        }
    }

    private static func withCStrings<T>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
    ) -> T {
        let copies = texts.map { Array($0.utf8CString) }
        func step(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> T {
            guard index < copies.count else {
                return (pointers + [nil]).withUnsafeBufferPointer { all in
                    // Never empty: it ends in nil.
                    all.baseAddress.map(body) ?? withUnsafePointer(to: nil, body)
                }
            }
            return copies[index].withUnsafeBufferPointer { step(index + 1, pointers + [$0.baseAddress]) }
        }
        return step(0, [])
    }
}
