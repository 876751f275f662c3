import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// BAK-7
@Suite struct VaultLookTests {
    @Test(arguments: TestEngine.available)
    func eachFileThatARowNamesIsThereWholeAndOfItsSize(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            let kept = try await world.pdf("Statuts")
            let alone = try await world.pdf("Jamais joint")
            try await world.attach([kept], to: "statuts", of: draft.id, by: ada)
            // The disk's clock is today's; the world's must be ahead of it for a file to be old.
            let ahead = Instant(seconds: Int64(Date().timeIntervalSince1970)) + .days(2)
            if world.clock.now < ahead { world.goTo(ahead) }
            func look() async throws -> VaultUpkeep.Look {
                try await VaultUpkeep.look(world.database, world.vault, at: world.clock.now)
            }
            let whole = try await look()
            #expect(whole.count == 1 && whole.faults.isEmpty)
            #expect(whole.unnamed == [alone.digest], "told, and no fault")
            #expect(try await VaultUpkeep.missing(world.database, world.vault, at: world.clock.now).isEmpty)

            let path = URL(fileURLWithPath: world.vault.path(of: kept.digest))
            let bytes = try Data(contentsOf: path)
            func fault() async throws -> String {
                let found = try await look()
                #expect(found.faults.count == 1)
                return found.faults.first ?? ""
            }
            try bytes.dropLast().write(to: path)
            #expect(try await fault().contains("has \(bytes.count - 1) bytes, the row says \(bytes.count)"))
            var changed = bytes
            changed[changed.count / 2] ^= 1
            try changed.write(to: path)
            #expect(try await fault().contains("\(kept.digest) is damaged"))
            try FileManager.default.removeItem(at: path)
            let line = try await fault()
            #expect(line.hasPrefix("candidacy_file ") && line.hasSuffix("\(kept.digest) is missing"))
            #expect(try await VaultUpkeep.missing(world.database, world.vault, at: world.clock.now) == [kept.digest])
        }
    }
}
