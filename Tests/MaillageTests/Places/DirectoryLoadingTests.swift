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
}
