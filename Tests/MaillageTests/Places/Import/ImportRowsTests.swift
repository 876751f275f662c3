import Geography
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct ImportRowsTests {
    static func list(_ rows: (id: String, name: String, phone: String)..., date: String = "2024-01-01") -> String {
        "id;nom;commune;code_postal;adresse;telephone;date_maj;services\n"
            + rows.map { row in
                "\(row.id);\(row.name);Lens;62300;\(row.id) rue de Paris;\(row.phone);\(date);"
                    + "Accès internet et matériel informatique\n"
            }.joined()
    }

    // IMP-3 IMP-11
    @Test(arguments: TestEngine.available)
    func whatDisappearsIsMarkedAndKept(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let both = Self.list(("a", "Un", "0321000001"), ("b", "Deux", "0321000002"))
            #expect(try await world.importing(both).created == 2)
            let one = try await world.importing(Self.list(("a", "Un", "0321000001")))
            #expect(one.unchanged == 1 && one.disappeared == 1)
            #expect(try await world.places().count == 2)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM import_key WHERE gone_at IS NOT NULL") == 1)
            let back = try await world.importing(both)
            #expect(back.unchanged == 2 && back.disappeared == 0)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM import_key WHERE gone_at IS NOT NULL") == 0)
        }
    }

    // IMP-12
    @Test(arguments: TestEngine.available)
    func whatAPersonWroteIsNeverOverwritten(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            try await world.importing(Self.list(("a", "Un", "0321000001")))
            let place = try await world.onlyPlace()
            let person = try await world.person("cora", Grant(.coordinator, on: .network))
            _ = try await world.desk.perform(
                EditPlace(place: place.id, version: 1, values: [.phone: .text("0321999999")]), as: person)
            let newer = try await world.importing(Self.list(("a", "Un bis", "0321000002"), date: "2024-06-01"))
            #expect(newer.updated == 1)
            let after = try await world.onlyPlace()
            #expect(after.sheet.name == "Un bis")
            #expect(after.sheet.text(.phone) == "0321999999")
            let open = try await world.database.read { try ProposalStore.open(.house, $0) }
            #expect(open.map(\.fields) == [[.init(.phone, from: .text("0321999999"), to: .text("0321000002"))]])
            // A later edition replaces the proposal; it does not pile up.
            let third = try await world.importing(Self.list(("a", "Un bis", "0321000003"), date: "2024-07-01"))
            #expect(third.proposed == 1 && third.updated == 0)
            #expect(try await world.database.read { try ProposalStore.open(.house, $0) }.count == 1)
        }
    }

    // IMP-13
    @Test(arguments: TestEngine.available)
    func anotherSourceIsRecognisedAndFillsOnlyWhatIsEmpty(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            try await world.importing(Self.list(("a", "La Fosse commune", "0321000001")), source: "un")
            let other =
                "id,nom,commune,code_postal,adresse,telephone,site_web,services,date_maj\n"
                + "z9,la fosse commune,Lens,62300,a rue de Paris,0321000002,https://fosse.example.org,,2020-01-01\n"
            let report = try await world.importing(other, source: "deux")
            #expect(report.linked == 1 && report.created == 0 && report.updated == 1)
            let place = try await world.onlyPlace()
            #expect(place.sheet.text(.phone) == "0321000001")
            #expect(place.sheet.text(.website) == "https://fosse.example.org")
            #expect(place.origins[.website]?.source == "deux")
            #expect(try await world.rowCount("SELECT COUNT(*) FROM place_proposal") == 0)
            let newer = try await world.importing(
                other.replacing("2020-01-01", with: "2025-01-01"), source: "deux")
            #expect(newer.proposed == 1)
        }
    }

    // IMP-14
    @Test func dryRunTellsTheSameAndWritesNothing() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let text = Self.list(("a", "Un", "0321000001"), ("a", "Encore", ""), ("c", "", ""))
            let dry = try await world.importing(text, isDryRun: true)
            for table in ["place", "import_key", "import_source", "place_change"] as [StaticString] {
                #expect(try await world.rowCount("SELECT COUNT(*) FROM \(name: table)") == 0)
            }
            let real = try await world.importing(text)
            #expect(dry.created == 1 && dry.created == real.created)
            #expect(dry.rejected == real.rejected && real.rejected.count == 2)
            #expect(real.rejected.map(\.line) == [3, 4])
            #expect(real.rejected[0].reason.contains("line 2"))
            #expect(real.rejected[1].column == "nom")
        }
    }

    // IMP-15
    @Test func sameNamesGetSlugsOfTheirOwn() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            var text = "id,nom,commune,code_postal,services\n"
            for number in 1...60 { text += "\(number),LA POSTE,Lens,62300,\n" }
            #expect(try await world.importing(text).created == 60)
            let slugs = try await world.places().map(\.slug)
            #expect(Set(slugs).count == 60)
            #expect(slugs.contains("la-poste") && slugs.contains("la-poste-lens") && slugs.contains("la-poste-lens-2"))
        }
    }

    // IMP-16
    @Test func peopleAreNotImported() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let text =
                "ID,NOM_TL,CP,INSEECOM,TYPO,CONTACT,MAIL\n1,La Fosse,62300,62498,,Camille Secret,camille@secret.example\n"
            let report = try await world.importing(text)
            #expect(report.notes.contains { $0.contains("CONTACT") })
            let facts = try await world.onlyPlace().sheet.json.lowercased()
            #expect(!facts.contains("secret"))
        }
    }

    // IMP-17
    @Test func mappingFileSaysWhatColumnsMean() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let text = "Intitulé;Ville;Lat/Lon;Quoi\nLe Lieu;Lens;\"50.43,2.83\";fablab\n"
            let mapping =
                #"{"fields": {"nom": "Intitulé", "commune": "Ville", "lat_lon": "Lat/Lon", "familles": "Quoi"}}"#
            await #expect(throws: PlaceImportRefusal.self) { try await world.importing(text) }
            let report = try await world.importing(text, mapping: mapping)
            #expect(report.created == 1)
            let place = try await world.onlyPlace()
            #expect(place.sheet.codes(.families) == ["fablab"])
            #expect(place.sheet.sites.first?.commune == "62498")
            #expect(throws: PlaceImportRefusal.self) {
                try PlaceMapping(json: Array(#"{"fields": {"contact": "x"}}"#.utf8))
            }
        }
    }

    // IMP-18
    @Test func ownExportComesBackUnchanged() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let centre = try #require(Point(latitude: 50.431, longitude: 2.832))
            let lens = GeneratedPlaces.Town(code: "62498", name: "Lens", postalCode: "62300", centre: centre)
            let generated = GeneratedPlaces.csv(count: 40, seed: 7, towns: [lens]).reduce([], +)
            #expect(try await world.importing(generated, source: "inventé").created == 40)
            var batches = PlaceBatches(world.database, onlyOpenData: false) { "https://reseau.test/lieux/" + $0 }
            var writer = PlaceFileWriter(.mednum)
            while let places = try await batches.next() { writer.append(places) }
            writer.finish()
            let back = try await world.importing(writer.take(), source: "retour")
            #expect(back.format == "mednum")
            #expect(back.linked == 40 && back.created == 0)
            #expect(back.unchanged + back.proposed + back.updated == 40 && back.updated == 0)
        }
    }
}
