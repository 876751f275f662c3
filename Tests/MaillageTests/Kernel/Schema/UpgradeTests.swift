import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// A database of any earlier schema becomes one of today's, with all that was in it.
@Suite struct UpgradeTests {
    /// The schema as the engine describes it, without the ledger: tables, columns in their order, indexes, triggers.
    private static func shape(_ reader: Reader) throws -> [String] {
        switch reader.dialect {
        case .sqlite:
            return try reader.all(
                """
                SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || COALESCE(sql, '')
                FROM sqlite_schema
                WHERE name NOT LIKE 'sqlite_%'
                ORDER BY type, name
                """
            ) { try $0.text(0) }
        case .postgres:
            let columns = try reader.all(
                """
                SELECT table_name || '.' || column_name || ' ' || ordinal_position || ' ' || data_type || ' '
                    || is_nullable || ' ' || COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '')
                FROM information_schema.columns
                WHERE table_schema = current_schema()
                ORDER BY table_name, ordinal_position
                """
            ) { try $0.text(0) }
            let indexes = try reader.all(
                "SELECT replace(indexdef, schemaname || '.', '') FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1"
            ) { try $0.text(0) }
            let constraints = try reader.all(
                """
                SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE connamespace = current_schema()::regnamespace
                ORDER BY 1
                """
            ) { try $0.text(0) }
            let triggers = try reader.all(
                """
                SELECT tgrelid::regclass::text || ' ' || tgname
                FROM pg_trigger
                WHERE NOT tgisinternal
                    AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
                ORDER BY 1
                """
            ) { try $0.text(0) }
            return columns + indexes + constraints + triggers
        }
    }

    @Test(arguments: TestEngine.available)
    func fromEveryEarlierSchemaOneComesToTheSame(_ engine: TestEngine) async throws {
        let all = Schema.migrations
        let fresh = try await withFreshDatabase(engine, all) { database in
            try await database.read { try Self.shape($0) }
        }
        #expect(fresh.count > 100)
        for earlier in 1..<all.count {
            try await withFreshDatabase(engine, Array(all.prefix(earlier))) { database in
                #expect(try await database.migration() == earlier)
                let applied = try await database.migrate(all)
                #expect(applied == all.count - earlier)
                let shape = try await database.read { try Self.shape($0) }
                let (lost, added) = (Set(fresh).subtracting(shape).sorted(), Set(shape).subtracting(fresh).sorted())
                #expect(shape == fresh, "from \(earlier): \(lost) missing, \(added) more")
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func aDatabaseOfALaterProgramIsRefusedAndLeftAsItIs(_ engine: TestEngine) async throws {
        let all = Schema.migrations
        try await withFreshDatabase(engine, all) { database in
            let before = try await database.read { try Self.shape($0) }
            let error = await #expect(throws: StorageError.self) { try await database.migrate(Array(all.dropLast())) }
            guard case .migration(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("newer than this program") && reason.contains("migration \(all.count)"))
            #expect(try await database.read { try Self.shape($0) } == before)
        }
    }

    // MARK: With what people wrote

    /// The file of the network that the program of migration 17 made.
    private static func withFormerNetwork<T>(_ body: (Database) async throws -> T) async throws -> T {
        var root = URL(fileURLWithPath: #filePath)
        while root.path != "/", root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
        let packed = try Data(contentsOf: root.appendingPathComponent("Fixtures/demo-017.sqlite.gz"))
        return try await withFreshLocation(.sqlite) { location in
            guard case .file(let path) = location else { throw Missing() }
            let bytes = try Gzip.decompress([UInt8](packed), maxBytes: 64 << 20)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let database = try Database(location)
            // Nobody had said who was to write what.
            _ = try await database.write { writer in
                try writer.run(
                    """
                    INSERT INTO candidacy_assignment (candidacy_id, section, question, account_id, at)
                    SELECT id, 'projet', '', holder_id, updated_at
                    FROM candidacy
                    WHERE holder_id IS NOT NULL
                    ORDER BY id
                    LIMIT 1
                    """)
            }
            do {
                let result = try await body(database)
                await database.close()
                return result
            } catch {
                await database.close()
                throw error
            }
        }
    }

    /// How many rows each table holds.
    private static func counts(_ tables: [String], _ reader: Reader) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        // Names of our own schema, not of anybody's input.
        for table in tables { counts[table] = try reader.count(SQL(stringLiteral: "SELECT count(*) FROM \(table)")) }
        return counts
    }

    private static func tables(_ reader: Reader) throws -> [String] {
        try reader.all(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ) { try $0.text(0) }.filter { $0 != "schema_migration" }
    }

    /// What the network holds once it is up to date.
    private static func expectWhole(_ database: Database, _ before: [String: Int]) async throws {
        #expect(try await database.migration() == Schema.migrations.count)
        let after = try await database.read { try counts(before.keys.sorted(), $0) }
        #expect(after == before)
        #expect(try await database.integrity().isEmpty)
        let lines = try await database.scan { try Journal.verify($0) }
        #expect(lines == before["journal"])
        let seals = try await database.scan { try SaveSeals.check($0) }
        #expect(seals.fault == nil)
        let directory = Directory(database: database, surroundings: .live())
        try await directory.load()
        #expect(directory.find(PlaceQuery(), for: .visitor, withFacets: false).total > 5)
        // Somebody still signs in with what they had.
        let email = try EmailAddress("coordination@demo.example")
        let now = Instant(seconds: 1_800_000_000)
        let account = try #require(try await database.read { try AccountStore.account(email: email, $0) })
        let principal = try await database.read { try PrincipalReader.principal(account.id, at: now, $0) }
        #expect(account.hasPassword && principal?.isCoordinator == true)
        // And the network goes on from there.
        let desk = Desk(database: database, surroundings: .live())
        _ = try await desk.perform(
            AddAccount(email: try EmailAddress("nouveau@exemple.fr"), name: try PersonName("Nouveau venu")), as: .house)
        #expect(try await database.scan { try Journal.verify($0) } == lines + 1)
    }

    @Test func aNetworkOfAnEarlierProgramIsWholeAfterwards() async throws {
        try await Self.withFormerNetwork { database in
            #expect(try await database.migration() == 17)
            let before = try await database.read { try Self.counts(Self.tables($0), $0) }
            #expect(before["candidacy_assignment"] == 1)
            #expect((before["candidacy"] ?? 0) > 3 && (before["journal"] ?? 0) > 100)
            _ = try await database.migrate(Schema.migrations)
            try await Self.expectWhole(database, before)
        }
    }

    @Test(.enabled(if: TestEngine.available.contains(.postgres)))
    func onTheOtherEngineToo() async throws {
        try await Self.withFormerNetwork { former in
            let before = try await former.read { try Self.counts(Self.tables($0), $0) }
            try await withFreshDatabase(.postgres, Array(Schema.migrations.prefix(17))) { database in
                _ = try await database.takeIn(former)
                _ = try await database.migrate(Schema.migrations)
                try await Self.expectWhole(database, before)
            }
        }
    }
}
