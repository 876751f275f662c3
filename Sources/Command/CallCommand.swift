import ArgumentParser
import Foundation
import Maillage

/// `maillage call`: what can be done with the archive of a call without the site.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Verify the archive of a whole call, offline.",
        subcommands: [VerifyCallArchive.self])
}

/// `maillage call verify`: reads an archive to its last byte; neither database nor network.
struct VerifyCallArchive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify the archive of a call: every digest, every receipt, nothing missing.",
        discussion: """
            The archive is the file that “Tout l’appel (ZIP)” gives. Nothing is written.

            Status: 0 everything holds, 1 the archive was refused, 2 some dossiers do not hold (each is named with its reason),
            64 usage.
            """)

    @Argument(help: "The archive.")
    var archive: String

    @OptionGroup var choices: CallArchiveChoices

    func run() async throws {
        try await CommandFailure.reporting {
            let reading = try choices.reading(archive)
            let report = try await CallArchiveChoices.naming(archive) {
                try await reading.run(isDryRun: true, progress: choices.progress)
            }
            try choices.finish(report, "sound")
        }
    }
}

/// `maillage import call`: the same, then written as a call that is read and never acted on.
struct ImportCallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Read back the archive of a whole call: it is kept to be read.",
        discussion: """
            Every digest and every receipt is verified first. The call is then kept apart from those of the network, for the
            coordination to read: nothing in it can be changed, its people have no account here, its receipts stay those of the
            network that gave them. A call that is here already is refused. Dossiers that do not hold are left out and named;
            when the archive itself does not hold, nothing is written.

            Status: 0 done, 1 the archive was refused, 2 done and dossiers were left out, 64 usage.
            """)

    @OptionGroup var options: HouseOptions

    @OptionGroup var choices: CallArchiveChoices

    @Flag(help: "Tell what would be done, and write nothing.")
    var dryRun = false

    @Argument(help: "The archive.")
    var archive: String

    func run() async throws {
        try await CommandFailure.reporting {
            // What is wrong with the file is said before anything here is opened.
            _ = try choices.reading(archive)
            let settings = try options.settings()
            let database = try await Premises.openDatabase(settings)
            let report: CallArchiveReport
            do {
                let vault = dryRun ? nil : FileVault(directory: settings.dataDirectory + "/vault")
                let reading = try choices.reading(archive, vault: vault)
                let manifest = reading.archive.manifest
                if let problem = try await database.read({ try ImportCallArchive.refusal(manifest, $0) }) {
                    throw CommandFailure("\(archive): \(problem)")
                }
                report = try await CallArchiveChoices.naming(archive) {
                    let report = try await reading.run(isDryRun: dryRun, progress: choices.progress)
                    if dryRun { return report }
                    try choices.write(report)
                    _ = try await Desk(database: database, surroundings: .live()).perform(
                        ImportCallArchive(reading.archive, report), as: .house)
                    return report
                }
            } catch {
                await database.close()
                throw error
            }
            await database.close()
            try choices.finish(report, dryRun ? "to import" : "imported")
        }
    }
}

/// What both commands are told of an archive, and how they say what they found.
struct CallArchiveChoices: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Public keys of the network that made it, taken from its site: the list at /recepisses/cles.json. Absent: those of the "
                + "archive, which prove that it agrees with itself and no more.", valueName: "file"))
    var keys: String?

    @Option(help: "File to write the whole report to, as JSON.")
    var report: String?

    func reading(_ path: String, vault: FileVault? = nil) throws -> CallArchiveReading {
        var list: [ReceiptPublicKey]?
        if let keys {
            list = ReceiptPublicKey.list(reading: try VerifyReceipt.read(keys, limit: 1 << 20))
            guard list != nil else { throw CommandFailure("\(keys): neither a list of keys nor a key as PEM") }
        }
        do {
            return try CallArchiveReading(try CallArchiveFile.open(path), keys: list, vault: vault)
        } catch let problem as CallArchiveProblem {
            throw CommandFailure("\(path): \(problem)")
        }
    }

    /// What is wrong with an archive is said with its name.
    static func naming<T>(_ path: String, _ work: () async throws -> T) async throws -> T {
        do {
            return try await work()
        } catch let problem as CallArchiveProblem {
            throw CommandFailure("\(path): \(problem)")
        }
    }

    func progress(_ done: Int, _ count: Int) {
        guard isatty(2) == 1 else { return }
        FileHandle.standardError.write(
            Data((done == count ? "\u{1B}[2K\r" : "\u{1B}[2K\r\(done) of \(count) dossiers").utf8))
    }

    func write(_ found: CallArchiveReport) throws {
        guard let report else { return }
        do {
            try Data(found.json).write(to: URL(filePath: report), options: .atomic)
        } catch {
            throw CommandFailure("the report \(report) cannot be written: \(error.localizedDescription)")
        }
    }

    /// Says what was found; status 2 when dossiers were left out.
    func finish(_ found: CallArchiveReport, _ word: String) throws {
        try write(found)
        let manifest = found.manifest
        print(
            "\(found.file): call \(manifest.slug) of \(manifest.network), \(found.lines.count) dossiers, \(found.sound) \(word), "
                + "\(found.refused.count) refused")
        if found.absent > 0 {
            print("  \(found.absent) documents are not in the archive, which says why of each")
        }
        if found.hasOwnKeys {
            print(
                "  receipts verified with the archive’s own keys (\(found.keys.joined(separator: ", "))): compare them with "
                    + "\(manifest.address)/recepisses/cles")
        }
        let shown = report == nil ? 10 : 0
        for line in found.refused.prefix(shown) {
            guard case .refused(let reason) = line.outcome else { continue }
            CommandFailure.say("\(found.file): dossier \(line.number) (\(line.folder)): \(reason)")
        }
        if report == nil, found.refused.count > shown {
            CommandFailure.say("\(found.file): \(found.refused.count - shown) more (--report FILE lists them all)")
        }
        if !found.refused.isEmpty { throw ExitCode(2) }
    }
}
