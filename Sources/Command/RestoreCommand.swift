import ArgumentParser
import Foundation
import Maillage
import Storage

/// `maillage restore`: a backup into an empty data directory.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into an empty data directory, every byte checked.",
        discussion: """
            The directory of --data must be empty or not there; it gets its name once everything is in place. A backup of a
            PostgreSQL network goes into the database of DATABASE_URL, which must hold no table. With --dry-run the backup is read
            from end to end and nothing is written.

            With --at, the last sound backup of a folder taken at that instant or before, and the deposits that their journal holds
            from then to that instant. The rest of what was done in between is not in a backup, and not given back.

            What was erased since the backup, by the log of erasures, is erased again. Status 2 when a deposit or an erasure needs a
            person: each has its line.
            """)

    @OptionGroup var options: HouseOptions

    @Flag(help: "Check the backup, and write nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Private key of age that opens an encrypted backup.", valueName: "file"))
    var identity: String?

    @Option(
        help: ArgumentHelp(
            "Instant to go back to: `2026-11-22 18:30` by the clocks of Paris, or with Z or an offset such as +01:00.",
            valueName: "instant"))
    var at: String?

    @Option(
        help: ArgumentHelp("Journal of deposits for --at; that of the restored settings otherwise.", valueName: "file"))
    var deposits: String?

    @Option(
        help: ArgumentHelp(
            "Log of erasures; that of the restored settings, or of the backup's folder.", valueName: "file"))
    var erasures: String?

    @Argument(help: "A file that `maillage backup` made, or with --at a folder of them; BACKUP_FOLDER otherwise.")
    var file: String?

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            let (path, instant) = try chosen(settings)
            if dryRun {
                let manifest = try await Backup.verify(path, identity: identity, programs: MachinePrograms())
                return print("\(path) holds \(Self.words(manifest)).")
            }
            var after = AfterRestore(
                options: options, path: path, instant: instant, deposits: deposits, erasures: erasures)
            let manifest = try await Backup.restore(
                path, with: settings, programs: MachinePrograms(), identity: identity
            ) { there in try await after.run(there) }
            print("Restored \(Self.words(manifest)), from \(path).")
            after.report(manifest.madeAt)
            print(
                "Next: maillage check --data \(settings.dataDirectory), then maillage serve --data \(settings.dataDirectory)"
            )
            if after.needsSomebody { throw ExitCode(2) }
        }
    }

    /// The file to restore, and the instant to go back to.
    private func chosen(_ settings: Settings) throws -> (path: String, at: Instant?) {
        guard let at else {
            guard let file else { throw CommandFailure("give the file of a backup, or --at with a folder of them") }
            return (file, nil)
        }
        guard let instant = Instant(typed: at) else {
            throw CommandFailure(
                "--at \(at) is no instant: write 2026-11-22 18:30, by the clocks of Paris, or with Z or an offset such as +01:00"
            )
        }
        guard let folder = file ?? settings.backupFolder else {
            throw CommandFailure("--at needs a folder of backups: give one, or set BACKUP_FOLDER")
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandFailure("\(folder) is not a folder of backups")
        }
        guard let copy = try BackupShelf(folder: folder).last(at: instant) else {
            throw CommandFailure("\(folder) holds no backup of \(instant.iso) or before")
        }
        if copy.isFaulty {
            CommandFailure.say("\(copy.path): something did not hold in this network, see maillage check")
        }
        return (copy.path, instant)
    }

    private static func words(_ manifest: BackupManifest) -> String {
        let bytes = manifest.files.reduce(0) { $0 + $1.size }
        return "the backup of \(manifest.madeAt.iso) (Maillage \(manifest.version)): \(manifest.files.count) files, "
            + "\(ByteCount.text(bytes)), each as it was"
    }
}
