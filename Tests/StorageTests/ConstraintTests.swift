import Testing
import Workbench

@testable import Storage

@Suite struct ConstraintTests {
    static let schema = [
        Migration(
            number: 1, name: "people",
            text: """
                CREATE TABLE town (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                CREATE TABLE person (
                    id INTEGER NOT NULL PRIMARY KEY,
                    town INTEGER REFERENCES town (id) DEFERRABLE INITIALLY IMMEDIATE,
                    later INTEGER REFERENCES town (id) DEFERRABLE INITIALLY DEFERRED,
                    first TEXT NOT NULL,
                    last TEXT NOT NULL,
                    age INTEGER CONSTRAINT age_is_positive CHECK (age > 0),
                    UNIQUE (first, last)
                ) STRICT;
                """)
    ]

    static func insert(_ id: Int, _ first: String = "Ada") -> SQL {
        "INSERT INTO person (id, first, last) VALUES (\(id), \(first), \("Lovelace"))"
    }

    @Test(arguments: TestEngine.available)
    func eachRefusalHasItsCase(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            try await database.write { _ = try $0.run(Self.insert(1)) }
            await #expect(throws: StorageError.unique("person.first, person.last")) {
                try await database.write { try $0.run(Self.insert(2)) }
            }
            await #expect(throws: StorageError.unique("person.id")) {
                try await database.write { try $0.run(Self.insert(1, "Grace")) }
            }
            await #expect(throws: StorageError.check("age_is_positive")) {
                try await database.write { try $0.run("UPDATE person SET age = \(-1)") }
            }
            await #expect(throws: StorageError.notNull("person.first")) {
                try await database.write { try $0.run("UPDATE person SET first = NULL") }
            }
            for column in ["town", "later"] {
                let update: SQL = column == "town" ? "UPDATE person SET town = 9" : "UPDATE person SET later = 9"
                let error = await #expect(throws: StorageError.self) {
                    try await database.write { try $0.run(update) }
                }
                guard case .foreignKey = error else {
                    Issue.record("\(column): \(String(describing: error))")
                    continue
                }
            }
            try await #expect(database.read { try $0.count("SELECT count(*) FROM person WHERE town IS NULL") } == 1)
        }
    }

    @Test(arguments: TestEngine.available)
    func aDeferredRefusalAtCommitHarmsNoNeighbour(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let refused = await withTaskGroup(of: Bool.self) { group in
                for id in 0..<40 {
                    group.addTask {
                        do {
                            try await retrying {
                                try await database.write { writer in
                                    _ = try writer.run(Self.insert(id, "n\(id)"))
                                    if id % 10 == 3 {
                                        _ = try writer.run("UPDATE person SET later = 9 WHERE id = \(id)")
                                    }
                                }
                            }
                            return false
                        } catch { return true }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 4)
            try await #expect(database.read { try $0.count("SELECT count(*) FROM person") } == 36)
        }
    }

    @Test(arguments: TestEngine.available)
    func aRefusalInsideAnAttemptIsUndoneAlone(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            try await database.write { writer in
                _ = try writer.run(Self.insert(1))
                #expect(throws: StorageError.unique("person.first, person.last")) {
                    try writer.attempt { inner in
                        _ = try inner.run(Self.insert(2, "kept?"))
                        try inner.attempt { _ = try $0.run(Self.insert(3, "inner")) }
                        _ = try inner.run(Self.insert(4))
                    }
                }
                _ = try writer.run(Self.insert(5, "after"))
            }
            let ids = try await database.read { try $0.all("SELECT id FROM person ORDER BY id") { try $0.int(0) } }
            #expect(ids == [1, 5])
        }
    }

    @Test(arguments: TestEngine.available)
    func aSwallowedRefusalPreventsTheCommit(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            await #expect(throws: StorageError.unique("person.id")) {
                try await database.write { writer in
                    _ = try writer.run(Self.insert(1))
                    _ = try? writer.run(Self.insert(1, "again"))
                }
            }
            try await #expect(database.read { try $0.count("SELECT count(*) FROM person") } == 0)
        }
    }

    @Test(arguments: TestEngine.available)
    func whatTheClosureThrowsUndoesAllItDid(_ engine: TestEngine) async throws {
        struct Refused: Error {}
        try await withFreshDatabase(engine, Self.schema) { database in
            await #expect(throws: Refused.self) {
                try await database.write { writer in
                    _ = try writer.run(Self.insert(1))
                    throw Refused()
                }
            }
            try await #expect(database.read { try $0.exists("SELECT 1 FROM person") } == false)
        }
    }

    @Test(arguments: TestEngine.available)
    func runAnswersHowManyRowsChanged(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let counts = try await database.write { writer in
                [
                    try writer.run(Self.insert(1)), try writer.run(Self.insert(2, "B")),
                    try writer.run("UPDATE person SET age = 5"), try writer.run("DELETE FROM person WHERE id = 7"),
                    try writer.run("CREATE TABLE other (id BIGINT)"),
                ]
            }
            #expect(counts == [1, 1, 2, 0, 0])
            let id = try await database.write {
                try $0.one("INSERT INTO town (id, name) VALUES (4, 'Lyon') RETURNING id") { try $0.int(0) }
            }
            #expect(id == 4)
        }
    }
}

/// What the desk does with `.serialization`: the same again, a bounded number of times.
func retrying<T: Sendable>(_ body: () async throws -> T) async throws -> T {
    for _ in 0..<200 {
        do { return try await body() } catch StorageError.serialization {
            try await Task.sleep(nanoseconds: UInt64.random(in: 1_000_000...10_000_000))
        }
    }
    return try await body()
}
