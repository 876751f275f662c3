import Storage

/// Imports a file of places: reads ahead, makes rows ready on several cores, and writes them by batches, each one act.
///
/// The file has been surveyed to its end before the first row is used (`PlaceImportFile.open`), so a file that is cut or broken
/// writes nothing; a row that cannot be a place is listed and the others go on.
public struct PlaceImporter: Sendable {
    /// Rows of one act.
    static let batch = 1_000
    /// Batches made ready at once.
    static let lanes = 3

    private let desk: Desk
    private let principal: Principal

    public init(desk: Desk, as principal: Principal = .house) {
        self.desk = desk
        self.principal = principal
    }

    static func mayImport(_ principal: Principal) -> Bool {
        principal.isHouse || principal.isOperator || principal.isCoordinator
    }

    /// Imports a file, or with `isDryRun` tells what that would do.
    ///
    /// - Parameters:
    ///   - source: the name under which the places' provenance is kept; nil for one made of the format and the file's name.
    ///   - progress: told how many rows are done, of how many.
    /// - Throws: `PlaceImportRefusal`, `Denied`, or a `StorageError`; batches already written stay, the views are told of them,
    ///   and the same import again goes on where it stopped.
    public func run(
        _ file: PlaceImportFile, fileName: String? = nil, source: String? = nil, isDryRun: Bool = false,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> PlaceImportReport {
        guard Self.mayImport(principal) else { throw Denied("L’import de fiches revient à la coordination.") }
        let shownName = fileName ?? String(file.path.split(separator: "/").last ?? "")
        let source = source ?? PlaceImportSource.name(layout: file.layout.name, file: shownName)
        var report = PlaceImportReport(
            file: shownName, format: file.format.rawValue, layout: file.layout.name, source: source, isDryRun: isDryRun)
        report.notes = Self.notes(on: file)
        let (gazetteer, matcher, present) = try await desk.database.scan { reader in
            (
                try Gazetteer.read(reader), try PlaceMatcher(excluding: source, reader),
                try ImportKeyStore.presentCount(of: source, reader)
            )
        }
        if gazetteer.isEmpty {
            report.notes.append("the territorial register is empty: communes, postal codes and points were not checked")
        }
        let session = PlaceImportSession(source: source, startedAt: desk.surroundings.now(), matcher: matcher)
        let run =
            isDryRun
            ? 0
            : try await desk.perform(
                BeginPlaceImport(source: source, format: file.format.rawValue, file: shownName), as: principal)
        let pipeline = ImportPipeline(
            desk: desk, principal: principal, session: session, run: run, isDryRun: isDryRun, file: file,
            gazetteer: gazetteer)
        let (tally, failure) = await pipeline.run(progress)
        if !isDryRun {
            let gone = try await desk.perform(
                FinishPlaceImport(session: session, run: run, touched: tally.touched, isWhole: failure == nil),
                as: principal)
            report.disappeared = gone
        } else {
            report.disappeared = max(0, present - tally.known)
        }
        if let failure { throw failure }
        report.rows = tally.rows
        report.created = tally.created
        report.updated = tally.updated
        report.unchanged = tally.unchanged
        report.proposed = tally.proposed
        report.linked = tally.linked
        report.rejected = tally.rejected
        report.add(repairs: tally.repaired)
        return report
    }

    private static func notes(on file: PlaceImportFile) -> [String] {
        var notes: [String] = []
        if file.encoding != .utf8 || file.repairedBytes > 0 {
            let repaired = file.repairedBytes > 0 ? ", \(file.repairedBytes) bytes read another way" : ""
            notes.append("encoding: \(file.encoding.rawValue)\(repaired)")
        }
        if !file.personalColumns.isEmpty {
            notes.append("about people, not imported: \(file.personalColumns.joined(separator: ", "))")
        }
        let unread = file.unreadColumns.filter { !file.personalColumns.contains($0) }
        if !unread.isEmpty {
            let shown = unread.prefix(60).map { String($0.prefix(60)) }.joined(separator: ", ")
            notes.append("columns not read: \(shown)\(unread.count > 60 ? "…" : "")")
        }
        return notes
    }
}

/// Names of sources.
enum PlaceImportSource {
    /// The layout and the file's name without its dates and versions: two editions of a list are one source.
    static func name(layout: String, file: String) -> String {
        let stem = file.split(separator: ".").dropLast(file.contains(".") ? 1 : 0).joined(separator: " ")
        let words = Words.folded(stem).filter { word in
            let isDate = word.utf8.count >= 4 && word.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
            return !isDate && word.utf8.count > 1
        }
        return ([layout] + words.filter { $0 != layout }).joined(separator: "-").prefix(120).description
    }
}
