import Testing
import Workbench

@testable import Maillage

/// Files shaped like what GoGoCarto publishes at `/api/elements.json`: `data` beside `ontology`, address and point nested,
/// categories by name and again in full, dates in ISO or as older versions wrote them, addresses of mail hidden.
@Suite struct GoGoCartoTests {
    private static let export = """
        {"licence":"https://opendatacommons.org/licenses/odbl/summary/","ontology":"gogofull","data":[
        {"id":"Ax1","name":"La Fosse commune","geo":{"latitude":50.4312,"longitude":2.8321},"sourceKey":"Réseau",
         "address":{"streetAddress":"8 rue du Carreau","addressLocality":"Lens","postalCode":"62300","addressCountry":"FR",
           "customFormatedAddress":"8 rue du Carreau, 62300 Lens"},
         "openHours":{"Mo":"09:00-12:00","Fr":"14:00-18:00"},
         "createdAt":"2023-02-01T10:00:00+01:00","updatedAt":"2024-03-05T18:12:00+01:00","status":1,
         "categories":["Fablab","Une catégorie du site"],
         "categoriesFull":[{"id":14,"name":"Fablab","description":"","index":0}],
         "abstract":"On y répare des radios.","telephone":"03 21 00 00 01","website":"https://fosse.example.org",
         "email":"private","images":["https://carto.example.org/1.jpg"],"couleur":"bleu"},
        {"id":"Bz2","name":"Le Lavoir","geo":{"latitude":2.261,"longitude":50.75},
         "address":{"addressLocality":"Saint-Omer","postalCode":"62500"},
         "createdAt":"03/05/2018 à 10:12","updatedAt":"04/06/2019 à 09:00","status":1,"categories":[]},
        {"id":"Cx3","name":"","geo":{"latitude":50.4,"longitude":2.8},"address":{},"status":1},
        ["Dx4",["Compact"],50.4,2.8,[14]]
        ]}
        """

    // IMP-1 IMP-2
    @Test(arguments: TestEngine.available)
    func aPublishedExportIsTaken(engine: TestEngine) async throws {
        try await PlaceWorld.on(engine) { world in
            let report = try await world.importing(Self.export, name: "elements.json")
            #expect(report.format == "gogocarto" && report.layout == "gogocarto")
            #expect(report.rows == 4 && report.created == 2 && report.rejected.count == 2)
            #expect(report.rejected.first?.column == "name")
            let places = try await world.places()
            let fosse = try #require(places.first { $0.sheet.name == "La Fosse commune" })
            #expect(fosse.sheet.codes(.families) == ["fablab"])
            #expect(fosse.sheet.text(.summary) == "On y répare des radios.")
            #expect(fosse.sheet.text(.phone) == "0321000001" && fosse.sheet[.email] == nil)
            let site = try #require(fosse.sheet.sites.first)
            #expect(site.address == "8 rue du Carreau" && site.commune == "62498" && site.postalCode == "62300")
            #expect(site.point?.latitude == 50.4312)
            #expect(fosse.sheet.text(.hours) == "Mo 09:00-12:00; Fr 14:00-18:00")
            let days = try await world.database.read { reader in
                try reader.all("SELECT dated_on FROM import_key ORDER BY source_key") { try $0.text(0) }
            }
            #expect(days == ["2024-03-05", "2019-06-04"])
            #expect(report.notes.contains { $0.contains("couleur") })
            // Latitude and longitude were the wrong way round.
            let washed = try #require(places.first { $0.sheet.name == "Le Lavoir" })
            #expect(washed.sheet.sites.first?.point?.latitude == 50.75)
        }
    }

    // IMP-3
    @Test func theSameExportAgainChangesNothing() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            try await world.importing(Self.export, name: "elements.json")
            let again = try await world.importing(Self.export, name: "elements.json")
            #expect(again.unchanged == 2 && again.disappeared == 0)
        }
    }
}
