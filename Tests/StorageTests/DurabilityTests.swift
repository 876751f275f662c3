import CSQLite
import Synchronization
import Testing
import Workbench

@testable import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What SQLite must promise, and what must be refused when it cannot. Serialized: the failing disk is one for the process.
@Suite(.serialized) struct DurabilityTests {
    static let schema = [
        Migration(
            number: 1, name: "kept", text: "CREATE TABLE kept (id INTEGER NOT NULL PRIMARY KEY, words TEXT) STRICT;")
    ]

    private func sqlite<T>(
        _ settings: SQLiteSettings = SQLiteSettings(), _ options: Database.Options = Database.Options(),
        _ body: (Database, String) async throws -> T
    ) async throws -> T {
        try await withFreshLocation(.sqlite) { location in
            guard case .file(let path) = location else { throw StorageError.unavailable("not a file") }
            let database = try Database(location, options, settings)
            do {
                _ = try await database.migrate(Self.schema)
                let result = try await body(database, path)
                await database.close()
                return result
            } catch {
                await database.close()
                throw error
            }
        }
    }

    private func pragma(_ name: String, _ reader: Reader) throws -> String {
        var answer = ""
        try reader.connection.each("PRAGMA \(name)", []) { row in
            answer = (try? row.text(0)) ?? (try? row.int(0)).map(String.init) ?? ""
            return true
        }
        return answer
    }

    @Test func theWriterIsFullySynchronousAndSaysSo() async throws {
        try await sqlite { database, _ in
            let held = try await database.write { writer in
                try [
                    "synchronous", "journal_mode", "foreign_keys", "mmap_size", "wal_autocheckpoint", "trusted_schema",
                ]
                .map { try pragma($0, writer) }
            }
            #expect(held == ["2", "wal", "1", "0", "0", "0"])
            let reading = try await database.read { reader in
                try ["query_only", "mmap_size", "trusted_schema"].map { try pragma($0, reader) }
            }
            #expect(reading == ["1", "0", "0"])
        }
    }

