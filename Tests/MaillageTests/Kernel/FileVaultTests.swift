import Foundation
import Storage
import Synchronization
import Testing

@testable import Maillage

@Suite("The vault of files") struct FileVaultTests {
    private func withVault(_ body: (FileVault, RecordingDisk, String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/vault-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let disk = RecordingDisk(root)
        try await body(FileVault(directory: root + "/vault", disk: disk), disk, root)
    }

    private static func keep(_ bytes: [UInt8], in vault: FileVault, limit: Int = 1 << 20) async throws -> FileVault.Kept
    {
        var pieces = stride(from: 0, to: bytes.count, by: 1_000)
            .map { Array(bytes[$0..<min($0 + 1_000, bytes.count)]) }[...]
        return try await vault.keep(limit: limit) { pieces.popFirst() }
    }

    private static func content(_ digest: FileDigest, _ vault: FileVault) async throws -> [UInt8]? {
        guard let file = try await vault.open(digest) else { return nil }
        var bytes: [UInt8] = []
        while let piece = try await file.next() {
            #expect(piece.count <= VaultReading.piece)
            bytes += piece
        }
        #expect(bytes.count == file.size)
        return bytes
    }

    /// Every file under a folder, by its path.
    private static func files(under folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    private static let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    @Test func whatIsKeptIsReadBackInPieces() async throws {
        try await withVault { vault, _, _ in
            let kept = try await Self.keep(Self.bytes, in: vault)
            #expect(kept.size == Self.bytes.count)
            #expect(kept.digest == FileDigest(of: Self.bytes))
            #expect(try await Self.content(kept.digest, vault) == Self.bytes)
            #expect(try await vault.isWhole(kept.digest))
            let empty = try await Self.keep([], in: vault)
            #expect(
                empty.digest.text == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
            #expect(try await Self.content(empty.digest, vault) == [])
            #expect(try await vault.open(FileDigest(of: [1])) == nil)
        }
    }

    /// The bytes first, then the name, then the folder that holds it; and each folder made is in its parent before.
    @Test func aNameIsGivenToBytesThatAreOnTheDiskAlready() async throws {
        try await withVault { vault, disk, _ in
            let kept = try await Self.keep([1, 2, 3], in: vault)
            let (first, second) = kept.digest.folders
            let name = "vault/\(first)/\(second)/\(kept.digest)"
            #expect(
                disk.steps == [
                    "mkdir vault", "sync folder ", "mkdir vault/incoming", "sync folder vault",
                    "create vault/incoming/*", "write ", "sync vault/incoming/*",
                    "mkdir vault/\(first)", "sync folder vault",
                    "mkdir vault/\(first)/\(second)", "sync folder vault/\(first)",
                    "rename \(name)", "sync folder vault/\(first)/\(second)",
                ])
            disk.forgetSteps()
            // Known or not, the same bytes are made certain again; the folders are certain already.
            #expect(try await Self.keep([1, 2, 3], in: vault) == kept)
            #expect(
                disk.steps == [
                    "create vault/incoming/*", "write ", "sync vault/incoming/*", "rename \(name)",
                    "sync folder vault/\(first)/\(second)",
                ])
        }
    }

    /// Each step in turn is made to fail, whatever the step: the one who asks is told, nothing half-made has a name, and the
    /// same bytes can be kept afterwards.
    @Test func aStepThatFailsIsAnErrorAndLeavesNoHalfFile() async throws {
        var step = 0
        while true {
            var succeeded = false
            try await withVault { vault, disk, root in
                disk.fail(at: step)
                do {
                    _ = try await Self.keep([7, 8, 9], in: vault)
                    succeeded = true
                } catch {
                    #expect(error as? StorageError == .outcomeUnknown("essai"), "step \(step)")
                }
                let left = Self.files(under: root + "/vault")
                #expect(!left.contains { $0.hasPrefix("incoming/") }, "step \(step): \(left)")
                for file in left {
                    let found = FileManager.default.contents(atPath: root + "/vault/" + file)
                    #expect(found.map { Array($0) } == [7, 8, 9], "step \(step): \(file)")
                }
                disk.fail(at: nil)
                let kept = try await Self.keep([7, 8, 9], in: vault)
                // What an earlier attempt left unsure was synced by this one.
                #expect(disk.steps.last?.hasPrefix("sync folder") == true)
                #expect(try await vault.isWhole(kept.digest))
            }
            if succeeded { break }
            step += 1
        }
        #expect(step >= 13, "every step was tried")
    }

    @Test func aFullDiskIsToldAndLeavesNothing() async throws {
        try await withVault { vault, disk, root in
            disk.leaveRoom(2_500)
            await #expect(throws: StorageError.diskFull) { try await Self.keep(Self.bytes, in: vault) }
            #expect(Self.files(under: root + "/vault").isEmpty)
            disk.leaveRoom(nil)
            let kept = try await Self.keep(Self.bytes, in: vault)
            #expect(try await vault.isWhole(kept.digest))
        }
    }

