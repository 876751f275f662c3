import Exchange
import Geography
import Testing
import Workbench

@testable import Maillage

@Suite("The directory") struct DirectoryTests {
    private func names(_ world: PlaceWorld, _ text: String, _ change: (inout PlaceQuery) -> Void = { _ in }) -> [String]
    {
        var query = PlaceQuery()
        query.text = text
        change(&query)
        return world.directory.find(query, for: .visitor).found.map(\.card.name)
    }

    // PLA-18
    @Test("finds words without accents, apostrophes, plurals or exact spelling")
    func words() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            _ = try await world.place("L’Île aux Fruits", [.families: .codes(["nourricier"])])
            _ = try await world.place("Atelier Vélo", [.summary: .text("Réparations et œuvres des salarié·e·s")])
            _ = try await world.place("La Filature", [.services: .codes(["coworking"])])
            for text in ["ile aux fruits", "L'ÎLE", "iles", "fruit", "jardins partagés"] {
                #expect(names(world, text) == ["L’Île aux Fruits"], "\(text)")
            }
            for text in ["réparation", "velo", "vélos", "oeuvre", "salariés", "repartions"] {
                #expect(names(world, text) == ["Atelier Vélo"], "\(text)")
            }
            #expect(names(world, "filat") == ["La Filature"], "an unfinished word")
            #expect(names(world, "télétravail") == ["La Filature"], "a synonym")
            #expect(names(world, "filature velo").isEmpty, "every word counts")
            #expect(names(world, "zzzzzzz").isEmpty)
            #expect(names(world, "?!").count == 3, "no word at all narrows nothing")
        }
    }

    // Anybody may type « de »: nothing is scored then, in whatever order it was asked for.
    @Test(
        "words that every text has narrow nothing", arguments: ["de", "la", "les", "le la"],
        [nil, PlaceQuery.Sort.relevance])
    func stopWords(text: String, sort: PlaceQuery.Sort?) async throws {
        try await PlaceWorld.on(.sqlite) { world in
            for name in ["L’Île aux Fruits", "Atelier de la gare"] { _ = try await world.place(name) }
            #expect(names(world, text) { $0.sort = sort }.count == 2)
            var query = PlaceQuery()
            query.text = text
            query.sort = sort
            #expect(world.directory.walk(query, after: nil, for: .visitor).total == 2)
        }
    }

    @Test("a hundred places of one name have a hundred addresses")
    func sameName() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            var slugs: Set<String> = []
            for _ in 0..<100 { slugs.insert(try await world.place("Le Même").slug) }
            #expect(slugs.count == 100)
        }
    }

    // PLA-19
    @Test("counts each facet as if its own values were not chosen")
    func facets() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            _ = try await world.place("A", [.families: .codes(["fablab"]), .services: .codes(["reparation"])])
            _ = try await world.place("B", [.families: .codes(["coworking"]), .services: .codes(["reparation"])])
            _ = try await world.place("C", [.families: .codes(["coworking"]), .maturity: .text("ferme")])
            _ = try await world.place("Caché", [.families: .codes(["fablab"])], seenBy: .hidden)
            var query = PlaceQuery()
            query.facets[.family] = ["fablab"]
            let findings = world.directory.find(query, for: .visitor)
            #expect(findings.total == 1)
            #expect(
                findings.facets[.family]?.map { "\($0.code) \($0.count) \($0.isChosen)" } == [
                    "coworking 2 false", "fablab 1 true",
                ])
            #expect(findings.facets[.service]?.map(\.count) == [1])
            query.facets[.service] = ["reparation"]
            query.facets[.family] = ["fablab", "coworking"]
            #expect(world.directory.find(query, for: .visitor).total == 2)
        }
    }

    // PLA-20
    @Test("knows what is open now and at the week-end, exceptions included")
    func openNow() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            _ = try await world.place("Semaine", [.hours: .text("Mo-Fr 09:00-18:00")])
            _ = try await world.place("Samedi", [.hours: .text("Sa 10:00-12:00")])
            _ = try await world.place(
                "En travaux",
                [.hours: .text("Mo-Su 08:00-20:00"), .closures: .rows([["du": "2026-09-01", "au": "2026-12-31"]])])
            _ = try await world.place("En pause", [.hours: .text("24/7"), .maturity: .text("pause")])
            #expect(names(world, "") { $0.isOpenNow = true } == ["Semaine"])
            #expect(names(world, "") { $0.isOpenAtWeekend = true } == ["Samedi"])
            world.clock.advance(by: .hours(12))
            #expect(names(world, "") { $0.isOpenNow = true }.isEmpty)
        }
    }

    // PLA-21
    @Test("sorts by distance and keeps to a radius, a box, a commune")
    func around() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            _ = try await world.place("À Lens")
            _ = try await world.place("À Saint-Omer", [.sites: .rows([["commune": "62765"]])])
            _ = try await world.place("Nulle part", [.sites: .rows([])])
            let lens = try #require(Point(latitude: 50.43, longitude: 2.83))
            #expect(names(world, "") { $0.near = lens } == ["À Lens", "À Saint-Omer", "Nulle part"])
            #expect(
                names(world, "") {
                    $0.near = lens
                    $0.radius = 10_000
                } == ["À Lens"])
            #expect(
                names(world, "") { $0.box = BoundingBox(south: 50.7, west: 2.2, north: 50.8, east: 2.3) } == [
                    "À Saint-Omer"
                ])
            #expect(names(world, "") { $0.commune = "62498" } == ["À Lens"])
            #expect(names(world, "") { $0.facets[.departement] = ["62"] }.count == 2)
        }
    }

    // PLA-22
    @Test("frames what lies together, without the one place that lies across the sea")
    func frame() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            func site(_ latitude: Double, _ longitude: Double) -> SheetValue {
                .rows([["latitude": "\(latitude)", "longitude": "\(longitude)"]])
            }
            _ = try await world.place("Amiens", [.sites: site(49.9, 2.3)])
            _ = try await world.place("Lens", [.sites: site(50.43, 2.83)])
            _ = try await world.place("Sainte-Luce", [.sites: site(14.47, -60.92)])
            let box = try #require(world.directory.find(PlaceQuery(), for: .visitor).box)
            #expect(box.south > 49 && box.west > 2)
            var query = PlaceQuery()
            query.text = "Luce"
            let alone = try #require(world.directory.find(query, for: .visitor).box)
            #expect(alone.north < 15)
        }
    }

    @Test("orders by relevance as many as are shown, equals by name")
    func relevance() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            for name in ["Zinc", "Brique", "Argile"] {
                _ = try await world.place(name, [.summary: .text("un atelier")])
            }
            _ = try await world.place("Atelier du Midi")
            #expect(names(world, "atelier") == ["Atelier du Midi", "Argile", "Brique", "Zinc"])
            #expect(
                names(world, "atelier") {
                    $0.limit = 2
                    $0.offset = 1
                } == ["Argile", "Brique"])
        }
    }

    @Test("follows each change at once, and reads the same from the database", arguments: TestEngine.available)
    func follows(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            var kept: [Place] = []
            for number in 0..<40 {
                let place = try await world.place(
                    "Lieu \(number % 7)", [.families: .codes([number % 2 == 0 ? "fablab" : "culturel"])])
                if number % 5 == 0 {
                    _ = try await world.desk.perform(
                        EditPlace(place: place.id, version: 1, values: [.name: .text("Renommé \(number)")]), as: .house)
                }
                if number % 9 == 0 {
                    try await world.desk.perform(
                        SetPlaceState(place: place.id, isPublished: false, reason: "essai"), as: .house)
                } else {
                    kept.append(place)
                }
            }
            let (surroundings, _) = Surroundings.fixed(at: world.clock.now)
            let fresh = Directory(database: world.database, surroundings: surroundings)
            try await fresh.load()
            for facet in [Set<String>(), ["fablab"], ["culturel"]] {
                var query = PlaceQuery()
                query.facets[.family] = facet
                let live = world.directory.find(query, for: .visitor)
                let read = fresh.find(query, for: .visitor)
                #expect(live.found.map(\.card.name) == read.found.map(\.card.name))
                #expect(live.facets == read.facets)
            }
            #expect(fresh.count(for: .visitor) == kept.count)
        }
    }
}
