import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Rights on places") struct PlaceRightsTests {
    /// Who may do what, for each visibility: the table that the product promises, written apart from the code.
    // PLA-8, PLA-9
    @Test("a refused person learns nothing and leaves nothing", arguments: TestEngine.available)
    func matrix(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            for visibility in Place.Visibility.allCases {
                let place = try await world.place(
                    "Secret \(visibility.rawValue)", seenBy: visibility, in: [world.circle.id.number])
                let people: [(String, Principal, sees: Bool, edits: Bool, manages: Bool)] = [
                    ("visitor", .visitor, visibility == .everyone, false, false),
                    (
                        "account", try await world.person("a\(visibility.rawValue)"), visibility == .everyone, false,
                        false
                    ),
                    ("editor", try await world.editor(of: place, "e\(visibility.rawValue)"), true, true, false),
                    ("manager", try await world.manager(of: place, "m\(visibility.rawValue)"), true, true, true),
                    (
                        "animator",
                        try await world.person(
                            "c\(visibility.rawValue)",
                            Grant(.circleAnimator, on: Scope(.circle, world.circle.id.number))),
                        visibility != .hidden, visibility != .hidden, false
                    ),
                    (
                        "other animator",
                        try await world.person(
                            "d\(visibility.rawValue)", Grant(.circleAnimator, on: Scope(.circle, 12))),
                        visibility == .everyone, false, false
                    ),
                    (
                        "funder", try await world.person("f\(visibility.rawValue)", Grant(.funder, on: .network)),
                        visibility == .everyone || visibility == .funders, false, false
                    ),
                    (
                        "coordinator",
                        try await world.person("k\(visibility.rawValue)", Grant(.coordinator, on: .network)),
                        true, true, true
                    ),
                    (
                        "operator", try await world.person("o\(visibility.rawValue)", Grant(.operator, on: .network)),
                        visibility == .everyone, false, false
                    ),
                ]
                for (who, principal, sees, edits, manages) in people {
                    let label = "\(who) on \(visibility.rawValue)"
                    #expect((try await world.read(place.id, as: principal) != nil) == sees, "\(label) sees")
                    let found = world.directory.find(PlaceQuery(), for: principal).found.map(\.card.id)
                    #expect(found.contains(place.id) == sees, "\(label) finds")
                    let version = try #require(try await world.read(place.id)).version
                    let edit = EditPlace(place: place.id, version: version, values: [.summary: .text(label)])
                    if edits {
                        _ = try await world.desk.perform(edit, as: principal)
                    } else {
                        #expect(
                            Self.isProper(try await world.refusal(edit, as: principal), sees: sees), "\(label) edits")
                    }
                    let visible = SetPlaceVisibility(place: place.id, visibility: visibility)
                    if manages {
                        try await world.desk.perform(visible, as: principal)
                    } else {
                        #expect(
                            Self.isProper(try await world.refusal(visible, as: principal), sees: sees),
                            "\(label) manages")
                    }
                    if who != "coordinator" {
                        let merge = SetPlaceState(place: place.id, isPublished: false, reason: "essai")
                        #expect(
                            Self.isProper(try await world.refusal(merge, as: principal), sees: sees),
                            "\(label) unpublishes")
                    }
                }
            }
        }
    }

    /// Who may see is told "denied", who may not is told "missing", exactly as for what does not exist.
    private static func isProper(_ error: any Error, sees: Bool) -> Bool {
        sees ? error is Denied : error as? Missing == Missing()
    }

    // PLA-10
    @Test(
        "the SQL and the directory agree with the rights, for everybody and every state",
        arguments: TestEngine.available)
    func agreement(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            var places: [Place] = []
            for visibility in Place.Visibility.allCases {
                for circles in [[], [world.circle.id.number]] {
                    for isPublished in [true, false] {
                        let place = try await world.place("Lieu", seenBy: visibility, in: circles)
                        if !isPublished {
                            try await world.desk.perform(
                                SetPlaceState(place: place.id, isPublished: false, reason: "essai"), as: .house)
                        }
                        places.append(try #require(try await world.read(place.id)))
                    }
                }
            }
            let grants: [[Grant]] = [
                [], [Grant(.funder, on: .network)], [Grant(.coordinator, on: .network)],
                [Grant(.operator, on: .network)],
                [Grant(.circleAnimator, on: Scope(.circle, world.circle.id.number))],
                [Grant(.placeEditor, on: Scope(.place, places[1].id.number))],
                [Grant(.placeManager, on: Scope(.place, places[5].id.number)), Grant(.funder, on: .network)],
            ]
            for grant in grants {
                let principal = Principal(account: Principal.ID(7), name: "Essai", grants: grant)
                let found = Set(world.directory.find(PlaceQuery(), for: principal).found.map(\.card.id))
                for place in places {
                    let circles = try await world.database.read { try PlaceStore.circles(of: place.id, $0) }
                    let expected = PlaceRights.maySee(principal, place, circles: circles)
                    #expect((try await world.read(place.id, as: principal) != nil) == expected)
                    #expect(found.contains(place.id) == expected)
                }
            }
        }
    }

    // PLA-11
    @Test("private fields are read by the team and the coordination only", arguments: TestEngine.available)
    func privateFields(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place(
                "La Courée", [.phone: .text("0320000001"), .privateFields: .codes(["telephone", "nom"])])
            #expect(place.sheet.publicPart[.phone] == nil)
            #expect(place.sheet.publicPart.name == "La Courée", "a name is never private")
            #expect(world.directory.find(PlaceQuery(), for: .visitor).total == 1)
            var query = PlaceQuery()
            query.text = "0320000001"
            #expect(world.directory.find(query, for: .visitor).total == 0)
        }
    }

    // PLA-12
    @Test("an open sheet is edited by any account, but not its sharing", arguments: TestEngine.available)
    func openEdition(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place("Zéro Panne", [.openEdition: .flag(true)])
            let somebody = try await world.person("quidam")
            _ = try await world.desk.perform(
                EditPlace(place: place.id, version: 1, values: [.summary: .text("Mieux dit")]), as: somebody)
            let sharing = try await world.refusal(
                EditPlace(place: place.id, version: 2, values: [.openData: .flag(true)]), as: somebody)
            #expect(sharing is Denied)
            let visitor = try await world.refusal(
                EditPlace(place: place.id, version: 2, values: [.summary: .text("x")]), as: .visitor)
            #expect(visitor is Denied)
        }
    }

    // PLA-13
    @Test("who declares a place manages it, and waits for the coordination to publish", arguments: TestEngine.available)
    func declaration(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let porteur = try await world.person("porteuse")
            let place = try await world.desk.perform(CreatePlace(values: [.name: .text("Mon idée")]), as: porteur)
            #expect(place.state == .proposed)
            #expect(try await world.read(place.id, as: .visitor) == nil)
            let account = try #require(porteur.account)
            let now = world.clock.now
            let principal = try #require(
                try await world.database.read { try PrincipalReader.principal(account, at: now, $0) })
            #expect(PlaceRights.manages(principal, place.id))
            try await world.desk.perform(
                SetPlaceState(place: place.id, isPublished: true), as: try await world.coordinator())
            #expect(try await world.read(place.id, as: .visitor) != nil)
            #expect(try await world.refusal(CreatePlace(values: [.name: .text("x")]), as: .visitor) is Denied)
        }
    }
}
