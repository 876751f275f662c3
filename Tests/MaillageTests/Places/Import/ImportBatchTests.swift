import Testing
import Workbench

@testable import Maillage

@Suite struct ImportBatchTests {
    private static func list(_ rows: Range<Int>) -> String {
        "id;nom;commune;code_postal;adresse\n"
            + rows.map { "r\($0);Atelier \($0);Lens;62300;\($0) rue de Paris\n" }.joined()
    }

    // IMP-20
    @Test(arguments: TestEngine.available)
    func aThousandRowsAreOneActAndWhatWasWrittenIsNotWrittenAgain(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            // What an import leaves that stopped after its first batch.
            let first = try await world.importing(Self.list(0..<1_000), source: "liste")
            #expect(first.created == 1_000)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM journal WHERE verb = 'ImportPlaces'") == 1)
            let whole = try await world.importing(Self.list(0..<2_300), source: "liste")
            #expect(whole.created == 1_300)
            #expect(whole.unchanged == 1_000)
            #expect(whole.disappeared == 0)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM journal WHERE verb = 'ImportPlaces'") == 4)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM place WHERE name LIKE 'Atelier %'") == 2_300)
        }
    }
}
