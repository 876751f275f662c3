import Testing
import Workbench

@testable import Maillage

/// Places that their source no longer gives.
@Suite struct DisappearanceTests {
    /// Three places of a list, of which the next edition gives one.
    private static func on(
        _ engine: TestEngine, _ body: (PlaceWorld, _ gone: [Disappearance]) async throws -> Void
    ) async throws {
        try await PlaceWorld.on(engine) { world in
            let rows = [("a", "Un", ""), ("b", "Deux", ""), ("c", "Trois", "")]
            try await world.importing(ImportRowsTests.list(rows[0], rows[1], rows[2]), source: "liste")
            world.clock.advance(by: .days(1))
            try await world.importing(ImportRowsTests.list(rows[0]), source: "liste")
            world.clock.advance(by: .days(1))
            try await body(world, try await pending(world))
        }
    }

    private static func pending(_ world: PlaceWorld, as principal: Principal = .house) async throws -> [Disappearance] {
        let now = world.clock.now
        return try await world.database.read {
            try DisappearanceStore.pending(principal, of: "liste", at: now, $0)
        }
    }

    private static func decisions(_ world: PlaceWorld) async throws -> [DisappearanceDecision] {
        try await world.database.read {
            try DisappearanceStore.recent(.house, since: PlaceWorld.start, $0)
        }
    }

    private static func settle(
        _ world: PlaceWorld, _ gone: Disappearance, _ choice: DisappearanceDecision.Choice
    ) -> SettleDisappearance {
        SettleDisappearance(place: gone.place, source: "liste", choice: choice, head: world.head)
    }

    // PLA-25
    @Test(arguments: TestEngine.available)
    func whatIsDecidedLeavesTheListAndComesBackWhenUndone(engine: TestEngine) async throws {
        try await Self.on(engine) { world, gone in
            #expect(gone.map(\.name) == ["Deux", "Trois"])
            let coordinator = try await world.coordinator()
            let lines = try await world.rowCount("SELECT COUNT(*) FROM journal")
            let ids = try await world.desk.perform(
                all: [Self.settle(world, gone[0], .kept), Self.settle(world, gone[1], .closed)], as: coordinator)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM journal") == lines + 2)
            #expect(try await Self.pending(world).isEmpty)
            #expect(try await world.read(gone[0].place)?.sheet.maturity == .open)
            #expect(try await world.read(gone[1].place)?.sheet.maturity == .closed)
            #expect(try await world.changes(gone[1].place).first?.comment.contains("liste") == true)
            world.clock.advance(by: .hours(1))
            try await world.desk.perform(
                all: ids.map { UndoDisappearanceDecision(decision: $0) }, as: coordinator)
            #expect(try await Self.pending(world).map(\.name) == ["Deux", "Trois"])
            #expect(try await world.read(gone[1].place)?.sheet.maturity == .open)
            #expect(try await Self.decisions(world).isEmpty)
            let again = try await world.refusal(UndoDisappearanceDecision(decision: ids[0]), as: coordinator)
            #expect(again is Problems)
        }
    }

