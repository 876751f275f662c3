import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// Files that are broken, cut, or meant to harm: one clear refusal and nothing written, or rows listed.
@Suite struct HostileFileTests {
    // IMP-19
    @Test(arguments: [
        "", "   \n\n", "\u{0}\u{0}\u{0}binaire", "PK\u{3}\u{4}classeur", "%PDF-1.7",
        "<html><body>nom,commune</body></html>",
        "nom,commune\n\"jamais fermé,Lens\n", "[{\"nom\":\"A\",\"commune\":\"Lens\"},{\"nom\":\"B\",",
        "{\"nom\":\"A\"}", "[1,2",
        "{\"features\": 3}", "{\"type\":\"FeatureCollection\",\"features\":[{]}", "x,y\n1,2\n", "[[[[[[[[", "{", "[",
        "{\"data\":[{\"name\":\"A\",\"name\":\"B\"}]}",
    ])
    func brokenFileWritesNothing(text: String) async throws {
        try await PlaceWorld.on(.sqlite) { world in
            await #expect(throws: PlaceImportRefusal.self) { try await world.importing(text) }
            let places = try await world.rowCount("SELECT COUNT(*) FROM place")
            let sources = try await world.rowCount("SELECT COUNT(*) FROM import_source")
            #expect(places == 0 && sources == 0)
        }
    }

    // IMP-19
    @Test func refusalNamesTheLine() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "cut-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("[\n{\"nom\":\"A\",\"commune\":\"Lens\"},\n{\"nom\":\"B\"".utf8).write(to: URL(filePath: path))
        let refusal = #expect(throws: PlaceImportRefusal.self) { try PlaceImportFile.open(path) }
        #expect(refusal?.line == 3)
    }

    // IMP-2
    @Test func unreadableRowsAreListedAndTheOthersGoIn() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let csv = "id,nom,commune,services\n1,Un,Lens,\n2,Deux,Lens,,trop,de,cellules\n3,,Lens,\n4,Quatre,Lens,\n"
            let report = try await world.importing(csv)
            #expect(report.created == 2)
            #expect(report.rejected.map(\.line) == [3, 4])
            let json = "[{\"id\":1,\"nom\":\"Un\",\"commune\":\"Lens\",\"services\":\"\"}, 3, null, [\"nom\"]]"
            let second = try await world.importing(json, source: "autre")
            #expect(second.rows == 4 && second.rejected.count == 3)
        }
    }

    // IMP-9
    @Test func longAndStrangeCellsDoNoHarm() async throws {
        try await PlaceWorld.on(.sqlite) { world in
            let long = String(repeating: "é<b>&amp;", count: 60_000)
            let strange = "\u{202E}caché\u{0007} \u{FEFF}ici"
            let cells = [long, "Lens", long, long, long].map { "\"\($0)\"" }.joined(separator: ",")
            let csv = "id,nom,commune,presentation_resume,services,horaires\n1,\(cells)\n2,\(strange),Lens,,,\n"
            let report = try await world.importing(csv)
            #expect(report.created == 2)
            let places = try await world.places()
            #expect(places.allSatisfy { $0.sheet.name.count <= 120 })
            #expect(places.contains { $0.sheet.name == "caché ici" })
        }
    }

    // IMP-19
    @Test(arguments: ["csv", "geojson-bad"])
    func suitesOfDamagedFilesEndWell(folder: String) async throws {
        guard let root = PublishedLists.root else { return }
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path + "/suites/" + folder).sorted()
        try await PlaceWorld.on(.sqlite) { world in
            for name in names where !name.hasSuffix(".result") && !name.hasPrefix(".") {
                let url = root.appending(path: "suites/\(folder)/\(name)")
                do {
                    let report = try await world.importing(url)
                    #expect(report.rows >= report.rejected.count)
                } catch let refusal as PlaceImportRefusal {
                    #expect(!refusal.reason.isEmpty)
                }
            }
        }
    }
}
