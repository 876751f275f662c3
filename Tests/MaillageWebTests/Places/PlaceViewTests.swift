import Markup
import Testing

@testable import Maillage
@testable import MaillageWeb

private func text(_ view: some View) -> String { String(decoding: view.rendered(), as: UTF8.self) }

@Suite struct PlaceViewTests {
    /// A Tuesday at 10:00 in Paris.
    static let now = Instant(seconds: 1_790_064_000)

    static func reading(_ values: [SheetField: SheetValue], state: Place.State = .published) -> PlaceReading {
        let sheet = Sheet(values)
        let place = Place(
            id: Place.ID(42), slug: "essai", state: state, visibility: .everyone, sheet: sheet, origins: [:],
            version: 3,
            createdAt: now, updatedAt: now, verifiedAt: nil, mergedInto: nil)
        return PlaceReading(
            place: place, sheet: sheet.publicPart, circles: [], circleNumbers: [], rights: PlaceReading.Rights(),
            now: now)
    }

    private static func page(_ reading: PlaceReading) -> String {
        text(PlaceView(reading: reading, tokens: .sample, address: "https://reseau.test/lieux/essai"))
    }

    @Test func whatPeopleWriteIsNeverRun() {
        let hostile = "<script>alert(1)</script>\"'&"
        let rows: SheetValue = .rows([
            ["nom": hostile, "adresse": "javascript:alert(1)", "label": hostile, "valeur": "3"]
        ])
        let html = Self.page(
            Self.reading([
                .name: .text(hostile), .summary: .text(hostile), .description: .text(hostile), .hours: .text(hostile),
                .website: .text("javascript:alert(1)"), .links: rows, .labels: rows, .figures: rows,
                .phone: .text(hostile),
                .email: .text(hostile), .structure: .text(hostile),
                .sites: .rows([["adresse": hostile, "commune_nom": hostile]]),
                .stops: .rows([["commune_nom": hostile, "horaires": hostile]]),
                .closures: .rows([["du": "2026-10-01", "au": "2027-10-02", "motif": hostile, "horaires": hostile]]),
            ]))
        #expect(!html.contains("<script"))
        #expect(!html.contains("href=\"javascript"))
    }

    @Test func anEmptySheetMakesAPageWithoutEmptySections() {
        let html = Self.page(Self.reading([.name: .text("Rien"), .maturity: .text("ouvert")]))
        #expect(html.contains("<h1>Rien</h1>"))
        for absent in [
            "Horaires</h2>", "Accessibilité</h2>", "La structure</h2>", "À côté</h2>", "Labels</h2>",
            "Tenir cette fiche",
        ] {
            #expect(!html.contains(absent), "\(absent)")
        }
        #expect(html.contains("Proposer une correction"))
    }

    @Test func placesAtTheCentreOfOneCommuneAreNotSaidToBeAtNoDistance() {
        let centre: SheetValue = .rows([["commune_nom": "Amiens", "precision": "commune"]])
        let other = Self.reading([.name: .text("Le LAM"), .maturity: .text("ouvert"), .sites: centre])
        let card = PlaceCard(DirectoryEntry(other.place, circles: [], sites: []))
        var reading = Self.reading([.name: .text("L’Île"), .maturity: .text("ouvert"), .sites: centre])
        reading.neighbours = [(card, 0)]
        #expect(Self.page(reading).contains("dans la même commune"))
        #expect(!Self.page(reading).contains("à 0\u{A0}m"))
        reading.neighbours = [(card, 350)]
        #expect(Self.page(reading).contains("à 350\u{A0}m"))
    }

    @Test func aPlaceSaysWhetherItIsOpen() {
        let open = Self.page(
            Self.reading([.name: .text("A"), .maturity: .text("ouvert"), .hours: .text("Mo-Su 00:00-24:00")]))
        #expect(open.contains("Ouvert en continu"))
        let closed = Self.page(
            Self.reading([.name: .text("A"), .maturity: .text("ferme"), .hours: .text("Mo-Su 00:00-24:00")]))
        #expect(closed.contains("définitivement fermé"))
        #expect(!closed.contains("Ouvert en continu"))
        let doubtful = Self.page(
            Self.reading([.name: .text("A"), .maturity: .text("ouvert"), .hours: .text("quand on peut")]))
        #expect(doubtful.contains("quand on peut"))
    }

    @Test func aFormGivesBackTheSheetItWasMadeOf() {
        let sheet = Sheet([
            .name: .text("L’Atelier"), .summary: .text("Deux\nlignes"), .families: .codes(["fablab", "reemploi"]),
            .hours: .text("Mo-Fr 09:00-12:00,14:00-18:00; PH off"), .builtArea: .number(120), .companion: .flag(true),
            .sites: .rows([
                [
                    "adresse": "1 rue A", "code_postal": "62300", "commune": "62498", "commune_nom": "Lens",
                    "latitude": "50.431",
                    "longitude": "2.832", "precision": "commune",
                ]
            ]),
            .links: .rows([["nom": "Wiki", "adresse": "https://wiki.fr"]]), .privateFields: .codes(["courriel"]),
        ])
        let all = SheetField.allCases
        var form = SheetForm.fields(of: sheet, all)
        form = Fields(form.all + all.map { Fields.Field(name: SheetForm.shown, value: $0.rawValue) })
        var problems = Problems()
        let changes = SheetForm.changes(in: form, allowed: all, from: sheet, problems: &problems)
        #expect(changes.isEmpty, "\(changes)")
        #expect(problems.isEmpty)
    }

    @Test func aNewAddressForgetsTheFormerPosition() throws {
        let sheet = Sheet([
            .sites: .rows([
                [
                    "adresse": "1 rue A", "code_postal": "62300", "commune": "62498", "commune_nom": "Lens",
                    "latitude": "50.431",
                    "longitude": "2.832", "precision": "numero",
                ]
            ])
        ])
        let fields = SheetForm.fields(of: sheet, [.sites]).all.map { field in
            field.name == "implantations.0.commune_nom" ? Fields.Field(name: field.name, value: "Saint-Omer") : field
        }
        let form = Fields(fields + [Fields.Field(name: SheetForm.shown, value: "implantations")])
        var problems = Problems()
        let changes = SheetForm.changes(in: form, allowed: [.sites], from: sheet, problems: &problems)
        let row = try #require(changes[.sites]??.rows?.first)
        #expect(row == ["adresse": "1 rue A", "code_postal": "62300", "commune_nom": "Saint-Omer"])
    }

    @Test func whatTheFormDidNotShowIsLeftAlone() {
        let sheet = Sheet([.name: .text("A"), .services: .codes(["culture"])])
        let form = Fields([
            Fields.Field(name: SheetForm.shown, value: "nom"), Fields.Field(name: "nom", value: "B"),
            Fields.Field(name: "edition_ouverte", value: "oui"),
        ])
        var problems = Problems()
        let changes = SheetForm.changes(in: form, allowed: SheetField.allCases, from: sheet, problems: &problems)
        #expect(changes == [.name: .text("B")])
    }
}