    @Test(arguments: ["NORMAL", "OFF"])
    func aWriterThatWouldLoseCommitsIsRefused(_ synchronous: String) async throws {
        try await withFreshLocation(.sqlite) { location in
            let error = #expect(throws: StorageError.self) {
                try Database(location, Database.Options(), SQLiteSettings(synchronous: synchronous))
            }
            guard case .unavailable(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("synchronous"))
        }
    }

    @Test func everyAcknowledgedCommitWasSynced() async throws {
        #expect(FailingDisk.registered)
        try await sqlite(SQLiteSettings(vfs: FailingDisk.name)) { database, _ in
            let before = FailingDisk.syncs.load(ordering: .relaxed)
            for id in 0..<50 {
                try await database.write { _ = try $0.run("INSERT INTO kept (id) VALUES (\(id))") }
            }
            #expect(FailingDisk.syncs.load(ordering: .relaxed) - before >= 50)
        }
    }

    @Test func aSecondOpeningIsRefusedWithOneSentence() async throws {
        try await sqlite { database, path in
            #expect(throws: StorageError.unavailable("another maillage is using \(path)")) {
                try Database(.file(path))
            }
            // The same file by another name.
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            #expect(throws: StorageError.unavailable("another maillage is using \(path)")) {
                try Database(.file("/\(folder)/../\(folder.split(separator: "/").last ?? "")/maillage.sqlite"))
            }
            await database.close()
            let again = try Database(.file(path))
            await again.close()
        }
    }

    @Test func theFileOfAnotherProgramIsRefused() async throws {
        try await withFreshLocation(.sqlite) { location in
            guard case .file(let path) = location else { return }
            let other = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            try other.script("CREATE TABLE theirs (id INTEGER)")
            other.close()
            #expect(throws: StorageError.unavailable("\(path) is a database of another program")) {
                try Database(location)
            }
        }
        #expect(throws: StorageError.self) { try Database(.file("/nowhere/at/all.sqlite")) }
    }

    @Test func aFailedSyncIsUnknownAndStopsAllWrites() async throws {
        #expect(FailingDisk.registered)
        let told = Told()
        let options = Database.Options(outcomeUnknown: { _ in told.add() })
        try await sqlite(SQLiteSettings(vfs: FailingDisk.name), options) { database, _ in
            try await database.write { _ = try $0.run("INSERT INTO kept (id) VALUES (1)") }
            FailingDisk.sync.store(SQLITE_IOERR | (4 << 8), ordering: .relaxed)
            await withTaskGroup(of: Void.self) { group in
                for id in 2..<20 {
                    group.addTask {
                        await expectUnknown {
                            _ = try await database.write { try $0.run("INSERT INTO kept (id) VALUES (\(id))") }
                        }
                    }
                }
            }
            FailingDisk.sync.store(0, ordering: .relaxed)
            // The disk is well again, but what it holds is not known: still refused.
            await expectUnknown { _ = try await database.write { try $0.run("INSERT INTO kept (id) VALUES (99)") } }
            try await #expect(database.read { try $0.count("SELECT count(*) FROM kept") } == 1)
            #expect(told.count == 1)
        }
    }

    /// A batch cut by its time, then a sync that fails: nobody waits for ever.
    @Test(.timeLimit(.minutes(2))) func aFailedSyncAnswersThoseWhoseTimeHadNotCome() async throws {
        #expect(FailingDisk.registered)
        try await sqlite(SQLiteSettings(vfs: FailingDisk.name)) { database, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // Holds the writer while the others gather in one batch.
                    try await database.write { writer in
                        usleep(600_000)
                        _ = try writer.run("INSERT INTO kept (id) VALUES (1)")
                    }
                }
                try await Task.sleep(for: .milliseconds(100))
                for id in 2..<20 {
                    group.addTask {
                        await expectUnknown {
                            try await database.write { writer in
                                FailingDisk.sync.store(SQLITE_IOERR | (4 << 8), ordering: .relaxed)
                                usleep(30_000)
                                _ = try writer.run("INSERT INTO kept (id) VALUES (\(id))")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            FailingDisk.sync.store(0, ordering: .relaxed)
        }
    }

    @Test func aFullDiskWritesNothingAndIsLeftBehindWhenThereIsRoomAgain() async throws {
        #expect(FailingDisk.registered)
        try await sqlite(SQLiteSettings(vfs: FailingDisk.name)) { database, _ in
            FailingDisk.write.store(SQLITE_FULL, ordering: .relaxed)
            await #expect(throws: StorageError.diskFull) {
                try await database.write { try $0.run("INSERT INTO kept (id) VALUES (1)") }
            }
            FailingDisk.write.store(0, ordering: .relaxed)
            try await database.write { _ = try $0.run("INSERT INTO kept (id) VALUES (2)") }
            let ids = try await database.read { try $0.all("SELECT id FROM kept") { try $0.int(0) } }
            #expect(ids == [2])
        }
    }

    @Test func aFileAtItsCeilingRefusesOnlyWhatDoesNotFit() async throws {
        try await sqlite(SQLiteSettings(maximumPages: 40)) { database, _ in
            let big = String(repeating: "x", count: 400_000)
            await withTaskGroup(of: Void.self) { group in
                for id in 0..<30 {
                    group.addTask {
                        if id == 15 {
                            await #expect(throws: StorageError.diskFull) {
                                try await database.write {
                                    try $0.run("INSERT INTO kept (id, words) VALUES (\(id), \(big))")
                                }
                            }
                        } else {
                            await #expect(throws: Never.self) {
                                try await database.write { try $0.run("INSERT INTO kept (id) VALUES (\(id))") }
                            }
                        }
                    }
                }
            }
            try await #expect(database.read { try $0.count("SELECT count(*) FROM kept") } == 29)
        }
    }

    @Test func aBackupTakenWhileWritingIsWholeAndOpens() async throws {
        try await sqlite { database, path in
            for id in 0..<100 { try await database.write { _ = try $0.run("INSERT INTO kept (id) VALUES (\(id))") } }
            let copy = path + ".copy"
            async let more: Void = {
                for id in 100..<200 {
                    try await database.write { _ = try $0.run("INSERT INTO kept (id) VALUES (\(id))") }
                }
            }()
            try await database.backup(to: copy)
            try await more
            await #expect(throws: StorageError.unavailable("\(copy) exists already")) {
                try await database.backup(to: copy)
            }
            let restored = try Database(.file(copy))
            let count = try await restored.read { try $0.count("SELECT count(*) FROM kept") }
            #expect((100...200).contains(count))
            try await #expect(restored.integrity() == [])
            await restored.close()
            try await #expect(database.integrity() == [])
        }
    }

    @Test func theLogIsEmptiedByACheckpoint() async throws {
        try await sqlite { database, path in
            for id in 0..<20 { try await database.write { _ = try $0.run("INSERT INTO kept (id) VALUES (\(id))") } }
            #expect(size(path + "-wal") > 0)
            try await database.checkpoint()
            #expect(size(path + "-wal") == 0)
        }
    }
}

private func expectUnknown(_ body: () async throws -> Void) async {
    do {
        try await body()
        Issue.record("acknowledged")
    } catch StorageError.outcomeUnknown {
    } catch {
        Issue.record("\(error)")
    }
}

private final class Told: Sendable {
    private let calls = Atomic(0)
    var count: Int { calls.load(ordering: .relaxed) }
    func add() { calls.add(1, ordering: .relaxed) }
}

private func size(_ path: String) -> Int {
    var information = stat()
    return stat(path, &information) == 0 ? Int(information.st_size) : -1
}
