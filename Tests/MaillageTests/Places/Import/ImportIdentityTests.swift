import Testing
import Workbench

@testable import Maillage

/// When a row of a new source is a place already there.
@Suite struct ImportIdentityTests {
    private static let siret = "21620498900018"

    private static func list(_ rows: (id: String, name: String, address: String)...) -> String {
        "id;nom;commune;code_postal;adresse;pivot;services\n"
            + rows.map { "\($0.id);\($0.name);Lens;62300;\($0.address);\(siret);\n" }.joined()
    }

    // IMP-13
    @Test(arguments: TestEngine.available)
    func oneLegalUnitMayKeepSeveralPlaces(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            try await world.importing(
                Self.list(("m", "Médiathèque Robert-Cousin", "1 rue de Paris")), source: "un")
            let report = try await world.importing(
                Self.list(("c", "Commune de Lens", "17 place Jean-Jaurès")), source: "deux")
            #expect(report.created == 1 && report.linked == 0)
            #expect(
                report.reasons("") == [
                    "the same SIRET as “Médiathèque Robert-Cousin” in this commune, under another name and at another "
                        + "address: kept as a place of its own"
                ])
            #expect(try await world.places().count == 2)
            // Said once: the same file again has nothing to say.
            let again = try await world.importing(
                Self.list(("c", "Commune de Lens", "17 place Jean-Jaurès")), source: "deux")
            #expect(again.unchanged == 1 && again.reasons("").isEmpty)
        }
    }

    // IMP-13
    @Test(arguments: TestEngine.available)
    func theSameSIRETAndNameOrStreetIsTheSamePlace(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            try await world.importing(
                Self.list(
                    ("a", "CCAS de Lens / MSAP", "9 RUE PABLO PICASSO"), ("b", "Mairie", "3 PL DE LA MAIRIE"),
                    ("c", "L’Étape", "1 rue Jules-Guesde")), source: "un")
            let report = try await world.importing(
                Self.list(
                    ("x", "Centre communal d’action sociale", "9, rue Pablo-Picasso"),
                    ("y", "Commune de Lens", "3 place de la Mairie"), ("z", "L'Etape", "Voyette de Vertain")),
                source: "deux")
            #expect(report.linked == 3 && report.created == 0)
            #expect(report.reasons("").isEmpty)
            #expect(try await world.places().count == 3)
        }
    }

    // IMP-13 IMP-14
    @Test func aDryRunSaysTheSame() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            try await world.importing(Self.list(("m", "Médiathèque", "1 rue de Paris")), source: "un")
            let text = Self.list(("c", "Commune de Lens", "17 place Jean-Jaurès"))
            let dry = try await world.importing(text, source: "deux", isDryRun: true)
            #expect(dry.created == 1 && dry.reasons("").count == 1)
        }
    }
}
