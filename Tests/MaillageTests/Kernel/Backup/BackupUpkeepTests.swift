import Foundation
import Storage
import Synchronization
import Testing

@testable import Maillage

/// Remembers the programs it is asked to run, and fails those it is told to.
private final class RecordedPrograms: OutsidePrograms {
    private let state = Mutex<(asked: [[String]], fails: Bool)>(([], false))

    func has(_ name: String) -> Bool { true }

    func run(_ program: OutsideProgram) async throws {
        let fails = state.withLock { state in
            state.asked.append([program.name] + program.arguments)
            return state.fails
        }
        if fails { throw OutsideProgramFailed("\(program.name): no route to host") }
    }

    var asked: [[String]] { state.withLock { $0.asked } }
    func fail(_ fails: Bool) { state.withLock { $0.fails = fails } }
}

/// BAK-2, BAK-3, BAK-5, BAK-6
@Suite("Backups that a site makes by itself") struct BackupUpkeepTests {
    private static let now = Instant(seconds: 1_795_324_000)

    private final class Faults: Sendable {
        let lines = Mutex<[String]>([])
    }

    private func withSite(
        hook: String? = nil, _ body: (BackupUpkeep, Settings, RecordedPrograms, Faults, Database) async throws -> Void
    ) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/upkeep-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        var settings = Settings()
        settings.dataDirectory = root + "/var"
        settings.backupFolder = root + "/etagere"
        settings.backupHook = hook
        try FileManager.default.createDirectory(atPath: settings.dataDirectory, withIntermediateDirectories: true)
        let database = try Database(.file(settings.dataDirectory + "/maillage.sqlite"))
        _ = try await database.migrate(Schema.migrations)
        let (programs, faults) = (RecordedPrograms(), Faults())
        let upkeep = BackupUpkeep(
            Backup(database: database, settings: settings, programs: programs) { _ in
                faults.lines.withLock { $0 }
            })
        do {
            try await body(upkeep, settings, programs, faults, database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func shelf(_ settings: Settings) -> BackupShelf { BackupShelf(folder: settings.backupFolder ?? "") }
    private static func state(_ settings: Settings) -> BackupState { .read(dataDirectory: settings.dataDirectory) }

    @Test func whatWasMadeIsRemembered() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            #expect(Self.state(settings) == BackupState())
            let first = await upkeep.look(at: Self.now)
            let made = try #require(first.made)
            #expect(first.failure == nil)
            let success = try #require(Self.state(settings).lastSuccess)
            #expect(success.at == Self.now && success.path == made.path && success.bytes == made.bytes)
            #expect(success.files == made.manifest.files.count && !success.isEncrypted)
            #expect(Self.state(settings).age(at: Self.now + .hours(3)) == .hours(3))
            #expect(!Self.state(settings).isFailing)
            #expect(await upkeep.look(at: Self.now + .hours(23)).made == nil)
            #expect(await upkeep.look(at: Self.now + .hours(24)).made != nil)
            #expect(try Self.shelf(settings).copies().count == 2)
        }
    }

