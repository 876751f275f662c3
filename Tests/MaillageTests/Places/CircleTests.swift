import Testing
import Workbench

@testable import Maillage

/// Who may add a circle, and what is refused.
@Suite struct CircleTests {
    // PLA-26
    @Test(arguments: TestEngine.available)
    func onlyTheCoordinationAddsACircle(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let coordinator = try await world.coordinator()
            let made = try await world.desk.perform(
                CreateCircle(code: "MEL", name: "Métropole lilloise", kind: .territorial), as: coordinator)
            #expect(made.slug == "metropole-lilloise")
            let place = try await world.place()
            let others = [
                .visitor, try await world.person("quelquun"), try await world.manager(of: place),
                try await world.person("animation", Grant(.circleAnimator, on: Scope(.circle, made.id.number))),
                try await world.person("agent", Grant(.funder, on: .network)),
                try await world.person("technique", Grant(.operator, on: .network)),
            ]
            let act = CreateCircle(code: "ART", name: "Artois", kind: .thematic)
            for principal in others {
                #expect(try await world.refusal(act, as: principal) is Denied, "\(principal.name)")
            }
            #expect(try await world.database.read { try CircleStore.all($0) }.count == 2)
        }
    }

    // PLA-26
    @Test(arguments: TestEngine.available)
    func aCircleHasANameAndACodeOfItsOwn(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let coordinator = try await world.coordinator()
            for (code, name, field) in [
                ("X", " ", "nom"), ("", "Artois", "code"), ("!", "Artois", "code"), ("ZZZ", "Lensois", "nom"),
                ("LEN", "Un autre", "nom"), ("ZZZ", "LENSOIS", "nom"),
            ] {
                let refused = try await world.refusal(
                    CreateCircle(code: code, name: name, kind: .territorial), as: coordinator)
                #expect((refused as? Problems)?.list.map(\.field) == [field], "\(code) \(name)")
            }
            #expect(try await world.database.read { try CircleStore.all($0) }.count == 1)
        }
    }
}
