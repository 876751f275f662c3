import Foundation
import Storage
import Workbench

@testable import Maillage

/// A register filled from small files, on one engine.
struct TerritoryWorld {
    let desk: Desk

    static func on(_ engine: TestEngine, _ body: (TerritoryWorld) async throws -> Void) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_064_000))
            try await body(TerritoryWorld(desk: Desk(database: database, surroundings: surroundings)))
        }
    }

    func take(_ files: (String, String)...) async throws -> [TerritoryFileReport] {
        try await TerritoryImport(desk: desk).run(files.map { TerritorySource(name: $0.0, bytes: Array($0.1.utf8)) })
    }

    func gazetteer() async throws -> Gazetteer {
        try await desk.database.scan { try Gazetteer.read($0) }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await desk.database.scan { try $0.count(sql) }
    }

    static let regions = ("a.csv", "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\r\n32,59350,4,X,X,Hauts-de-France\r\n")
    static let departements = (
        "b.csv",
        "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\r\n62,32,62041,2,X,X,Pas-de-Calais\r\n80,32,80021,3,X,X,Somme\r\n"
    )
    static let communes = (
        "c.csv",
        """
        TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
        COMD,62499,,,,,0,X,X,Vieux-Lens,,62498
        COM,62498,32,62,,,0,X,X,Lens,,
        COM,62765,32,62,,,0,X,X,Saint-Omer,,
        COM,80021,32,80,,,1,X,X,Amiens,,
        COM,80001,32,80,,,1,X,X,L'Étoile-sur-Somme,,
        ARM,80901,32,80,,,1,X,X,Amiens 1er Arrondissement,,80021

        """
    )

    static let register = [regions, departements, communes]

    func takeRegister() async throws {
        let reports = try await take(Self.communes, Self.regions, Self.departements)
        for report in reports where report.state != .taken { throw StorageError.unavailable(report.summary) }
    }
}
