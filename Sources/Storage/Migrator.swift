#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Database {
    /// Applies the migrations that are missing, in order, each in one transaction; answers how many.
    ///
    /// Throws `StorageError.migration` with one sentence, before it changes anything, when the program's list has a hole,
    /// when an applied migration has another text now, or when the database is newer than the program.
    public func migrate(_ migrations: [Migration]) async throws -> Int {
        let migrations = migrations.sorted { $0.number < $1.number }
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw StorageError.migration(
                "The program's migrations must be numbered from 1 without a hole: \(index + 1) is missing or double.")
        }
        try await writeUnlimited { writer in
            try writer.lockMigrations()
            try writer.connection.script(writer.dialect.schema(Self.ledger))
        }
        var applied = 0
        while try await writeUnlimited({ writer in
            // On PostgreSQL another node may be at it: each step takes the lock and looks again.
            try writer.lockMigrations()
            guard let next = try writer.nextMigration(of: migrations) else { return false }
            do {
                try writer.connection.script(next.script(for: writer.dialect))
            } catch let error as StorageError {
                throw StorageError.migration("Migration \(next.number) (\(next.name)) failed: \(error).")
            }
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            let microseconds = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
            try writer.run(
                """
                INSERT INTO schema_migration (number, name, checksum, applied_at)
                VALUES (\(next.number), \(next.name), \(next.checksum), \(microseconds))
                """)
            return true
        }) {
            applied += 1
        }
        if applied > 0, case .postgres(let postgres) = engine { postgres.forgetPlans() }
        return applied
    }

    private static let ledger = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            number INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at INTEGER NOT NULL
        ) STRICT
        """
}

extension Writer {
    /// One migrator at a time. SQLite's file has one process; PostgreSQL's lock ends with the transaction.
    fileprivate func lockMigrations() throws {
        guard dialect == .postgres else { return }
        _ = try one("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7091604332)) AS held") { _ in true }
    }

    /// The first migration not yet applied, once those that are agree with the program's.
    fileprivate func nextMigration(of migrations: [Migration]) throws -> Migration? {
        let ledger = try all("SELECT number, name, checksum FROM schema_migration ORDER BY number") {
            (number: Int(try $0.int(0)), name: try $0.text(1), checksum: try $0.text(2))
        }
        if let last = ledger.last, last.number > migrations.count {
            throw StorageError.migration(
                "The database is newer than this program: it has migration \(last.number) (\(last.name)), "
                    + "the program knows \(migrations.count).")
        }
        for (index, entry) in ledger.enumerated() {
            guard entry.number == index + 1 else {
                throw StorageError.migration("The database's ledger has a hole: migration \(index + 1) is missing.")
            }
            guard entry.checksum == migrations[index].checksum else {
                throw StorageError.migration(
                    "Migration \(entry.number) (\(entry.name)) has another text than when it was applied.")
            }
        }
        return ledger.count < migrations.count ? migrations[ledger.count] : nil
    }
}
