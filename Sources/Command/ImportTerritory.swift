import ArgumentParser
import Exchange
import Foundation
import Maillage

/// `maillage import territory`: official files into the territorial register.
struct ImportTerritory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "territory",
        abstract: "Take official files in: communes, populations, EPCI, postal codes, contours, zonings.",
        discussion: """
            Files are recognised by their columns or properties, never by their names, in any encoding and order:
            INSEE's COG (regions, departements, communes, movements), populations, EPCI and their members, La Poste's
            postal codes, points by commune, contours (GeoJSON: code, nom), priority districts and zonings.

            Any other zoning (FRR, QPV of 2024 by commune…) comes as a CSV file with the columns
            code_commune;zonage;debut;fin (dates as 2024-07-01, fin may be empty), and edition and nom if known.

            Taking a file again changes nothing. Status: 0 done, 1 a file was refused, 2 rows were rejected.
            """)

    @OptionGroup var options: HouseOptions

    @Option(help: "Year of the communes and contours, when no file says it.")
    var edition: Int?

    @Option(help: "File to write the whole report to, as JSON.")
    var report: String?

    @Argument(help: "Files, or directories of files.")
    var paths: [String]

    func run() async throws {
        try await CommandFailure.reporting {
            let sources = try paths.flatMap(Self.sources)
            guard !sources.isEmpty else { throw CommandFailure("no file in \(paths.joined(separator: ", "))") }
            let premises = try await Premises.open(try options.settings())
            let isTerminal = isatty(2) == 1
            let reports: [TerritoryFileReport]
            do {
                reports = try await TerritoryImport(desk: premises.desk, edition: edition).run(sources) { progress in
                    if isTerminal { Self.show(progress) }
                }
            } catch {
                await premises.database.close()
                throw error
            }
            await premises.database.close()
            if isTerminal { Self.write("\u{1B}[2K\r") }
            try finish(reports)
        }
    }

    private func finish(_ reports: [TerritoryFileReport]) throws {
        if let report { try Self.save(reports, to: report) }
        var status: Int32 = 0
        for report in reports {
            if case .refused = report.state {
                status = 1
                CommandFailure.say("maillage: " + report.summary)
                continue
            }
            print(report.summary)
            for note in report.notes { print("  \(note)") }
            for (reason, count) in report.skipped.sorted(by: { $0.key < $1.key }) {
                print("  \(count) left aside: \(reason)")
            }
            if report.hasRejections, status == 0 { status = 2 }
            // The whole list is in the report file: a screen only takes a few.
            for remark in report.rejected.prefix(self.report == nil ? 10 : 0) {
                CommandFailure.say(
                    "\(report.name):\(remark.line): \(remark.column): \(remark.reason)"
                        + (remark.value.isEmpty ? "" : " (\(remark.value))"))
            }
            if report.rejected.count > 10, self.report == nil {
                CommandFailure.say("\(report.name): \(report.rejected.count - 10) more (--report FILE lists them all)")
            }
        }
        if status != 0 { throw ExitCode(status) }
    }

    private static func save(_ reports: [TerritoryFileReport], to path: String) throws {
        var writer = JSONWriter()
        writer.beginArray()
        for report in reports { report.append(to: &writer) }
        writer.endArray()
        do {
            try Data(writer.bytes + [0x0A]).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandFailure("the report \(path) cannot be written: \(error.localizedDescription)")
        }
    }

    private static func sources(_ path: String) throws -> [TerritorySource] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CommandFailure("\(path): no such file")
        }
        if !isDirectory.boolValue { return [source(path)] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { !$0.hasPrefix(".") }
        return names.compactMap { name in
            var isDirectory: ObjCBool = false
            let inside = path + "/" + name
            let exists = FileManager.default.fileExists(atPath: inside, isDirectory: &isDirectory)
            return exists && !isDirectory.boolValue ? source(inside) : nil
        }
    }

    private static func source(_ path: String) -> TerritorySource {
        TerritorySource(name: URL(filePath: path).lastPathComponent) { each in
            guard let file = FileHandle(forReadingAtPath: path) else { throw CommandFailure("\(path) cannot be read") }
            // The handle is only read: nothing is lost when closing it fails.
            defer { try? file.close() }
            while let data = try file.read(upToCount: 1 << 18), !data.isEmpty {
                if try !each([UInt8](data)) { return }
            }
        }
    }

    private static func show(_ progress: TerritoryImport.Progress) {
        write("\u{1B}[2K\r\(progress.file): \(progress.done) of \(progress.total)")
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
