import Exchange
import Foundation
import Geography
import Storage
import Testing
import Workbench

@testable import Maillage

extension PlaceWorld {
    /// Imports a file made of a text.
    @discardableResult
    func importing(
        _ text: String, name: String = "liste.csv", source: String? = nil, format: PlaceImportFormat? = nil,
        mapping: String? = nil, isDryRun: Bool = false
    ) async throws -> PlaceImportReport {
        try await importing(
            Array(text.utf8), name: name, source: source, format: format, mapping: mapping, isDryRun: isDryRun)
    }

    @discardableResult
    func importing(
        _ bytes: [UInt8], name: String = "liste.csv", source: String? = nil, format: PlaceImportFormat? = nil,
        mapping: String? = nil, isDryRun: Bool = false
    ) async throws -> PlaceImportReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        return try await importing(url, source: source, format: format, mapping: mapping, isDryRun: isDryRun)
    }

    @discardableResult
    func importing(
        _ url: URL, source: String? = nil, format: PlaceImportFormat? = nil, mapping: String? = nil,
        isDryRun: Bool = false
    ) async throws -> PlaceImportReport {
        let file = try PlaceImportFile.open(
            url.path, format: format, mapping: try mapping.map { try PlaceMapping(json: Array($0.utf8)) })
        let report = try await PlaceImporter(desk: desk).run(file, source: source, isDryRun: isDryRun)
        #expect(
            report.rows
                == report.created + report.updated + report.unchanged + report.proposed + report.rejected.count,
            "every row is counted once")
        return report
    }

    /// Every place, in the order of names.
    func places() async throws -> [Place] {
        try await database.read { reader in
            try PlaceStore.batch(after: Place.ID(Int64.min), limit: 1_000_000, reader).map { try $0.place() }
                .sorted { $0.sheet.name < $1.sheet.name }
        }
    }

    func onlyPlace() async throws -> Place {
        try #require(try await places().first)
    }

    func rowCount(_ sql: SQL) async throws -> Int {
        try await database.read { try $0.count(sql) }
    }
}

extension PlaceImportReport {
    func reasons(_ column: String) -> [String] { repaired.filter { $0.column == column }.map(\.reason) }
}

/// The public files that some tests read when they are at hand: `MAILLAGE_TEST_DATA`, or `shared/data` beside the checkout.
enum PublishedLists {
    static var root: URL? {
        let folder =
            ProcessInfo.processInfo.environment["MAILLAGE_TEST_DATA"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).appending(path: "../../../../../../shared/data").standardized
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    /// The file of a folder whose name has this in it; nil, with a printed word, when there is none.
    static func file(_ folder: String, _ part: String) -> URL? {
        guard let root, let names = try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder),
            let name = names.sorted().first(where: { $0.contains(part) })
        else {
            print("skipped: no test data for \(part)")
            return nil
        }
        return root.appending(path: folder).appending(path: name)
    }

    /// The communes of 2024 with La Poste's codes and points, as a territorial register.
    static func territory() throws -> TerritoryBatch? {
        guard let communes = file("reference", "decoupage-administratif__communes.csv"),
            let posts = file("reference", "laposte_hexasmal.csv")
        else { return nil }
        var points: [String: Point] = [:]
        var postals: [(String, String)] = []
        for row in try CSVTableReader.rows(in: [UInt8](Data(contentsOf: posts))).rows {
            let code = row.cells[0]
            postals.append((row["Code_postal"] ?? row.cells[2], code))
            let parts = (row.cells.last ?? "").split(separator: ",").compactMap {
                Double($0.trimmingCharacters(in: .whitespaces))
            }
            if parts.count == 2, points[code] == nil { points[code] = Point(latitude: parts[0], longitude: parts[1]) }
        }
        var batch = TerritoryBatch()
        batch.edition = 2024
        var known: Set<String> = []
        for row in try CSVTableReader.rows(in: [UInt8](Data(contentsOf: communes))).rows {
            guard let type = row["TYPECOM"], let code = row["COM"], let name = row["LIBELLE"] else { continue }
            switch type {
            case "COM", "ARM":
                known.insert(code)
                let parent = type == "ARM" ? row["COMPARENT"] : nil
                batch.communes.append(
                    Commune(code: code, name: name, departement: nil, region: nil, partOf: parent, centre: points[code])
                )
            default:
                guard let parent = row["COMPARENT"], code != parent else { continue }
                batch.formers.append(.init(code: code, name: name, successor: parent, until: "2019-01-01"))
            }
        }
        batch.communes.sort { ($0.partOf == nil ? 0 : 1, $0.code) < ($1.partOf == nil ? 0 : 1, $1.code) }
        batch.postalCodes = postals.filter { known.contains($0.1) }.map { .init($0.0, $0.1) }
        return batch
    }
}
