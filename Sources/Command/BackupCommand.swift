import ArgumentParser
import Foundation
import Maillage
import Storage

/// `maillage backup`: the whole network in one file, even while it serves.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Put the whole network in one file, even while it serves.",
        discussion: """
            The file is a tar archive of the database, the files people gave, the keys and the settings, with the digest of each;
            it is read again from end to end before it gets its name. It holds secrets and personal data: keep it encrypted.

            A site that serves from the same data directory makes the backup itself, since two programs may not open one SQLite
            file. PostgreSQL is copied by pg_dump.
            """)

    @OptionGroup var options: HouseOptions

    @Argument(help: "File to make; it must not exist.")
    var file: String

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            let path = URL(fileURLWithPath: file).path
            let database = settings.dataDirectory + "/maillage.sqlite"
            if settings.databaseURL == nil {
                guard FileManager.default.fileExists(atPath: database) else {
                    throw CommandFailure("\(settings.dataDirectory) holds no network")
                }
                if Database.isInUse(file: database) { return try await ask(settings, path) }
            }
            // Not brought up to date: a backup before an upgrade is of what there was.
            let opened = try Database(settings.databaseURL.map { .postgres($0) } ?? .file(database))
            let backup = Backup(database: opened, settings: settings, programs: MachinePrograms())
            let manifest: BackupManifest
            do {
                manifest = try await backup.make(at: path, now: Surroundings.live().now())
            } catch {
                await opened.close()
                throw error
            }
            await opened.close()
            Self.say(path, manifest.files.count, manifest.files.reduce(0) { $0 + $1.size })
        }
    }

    /// Has the site that serves do it.
    private func ask(_ settings: Settings, _ path: String) async throws {
        let requests = BackupRequests(dataDirectory: settings.dataDirectory)
        let name = try requests.ask(for: path)
        var seconds = 0.0
        while true {
            switch try requests.answer(to: name) {
            case .done(let files, let bytes): return Self.say(path, files, bytes)
            case .failed(let reason): throw CommandFailure(reason)
            case nil: break
            }
            if seconds > 15, requests.isWaiting(name) {
                try requests.withdraw(name)
                throw CommandFailure("another maillage has the database and does not answer: is it `maillage serve`?")
            }
            try await Task.sleep(for: .milliseconds(200))
            seconds += 0.2
        }
    }

    private static func say(_ path: String, _ files: Int, _ bytes: Int) {
        print("\(path): \(files) files, \(ByteCount.text(bytes)), read again and whole.")
    }
}

/// `maillage restore`: a backup into an empty data directory.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into an empty data directory, every byte checked.",
        discussion: """
            The directory of --data must be empty or not there; it gets its name once everything is in place. A backup of a
            PostgreSQL network goes into the database of DATABASE_URL, which must hold no table. With --dry-run the backup is read
            from end to end and nothing is written.
            """)

    @OptionGroup var options: HouseOptions

    @Flag(help: "Check the backup, and write nothing.")
    var dryRun = false

    @Argument(help: "A file that `maillage backup` made.")
    var file: String

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            let manifest =
                dryRun
                ? try await Backup.verify(file)
                : try await Backup.restore(file, with: settings, programs: MachinePrograms())
            let bytes = manifest.files.reduce(0) { $0 + $1.size }
            let what =
                "the backup of \(manifest.madeAt.iso) (Maillage \(manifest.version)): \(manifest.files.count) files, "
                + "\(ByteCount.text(bytes)), each as it was"
            if dryRun { return print("\(file) holds \(what).") }
            print("Restored \(what).")
            print(
                "Next: maillage check --data \(settings.dataDirectory), then maillage serve --data \(settings.dataDirectory)"
            )
        }
    }
}

/// Sizes for people at a terminal.
enum ByteCount {
    /// `812 B`, `3.4 kB`, `1.2 GB`
    static func text(_ bytes: Int) -> String {
        var value = Double(bytes)
        var unit = "B"
        for next in ["kB", "MB", "GB", "TB"] where value >= 1_000 {
            value /= 1_000
            unit = next
        }
        return unit == "B" ? "\(bytes) B" : String(format: "%.1f ", value) + unit
    }
}
