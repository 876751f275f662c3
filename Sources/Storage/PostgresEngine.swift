import CLibPQ
import Synchronization

/// PostgreSQL: blocking connections, as many threads as connections. Those that write are apart: a commit waits for the standby as long
/// as it takes, and pages are read meanwhile.
final class PostgresEngine: Sendable {
    let url: String
    private let pool: PostgresPool
    private let readers: ThreadPool
    private let writers = ThreadPool(size: 4)

    init(_ url: String, _ options: Database.Options) throws {
        self.url = url
        pool = PostgresPool(url: url, statementTimeout: options.statementTimeout)
        readers = ThreadPool(size: options.readers ?? 8)
        // Opening says at once that the server does not answer.
        pool.give(try pool.take())
    }

    /// Nobody counts writes here: the server does.
    var load: Database.Load {
        Database.Load(waiting: readers.waiting + writers.waiting, freeConnections: pool.freeCount)
    }

    nonisolated(nonsending) func read<T>(_ body: @escaping (Reader) throws -> T) async throws -> T {
        let carrier = Carrier(body)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            submit(continuation, to: readers) { [pool] in try PostgresEngine.reading(pool) { try carrier.run($0) } }
        }
        return try carrier.take()
    }

    func scan<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await onThread(of: readers) { [pool] in try Self.reading(pool, body) }
    }

    func write<T: Sendable>(
        unlimited: Bool = false, _ body: @escaping @Sendable (Writer) throws -> T
    ) async throws -> T {
        try await onThread(of: writers) { [pool] in
            let connection = try Self.begun(pool) { try $0.beginWriting(unlimited: unlimited) }
            defer { pool.give(connection) }
            do {
                let result = try body(Writer(connection))
                if let doomed = connection.doomed { throw doomed }
                try connection.commit()
                return result
            } catch {
                connection.rollback()
                throw error
            }
        }
    }

    /// What the server cannot vouch for: constraints not checked, indexes not finished.
    func integrity() async throws -> [String] {
        try await scan { reader in
            let constraints = try reader.all(
                "SELECT conrelid::regclass::text || ' ' || conname FROM pg_constraint WHERE NOT convalidated"
            ) { "constraint not checked: \(try $0.text(0))" }
            let indexes = try reader.all(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
            ) { "index not finished: \(try $0.text(0))" }
            return try constraints + indexes + Self.dangling(reader)
        }
    }

    /// Rows that refer to a missing one. The server keeps it from happening, unless somebody told it not to: a load without
    /// triggers, a damaged index.
    private static func dangling(_ reader: Reader) throws -> [String] {
        let references = try reader.all(
            """
            SELECT fk.conrelid::regclass::text, fk.confrelid::regclass::text,
                (SELECT string_agg('child.' || quote_ident(own.attname) || ' IS NOT NULL', ' AND ' ORDER BY pair.rank)
                    FROM unnest(fk.conkey) WITH ORDINALITY AS pair (number, rank)
                    JOIN pg_attribute AS own ON own.attrelid = fk.conrelid AND own.attnum = pair.number),
                (SELECT string_agg(
                        'parent.' || quote_ident(theirs.attname) || ' = child.' || quote_ident(own.attname), ' AND '
                        ORDER BY pair.rank)
                    FROM unnest(fk.conkey, fk.confkey) WITH ORDINALITY AS pair (number, other, rank)
                    JOIN pg_attribute AS own ON own.attrelid = fk.conrelid AND own.attnum = pair.number
                    JOIN pg_attribute AS theirs ON theirs.attrelid = fk.confrelid AND theirs.attnum = pair.other)
            FROM pg_constraint AS fk
            WHERE fk.contype = 'f'
                AND fk.connamespace = current_schema()::regnamespace
            ORDER BY fk.conrelid::regclass::text, fk.conname
            """
        ) { (child: try $0.text(0), parent: try $0.text(1), isSet: try $0.text(2), pairs: try $0.text(3)) }
        var lines: [String] = []
        for reference in references where lines.count < 100 {
            // Names that the server itself quoted, of our own schema.
            let sql = SQL(
                stringLiteral: """
                    SELECT COALESCE(to_jsonb(child) ->> 'id', child.ctid::text)
                    FROM \(reference.child) AS child
                    WHERE \(reference.isSet)
                        AND NOT EXISTS (
                            SELECT 1
                            FROM \(reference.parent) AS parent
                            WHERE \(reference.pairs))
                    LIMIT 100
                    """)
            lines += try reader.all(sql) {
                "\(reference.child) row \(try $0.text(0)) refers to a missing row of \(reference.parent)"
            }
        }
        return lines
    }

    func forgetPlans() {
        pool.forget()
    }

    func close() async {
        for threads in [readers, writers] {
            await withCheckedContinuation { done in threads.stop { done.resume() } }
        }
        pool.close()
    }

    func abandon() {
        readers.stop { [writers, pool] in writers.stop { pool.close() } }
    }

    /// One snapshot; tried again once, on a fresh connection, when the connection broke: nothing was written.
    private static func reading<T>(_ pool: PostgresPool, _ body: (Reader) throws -> T) throws -> T {
        func once(_ connection: PostgresConnection) throws -> T {
            do {
                let result = try body(Reader(connection))
                try connection.script("COMMIT")
                return result
            } catch {
                connection.rollback()
                throw error
            }
        }
        let connection = try begun(pool) { try $0.beginReading() }
        do {
            defer { pool.give(connection) }
            return try once(connection)
        } catch {
            guard connection.broken else { throw error }
        }
        let fresh = try begun(pool) { try $0.beginReading() }
        defer { pool.give(fresh) }
        return try once(fresh)
    }

    /// A connection inside a transaction. One that broke while it rested is replaced: nothing was asked of it yet.
    private static func begun(
        _ pool: PostgresPool, _ begin: (PostgresConnection) throws -> Void
    ) throws -> PostgresConnection {
        let connection = try pool.take()
        do {
            try begin(connection)
            return connection
        } catch {
            let broken = connection.broken
            if !broken { connection.rollback() }
            pool.give(connection)
            guard broken else { throw error }
        }
        let fresh = try pool.take()
        do {
            try begin(fresh)
            return fresh
        } catch {
            fresh.rollback()
            pool.give(fresh)
            throw error
        }
    }

    private func onThread<T: Sendable>(
        of threads: ThreadPool, _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { submit($0, to: threads, body) }
    }

    private func submit<T: Sendable>(
        _ continuation: CheckedContinuation<T, any Error>, to threads: ThreadPool,
        _ body: @escaping @Sendable () throws -> T
    ) {
        let queued = threads.submit { continuation.resume(with: Result { try body() }) }
        if !queued { continuation.resume(throwing: StorageError.unavailable("the database is closed")) }
    }
}

/// Takes a closure to a pool thread and its result back. The caller is suspended meanwhile, so that nothing of either is
/// touched by two threads at a time, hence unchecked.
private final class Carrier<T>: @unchecked Sendable {
    private let body: (Reader) throws -> T
    private var result: T?
    /// Stands between the two threads for the thread sanitizer, which Swift does not tell of a continuation that was resumed before
    /// its task was suspended.
    private let isThere = Atomic(false)

    init(_ body: @escaping (Reader) throws -> T) {
        self.body = body
    }

    func run(_ reader: Reader) throws {
        result = try body(reader)
        isThere.store(true, ordering: .releasing)
    }

    func take() throws -> T {
        guard isThere.load(ordering: .acquiring), let result else {
            throw StorageError.other(code: "read", message: "no result")
        }
        return result
    }
}
