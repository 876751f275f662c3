import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// The official files themselves, when they are at hand: every row accounted for, and the figures their publishers give.
@Suite(.serialized) struct PublishedTerritoryTests {
    private struct Expected {
        let part: String
        let kind: TerritoryFileKind
        let rows: Int
        let taken: Int
        var rejected = 0

        init(_ part: String, _ kind: TerritoryFileKind, _ rows: Int, _ taken: Int, rejected: Int = 0) {
            self.part = part
            self.kind = kind
            self.rows = rows
            self.taken = taken
            self.rejected = rejected
        }
    }

    private static let register = [
        Expected("administratif__regions.csv", .regions, 18, 18),
        Expected("administratif__departements.csv", .departements, 101, 101),
        Expected("administratif__communes.csv", .communes, 37_544, 37_468),
        Expected("collectivites-outremer.csv", .overseas, 94, 94),
        Expected("administratif__mouvements-communes.csv", .movements, 13_284, 7_843),
        Expected("hexasmal", .postalCodes, 39_192, 35_568, rejected: 1),
    ]

    /// Takes files; nil, with a printed word, when one of them is not at hand.
    private static func taking(
        _ files: [Expected], _ body: (TerritoryWorld, [TerritoryFileReport]) async throws -> Void
    ) async throws {
        var sources: [TerritorySource] = []
        for file in files {
            guard let url = PublishedLists.file("reference", file.part) else { return }
            sources.append(TerritorySource(name: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url))))
        }
        try await TerritoryWorld.on(.sqlite) { world in
            let reports = try await TerritoryImport(desk: world.desk).run(sources)
            for file in files {
                let report = try #require(reports.first { $0.name.contains(file.part) }, "\(file.part)")
                #expect(report.state == .taken && report.kind == file.kind, "\(report.summary)")
                let aside = report.skipped.values.reduce(0, +)
                #expect(report.rows == file.rows && report.taken == file.taken, "\(report.summary)")
                #expect(report.rejected.count == file.rejected, "\(report.summary)")
                #expect(report.taken + aside + report.rejected.count == report.rows, "\(file.part): TER-6")
            }
            try await body(world, reports)
        }
    }

    // TER-6 TER-7 TER-8
    @Test func theCodeOf2024AndWhatBecameOfCommunes() async throws {
        let files =
            Self.register + [
                Expected("administratif__donnees_communes.csv", .populations, 34_970, 34_970),
                Expected("donnees_communes_mayotte.csv", .mayottePopulations, 17, 17),
                Expected("epcicom", .epcis, 34_931, 34_931),
            ]
        try await Self.taking(files) { world, _ in
            let gazetteer = try await world.gazetteer()
            let whole = gazetteer.communes.filter { $0.partOf == nil }
            // INSEE's count, without the collectivities that belong to no region.
            #expect(whole.count { $0.region != nil } == 34_935)
            #expect(gazetteer.communes.count - whole.count == 45, "districts of Paris, Lyon and Marseille")
            for (departement, count) in [("02", 798), ("59", 648), ("60", 680), ("62", 890), ("80", 772), ("86", 265)] {
                #expect(whole.count { $0.departement == departement } == count, "\(departement)")
            }
            #expect(whole.count { $0.region == "32" } == 3_788)
            #expect(try await world.count("SELECT COUNT(*) FROM epci") == 1_255)
            #expect(try await world.count("SELECT COUNT(*) FROM commune_postal_code") == 35_568)
            // Lille took Lomme and Hellemmes over.
            #expect(gazetteer.current("59355").map(\.code) == ["59350"])
            #expect(gazetteer.current("59298").map(\.code) == ["59350"])
        }
    }

    // TER-6 TER-9 TER-14
    @Test func districtsZoningsAndContours() async throws {
        let files =
            Self.register + [
                Expected("data_gps.csv", .centres, 39_201, 34_971),
                Expected("departements-hauts-de-france.geojson", .outlines, 5, 5),
                Expected("region-hauts-de-france.geojson", .outlines, 1, 1),
                Expected("V1_QP.csv", .districtFigures, 1_400, 1_400),
                Expected("Hackaviz2021__qp.csv", .districtNames, 105, 105),
                Expected("Hackaviz2021__qp.geojson", .districtOutlines, 105, 105),
                Expected("superposeur__zrr.geojson", .zoningClasses, 3, 3),
            ]
        try await Self.taking(files) { world, reports in
            #expect(try await world.count("SELECT COUNT(*) FROM zoning WHERE kind = 'QPV'") == 1_400)
            #expect(try await world.count("SELECT COUNT(*) FROM contour WHERE kind = 'departement'") == 5)
            let classes = try #require(reports.first { $0.kind == .zoningClasses })
            #expect(classes.notes.contains("ZRR 1: 13628 communes have their centre inside"), "\(classes.notes)")
            #expect(classes.notes.contains("ZRR M: 991 communes have their centre inside"), "\(classes.notes)")
        }
    }
}
