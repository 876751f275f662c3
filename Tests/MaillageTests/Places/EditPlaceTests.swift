import Testing
import Workbench

@testable import Maillage

@Suite("Editing a place") struct EditPlaceTests {
    // PLA-1
    @Test("keeps canonical values, provenance and a line of history", arguments: TestEngine.available)
    func keepsTraces(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let editor = try await world.editor(of: place)
            world.clock.advance(by: .hours(1))
            let edited = try await world.desk.perform(
                EditPlace(
                    place: place.id, version: 1,
                    values: [
                        .phone: .text("03 21 00 00 01"), .website: .text("fosse.example.org/Accueil"),
                        .summary: .text("  Un   fablab  "),
                        .services: .codes(["reparation", "coworking", "coworking"]),
                    ]), as: editor)
            #expect(edited.version == 2)
            #expect(edited.sheet.text(.phone) == "0321000001")
            #expect(edited.sheet.text(.website) == "https://fosse.example.org/Accueil")
            #expect(edited.sheet.text(.summary) == "Un fablab")
            #expect(edited.sheet.codes(.services) == ["coworking", "reparation"])
            #expect(edited.origins[.phone] == Origin(source: Origin.person, at: world.clock.now))
            let change = try #require(try await world.changes(place.id).first)
            #expect(change.kind == .edit && change.actor == editor.account)
            #expect(Set(change.fields.map(\.field)) == [.phone, .website, .summary, .services])
        }
    }

    // PLA-2
    @Test(
        "settles the commune by name and postal code, and places the site at its centre",
        arguments: TestEngine.available)
    func settlesCommune(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place(
                "Vieux Lens",
                [.sites: .rows([["commune": "62499"], ["commune_nom": "ST OMER CEDEX", "code_postal": "62500"]])])
            #expect(place.sheet.sites.map(\.commune) == ["62498", "62765"])
            #expect(place.sheet.sites.map(\.communeName) == ["Lens", "Saint-Omer"])
            #expect(place.sheet.sites.map(\.precision) == ["commune", "commune"])
            let refused = try await world.refusal(
                CreatePlace(values: [.name: .text("Ailleurs"), .sites: .rows([["commune": "99999"]])]), as: .house)
            #expect((refused as? Problems)?.list.first?.field == "implantations.0.commune_nom")
        }
    }

    // PLA-3
    @Test("names the row of the form, also when a row before it was emptied", arguments: TestEngine.available)
    func namesTheRowThatWasTyped(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place(
                "Deux adresses", [.sites: .rows([["commune_nom": "Lens"], ["commune_nom": "Saint-Omer"]])])
            let refused = try await world.refusal(
                EditPlace(
                    place: place.id, version: 1,
                    values: [.sites: .rows([[:], ["adresse": " "], ["adresse": "2 rue", "commune": "99999"]])]),
                as: .house)
            #expect((refused as? Problems)?.list.map(\.field) == ["implantations.2.commune_nom"])
            let half = try await world.refusal(
                EditPlace(place: place.id, version: 1, values: [.sites: .rows([[:], ["latitude": "50"]])]), as: .house)
            #expect((half as? Problems)?.list.map(\.field) == ["implantations.1.latitude"])
        }
    }

    // PLA-3
    @Test("refuses each wrong value with its field, and writes nothing", arguments: TestEngine.available)
    func refusesWrongValues(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let wrong: [(SheetField, SheetValue)] = [
                (.name, .text(String(repeating: "a", count: 121))),
                (.summary, .text(String(repeating: "é", count: 301))),
                (.siret, .text("12345678901234")), (.rna, .text("123")), (.email, .text("pas une adresse")),
                (.website, .text("javascript:alert(1)")), (.phone, .text("12")), (.families, .codes(["inconnue"])),
                (.maturity, .text("florissant")), (.openedOn, .text("hier")), (.builtArea, .number(-1)),
                (.closures, .rows([["du": "2026-13-01", "au": "2026-12-31"]])), (.name, .flag(true)),
                (.sites, .rows([["latitude": "91", "longitude": "2"]])), (.sites, .rows([["latitude": "50"]])),
                (.closedOn, .text("2025")),
            ]
            for (field, value) in wrong {
                let refused = try await world.refusal(
                    EditPlace(place: place.id, version: 1, values: [field: value]), as: .house)
                let problems = try #require(refused as? Problems)
                #expect(
                    problems.list.allSatisfy { $0.field.hasPrefix(field.rawValue) && !$0.message.isEmpty }, "\(field)")
            }
            let nameless = try await world.refusal(
                EditPlace(place: place.id, version: 1, values: [.name: nil]), as: .house)
            #expect((nameless as? Problems)?.messages(for: "nom").isEmpty == false)
        }
    }

    // PLA-4
    @Test(
        "meets a newer change of the same field with a conflict, of another field without",
        arguments: TestEngine.available)
    func conflicts(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            _ = try await world.desk.perform(
                EditPlace(place: place.id, version: 1, values: [.summary: .text("La première")]), as: .house)
            let refused = try await world.refusal(
                EditPlace(place: place.id, version: 1, values: [.summary: .text("La seconde")]), as: .house)
            #expect(refused as? Conflict == Conflict(current: 2))
            let merged = try await world.desk.perform(
                EditPlace(place: place.id, version: 1, values: [.phone: .text("0321000001")]), as: .house)
            #expect(merged.sheet.text(.summary) == "La première" && merged.version == 3)
        }
    }

    // PLA-5
    @Test("is undone as a new change, unless the field changed since", arguments: TestEngine.available)
    func undo(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place("La Fosse", [.summary: .text("Avant")])
            _ = try await world.desk.perform(
                EditPlace(place: place.id, version: 1, values: [.summary: .text("Après")]), as: .house)
            let change = try #require(try await world.changes(place.id).first)
            let undone = try await world.desk.perform(UndoPlaceChange(place: place.id, change: change.id), as: .house)
            #expect(undone.sheet.text(.summary) == "Avant")
            #expect(try await world.changes(place.id).map(\.kind) == [.undo, .edit, .creation])
            let refused = try await world.refusal(UndoPlaceChange(place: place.id, change: change.id), as: .house)
            #expect((refused as? Problems)?.messages(for: "description_courte").isEmpty == false)
        }
    }

    // PLA-6
    @Test("an old address keeps leading to the place", arguments: TestEngine.available)
    func oldAddresses(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let place = try await world.place()
            let other = try await world.place("La Fosse")
            #expect(place.slug == "la-fosse" && other.slug == "la-fosse-lens")
            _ = try await world.desk.perform(RenamePlaceAddress(place: place.id, slug: "Le Carreau"), as: .house)
            let found = try await world.database.read { try PlaceStore.place(.visitor, slug: "la-fosse", $0) }
            #expect(found?.id == place.id && found?.slug == "le-carreau")
            let taken = try await world.refusal(RenamePlaceAddress(place: other.id, slug: "la fosse"), as: .house)
            #expect((taken as? Problems)?.messages(for: "adresse").isEmpty == false)
        }
    }

    // PLA-7
    @Test("a merged place leads to the one kept, which takes what it lacked", arguments: TestEngine.available)
    func merge(_ engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let kept = try await world.place("La Fosse")
            let double = try await world.place("La Fosse numérique", [.phone: .text("0321000001")])
            let coordinator = try await world.coordinator()
            try await world.desk.perform(MergePlaces(kept: kept.id, merged: double.id), as: coordinator)
            #expect(try await world.read(kept.id)?.sheet.text(.phone) == "0321000001")
            #expect(try await world.read(double.id, as: .visitor)?.mergedInto == kept.id)
            #expect(world.directory.count(for: .visitor) == 1)
            let again = try await world.refusal(MergePlaces(kept: kept.id, merged: double.id), as: coordinator)
            #expect(again is Problems)
        }
    }
}
