import Geography
import Maillage
import Testing
import Workbench

@testable import MaillageWeb

/// « Près de » with an address, and the point of a sheet found from its address.
@Suite struct AddressSearchTests {
    private static func site(_ fake: FakeGeocoder?, _ body: (MapSite) async throws -> Void) async throws {
        var settings = Settings()
        settings.geocoderURL = fake?.address
        try await MapSite.on(.sqlite, settings: settings) { site in
            try await site.place("Le Proche", commune: MapSite.lille, at: (50.6325, 3.0612))
            try await site.place("Le Lointain", commune: MapSite.hazebrouck, at: (50.72, 2.54))
            try await body(site)
        }
    }

    // PLA-23
    @Test func theListCountsDistancesFromTheAddress() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        try await Self.site(fake) { site in
            let page = try await site.get("/lieux?adresse=12%20rue%20des%20Lilas%2059000%20Lille&rayon=5")
            #expect(page.text.contains("Distances comptées depuis «\u{A0}12 Rue des Lilas 59000 Lille\u{A0}»"))
            #expect(page.text.contains("Le Proche") && !page.text.contains("Le Lointain"))
            // Files and tiles know no address: they are given its point.
            #expect(page.text.contains("places.csv?pres=50.632%2C3.061&amp;rayon=5"))
        }
    }

    @Test func aCommuneAloneAsksNobody() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        try await Self.site(fake) { site in
            for words in ["Lille", "59000", "59000%20Lille", "hazebrouck"] {
                let page = try await site.get("/lieux?adresse=\(words)")
                #expect(page.text.contains("depuis le centre de"), "\(words)")
            }
            #expect(fake.asked.isEmpty)
        }
    }

    @Test(arguments: [FakeGeocoder.Manner.silence, .body("{", status: "200 OK"), .body("", status: "500 Oops")])
    func withoutAnAnswerTheCommuneServesAndIsSaid(_ manner: FakeGeocoder.Manner) async throws {
        let fake = try FakeGeocoder(manner)
        try await Self.site(fake) { site in
            let page = try await site.get("/lieux?adresse=12%20rue%20des%20Lilas%2059000%20Lille")
            #expect(page.status == 200)
            #expect(page.text.contains("Le service d’adresses n’a pas répondu."))
            #expect(page.text.contains("depuis le centre de Lille (59)"))
        }
    }

    @Test func withoutAGeocoderTheCommuneServesAndIsSaid() async throws {
        try await Self.site(nil) { site in
            let page = try await site.get("/lieux?adresse=12%20rue%20des%20Lilas%2059000%20Lille")
            #expect(page.text.contains("ne situe pas les adresses au numéro"))
            #expect(page.text.contains("depuis le centre de Lille (59)"))
        }
    }

    @Test func theMapGoesToTheAddressAndLeavesItsFrame() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        try await Self.site(fake) { site in
            let form = try await site.get("/carte")
            #expect(form.text.contains("name=\"adresse\""))
            let asked = try await site.get(
                "/carte?adresse=12%20rue%20des%20Lilas%20Lille&aller=1&q=proche&bbox=1%2C44%2C2%2C45")
            #expect(asked.status == 303)
            let target = try #require(asked.headers[.location])
            #expect(target.hasPrefix("/carte?q=proche&pres=50.632%2C3.061&adresse=12%20rue"))
            let shown = try await site.get(target)
            #expect(shown.status == 200)
            #expect(shown.text.contains("Le Proche"))
            #expect(fake.asked.count == 1)
        }
    }

    @Test func theMapSaysWhatItDidNotFind() async throws {
        try await Self.site(nil) { site in
            let page = try await site.get("/carte?adresse=Xyzzyville-les-Oies")
            #expect(page.status == 200)
            #expect(page.text.contains("Nous n’avons pas trouvé"))
        }
    }

    private static func form(_ more: [String: String] = [:]) -> Fields {
        var cells = ["adresse": "12 rue des Lilas", "code_postal": "59000", "commune_nom": "Lille"]
        cells.merge(more) { _, given in given }
        return Fields(
            [Fields.Field(name: "champs", value: "implantations"), Fields.Field(name: SheetPlacing.button, value: "0")]
                + cells.sorted { $0.key < $1.key }.map {
                    Fields.Field(name: "implantations.0.\($0.key)", value: $0.value)
                })
    }

    private static func changes(_ form: Fields, from base: Sheet = Sheet()) -> [String: String] {
        var problems = Problems()
        let changes = SheetForm.changes(in: form, allowed: [.sites], from: base, problems: &problems)
        return changes[.sites]??.rows?.first ?? [:]
    }

    @Test func aPointIsProposedAndKeptWithItsFineness() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection(type: "street")))
        try await Self.site(fake) { site in
            let (form, placing) = try #require(await SheetPlacing.answer(to: Self.form(), site.reception))
            #expect(placing.isPlaced && placing.sentence.contains("à la rue"))
            let row = Self.changes(form)
            #expect(row["latitude"] == "50.632" && row["longitude"] == "3.061" && row["precision"] == "rue")
            // Moved by hand afterwards, it is no longer the geocoder's.
            let moved = Fields(
                form.all.map {
                    $0.name.hasSuffix("latitude") ? Fields.Field(name: $0.name, value: "50.64") : $0
                })
            #expect(Self.changes(moved)["precision"] == "manuel")
        }
    }

    // PLA-24
    @Test func aPointThatContradictsTheCommuneIsSaidAndNotPlaced() async throws {
        let fake = try FakeGeocoder(
            .body(
                FakeGeocoder.collection(
                    label: "12 Rue des Lilas 13001 Marseille", latitude: "43.3", longitude: "5.4", citycode: "13201",
                    city: "Marseille")))
        try await Self.site(fake) { site in
            let (form, placing) = try #require(await SheetPlacing.answer(to: Self.form(), site.reception))
            #expect(!placing.isPlaced)
            #expect(placing.sentence.contains("Marseille") && placing.sentence.contains("n’a pas été placé"))
            #expect(Self.changes(form)["latitude"] == nil)
        }
    }

    // PLA-24
    @Test(arguments: TestEngine.available)
    func aSheetIsPlacedByTheFormAlone(engine: TestEngine) async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        var settings = Settings()
        settings.geocoderURL = fake.address
        try await AccountSite.on(engine, settings: settings) { site in
            let place = try await site.desk.perform(CreatePlace(values: [.name: .text("L’Atelier")]), as: .house)
            let editor = try await site.account("lea", Grant(.placeEditor, on: Scope(.place, place.id.number)))
            let browser = try await AccountBrowser.of(editor, site)
            let path = "/lieux/\(place.slug)/modifier"
            let typed = [
                "champs": "implantations", "implantations.0.adresse": "12 rue des Lilas",
                "implantations.0.code_postal": "59000", "implantations.0.commune_nom": "Lille",
            ]
            try await browser.get(path)
            #expect(browser.text.contains("Placer sur la carte d’après l’adresse"))
            try await browser.submit(path, typed.merging(["placer": "0"]) { $1 })
            #expect(browser.status == 200)
            #expect(browser.text.contains("Point proposé au numéro") && browser.text.contains("value=\"50.632\""))
            #expect(browser.text.contains("value=\"12 rue des Lilas\""), "what was typed is still there")
            let before = try await site.desk.database.read { try PlaceStore.place(.house, place.id, $0) }
            #expect(before?.version == 1, "nothing is saved yet")
            let point = ["implantations.0.latitude": "50.632", "implantations.0.longitude": "3.061"]
            try await browser.submit(path, typed.merging(point) { $1 })
            #expect(browser.status == 303)
            let after = try await site.desk.database.read { try PlaceStore.place(.house, place.id, $0) }
            #expect(after?.sheet.sites.first?.point == Point(latitude: 50.632, longitude: 3.061))
            #expect(after?.sheet.sites.first?.precision == "numero")
        }
    }

    @Test func withoutAGeocoderTheFormOffersNothing() async throws {
        try await AccountSite.on(.sqlite) { site in
            let place = try await site.desk.perform(CreatePlace(values: [.name: .text("L’Atelier")]), as: .house)
            let editor = try await site.account("lea", Grant(.placeEditor, on: Scope(.place, place.id.number)))
            let browser = try await AccountBrowser.of(editor, site)
            try await browser.get("/lieux/\(place.slug)/modifier")
            #expect(browser.status == 200 && !browser.text.contains("Placer sur la carte"))
        }
    }

    @Test func aFormCannotForgeAPrecision() {
        let form = Self.form(["latitude": "50.1", "longitude": "3.1", "propose": "50.1 3.1 parfait"])
        #expect(Self.changes(form)["precision"] == "manuel")
    }

    @Test func nothingIsAskedWithoutAnAddress() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        try await Self.site(fake) { site in
            let (_, placing) = try #require(
                await SheetPlacing.answer(to: Self.form(["adresse": " "]), site.reception))
            #expect(!placing.isPlaced && placing.sentence.contains("Écrivez d’abord"))
            #expect(fake.asked.isEmpty)
        }
    }
}
