import Foundation
import Storage
import Synchronization
import Testing

@testable import Maillage

/// BAK-9
@Suite("Files read again") struct VaultScrubTests {
    private static let start = Instant(seconds: 1_795_324_000)

    private struct World {
        let data: String
        let vault: FileVault
        let files: [FileVault.Kept]
        let clock: FixedClock

        func scrub(_ rate: Int = 1 << 30, missing: [FileDigest] = []) -> VaultScrub {
            VaultScrub(
                vault: vault, dataDirectory: data, rate: rate, pause: .days(7), now: { clock.now }, missing: { missing }
            )
        }

        var state: ScrubState { .read(dataDirectory: data) }
    }

    private func withVault(_ count: Int, _ size: Int = 100, _ body: (World) async throws -> Void) async throws {
        let data = FileManager.default.temporaryDirectory.path + "/scrub-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: data) }
        let vault = FileVault(directory: data + "/vault")
        var files: [FileVault.Kept] = []
        for index in 0..<count {
            var pieces = [[UInt8](repeating: UInt8(truncatingIfNeeded: index), count: size + index)]
            files.append(try await vault.keep(limit: 1 << 20) { pieces.popLast() })
        }
        let (_, clock) = Surroundings.fixed(at: Self.start)
        try await body(World(data: data, vault: vault, files: files, clock: clock))
    }

    @Test func damagedAndMissingFilesAreNamed() async throws {
        try await withVault(120) { world in
            let lost = FileDigest(of: [7])
            let scrub = world.scrub(missing: [lost])
            #expect(scrub.isDue())
            let changed = [world.files[3].digest, world.files[77].digest]
            for file in changed { try Data([0]).write(to: URL(fileURLWithPath: world.vault.path(of: file))) }
            let pass = try await scrub.pass()
            #expect(pass.files == 120)
            #expect(Set(pass.damaged) == Set(changed))
            #expect(pass.missing == [lost] && !pass.isClean)
            #expect(world.state.last == pass && world.state.startedAt == nil)
            #expect(Set(world.state.faults) == Set(changed + [lost]))
            #expect(!scrub.isDue(), "a week")
            world.clock.advance(by: .days(7))
            #expect(scrub.isDue())
            // Put back from a backup: the next pass says so.
            for (index, kept) in world.files.enumerated() where changed.contains(kept.digest) {
                let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: 100 + index)
                try Data(bytes).write(to: URL(fileURLWithPath: world.vault.path(of: kept.digest)))
            }
            #expect(try await world.scrub().pass().isClean)
            #expect(world.state.faults.isEmpty)
        }
    }

    @Test func whatTheDiskCannotReadIsDamaged() async throws {
        try await withVault(2) { world in
            let path = world.vault.path(of: world.files[0].digest)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            #expect(try await world.scrub().pass().damaged == [world.files[0].digest])
        }
    }

    @Test func aPassIsSlowAndGoesOnWhereItWasInterrupted() async throws {
        try await withVault(150, 1_000) { world in
            // 150 files of a kilobyte at 10 kB/s, a quarter of a minute; then at 100 kB/s.
            let first = Task { try await world.scrub(10_000).pass() }
            for _ in 0..<12_000 where world.state.files == 0 { try await Task.sleep(for: .milliseconds(5)) }
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            let stood = world.state
            #expect(stood.startedAt == Self.start && stood.files > 0 && stood.files < 150)
            world.clock.advance(by: .hours(1))
            let again = ContinuousClock.now
            let pass = try await world.scrub(100_000).pass()
            #expect(pass.files == 150, "each file once")
            #expect(pass.startedAt == Self.start && pass.endedAt == Self.start + .hours(1))
            let left = world.files.map(\.size).reduce(0, +) - stood.bytes
            let least = Duration.milliseconds(left * 1_000 / 100_000 - 50)
            #expect(ContinuousClock.now - again >= least, "never faster than asked")
        }
    }

    @Test func anEmptyVaultIsClean() async throws {
        try await withVault(0) { world in
            let pass = try await world.scrub().pass()
            #expect(pass.files == 0 && pass.isClean)
        }
    }
}
