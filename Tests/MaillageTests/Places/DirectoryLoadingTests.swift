import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Reading the register at start") struct DirectoryLoadingTests {
    private func names(_ directory: Directory) -> [String] {
        directory.find(PlaceQuery(), for: .visitor).found.map(\.card.name)
    }

    @Test("makes those who ask early wait, and misses no change made meanwhile", arguments: TestEngine.available)
    func early(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let before = try await world.place("Avant")
            let directory = Directory(database: world.database, surroundings: .fixed(at: PlaceWorld.start).0)
            #expect(!directory.isLoaded)
            #expect(names(directory).isEmpty, "nothing is known yet")
            async let waited: [String] = {
                await directory.ready()
                return names(directory)
            }()
            // A change that the desk tells of before the register has been read.
            await directory.refresh([Proceeding.Subject(before.id)])
            #expect(!directory.isLoaded)
            try await directory.load()
            let found = await waited
            #expect(found == ["Avant"])
            await directory.ready()
            #expect(directory.isLoaded)
        }
    }

    @Test("reads as many places as there are, in lanes or not")
    func lanes() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let count = 2_345
            for number in 0..<count { _ = try await world.place("Lieu \(number)") }
            let directory = Directory(database: world.database, surroundings: .fixed(at: PlaceWorld.start).0)
            try await directory.load()
            #expect(directory.count(for: .visitor) == count)
            var query = PlaceQuery()
            query.limit = 3
            #expect(
                directory.find(query, for: .visitor).found.map(\.card.name)
                    == world.directory.find(query, for: .visitor).found.map(\.card.name))
            query.text = "lieu 2344"
            #expect(directory.find(query, for: .visitor).found.first?.card.name == "Lieu 2344")
        }
    }

    @Test("stops when the site stops")
    func stopping() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            for number in 0..<20 { _ = try await world.place("Lieu \(number)") }
            let directory = Directory(database: world.database, surroundings: .fixed(at: PlaceWorld.start).0)
            let loading = Task { try await directory.load() }
            loading.cancel()
            // Either it was too late to stop, or it stopped: it never hangs.
            let outcome = await loading.result
            #expect(directory.isLoaded == ((try? outcome.get()) != nil))
        }
    }

    @Test(
        "says that the database is gone, and waits for nobody", .timeLimit(.minutes(1)), arguments: TestEngine.available
    )
    func gone(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let directory = Directory(database: database, surroundings: .fixed(at: PlaceWorld.start).0)
            await database.close()
            await #expect(throws: StorageError.self) { try await directory.load() }
            #expect(!directory.isLoaded)
        }
    }

    @Test("begins anew when its connection breaks half-way", .enabled(if: TestEngine.available.contains(.postgres)))
    func broken() async throws {
        try await PlaceWorld.on(.postgres) { world in
            // More than one lane.
            let count = 1_010
            for number in 0..<count { _ = try await world.place("Lieu \(number)") }
            // The sites of the last place keep whoever reads them waiting, until the connection is cut.
            try await world.database.write { writer in
                try writer.run("ALTER TABLE place_site RENAME TO place_site_kept")
                try writer.run(
                    """
                    CREATE FUNCTION passes(place BIGINT) RETURNS BOOLEAN LANGUAGE plpgsql AS $body$
                    BEGIN
                        IF place = (SELECT max(id) FROM place) THEN PERFORM pg_sleep(60); END IF;
                        RETURN TRUE;
                    END
                    $body$
                    """)
                try writer.run("CREATE VIEW place_site AS SELECT * FROM place_site_kept WHERE passes(place_id)")
            }
            let directory = Directory(database: world.database, surroundings: .fixed(at: PlaceWorld.start).0)
            let loading = Task { try await directory.load() }
            var sleeper: Int64?
            while sleeper == nil {
                try await Task.sleep(for: .milliseconds(20))
                sleeper = try await world.database.read { reader in
                    try reader.one(
                        """
                        SELECT pid
                        FROM pg_stat_activity
                        WHERE datname = current_database()
                            AND wait_event = 'PgSleep'
                        """
                    ) { try $0.int(0) }
                }
            }
            let pid = sleeper
            try await world.database.write { writer in
                try writer.run(
                    "CREATE OR REPLACE FUNCTION passes(place BIGINT) RETURNS BOOLEAN LANGUAGE sql AS 'SELECT TRUE'")
                _ = try writer.one("SELECT pg_terminate_backend(CAST(\(pid) AS INTEGER))") { _ in true }
            }
            try await loading.value
            #expect(directory.count(for: .visitor) == count, "each place, once")
        }
    }
}
