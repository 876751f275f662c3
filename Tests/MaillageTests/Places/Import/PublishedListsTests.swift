import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// The lists of the field, as published, on the register of the whole country.
@Suite(.serialized)
struct PublishedListsTests {
    static func inTheCountry(_ body: (PlaceWorld) async throws -> Void) async throws {
        guard let territory = try PublishedLists.territory() else { return }
        try await PlaceWorld.on(.sqlite) { world in
            try await world.desk.perform(UpdateTerritory(territory), as: .house)
            try await body(world)
        }
    }

    // IMP-1 IMP-2
    @Test(arguments: [
        ("CGET_TiersLieux_2019.masked.csv", "cget", 1_512), ("CGET_TiersLieux_2019.masked.geojson", "cget", 1_512),
        ("cnfs.masked.json", "mednum", 4_930), ("liste-fs-20221201.csv", "france-services", 2_683),
        ("gironde.json", "gironde", 347), ("le-havre.json", "mednum", 76), ("mulhouse.json", "mulhouse", 55),
        ("cnfs-structures.json", "conseillers-numeriques", 1_450), ("200409-a.csv", "bfc", 560),
        ("200516-c.csv", "bfc", 606),
    ])
    func publishedListIsRecognisedByItsContent(part: String, layout: String, rows: Int) throws {
        guard let url = PublishedLists.file("places", part) else { return }
        let file = try PlaceImportFile.open(url.path)
        #expect(file.layout.name == layout)
        #expect(file.rows == rows)
    }

    // IMP-2 IMP-3 IMP-10
    @Test func everyPublishedListGoesInAndComesBackUnchanged() async throws {
        try await Self.inTheCountry { world in
            for (part, rows, rejected) in [
                ("CGET_TiersLieux_2019.masked.csv", 1_512, 0), ("cnfs.masked.json", 4_930, 0), ("liste-fs", 2_683, 0),
                ("gironde.json", 347, 0), ("le-havre.json", 76, 0), ("mulhouse.json", 55, 0),
                ("cnfs-structures.json", 1_450, 7),
            ] {
                guard let url = PublishedLists.file("places", part) else { return }
                let report = try await world.importing(url)
                Self.show(report)
                #expect(report.rows == rows)
                #expect(report.rejected.count == rejected)
                #expect(report.created + report.updated + report.unchanged + report.proposed == rows - rejected)
                if part == "cnfs-structures.json" {
                    // IMP-13: structures and the places they host share SIRETs; only part of them are one place.
                    #expect(report.linked == 591)
                    let apart = report.repaired.count { $0.reason.hasPrefix("the same SIRET as") }
                    print("same SIRET, kept apart:", apart)
                    #expect((80...250).contains(apart))
                }
                let again = try await world.importing(url)
                #expect(again.unchanged == rows - rejected)
                #expect(again.disappeared == 0)
            }
        }
    }

    // IMP-4
    @Test func bothEditionsOfOneListAreOneSource() async throws {
        guard let first = PublishedLists.file("places", "200409-a.csv"),
            let second = PublishedLists.file("places", "200516-c.csv")
        else { return }
        try await Self.inTheCountry { world in
            let before = try await world.importing(first)
            Self.show(before)
            #expect(before.created == 560)
            let dry = try await world.importing(second, isDryRun: true)
            let after = try await world.importing(second)
            Self.show(after)
            #expect(after.created == 46)
            #expect(after.updated + after.unchanged == 560)
            #expect(after.disappeared == 0)
            #expect(dry.created == after.created && dry.updated == after.updated && dry.disappeared == 0)
            #expect(try await world.rowCount("SELECT COUNT(*) FROM place") == 606)
            #expect(after.repaired.filter { $0.reason.contains("swapped") }.count == 33)
        }
    }

    static func show(_ report: PlaceImportReport) {
        print(report.file, report.summary)
        var counts: [String: Int] = [:]
        for remark in report.repaired {
            let reason = remark.reason.map { $0.isNumber ? "9" : $0 }
            counts[remark.column + ": " + String(reason.prefix(48)), default: 0] += 1
        }
        for (reason, count) in counts.sorted(by: { $0.value > $1.value }).prefix(30) { print("   ", count, reason) }
    }
}
