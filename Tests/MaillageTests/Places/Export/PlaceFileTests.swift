import Exchange
import Testing

@testable import Maillage

/// The files of places, whoever asks for them.
@Suite struct PlaceFileTests {
    private static func place(_ values: [SheetField: SheetValue], _ origins: Origins = [:]) -> Place {
        Place(
            id: Place.ID(42), slug: "atelier", state: .published, visibility: .everyone, sheet: Sheet(values),
            origins: origins,
            version: 1, createdAt: Instant(seconds: 1_700_000_000), updatedAt: Instant(seconds: 1_780_000_000),
            verifiedAt: nil,
            mergedInto: nil)
    }

    private static func published(_ values: [SheetField: SheetValue]) -> PublicPlace {
        PublicPlace(place(values), circles: ["LEN"]) { "https://reseau.example/lieux/" + $0 }
    }

    @Test func everyFieldThatIsPublicAndNobodysNameHasItsColumn() {
        let kept: Set<SheetField> = [.privateFields, .contactName]
        for field in SheetField.allCases where !kept.contains(field) {
            let value: SheetValue =
                switch field.definition.kind {
                case .choices(let list): .codes([list.entries[0].code])
                case .choice(let list): .text(list.entries[1].code)
                case .number: .number(123_321)
                case .flag: .flag(true)
                case .rows: .rows([Dictionary((PlaceRows.names[field] ?? [:]).keys.map { ($0, "12") }) { $1 }])
                default: .text("valeur")
                }
            let bare = PlaceColumn.all.map { $0.value(Self.published([:])).cell }
            let full = PlaceColumn.all.map { $0.value(Self.published([field: value])).cell }
            #expect(bare != full, "\(field.rawValue) is in no column")
        }
        for field in kept {
            let place = Self.published([field: .text("Camille")])
            #expect(!PlaceColumn.all.contains { $0.value(place).cell.contains("Camille") })
        }
    }

    @Test func namesOfColumnsAreUniqueAndInOneForm() {
        let names = PlaceColumn.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(
            names.allSatisfy { $0.utf8.allSatisfy { $0 == 95 || (97...122).contains($0) || (48...57).contains($0) } })
    }

    @Test func openDataIsWhatCameFromItOrWhatTheTeamGave() {
        let imported: Origins = [.name: Origin(source: "Liste 2019", at: Instant(seconds: 0))]
        #expect(!Self.place([.name: .text("A")]).isOpenData)
        #expect(Self.place([.name: .text("A"), .openData: .flag(true)]).isOpenData)
        #expect(Self.place([.name: .text("A")], imported).isOpenData)
        #expect(!Self.place([.name: .text("A"), .openData: .flag(false)], imported).isOpenData)
    }

    @Test func aCSVFileReadsBackAsItWasAndRunsNothing() throws {
        var writer = PlaceFileWriter(.csv)
        writer.append([Self.published([.name: .text("=HYPERLINK(\"x\")"), .summary: .text("a, \"b\"\nc")])])
        writer.finish()
        let row = try #require(try CSVTableReader.rows(in: writer.take(), separator: UInt8(ascii: ",")).rows.first)
        #expect(row["name"] == "'=HYPERLINK(\"x\")")
        #expect(row["summary"] == "a, \"b\"\nc")
        #expect(row["id"] == Place.ID(42).text)
    }

    @Test func theNationalFileHasItsColumnsAndItsWords() throws {
        let site: [String: String] = ["adresse": "1 rue", "code_postal": "01000", "commune_nom": "Bourg"]
        let values: [SheetField: SheetValue] = [
            .name: .text("A"), .sites: .rows([site]), .phone: .text("04 74 00 00 01"),
            .families: .codes(["coworking", "fablab"]),
            .fees: .codes(["gratuit", "payant"]),
            .labels: .rows([["label": "Fabrique de territoire"], ["label": "Autre"]]),
        ]
        let place = Self.published(values)
        let cells = Dictionary(MednumColumn.all.map { ($0.name, $0.value(place)) }) { $1 }
        #expect(MednumColumn.all.count == 32)
        #expect(cells["telephone"] == "+33474000001")
        #expect(cells["typologie"] == "TIERS_LIEUX|FABLAB")
        #expect(cells["frais_a_charge"] == "Gratuit|Payant")
        #expect(cells["formations_labels"] == "Fabriques de Territoire")
        #expect(cells["autres_formations_labels"] == "Autre")
        #expect(!MednumColumn.holds(Self.published([.name: .text("Sans adresse")])))
    }
}
