import ArgumentParser
import Foundation
import Maillage

/// `maillage export`: what the network publishes, as files.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write files of what is public.", subcommands: [ExportPlaces.self])
}

/// `maillage export places`: the public part of the sheets that everybody may see, streamed.
struct ExportPlaces: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "places", abstract: "Write the public places as CSV, national schema, GeoJSON, JSON or XLSX.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, mednum, geojson, json, xlsx
    }

    @OptionGroup var options: HouseOptions

    @Option(help: "Format of the file.")
    var format: Format = .csv

    @Option(help: "File to write; standard output when absent (not for xlsx).")
    var output: String?

    func validate() throws {
        if format == .xlsx, output == nil { throw ValidationError("A workbook needs --output FILE.") }
    }

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            let database = try await Premises.openDatabase(settings)
            do {
                let base = settings.baseURL
                var batches = PlaceBatches(database, onlyOpenData: false) { base + "/lieux/" + $0 }
                try await write(&batches)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    /// A file is written beside its place and moved there when whole: nobody reads half of one.
    private func write(_ batches: inout PlaceBatches) async throws {
        guard let output else { return try await stream(&batches, to: FileHandle.standardOutput) }
        let draft = output + ".part"
        do {
            guard FileManager.default.createFile(atPath: draft, contents: nil),
                let handle = FileHandle(forWritingAtPath: draft)
            else { throw CommandFailure("\(output) cannot be written") }
            if format == .xlsx {
                let workbook = try PlaceWorkbook(at: Surroundings.live().now())
                while let places = try await batches.next() {
                    try workbook.append(places)
                    try handle.write(contentsOf: Data(workbook.take()))
                }
                try handle.write(contentsOf: Data(try workbook.finish()))
            } else {
                try await stream(&batches, to: handle)
            }
            try handle.close()
            guard rename(draft, output) == 0 else { throw CommandFailure("\(output) cannot be written") }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private func stream(_ batches: inout PlaceBatches, to handle: FileHandle) async throws {
        guard let kind = PlaceFileWriter.Format(rawValue: format.rawValue) else { return }
        var writer = PlaceFileWriter(kind)
        while let places = try await batches.next() {
            writer.append(places)
            try handle.write(contentsOf: Data(writer.take()))
        }
        writer.finish()
        try handle.write(contentsOf: Data(writer.take()))
    }
}
