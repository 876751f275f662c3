import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Official files are taken in")
struct TerritoryImportTests {
    // TER-1, TER-2
    @Test("whatever their names and order", arguments: TestEngine.available)
    func order(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            let reports = try await world.take(
                TerritoryWorld.communes, ("z.txt", "a;b\n1;2\n"), TerritoryWorld.departements, TerritoryWorld.regions)
            #expect(reports.map(\.kind) == [nil, .regions, .departements, .communes])
            #expect(reports[0].state == .notRecognised)
            #expect(reports[3].rows == 6 && reports[3].taken == 6)
            let gazetteer = try await world.gazetteer()
            #expect(gazetteer.communes.map(\.code) == ["62498", "62765", "80001", "80021", "80901"])
            #expect(gazetteer.commune("80901")?.partOf == "80021")
            #expect(gazetteer.current("62499").map(\.code) == ["62498"])
        }
    }

    // TER-3
    @Test("and say in one line which other they need", arguments: TestEngine.available)
    func needs(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            let reports = try await world.take(TerritoryWorld.communes)
            guard case .refused(let refusal) = reports[0].state else {
                Issue.record("not refused")
                return
            }
            #expect(refusal.description.hasPrefix("c.csv: needs the départements first"))
            #expect(try await world.count("SELECT COUNT(*) FROM commune") == 0)
        }
    }

    // TER-4
    @Test("once: the same bytes again change nothing", arguments: TestEngine.available)
    func again(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            try await world.takeRegister()
            let acts = try await world.count("SELECT COUNT(*) FROM journal")
            let reports = try await world.take(TerritoryWorld.communes, TerritoryWorld.regions)
            #expect(reports.allSatisfy { $0.state == .unchanged })
            #expect(try await world.count("SELECT COUNT(*) FROM journal") == acts)
            // New communes: what was read by means of the old ones is read again.
            let populations = ("p.csv", "REG;DEP;CODCOM;COM;Commune;PMUN\r\n32;62;498;62498;Lens;32 700\r\n")
            #expect(try await world.take(populations)[0].state == .taken)
            #expect(try await world.take(populations)[0].state == .unchanged)
            _ = try await world.take(("c2.csv", TerritoryWorld.communes.1 + "COM,80002,32,80,,,0,X,X,Neuve,,\n"))
            #expect(try await world.take(populations)[0].state == .taken)
            #expect(try await world.gazetteer().commune("62498")?.population == 32_700)
        }
    }

    // TER-5
    @Test("or not at all: a broken file leaves nothing, and says its line", arguments: TestEngine.available)
    func broken(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            try await world.takeRegister()
            let open =
                "Code_commune_INSEE;Nom_commune;Code_postal;coordonnees_gps\n62498;LENS;62300;50.4,2.8\n62765;\"ST OMER;62500;\n"
            let reports = try await world.take(
                ("post.csv", open), ("q.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\n{]"))
            #expect(reports.contains { $0.summary == "post.csv:3: a quoted cell is never closed" })
            #expect(reports.contains { $0.summary.hasPrefix("q.geojson:2: ") })
            #expect(try await world.count("SELECT COUNT(*) FROM commune_postal_code") == 0)
        }
    }

    // TER-6, TER-7
    @Test("each row accounted for, repairs told", arguments: TestEngine.available)
    func rows(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            try await world.takeRegister()
            let points = """
                code_INSEE,latitude,longitud
                62498,50.43,2.83
                62498,50.44,2.84
                62765,,
                99999,50,2
                80021,north,2
                62499,50.1,2.1
                80001
                """
            let report = try await world.take(("g.csv", points))[0]
            #expect(report.kind == .centres)
            #expect(report.rows == 7 && report.taken == 1 && report.rejected.count == 3)
            #expect(report.skipped.values.reduce(0, +) == 3)
            #expect(report.rejected.map(\.line) == [5, 6, 8])
            #expect(report.rejected.map(\.column) == ["code_INSEE", "latitude", ""])
            #expect(try await world.gazetteer().commune("62498")?.centre?.latitude == 50.43)
            let postal =
                "\u{FEFF}Code_commune_INSEE;Nom_commune;Code_postal;coordonnees_gps\r\n62499;VIEUX LENS;62300;1,2\r\n"
            let post = try await world.take(("h.csv", postal))[0]
            #expect(post.repaired.first?.reason == "now part of 62498 Lens")
            #expect(try await world.gazetteer().postalCodes(of: "62498") == ["62300"])
        }
    }

    // TER-8
    @Test("communes retire only when the movements say so, and mergers are followed", arguments: TestEngine.available)
    func movements(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            try await world.takeRegister()
            let newer = TerritoryWorld.communes.1.replacing("COM,62765,32,62,,,0,X,X,Saint-Omer,,\n", with: "")
            let report = try await world.take(("v_commune_2030.csv", newer))[0]
            #expect(report.notes.first?.hasPrefix("1 communes known before") == true)
            #expect(try await world.gazetteer().commune("62765") != nil)
            let head =
                "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP\n"
            let moves =
                head + """
                    32,2029-01-01,COM,62765,0,X,X,Saint-Omer,COM,62498,0,X,X,Lens
                    31,1960-05-01,COM,62700,0,X,X,Hameau,COM,62765,0,X,X,Saint-Omer
                    10,2001-01-01,COM,62498,0,X,X,Lens-la-Vieille,COM,62498,0,X,X,Lens

                    """
            let moved = try await world.take(("m.csv", moves))[0]
            #expect(moved.rows == 3 && moved.taken == 3)
            let gazetteer = try await world.gazetteer()
            #expect(gazetteer.commune("62765") == nil)
            #expect(gazetteer.current("62765").map(\.code) == ["62498"])
            #expect(gazetteer.current("62700").map(\.code) == ["62498"])
            #expect(gazetteer.resolve(name: "Lens la Vieille").repairs == [.formerName(now: "Lens")])
            let current = try await world.desk.database.scan { try CommuneStore.current("62765", $0) }
            #expect(current?.code == "62498")
        }
    }

    // TER-9
    @Test("zonings keep their days, their edition and how they were joined", arguments: TestEngine.available)
    func zonings(_ engine: TestEngine) async throws {
        try await TerritoryWorld.on(engine) { world in
            try await world.takeRegister()
            let list =
                "code_commune;zonage;debut;fin\n62498;FRR;2024-07-01;\n80021;frr;2024-13-01;\n62499;FRR;2024-07-01;2020-01-01\n"
            let names = """
                id,lib,perimetre,nbcom,info1,info2,info3,layer,path
                ZRR1,Vieux-Lens,Commune,1,Partiellement classée,,,zrr zonage,N:/x
                ZRR2,Nulle-Part,Commune,1,Partiellement classée,,,zrr zonage,N:/x
                B1,Bassin,Commune,159,,,,bud zonage,N:/x

                """
            let reports = try await world.take(("frr.csv", list), ("zon.csv", names))
            #expect(reports.map(\.kind) == [.zoningNames, .zoningList])
            #expect(reports[0].taken == 1 && reports[0].rejected.map(\.value) == ["Nulle-Part"])
            #expect(reports[0].skipped.count == 1)
            #expect(reports[1].taken == 1 && reports[1].rejected.map(\.column) == ["debut", "fin"])
            func inForce(_ year: Int) async throws -> [String] {
                guard let day = CivilDate(year: year, month: 1, day: 1) else { return [] }
                return try await world.desk.database.scan { reader in
                    try TerritoryReads.zonings(of: "62498", on: day, reader).map {
                        "\($0.kind) \($0.edition) \($0.method)"
                    }
                }
            }
            #expect(try await inForce(2020) == ["ZRR 2019 nom"])
            #expect(try await inForce(2025) == ["FRR 2024 code"])
        }
    }
}
