import Exchange
import Forms
import Testing
import Workbench

@testable import Maillage

@Suite struct FrozenEligibilityTests {
    private static let form: Form = {
        var form = CandidacyWorld.form
        form.sections[0].questions += [
            Question("commune", "Commune", .commune, .required),
            Question(
                "habitants", "Comment associez-vous les habitants du quartier ?", .shortText(), .required,
                shownIf: .inZoning(.reference(Reference("commune")), "FRR")),
            Question(
                "du_lieu", "Dans la commune du lieu", .shortText(), .required,
                shownIf: .inZoning(.placeCommune, "FRR")),
            Question(
                "inconnu", "Jamais vu", .shortText(), .required,
                shownIf: .inZoning(.reference(Reference("commune")), "ZRR 1995")),
        ]
        return form
    }()

    private static let conditions = [
        EligibilityCondition(.zoning(kind: "FRR", edition: ""), isBlocking: false),
        EligibilityCondition(.siret, isBlocking: false),
    ]

    private static func zoned(edition: String, from day: String, to end: String?) -> TerritoryBatch {
        var batch = TerritoryBatch()
        batch.edition = 2026
        batch.zonings = [
            .init(
                kind: "FRR", code: "FRR62", name: "Bassin minier", startsOn: day, endsOn: end, edition: edition,
                communes: ["62498"])
        ]
        return batch
    }

    // CAND-35, CAND-37
    @Test("what was found of conditions is frozen with the deposit", arguments: TestEngine.available)
    func frozen(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, form: Self.form, conditions: Self.conditions) { world in
            let ada = try await world.person("ada")
            try await world.desk.perform(
                UpdateTerritory(Self.zoned(edition: "2026", from: "2026-01-01", to: nil)), as: .house)
            let draft = try await world.complete(by: ada)
            let fields: [URLEncodedForm.Field] = [
                .init("commune.commune", "Lens"), .init("commune.commune_code", "62498"),
            ]
            try await world.save(draft.id, "projet", fields, by: ada)
            let review = try await PartTests.review(world, draft.id)
            #expect(review.state.isShown("habitants"), "asked of communes of the zoning")
            #expect(!review.state.isShown("du_lieu"), "no place applies")
            #expect(!review.state.isShown("inconnu"), "a zoning nobody imported is unknown, never guessed")
            await #expect(throws: CandidacyIncomplete.self) {
                try await world.deposit(try await world.read(draft.id), 1, by: ada)
            }
            try await world.save(draft.id, "projet", [.init("habitants", "Un conseil.")], by: ada)
            let outcome = try await world.deposit(try await world.read(draft.id), 2, by: ada)

            // The register changes: Lens leaves the zoning.
            try await world.desk.perform(
                UpdateTerritory(Self.zoned(edition: "2026", from: "2026-01-01", to: "2026-02-01")), as: .house)
            let (candidacy, shelf) = (try await world.read(draft.id), world.shelf)
            let read = try #require(
                try await world.database.read {
                    try DepositedDossier.read(outcome.deposit, of: candidacy, shelf: shelf, $0)
                })
            let zoning = try #require(read.eligibility.first)
            #expect(zoning.outcome == .satisfied)
            #expect(zoning.edition == "2026" && zoning.evidence.contains("Bassin minier"))
            #expect(zoning.source.contains("zonages") && zoning.on == CivilDate(year: 2026, month: 9, day: 22))
            #expect(read.eligibility.last?.outcome == .toCheck, "no SIRET was written")
            #expect(read.state.isShown("habitants"), "the questions are those that were asked")
            #expect(read.state.answers["habitants"] == .text("Un conseil."))
            let now = try await PartTests.review(world, draft.id)
            #expect(!now.state.isShown("habitants"), "and the draft follows the register")
            #expect(now.eligibility.first?.outcome == .unsatisfied)
            #expect(Fingerprint(of: Array(outcome.deposit.snapshot.utf8)).text == outcome.deposit.digest)
        }
    }

    // CAND-35
    @Test("a blocking condition that is not met prevents the deposit", arguments: TestEngine.available)
    func blocking(_ engine: TestEngine) async throws {
        let conditions = [
            EligibilityCondition(.territory([.init(.departement, "59", "Nord")], edition: "", readOn: ""))
        ]
        try await CandidacyWorld.on(engine, form: Self.form, conditions: conditions) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let fields: [URLEncodedForm.Field] = [
                .init("commune.commune", "Lens"), .init("commune.commune_code", "62498"),
            ]
            try await world.save(draft.id, "projet", fields, by: ada)
            let review = try await PartTests.review(world, draft.id)
            #expect(review.shortfalls.map(\.place) == [.eligibility])
            await #expect(throws: CandidacyIncomplete.self) {
                try await world.deposit(try await world.read(draft.id), 1, by: ada)
            }
        }
    }
}
