import ArgumentParser
import Foundation
import Maillage

/// `maillage import places`: a list of places into the register.
struct ImportPlacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "places",
        abstract: "Take a list of places in: national schema, State lists, GoGoCarto, CSV, GeoJSON.",
        discussion: """
            The kind of file is recognised by its columns, never by its name, in any encoding. Importing a file again changes
            nothing; a newer edition updates what it brought before. What a person wrote is never overwritten: the difference
            becomes a proposal. A file that cannot be read to its end writes nothing.

            A list that no known kind fits needs a mapping file, as JSON: {"fields": {"nom": "NAME", "commune": "CITY", …}}.

            Status: 0 done, 1 the file was refused, 2 done and rows were rejected (the report lists them), 64 usage.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case auto, mednum, cget, csv, geojson, gogocarto
    }

    @OptionGroup var options: HouseOptions

    @Option(help: "Kind of file.")
    var format: Format = .auto

    @Option(help: "File that says what the columns mean, as JSON.")
    var mapping: String?

    @Option(help: "Name under which the places' provenance is kept; made of the kind and the file's name when absent.")
    var source: String?

    @Flag(help: "Tell what would be done, and write nothing.")
    var dryRun = false

    @Option(help: "File to write the whole report to, as JSON.")
    var report: String?

    @Argument(help: "The file.")
    var file: String

    func validate() throws {
        if let source, source.isEmpty || source.count > 120 || source == Origin.person {
            throw ValidationError("--source takes a name of 1 to 120 characters, other than “\(Origin.person)”.")
        }
    }

    func run() async throws {
        try await CommandFailure.reporting {
            let list: PlaceImportFile
            do {
                list = try PlaceImportFile.open(
                    file, format: PlaceImportFormat(rawValue: format.rawValue), mapping: try readMapping())
            } catch let refusal as PlaceImportRefusal {
                throw CommandFailure("\(file):\(refusal.line == nil ? " " : "")\(refusal)")
            }
            let database = try await Premises.openDatabase(try options.settings(), writerCache: 65_536)
            let done: PlaceImportReport
            do {
                done = try await PlaceImporter(desk: Desk(database: database, surroundings: .live())).run(
                    list, source: source, isDryRun: dryRun, progress: Self.progress(isatty(2) == 1))
            } catch {
                await database.close()
                throw error
            }
            await database.close()
            if isatty(2) == 1 { Self.write("\u{1B}[2K\r") }
            try finish(done)
        }
    }

    private func readMapping() throws -> PlaceMapping? {
        guard let mapping else { return nil }
        guard let bytes = FileManager.default.contents(atPath: mapping) else {
            throw PlaceImportRefusal("the mapping file \(mapping) cannot be read")
        }
        return try PlaceMapping(json: [UInt8](bytes))
    }

    private func finish(_ done: PlaceImportReport) throws {
        print("\(done.file) (\(done.layout)): \(done.summary)")
        for note in done.notes { print("  \(note)") }
        if let report {
            do {
                try Data(done.json).write(to: URL(filePath: report), options: .atomic)
            } catch {
                throw CommandFailure("the report \(report) cannot be written: \(error.localizedDescription)")
            }
        }
        // The whole list is in the report file: a screen only takes a few.
        let shown = report == nil ? 10 : 0
        for remark in done.rejected.prefix(shown) {
            let value = remark.value.isEmpty ? "" : " (\(remark.value))"
            CommandFailure.say("\(done.file):\(remark.line):\(remark.column): \(remark.reason)\(value)")
        }
        if report == nil, done.rejected.count > shown {
            CommandFailure.say("\(done.file): \(done.rejected.count - shown) more (--report FILE lists them all)")
        }
        if !done.rejected.isEmpty { throw ExitCode(2) }
    }

    private static func progress(_ isTerminal: Bool) -> @Sendable (Int, Int) -> Void {
        guard isTerminal else { return { _, _ in } }
        return { done, total in write("\u{1B}[2K\r\(done) of \(total) rows") }
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
