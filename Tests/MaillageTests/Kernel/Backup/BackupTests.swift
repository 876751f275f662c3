import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// No program of the machine: SQLite needs none.
struct NoPrograms: OutsidePrograms {
    func has(_ name: String) -> Bool { false }
    func run(_ program: OutsideProgram) async throws { throw OutsideProgramFailed("\(program.name) is not installed") }
}

@Suite("Backups") struct BackupTests {
    private static let now = Instant(seconds: 1_795_324_000)

    /// A data directory as a network leaves it, with its open database.
    private func withNetwork(_ body: (Backup, Settings, String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/backup-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        var settings = Settings()
        settings.dataDirectory = root + "/var"
        try FileManager.default.createDirectory(
            atPath: settings.dataDirectory + "/keys", withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: URL(fileURLWithPath: settings.dataDirectory + "/forms.key"))
        try Data("clef".utf8).write(to: URL(fileURLWithPath: settings.dataDirectory + "/keys/une.key"))
        let vault = FileVault(directory: settings.dataDirectory + "/vault")
        for size in [0, 1, 512, 300_000] {
            var pieces = [[UInt8](repeating: UInt8(size % 251), count: size)][...]
            _ = try await vault.keep(limit: 1 << 20) { pieces.popFirst() }
        }
        let database = try Database(.file(settings.dataDirectory + "/maillage.sqlite"))
        _ = try await database.migrate(Schema.migrations)
        let desk = Desk(database: database, surroundings: .live(), listeners: [])
        _ = try await desk.perform(
            AddAccount(email: try EmailAddress("a@exemple.fr"), name: try PersonName("Ada")), as: .house)
        do {
            try await body(Backup(database: database, settings: settings, programs: NoPrograms()), settings, root)
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }

    private static func verify(_ path: String) async throws -> BackupManifest {
        try await Backup.verify(path, programs: NoPrograms())
    }

    /// What work on a backup left in the data directory.
    private static func remainders(_ settings: Settings) throws -> [String] {
        let work = settings.dataDirectory + "/" + BackupFolder.work
        return BackupFolder.exists(work) ? try FileManager.default.contentsOfDirectory(atPath: work) : []
    }

    private static func elsewhere(_ settings: Settings, _ folder: String) -> Settings {
        var other = settings
        other.dataDirectory = folder
        return other
    }

    /// The content of every file but the database, by its path.
    private static func content(_ folder: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try BackupFolder.files(of: folder) {
            found[name] = FileManager.default.contents(atPath: folder + "/" + name)
        }
        return found
    }

    private static func names(_ folder: String) async throws -> [String] {
        let database = try Database(.file(folder + "/maillage.sqlite"))
        let names = try await database.read { try $0.all("SELECT name FROM account ORDER BY name") { try $0.text(0) } }
        #expect(try await database.integrity() == [])
        #expect(try await database.scan { try Journal.verify($0) } > 0)
        await database.close()
        return names
    }

    @Test func everythingComesBack() async throws {
        try await withNetwork { backup, settings, root in
            let made = try await backup.make(at: root + "/un.tar", now: Self.now)
            #expect(made.manifest.migration == Schema.migrations.count)
            #expect(made.faults.isEmpty && !made.isEncrypted && made.path == root + "/un.tar")
            #expect(try await Self.verify(root + "/un.tar") == made.manifest)
            let there = Self.elsewhere(settings, root + "/neuf/var")
            try FileManager.default.createDirectory(atPath: root + "/neuf", withIntermediateDirectories: true)
            #expect(try await Backup.restore(root + "/un.tar", with: there, programs: NoPrograms()) == made.manifest)
            #expect(try Self.content(there.dataDirectory) == Self.content(settings.dataDirectory))
            #expect(try await Self.names(there.dataDirectory) == ["Ada"])
            let mode = try FileManager.default.attributesOfItem(atPath: root + "/un.tar")[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func anOrdinaryTarReadsIt() async throws {
        try await withNetwork { backup, _, root in
            let made = try await backup.make(at: root + "/un.tar", now: Self.now)
            let tar = Process()
            tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            tar.arguments = ["tar", "-tf", root + "/un.tar"]
            let pipe = Pipe()
            tar.standardOutput = pipe
            try tar.run()
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            tar.waitUntilExit()
            #expect(tar.terminationStatus == 0)
            #expect(text.split(separator: "\n").map(String.init) == made.manifest.files.map(\.name) + ["manifest.json"])
        }
    }

    @Test func aFileInTheWayIsLeftAlone() async throws {
        try await withNetwork { backup, settings, root in
            try Data("à moi".utf8).write(to: URL(fileURLWithPath: root + "/un.tar"))
            await #expect(throws: BackupProblem("\(root)/un.tar exists already")) {
                try await backup.make(at: root + "/un.tar", now: Self.now)
            }
            #expect(FileManager.default.contents(atPath: root + "/un.tar") == Data("à moi".utf8))
            #expect(try Self.remainders(settings).isEmpty)
        }
    }

    @Test func backupsAreNotInBackups() async throws {
        try await withNetwork { backup, settings, _ in
            var inside = settings
            inside.backupFolder = settings.dataDirectory + "/sauvegardes"
            let own = Backup(database: backup.database, settings: inside, programs: NoPrograms())
            let shelf = BackupShelf(folder: inside.backupFolder ?? "")
            let first = try await shelf.keepUp(every: 24, now: Self.now, own)
            #expect(first != nil)
            #expect(try await shelf.keepUp(every: 24, now: Self.now + .hours(23), own) == nil)
            let second = try #require(try await shelf.keepUp(every: 24, now: Self.now + .hours(24), own))
            #expect(try await Self.verify(second.path).files.allSatisfy { !$0.name.hasSuffix(".tar") })
            #expect(try shelf.copies().map(\.path) == [second.path, first?.path])
        }
    }

    @Test func whatIsThereIsNeverWrittenOver() async throws {
        try await withNetwork { backup, settings, root in
            _ = try await backup.make(at: root + "/un.tar", now: Self.now)
            let before = try Self.content(settings.dataDirectory)
            await #expect(throws: BackupProblem("\(settings.dataDirectory) holds something: give an empty directory")) {
                try await Backup.restore(root + "/un.tar", with: settings, programs: NoPrograms())
            }
            #expect(try Self.content(settings.dataDirectory) == before)
        }
    }

    @Test func aBackupCutShortOrChangedIsRefusedWhole() async throws {
        try await withNetwork { backup, settings, root in
            let made = try await backup.make(at: root + "/un.tar", now: Self.now)
            let bytes = try #require(FileManager.default.contents(atPath: root + "/un.tar"))
            let there = Self.elsewhere(settings, root + "/autre")
            var trials: [(String, Data)] = []
            for part in [0, 1, 511, 512, 4_096, bytes.count / 2, bytes.count - 1_025 - 512] {
                trials.append(("cut at \(part)", bytes.prefix(part)))
            }
            // A bit of each file's content.
            var place = 0
            for file in made.manifest.files {
                place += 512
                if file.size > 0 {
                    var other = bytes
                    other[place + file.size / 2] ^= 0x10
                    trials.append(("changed in \(file.name)", other))
                }
                place += (file.size + 511) / 512 * 512
            }
            for (what, content) in trials {
                try content.write(to: URL(fileURLWithPath: root + "/deux.tar"))
                await #expect(throws: BackupProblem.self, "\(what)") {
                    try await Backup.restore(root + "/deux.tar", with: there, programs: NoPrograms())
                }
                #expect(!BackupFolder.exists(there.dataDirectory), "\(what)")
                #expect(!BackupFolder.exists(there.dataDirectory + ".restoring"), "\(what)")
            }
        }
    }

    @Test func aNewerNetworkIsRefused() async throws {
        try await withNetwork { _, settings, root in
            let draft = try BackupDraft(for: root + "/un.tar")
            _ = try draft.write { writer in
                try writer.add("forms.key", from: settings.dataDirectory + "/forms.key")
                return try writer.finish(madeAt: Self.now, migration: Schema.migrations.count + 1)
            }
            try draft.publish(as: root + "/un.tar")
            let there = Self.elsewhere(settings, root + "/autre")
            await #expect {
                try await Backup.restore(root + "/un.tar", with: there, programs: NoPrograms())
            } throws: {
                "\($0)".contains("newer than this program")
            }
            #expect(!BackupFolder.exists(there.dataDirectory))
        }
    }

    @Test func aSiteThatServesAnswersRequests() async throws {
        try await withNetwork { backup, settings, root in
            let requests = BackupRequests(dataDirectory: settings.dataDirectory)
            let good = try requests.ask(for: root + "/un.tar")
            let bad = try requests.ask(for: root + "/nulle/part.tar")
            #expect(try requests.answer(to: good) == nil)
            #expect(requests.isWaiting(good))
            #expect(try await requests.serve { try await backup.make(at: $0, now: Self.now) } == 2)
            let made = try await Self.verify(root + "/un.tar")
            let bytes = made.files.reduce(0) { $0 + $1.size }
            #expect(try requests.answer(to: good) == .done(files: made.files.count, bytes: bytes))
            guard case .failed(let reason)? = try requests.answer(to: bad) else {
                Issue.record("a path that cannot be was answered otherwise")
                return
            }
            #expect(reason.contains("part.tar"))
            #expect(made.files.allSatisfy { !$0.name.hasPrefix(BackupRequests.folder) })
            #expect(try await requests.serve { try await backup.make(at: $0, now: Self.now) } == 0)
        }
    }

    @Test func aRequestCanBeTakenBack() async throws {
        try await withNetwork { backup, settings, root in
            let requests = BackupRequests(dataDirectory: settings.dataDirectory)
            let name = try requests.ask(for: root + "/un.tar")
            try requests.withdraw(name)
            #expect(!requests.isWaiting(name))
            #expect(try await requests.serve { try await backup.make(at: $0, now: Self.now) } == 0)
        }
    }
}
