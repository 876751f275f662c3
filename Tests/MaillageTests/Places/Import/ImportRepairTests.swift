import Storage
import Testing
import Workbench

@testable import Maillage

/// Each defect of the published lists, alone.
@Suite struct ImportRepairTests {
    static let header =
        "id,nom,pivot,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,courriels,site_web,horaires\n"

    /// One row of the national schema; a cell not given is empty.
    static func row(
        id: String = "1", nom: String = "La Fosse", pivot: String = "", commune: String = "Lens",
        postal: String = "62300",
        code: String = "62498", adresse: String = "1 rue de Paris", lat: String = "", lon: String = "",
        tel: String = "",
        mail: String = "", web: String = "", hours: String = ""
    ) -> String {
        header
            + [id, nom, pivot, commune, postal, code, adresse, lat, lon, tel, mail, web, hours].map {
                "\"" + $0.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",") + "\n"
    }

    static func imported(_ row: String, _ check: (Place, PlaceImportReport) throws -> Void) async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let report = try await world.importing(row)
            #expect(report.created == 1)
            try check(try await world.onlyPlace(), report)
        }
    }

    // IMP-5
    @Test func lostZerosComeBack() async throws {
        var territory = TerritoryBatch()
        territory.edition = 2024
        territory.communes = [Commune(code: "01053", name: "Bourg-en-Bresse")]
        territory.postalCodes = [.init("01000", "01053")]
        try await PlaceWorld.on(.sqlite) { [territory] world in
            try await world.desk.perform(UpdateTerritory(territory), as: .house)
            let report = try await world.importing(
                Self.row(commune: "Bourg-en-Bresse", postal: "1000", code: "1053", tel: "321000001"))
            let site = try #require(try await world.onlyPlace().sheet.sites.first)
            #expect(site.postalCode == "01000")
            #expect(site.commune == "01053")
            #expect(try await world.onlyPlace().sheet.text(.phone) == "0321000001")
            #expect(report.reasons("code_postal").first?.contains("leading zero") == true)
            #expect(report.reasons("code_insee").first?.contains("leading zero") == true)
            #expect(report.reasons("telephone").first?.contains("leading zero") == true)
        }
    }

    // IMP-6
    @Test func swappedPointIsPutRight() async throws {
        try await Self.imported(Self.row(lat: "2.833", lon: "50.432")) { place, report in
            let point = try #require(place.sheet.sites.first?.point)
            #expect(point.latitude == 50.432 && point.longitude == 2.833)
            #expect(report.reasons("latitude, longitude").first?.contains("swapped") == true)
        }
    }

    // IMP-6
    @Test func pointOutsideItsCommuneStandsAtTheCentre() async throws {
        try await Self.imported(Self.row(lat: "43.3", lon: "5.4")) { place, report in
            let site = try #require(place.sheet.sites.first)
            #expect(site.point?.latitude == 50.431 && site.precision == "commune")
            #expect(report.reasons("latitude, longitude").first?.contains("outside Lens") == true)
        }
    }

    // IMP-6
    @Test(arguments: [("0", "0"), ("abc", "2"), ("1e999", "2"), ("nan", "nan"), ("", "2.8")])
    func unreadablePointIsLeftOut(latitude: String, longitude: String) async throws {
        try await Self.imported(Self.row(lat: latitude, lon: longitude)) { place, report in
            #expect(place.sheet.sites.first?.precision == "commune")
            #expect(!report.repaired.isEmpty)
        }
    }

    // IMP-7
    @Test(arguments: [
        ("00000000000000", "zeros"), ("21760400000000", "rounded"), ("12345678901234", "do not agree"),
    ])
    func wrongSiretIsLeftOut(pivot: String, reason: String) async throws {
        try await Self.imported(Self.row(pivot: pivot)) { place, report in
            #expect(place.sheet[.siret] == nil)
            #expect(report.reasons("pivot").first?.contains(reason) == true)
        }
    }

    // IMP-7
    @Test func contactsAreReadOneByOne() async throws {
        try await Self.imported(
            Self.row(
                tel: "05 57 87 02 57 / 05 56 08 98 55", mail: "a@exemple.fr - b@exemple.fr",
                web: "voir exemple.fr/lens, merci")
        ) { place, report in
            #expect(place.sheet.text(.phone) == "0557870257")
            #expect(place.sheet.text(.description).contains("0556089855"))
            #expect(place.sheet.text(.email) == "a@exemple.fr")
            #expect(place.sheet.text(.website) == "https://exemple.fr/lens")
            #expect(report.repaired.count == 3)
        }
        try await Self.imported(Self.row(tel: "#N/A", mail: "@", web: "en cours")) { place, _ in
            #expect(place.sheet[.phone] == nil && place.sheet[.email] == nil && place.sheet[.website] == nil)
        }
    }

    // IMP-8
    @Test(arguments: ["Fr 17:00-12:00", "Mo 14:00-14:00", "Mo 08:30", "sur rendez-vous le lundi"])
    func doubtfulHoursStayText(hours: String) async throws {
        try await Self.imported(Self.row(hours: hours)) { place, report in
            #expect(place.sheet[.hours] == nil)
            #expect(place.sheet.text(.hoursNote) == hours)
            #expect(report.reasons("horaires").count == 1)
        }
    }

    // IMP-9
    @Test func markupAndEscapesBecomeText() async throws {
        try await Self.imported(
            Self.row(nom: "Caf<e9> &amp; Cie <script>alert(1)</script>", adresse: "<p>1 rue<br>de Paris</p>")
        ) { place, report in
            #expect(place.sheet.name == "Café & Cie")
            #expect(place.sheet.sites.first?.address == "1 rue, de Paris")
            #expect(report.reasons("nom").count == 1)
        }
    }

    // IMP-9
    @Test func cellsThatLookLikeFormulasStayText() async throws {
        try await Self.imported(Self.row(nom: "=HYPERLINK(\"x\")", adresse: "-Le Bourg")) { place, report in
            #expect(place.sheet.name == "=HYPERLINK(\"x\")")
            #expect(place.sheet.sites.first?.address == "Le Bourg")
            #expect(report.reasons("nom").first?.contains("formula") == true)
        }
    }

    // IMP-5
    @Test func formerCodeAndMisspeltNameAreFollowed() async throws {
        try await Self.imported(Self.row(commune: "", postal: "", code: "62499")) { place, report in
            #expect(place.sheet.sites.first?.commune == "62498")
            #expect(report.reasons("code_insee").first?.contains("former") == true)
        }
        try await Self.imported(Self.row(commune: "SAINT-OMERR CEDEX", postal: "62507", code: "0null")) { place, _ in
            #expect(place.sheet.sites.first?.commune == "62765")
            #expect(place.sheet.sites.first?.postalCode == "62507")
        }
    }

    // IMP-1
    @Test func oldEncodingsAreRead() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let text = Self.row(nom: "Café de l’été").replacing("’", with: "'")
            var latin: [UInt8] = []
            for scalar in text.unicodeScalars { latin.append(UInt8(truncatingIfNeeded: scalar.value)) }
            let report = try await world.importing(latin)
            #expect(try await world.onlyPlace().sheet.name == "Café de l'été")
            #expect(report.notes.contains { $0.hasPrefix("encoding") })
        }
    }
}
