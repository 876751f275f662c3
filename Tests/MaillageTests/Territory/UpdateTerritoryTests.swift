import Storage
import Testing
import Workbench

@testable import Maillage

/// Who may change the territorial register.
@Suite struct UpdateTerritoryTests {
    // TER-15
    @Test(arguments: TestEngine.available)
    func onlyTheOperatorTakesOfficialFilesIn(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            var batch = TerritoryBatch()
            batch.edition = 2025
            batch.communes = [Commune(code: "62041", name: "Arras", departement: "62", region: "32")]
            let place = try await world.place()
            let others = [
                Principal.visitor, try await world.person("quelquun"), try await world.manager(of: place),
                try await world.person("animation", Grant(.circleAnimator, on: Scope(.circle, world.circle.id.number))),
                try await world.person("agent", Grant(.funder, on: .network)), try await world.coordinator(),
            ]
            for principal in others {
                #expect(try await world.refusal(UpdateTerritory(batch), as: principal) is Denied, "\(principal.name)")
            }
            #expect(try await world.rowCount("SELECT COUNT(*) FROM commune WHERE code = '62041'") == 0)
            let technician = try await world.person("technique", Grant(.operator, on: .network))
            try await world.desk.perform(UpdateTerritory(batch), as: technician)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM commune WHERE code = '62041'") == 1)
        }
    }

    // TER-15
    @Test(arguments: TestEngine.available)
    func aBatchThatContradictsTheRegisterLeavesNothing(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            var batch = TerritoryBatch()
            batch.edition = 2025
            batch.communes = [Commune(code: "62041", name: "Arras", departement: "62", region: "32")]
            // A postal code of a commune that nobody gives.
            batch.postalCodes = [.init("99999", "99999")]
            let refused = try await world.refusal(UpdateTerritory(batch), as: .house)
            #expect(refused is StorageError)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM commune WHERE code = '62041'") == 0)
        }
    }
}