    @Test func aCallThatClosesHasABackupOfItsOwn() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            _ = await upkeep.look(at: Self.now)
            #expect(await upkeep.look(at: Self.now + .hours(1), closing: Self.now - .hours(1)).made == nil)
            #expect(await upkeep.look(at: Self.now + .hours(2), closing: Self.now + .hours(1)).made != nil)
            #expect(await upkeep.look(at: Self.now + .hours(3), closing: Self.now + .hours(1)).made == nil, "once")
        }
    }

    @Test func aFailureLeavesTheFormerOnesAndIsTold() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            let first = try #require(await upkeep.look(at: Self.now).made)
            // What was a folder is a file now: no room for a backup.
            try FileManager.default.moveItem(
                atPath: Self.shelf(settings).folder, toPath: Self.shelf(settings).folder + "2")
            try Data().write(to: URL(fileURLWithPath: Self.shelf(settings).folder))
            let failed = await upkeep.look(at: Self.now + .hours(25))
            #expect(failed.made == nil && failed.failure?.contains("etagere") == true)
            var state = Self.state(settings)
            #expect(state.isFailing && state.lastFailure?.at == Self.now + .hours(25))
            #expect(state.lastSuccess?.path == first.path)
            #expect(
                BackupFolder.exists(Self.shelf(settings).folder + "2/" + (first.path.split(separator: "/").last ?? "")))
            try FileManager.default.removeItem(atPath: Self.shelf(settings).folder)
            #expect(await upkeep.look(at: Self.now + .hours(26)).failure == nil)
            state = Self.state(settings)
            #expect(!state.isFailing && state.lastFailure != nil, "what failed is still known")
        }
    }

    @Test func aNetworkThatDoesNotHoldNeverPushesSoundBackupsOut() async throws {
        try await withSite { upkeep, settings, _, faults, _ in
            let sound = try #require(await upkeep.look(at: Self.now).made)
            faults.lines.withLock { $0 = ["deposits.numbers: call 7: deposit 2 lacks", "autre"] }
            for day in 1...6 {
                let outcome = await upkeep.look(at: Self.now + .days(400 * Int64(day)))
                #expect(outcome.made?.faults.count == 2)
                #expect(outcome.failure?.contains("2 faults") == true)
                #expect(outcome.failure?.contains("deposits.numbers") == true)
            }
            let copies = try Self.shelf(settings).copies()
            #expect(copies.count { $0.isFaulty } == 3)
            #expect(copies.filter { !$0.isFaulty }.map(\.path) == [sound.path])
            #expect(Self.state(settings).isFailing && Self.state(settings).lastSuccess?.path == sound.path)
            #expect(try Self.shelf(settings).last(at: Self.now + .days(9_000))?.path == sound.path)
            // It holds again: years went by, the old ones go.
            faults.lines.withLock { $0 = [] }
            #expect(await upkeep.look(at: Self.now + .days(4_000)).failure == nil)
            #expect(try Self.shelf(settings).copies().count { !$0.isFaulty } == 1)
        }
    }

    @Test func theHookTakesEachBackupAndIsTriedAgain() async throws {
        try await withSite(hook: "/usr/local/bin/envoyer --vite") { upkeep, settings, programs, _, _ in
            programs.fail(true)
            let first = await upkeep.look(at: Self.now)
            let made = try #require(first.made)
            #expect(first.failure == nil && first.hookFailure?.contains("no route to host") == true)
            #expect(Self.state(settings).hookFailure?.reason.contains("no route") == true)
            #expect(Self.state(settings).lastSuccess != nil && !Self.state(settings).isFailing)
            programs.fail(false)
            let second = await upkeep.look(at: Self.now + .minutes(15))
            #expect(second.made == nil && second.hookFailure == nil)
            #expect(Self.state(settings).hookFailure == nil && Self.state(settings).sent == made.path)
            _ = await upkeep.look(at: Self.now + .minutes(30))
            #expect(programs.asked == Array(repeating: ["/usr/local/bin/envoyer", "--vite", made.path], count: 2))
        }
    }

    @Test func twoProcessesDoNotMakeTheSameBackup() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            try BackupFolder.make(Self.shelf(settings).folder)
            let lock = try #require(try ShelfLock(Self.shelf(settings).folder))
            #expect(await upkeep.look(at: Self.now).made == nil)
            #expect(!Self.state(settings).isFailing)
            lock.release()
            #expect(await upkeep.look(at: Self.now).made != nil)
        }
    }

    @Test func whatAnInterruptedBackupLeftGoes() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            let folder = Self.shelf(settings).folder
            try BackupFolder.make(folder)
            for name in ["maillage-20261120T000000Z.tar.partial", "notes.partial"] {
                try Data([1]).write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            #expect(await upkeep.look(at: Self.now).made != nil)
            #expect(!BackupFolder.exists(folder + "/maillage-20261120T000000Z.tar.partial"))
            #expect(BackupFolder.exists(folder + "/notes.partial"), "another's")
        }
    }

    @Test func aStateThatCannotBeReadIsUnknown() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            try BackupFolder.make(settings.dataDirectory + "/" + StateFile.folder)
            let path = settings.dataDirectory + "/" + StateFile.folder + "/backup.json"
            for text in ["", "[]", "{", "{\"success\":{\"at\":\"hier\"}}", "{\"failure\":7}"] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                #expect(Self.state(settings) == BackupState(), "\(text)")
            }
            #expect(await upkeep.look(at: Self.now).failure == nil)
            #expect(Self.state(settings).lastSuccess != nil)
        }
    }

    @Test func damagedFilesOfTheVaultAreTold() async throws {
        try await withSite { upkeep, settings, _, _, _ in
            let vault = FileVault(directory: settings.dataDirectory + "/vault")
            var pieces: [[UInt8]] = [[1, 2, 3]]
            let kept = try await vault.keep(limit: 10) { pieces.popLast() }
            try Data([1, 2, 4]).write(to: URL(fileURLWithPath: vault.path(of: kept.digest)))
            let outcome = await upkeep.look(at: Self.now)
            #expect(outcome.failure?.contains("\(kept.digest) is damaged") == true)
        }
    }
}