    // PLA-25
    @Test(arguments: TestEngine.available)
    func severalAreDecidedTogetherOrNotAtAll(engine: TestEngine) async throws {
        try await Self.on(engine) { world, gone in
            let coordinator = try await world.coordinator()
            _ = try await world.desk.perform(Self.settle(world, gone[1], .kept), as: coordinator)
            let before = try await world.traces()
            await #expect(throws: Problems.self) {
                try await world.desk.perform(
                    all: [Self.settle(world, gone[0], .closed), Self.settle(world, gone[1], .closed)], as: coordinator)
            }
            #expect(try await world.traces() == before)
            #expect(try await Self.pending(world).map(\.name) == ["Deux"])
        }
    }

    // PLA-25
    @Test(arguments: TestEngine.available)
    func theManagerIsAskedOnceAWeek(engine: TestEngine) async throws {
        try await Self.on(engine) { world, gone in
            let coordinator = try await world.coordinator()
            let nobody = try await world.refusal(Self.settle(world, gone[0], .asked), as: coordinator)
            #expect((nobody as? Problems)?.list.first?.message.contains("responsable") == true)
            let place = try #require(try await world.read(gone[0].place))
            let manager = try await world.manager(of: place)
            let sent = try await world.desk.perform(Self.settle(world, gone[0], .asked), as: coordinator)
            #expect(
                try await world.refusal(UndoDisappearanceDecision(decision: sent), as: coordinator) is Problems)
            let letter = try #require(try await world.letters(to: "responsable@exemple.fr").last)
            #expect(letter.text.contains("https://reseau.test/lieux/\(place.slug)"))
            let asked = try #require(try await Self.pending(world).first)
            #expect(asked.name == "Deux" && asked.askedAt == world.clock.now && asked.hasManager)
            #expect(!asked.mayBeAsked(at: world.clock.now))
            #expect(try await world.refusal(Self.settle(world, gone[0], .asked), as: coordinator) is Problems)
            // A letter that left does not come back, and is not offered to.
            #expect(try await Self.decisions(world).isEmpty)
            world.clock.advance(by: .days(7))
            _ = try await world.desk.perform(Self.settle(world, gone[0], .asked), as: coordinator)
            // One press of the manager's and the place waits no longer.
            world.clock.advance(by: .hours(1))
            try await world.desk.perform(VerifyPlace(place: place.id), as: manager)
            #expect(try await Self.pending(world).map(\.name) == ["Trois"])
        }
    }

    // PLA-25
    @Test(arguments: TestEngine.available)
    func onlyTheCoordinationDecides(engine: TestEngine) async throws {
        try await Self.on(engine) { world, gone in
            let place = try #require(try await world.read(gone[0].place))
            let manager = try await world.manager(of: place)
            let stranger = try await world.person("etrangere")
            let id = try await world.desk.perform(Self.settle(world, gone[1], .kept), as: .house)
            for person in [manager, stranger, .visitor] {
                #expect(try await world.refusal(Self.settle(world, gone[0], .closed), as: person) is Denied)
                #expect(try await world.refusal(UndoDisappearanceDecision(decision: id), as: person) is Missing)
                #expect(try await Self.pending(world, as: person).isEmpty)
                #expect(try await world.database.read { try DisappearanceStore.counts(person, $0) }.isEmpty)
            }
            let unknown = SettleDisappearance(
                place: Place.ID(1), source: "liste", choice: .kept, head: world.head)
            #expect(try await world.refusal(unknown, as: .house) is Missing)
            #expect(
                try await world.refusal(
                    UndoDisappearanceDecision(decision: DisappearanceDecision.ID(1)), as: .house) is Missing)
        }
    }

    // PLA-25 IMP-11
    @Test(arguments: TestEngine.available)
    func whatComesBackOrGoesAgainIsCountedAnew(engine: TestEngine) async throws {
        try await Self.on(engine) { world, gone in
            _ = try await world.desk.perform(Self.settle(world, gone[0], .kept), as: .house)
            // Back in the list, it waits for nothing; gone from a later edition, it waits again.
            try await world.importing(
                ImportRowsTests.list(("a", "Un", ""), ("b", "Deux", ""), ("c", "Trois", "")), source: "liste")
            #expect(try await Self.pending(world).isEmpty)
            world.clock.advance(by: .days(1))
            try await world.importing(ImportRowsTests.list(("a", "Un", "")), source: "liste")
            #expect(try await Self.pending(world).map(\.name) == ["Deux", "Trois"])
            let counts = try await world.database.read { try DisappearanceStore.counts(.house, $0) }
            #expect(counts.map(\.places) == [2] && counts.map(\.source) == ["liste"])
        }
    }

    // PLA-25
    @Test(arguments: TestEngine.available)
    func aStageChangedSinceIsNotUndoneSilently(engine: TestEngine) async throws {
        try await Self.on(engine) { world, gone in
            let id = try await world.desk.perform(Self.settle(world, gone[0], .closed), as: .house)
            let place = try #require(try await world.read(gone[0].place))
            _ = try await world.desk.perform(
                EditPlace(place: place.id, version: place.version, values: [.maturity: .text("pause")]), as: .house)
            #expect(try await world.refusal(UndoDisappearanceDecision(decision: id), as: .house) is Problems)
        }
    }
}