    /// Of a large disk 256 MiB, of a small one a quarter.
    @Test(arguments: [(1 << 40, 256 << 20), (4 << 20, 1 << 20)])
    func whatIsSmallAndCannotWaitHasItsRoom(whole: Int, reserve: Int) async throws {
        try await withVault { vault, disk, root in
            disk.tellRoom(free: reserve + 100, whole: whole)
            let file = try await vault.receive(limit: 1_000)
            try await file.write([UInt8](repeating: 1, count: 100))
            await #expect(throws: StorageError.diskFull) {
                try await file.write([UInt8](repeating: 1, count: 101))
            }
            #expect(Self.files(under: root + "/vault").isEmpty, "refused, nothing is left")
            let part = try await vault.beginPart()
            await #expect(throws: StorageError.diskFull) {
                try await vault.append(toPart: part) {
                    try await $0.write([UInt8](repeating: 1, count: 101), limit: 1_000)
                }
            }
            #expect(try await vault.size(ofPart: part) == 0)
        }
    }

    @Test func aFileLongerThanAllowedIsRefusedAsSoonAsItIs() async throws {
        try await withVault { vault, disk, root in
            let file = try await vault.receive(limit: 10)
            try await file.write([UInt8](repeating: 1, count: 10))
            await #expect(throws: FileTooLong(limit: 10)) { try await file.write([1]) }
            #expect(Self.files(under: root + "/vault").isEmpty)
            await #expect(throws: StorageError.self) { try await file.write([1]) }
            await #expect(throws: StorageError.self) { try await file.keep() }
            #expect(!disk.steps.contains { $0.hasPrefix("rename") })
        }
    }

    @Test func filesAreTheirOwnersAloneAndLinksAreNotFollowed() async throws {
        try await withVault { vault, _, root in
            let kept = try await Self.keep([1], in: vault)
            let path = vault.path(of: kept.digest)
            func mode(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try mode(path) == 0o600)
            #expect(try mode(root + "/vault") == 0o700)
            #expect(try mode(root + "/vault/\(kept.digest.folders.first)") == 0o700)
            try FileManager.default.removeItem(atPath: path)
            try Data([1]).write(to: URL(fileURLWithPath: root + "/ailleurs"))
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: root + "/ailleurs")
            await #expect(throws: StorageError.self) { _ = try await vault.open(kept.digest) }
            // Kept again, the file takes the link's place; what it led to is untouched.
            _ = try await Self.keep([1], in: vault)
            #expect(try await vault.isWhole(kept.digest))
            #expect(FileManager.default.contents(atPath: root + "/ailleurs") == Data([1]))
        }
    }

    @Test func aDamagedFileIsNoticed() async throws {
        try await withVault { vault, _, _ in
            let kept = try await Self.keep([1, 2], in: vault)
            try Data([1, 3]).write(to: URL(fileURLWithPath: vault.path(of: kept.digest)))
            #expect(try await !vault.isWhole(kept.digest))
            #expect(try await !vault.isWhole(FileDigest(of: [5])))
        }
    }

    @Test func onlyOldFilesThatNothingNamesAreSwept() async throws {
        try await withVault { vault, _, root in
            let now = Surroundings.live().now()
            let named = try await Self.keep([1], in: vault)
            let orphan = try await Self.keep([2], in: vault)
            let again = try await Self.keep([3], in: vault)
            _ = try await vault.workFolder().receive("reste", limit: 9)
            let unfinished = try await vault.receive(limit: 9)
            let tomorrow = now + .hours(25)
            #expect(try await vault.sweep(at: now) { _ in [] } == 0, "they are young")
            func age(_ file: FileVault.Kept) throws {
                let longAgo = Date(timeIntervalSinceNow: -90_000)
                try FileManager.default.setAttributes(
                    [.modificationDate: longAgo], ofItemAtPath: vault.path(of: file.digest))
            }
            for file in [named, orphan, again] { try age(file) }
            // It is kept again while the sweep asks about it: its name is young when it would go.
            let count = try await vault.sweep(at: now) { batch in
                if batch.contains(again.digest) { _ = try await Self.keep([3], in: vault) }
                return [named.digest]
            }
            #expect(count == 1)
            #expect(try await vault.isWhole(named.digest))
            #expect(try await vault.isWhole(again.digest))
            #expect(try await vault.open(orphan.digest) == nil)
            #expect(try await vault.sweep(at: tomorrow) { Set($0) } == 2, "what uploads left")
            #expect(Self.files(under: root + "/vault/incoming").isEmpty)
            await unfinished.discard()
        }
    }

    @Test func aDigestIsReadFromItsOwnFormOnly() {
        let text = FileDigest(of: [1]).text
        #expect(FileDigest(text: text)?.text == text)
        for wrong in [text.uppercased(), String(text.dropLast()), text + "0", "../" + text.dropFirst(3), ""] {
            #expect(FileDigest(text: wrong) == nil)
        }
    }
}

@Suite("A turnstile") struct TurnstileTests {
    private final class Gate: Sendable {
        let isOpen = Atomic<Bool>(false)
    }

    @Test func soManyPassAtOnceAndTheRestWaitOrAreTurnedAway() async throws {
        let turnstile = Turnstile(width: 2, queue: 3)
        let gate = Gate()
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    (try? await turnstile.pass {
                        while !gate.isOpen.load(ordering: .acquiring) { await Task.yield() }
                        return true
                    }) ?? false
                }
            }
            while turnstile.running < 2 { await Task.yield() }
            for _ in 0..<3 { group.addTask { (try? await turnstile.pass { turnstile.running <= 2 }) ?? false } }
            while turnstile.waiting < 3 { await Task.yield() }
            await #expect(throws: Throttled.self) { try await turnstile.pass {} }
            gate.isOpen.store(true, ordering: .releasing)
            var results: [Bool] = []
            for await result in group { results.append(result) }
            return results
        }
        #expect(results == [true, true, true, true, true])
        #expect(turnstile.running == 0)
    }
}
