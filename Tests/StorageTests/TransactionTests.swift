import Synchronization
import Testing
import Workbench

@testable import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct TransactionTests {
    static let schema = [
        Migration(
            number: 1, name: "counter",
            text: """
                CREATE TABLE counter (id INTEGER NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT;
                INSERT INTO counter (id, value) VALUES (1, 0), (2, 0);
                """)
    ]

    @Test(arguments: TestEngine.available)
    func aReaderCannotWrite(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            await #expect(throws: StorageError.readOnly) {
                _ = try await database.read {
                    try $0.one("INSERT INTO counter (id, value) VALUES (9, 9) RETURNING id") { try $0.int(0) }
                }
            }
            await #expect(throws: StorageError.readOnly) {
                _ = try await database.scan {
                    try $0.one("UPDATE counter SET value = 9 RETURNING id") { try $0.int(0) }
                }
            }
            let sum = try await database.read { try $0.count("SELECT CAST(sum(value) AS BIGINT) FROM counter") }
            #expect(sum == 0)
        }
    }

    @Test(arguments: TestEngine.available)
    func aReadSeesOneSnapshot(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let inside = Gate()
            let written = Gate()
            async let pair = database.scan { reader in
                let first = try reader.count("SELECT value FROM counter WHERE id = 1")
                inside.open()
                written.wait()
                return [first, try reader.count("SELECT value FROM counter WHERE id = 1")]
            }
            await inside.opened()
            try await database.write { _ = try $0.run("UPDATE counter SET value = 5 WHERE id = 1") }
            written.open()
            let seen = try await pair
            #expect(seen == [0, 0])
            try await #expect(database.read { try $0.count("SELECT value FROM counter WHERE id = 1") } == 5)
        }
    }

    @Test(arguments: TestEngine.available)
    func sixtyFourWritersCountExactly(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            struct Refused: Error {}
            let (accepted, refused) = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for task in 0..<64 {
                    group.addTask {
                        var accepted = 0
                        var refused = 0
                        for turn in 0..<10 {
                            do {
                                try await retrying {
                                    try await database.write { writer in
                                        _ = try writer.run("UPDATE counter SET value = value + 1 WHERE id = 1")
                                        // A neighbour that is refused must take nothing with it.
                                        if (task + turn) % 7 == 0 { throw Refused() }
                                    }
                                }
                                accepted += 1
                            } catch is Refused {
                                refused += 1
                            }
                        }
                        return (accepted, refused)
                    }
                }
                return try await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            }
            #expect(accepted + refused == 640)
            let value = try await database.read { try $0.count("SELECT value FROM counter WHERE id = 1") }
            #expect(value == accepted)
            #expect(refused > 0)
        }
    }

    @Test(arguments: TestEngine.available)
    func aStatementThatTakesTooLongIsStoppedAndHarmsNoNeighbour(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema, Database.Options(statementTimeout: 3_000)) { database in
            let endless: SQL = """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                SELECT CAST(count(*) AS BIGINT) FROM n WHERE i < 0
                """
            await #expect(throws: StorageError.timeout) { _ = try await database.read { try $0.count(endless) } }
            await #expect(throws: StorageError.timeout) { _ = try await database.scan { try $0.count(endless) } }
            // Inside a write, SQLite undoes the whole transaction: the neighbours must run again.
            let slow: SQL = """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                INSERT INTO counter (id, value) SELECT i, i FROM n WHERE i < 0
                """
            let outcomes = await withTaskGroup(of: StorageError?.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        do {
                            try await retrying {
                                try await database.write { writer in
                                    _ = try writer.run("INSERT INTO counter (id, value) VALUES (\(100 + index), 1)")
                                    if index == 10 { _ = try writer.run(slow) }
                                }
                            }
                            return nil
                        } catch { return error as? StorageError }
                    }
                }
                return await group.reduce(into: [StorageError]()) { if let error = $1 { $0.append(error) } }
            }
            #expect(outcomes == [.timeout])
            try await #expect(database.read { try $0.count("SELECT count(*) FROM counter WHERE id >= 100") } == 19)
        }
    }

    @Test(arguments: TestEngine.available)
    func nestedReadingOfOneStatementKeepsBothPlaces(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let pairs = try await database.read { reader in
                try reader.all("SELECT id FROM counter ORDER BY id") { outer in
                    let id = try outer.int(0)
                    let inner = try reader.all("SELECT id FROM counter ORDER BY id") { try $0.int(0) }
                    return [id] + inner
                }
            }
            #expect(pairs == [[1, 1, 2], [2, 1, 2]])
        }
    }

    @Test(arguments: TestEngine.available)
    func moreReadersThanConnectionsAllGetTheirTurn(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema, Database.Options(readers: 2)) { database in
            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await database.read { try $0.count("SELECT count(*) FROM counter") } }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == 400)
        }
    }

    @Test(arguments: TestEngine.available)
    func aClosedDatabaseRefuses(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            await database.close()
            let closed = StorageError.unavailable("the database is closed")
            await #expect(throws: closed) { _ = try await database.read { try $0.count("SELECT 1") } }
            await #expect(throws: closed) { _ = try await database.scan { try $0.count("SELECT 1") } }
            await #expect(throws: closed) { try await database.write { _ in } }
        }
    }
}

/// Opened once, waited for by a thread or by a task.
final class Gate: Sendable {
    private let isOpen = Atomic(false)

    func open() { isOpen.store(true, ordering: .releasing) }

    /// Ten seconds at most: a test that lost its other half fails instead of hanging.
    func wait() {
        for _ in 0..<10_000 where !isOpen.load(ordering: .acquiring) { usleep(1000) }
    }

    func opened() async {
        for _ in 0..<10_000 where !isOpen.load(ordering: .acquiring) {
            try? await Task.sleep(nanoseconds: 1_000_000)
        }
    }
}
