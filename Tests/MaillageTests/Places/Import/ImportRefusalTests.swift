import Testing
import Workbench

@testable import Maillage

/// What people refused of a source stays refused until the source says something else.
@Suite struct ImportRefusalTests {
    private static func edition(_ name: String, _ phone: String, _ summary: String = "") -> String {
        "id;nom;commune;code_postal;adresse;telephone;presentation_resume;date_maj;services\n"
            + "a;\(name);Lens;62300;1 rue de Paris;\(phone);\(summary);2024-01-01;"
            + "Accès internet et matériel informatique\n"
    }

    /// A place whose telephone and summary somebody wrote, and for which the source says otherwise.
    private static func disputed(_ world: PlaceWorld) async throws -> Principal {
        try await world.importing(edition("Un", "0321000001"))
        let place = try await world.onlyPlace()
        let person = try await world.coordinator()
        _ = try await world.desk.perform(
            EditPlace(
                place: place.id, version: 1,
                values: [.phone: .text("0321999999"), .summary: .text("Ce que nous en disons")]), as: person)
        world.clock.advance(by: .hours(1))
        return person
    }

    private static func open(_ world: PlaceWorld) async throws -> [PlaceProposal] {
        try await world.database.read { try ProposalStore.open(.house, $0) }
    }

    // IMP-12
    @Test(arguments: TestEngine.available)
    func whatWasRefusedDoesNotComeBackWithAnotherField(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let person = try await Self.disputed(world)
            try await world.importing(Self.edition("Un", "0321000002"))
            let first = try #require(try await Self.open(world).first)
            try await world.desk.perform(
                DecideProposal(proposal: first.id, accepted: [], reason: "Notre numéro est le bon", head: world.head),
                as: person)
            world.clock.advance(by: .hours(1))
            let renamed = try await world.importing(Self.edition("Un bis", "0321000002"))
            #expect(renamed.updated == 1)
            #expect(try await Self.open(world).isEmpty)
            // Another field that is proposed does not bring it back either.
            world.clock.advance(by: .hours(1))
            let other = try await world.importing(Self.edition("Un bis", "0321000002", "Ce que dit la source"))
            #expect(other.proposed == 1)
            #expect(try await Self.open(world).map { $0.fields.map(\.field) } == [[.summary]])
            // Another value is another matter.
            world.clock.advance(by: .hours(1))
            try await world.importing(Self.edition("Un bis", "0321000003", "Ce que dit la source"))
            #expect(try await Self.open(world).map { Set($0.fields.map(\.field)) } == [[.summary, .phone]])
            // And what it said before may be looked at again, since it said something else meanwhile.
            world.clock.advance(by: .hours(1))
            try await world.importing(Self.edition("Un ter", "0321000002", "Ce que dit la source"))
            #expect(try await Self.open(world).map { Set($0.fields.map(\.field)) } == [[.summary, .phone]])
        }
    }

    // IMP-12
    @Test(arguments: TestEngine.available)
    func theFieldsLeftOfAnAcceptedProposalAreRefused(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let person = try await Self.disputed(world)
            try await world.importing(Self.edition("Un", "0321000002", "Ce que dit la source"))
            let first = try #require(try await Self.open(world).first)
            #expect(first.fields.count == 2)
            try await world.desk.perform(
                DecideProposal(proposal: first.id, accepted: [.summary], head: world.head), as: person)
            world.clock.advance(by: .hours(1))
            try await world.importing(Self.edition("Un bis", "0321000002", "Ce que dit la source"))
            #expect(try await Self.open(world).isEmpty)
        }
    }

    // IMP-12
    @Test(arguments: TestEngine.available)
    func oneSourceDoesNotSpeakForAnother(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let person = try await Self.disputed(world)
            try await world.importing(Self.edition("Un", "0321000002"))
            let first = try #require(try await Self.open(world).first)
            try await world.desk.perform(
                DecideProposal(proposal: first.id, accepted: [], reason: "Non", head: world.head), as: person)
            world.clock.advance(by: .hours(1))
            let second = try await world.importing(Self.edition("Un", "0321000002"), source: "une-autre")
            #expect(second.linked == 1 && second.proposed == 1)
        }
    }
}
