import Testing
import Workbench

@testable import Storage

@Suite struct MigratorTests {
    static let first = Migration(
        number: 1, name: "places",
        text:
            "-- it's a comment, INTEGER\nCREATE TABLE place (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT;"
    )
    static let second = Migration(
        number: 2, name: "towns", text: "ALTER TABLE place ADD COLUMN town TEXT NOT NULL DEFAULT 'TEXT';",
        sqlite: "CREATE INDEX place_town ON place (town COLLATE NOCASE);",
        postgres: "CREATE INDEX place_town ON place (lower(town));")

    @Test(arguments: TestEngine.available)
    func migrationsAreAppliedOnceAndInOrder(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine) { database in
            try await #expect(database.migrate([Self.second, Self.first]) == 2)
            try await #expect(database.migrate([Self.first, Self.second]) == 0)
            try await database.write { _ = try $0.run("INSERT INTO place (id, name) VALUES (1, 'a')") }
            let town = try await database.read { try $0.one("SELECT town FROM place") { try $0.text(0) } }
            #expect(town == "TEXT")
            let ledger = try await database.read {
                try $0.all("SELECT number, name, checksum, applied_at FROM schema_migration ORDER BY number") {
                    (try $0.int(0), try $0.text(1), try $0.text(2), try $0.int(3))
                }
            }
            #expect(ledger.map(\.0) == [1, 2])
            #expect(ledger.map(\.2) == [Self.first.checksum, Self.second.checksum])
            #expect(ledger.allSatisfy { $0.3 > 1_700_000_000_000_000 })
        }
    }

    @Test(arguments: TestEngine.available)
    func aChangedTextAHoleAndANewerDatabaseAreRefused(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, [Self.first, Self.second]) { database in
            let changed = Migration(number: 2, name: "towns", text: Self.second.text + " ")
            await #expect(
                throws: StorageError.migration("Migration 2 (towns) has another text than when it was applied.")
            ) { try await database.migrate([Self.first, changed]) }
            await #expect(
                throws: StorageError.migration(
                    "The database is newer than this program: it has migration 2 (towns), the program knows 1.")
            ) { try await database.migrate([Self.first]) }
            await #expect(throws: StorageError.self) {
                try await database.migrate([Self.first, Migration(number: 3, name: "x", text: "SELECT 1")])
            }
            try await database.write { _ = try $0.run("DELETE FROM schema_migration WHERE number = 1") }
            await #expect(
                throws: StorageError.migration("The database's ledger has a hole: migration 1 is missing.")
            ) { try await database.migrate([Self.first, Self.second]) }
        }
    }

    @Test(arguments: TestEngine.available)
    func aMigrationThatFailsLeavesNothing(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, [Self.first]) { database in
            let broken = Migration(
                number: 2, name: "broken", text: "CREATE TABLE half (id INTEGER); CREATE TABLE place (id INTEGER);")
            let error = await #expect(throws: StorageError.self) { try await database.migrate([Self.first, broken]) }
            guard case .migration(let sentence) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(sentence.hasPrefix("Migration 2 (broken) failed"))
            // The first half would be refused here had it stayed.
            let mended = Migration(number: 2, name: "mended", text: "CREATE TABLE half (id INTEGER);")
            try await #expect(database.migrate([Self.first, mended]) == 1)
        }
    }

    @Test func theSchemaIsTranslatedOutsideQuotesAndComments() {
        let text = """
            CREATE TABLE t ( -- isn't INTEGER
                a INTEGER, b REAL, c BLOB, d TEXT DEFAULT 'TEXT', "REAL" TEXT
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX i ON t (CAST(a AS TEXT));
            CREATE TABLE u (a INTEGER) STRICT;
            """
        let translated = """
            CREATE TABLE t ( -- isn't INTEGER
                a BIGINT, b DOUBLE PRECISION, c BYTEA, d TEXT COLLATE "C" DEFAULT 'TEXT', "REAL" TEXT COLLATE "C"
            ) ;
            CREATE INDEX i ON t (CAST(a AS TEXT));
            CREATE TABLE u (a BIGINT) ;
            """
        #expect(Dialect.postgres.schema(text) == translated)
        #expect(Dialect.sqlite.schema(text) == text)
    }

    @Test(arguments: TestEngine.available)
    func textsSortByBytesOnBothEngines(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, [Self.first]) { database in
            let names = ["a", "B", "é", "Z", "e\u{301}", "_"]
            try await database.write { writer in
                for (index, name) in names.enumerated() {
                    try writer.run("INSERT INTO place (id, name) VALUES (\(index), \(name))")
                }
            }
            let sorted = try await database.read {
                try $0.all("SELECT name FROM place ORDER BY name") { try $0.text(0) }
            }
            let expected = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
            #expect(sorted.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        }
    }
}
