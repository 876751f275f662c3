import ArgumentParser
import Foundation
import Maillage
import MaillageWeb
import Storage

/// `maillage backup`: the whole network in one file, even while it serves.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Put the whole network in one file, even while it serves.",
        discussion: """
            The file is a tar archive of the database, the files people gave, the keys and the settings, with the digest of each;
            it is read again from end to end, and the network in it checked as `maillage check` does, before it gets its name. It
            holds secrets and personal data: with BACKUP_RECIPIENT it is encrypted by age as it is written. Status 2 when the
            network in it does not hold: the backup is a true copy of it all the same.

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
            let backup = Backup(
                database: opened, settings: settings, programs: MachinePrograms(),
                inspect: Backup.networkInspection(now: Surroundings.live().now))
            let made: Backup.Made
            do {
                made = try await backup.make(at: path, now: Surroundings.live().now())
            } catch {
                await opened.close()
                throw error
            }
            await opened.close()
            let files = made.manifest.files
            try Self.say(path, files.count, files.reduce(0) { $0 + $1.size }, made.faults)
        }
    }

    /// Has the site that serves do it.
    private func ask(_ settings: Settings, _ path: String) async throws {
        let requests = BackupRequests(dataDirectory: settings.dataDirectory)
        let name = try requests.ask(for: path)
        var seconds = 0.0
        while true {
            switch try requests.answer(to: name) {
            case .done(let files, let bytes, let faults): return try Self.say(path, files, bytes, faults)
            case .failed(let reason): throw CommandFailure(Self.explained(reason, path))
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

    /// Why there is no backup; with what to do where this program may write and the one that serves may not.
    static func explained(_ reason: String, _ path: String) -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder), !FileManager.default.fileExists(atPath: path) else {
            return reason
        }
        return reason
            + ". If the service may not write to \(folder): sudo systemctl edit maillage, [Service], ReadWritePaths=\(folder), "
            + "sudo systemctl restart maillage"
    }

    private static func say(_ path: String, _ files: Int, _ bytes: Int, _ faults: [String]) throws {
        print("\(path): \(files) files, \(ByteCount.text(bytes)), read again and whole.")
        for fault in faults { CommandFailure.say(fault) }
        if !faults.isEmpty { throw ExitCode(2) }
    }
}
