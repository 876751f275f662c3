import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Documents looked at by an antivirus", .serialized) struct FileScanTests {
    private static func scans(_ world: AttachmentWorld, _ files: [ReceivedFile]) async throws -> [FileScan?] {
        try await world.database.read { reader in
            let known = try FileScanStore.scans(of: files.map(\.digest), reader)
            return files.map { known[$0.digest] }
        }
    }

    // ATT-12
    @Test(arguments: TestEngine.available)
    func eachDocumentIsLookedAtOnceAndNothingWaitsForIt(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            let clean = try await world.pdf("Statuts")
            let bad = try await world.receive(
                SampleDocuments.pdf("Lettre") + FakeClamd.eicar + Array("\n%%EOF\n".utf8), named: "lettre.pdf")
            let large = try await world.receive(
                SampleDocuments.pdf("Grand") + [UInt8](repeating: 0x20, count: 200_000) + Array("%%EOF\n".utf8),
                named: "grand.pdf")
            try await world.attach([clean], to: "statuts", of: draft.id, by: ada)
            try await world.attach([bad, large], to: "lettres", of: draft.id, by: ada)
            let scanner = ClamSocket(path: world.folder + "/clamd", patience: 5)
            let scanning = FileScanning(desk: world.desk, vault: world.vault, socket: scanner)
            // The scanner is down: nothing is written, and the deposit is made all the same.
            await #expect(throws: StorageError.self) { try await scanning.round() }
            #expect(try await Self.scans(world, [clean, bad, large]) == [nil, nil, nil])
            try await world.calls.save(draft.id, "projet", [.init("titre", "La Fosse")], by: ada)
            let deposited = try await world.calls.deposit(try await world.calls.read(draft.id), 1, by: ada)
            #expect(deposited.deposit.files.count == 3)

            let clamd = try FakeClamd(path: scanner.path, limit: 150_000)
            defer { clamd.stop() }
            #expect(try await scanning.round() == 3)
            let found = try await Self.scans(world, [clean, bad, large])
            #expect(found.map { $0?.state } == [.clean, .infected, .failed])
            #expect(found[1]?.finding == "Maillage.Test.EICAR")
            #expect(found[2]?.finding.contains("size limit") == true)
            #expect(clamd.files.contains { FileDigest(of: $0) == clean.digest }, "it was shown every byte")
            #expect(try await scanning.round() == 0, "what failed waits before it is asked again")
            world.clock.advance(by: .minutes(11))
            #expect(try await scanning.round() == 1)
            #expect(try await Self.scans(world, [large]).first??.attempts == 2)
            for _ in 0..<6 {
                world.clock.advance(by: .minutes(11))
                _ = try await scanning.round()
            }
            #expect(try await Self.scans(world, [large]).first??.attempts == FileScan.mostAttempts)
        }
    }

    // ATT-12
    @Test func onlyTheProgramWritesWhatAScannerSaid() async throws {
        try await AttachmentWorld.on(.sqlite) { world in
            let ada = try await world.calls.person("ada")
            let act = RecordFileScan(file: FileDigest(of: [1]), verdict: .clean)
            #expect(try await world.calls.refusal(act, as: ada) is Missing)
            #expect(try await world.calls.refusal(act, as: try await world.calls.calls.coordinator()) is Missing)
        }
    }

    @Test func whatClamdSaysIsRead() {
        #expect(ClamSocket.verdict("stream: OK") == .clean)
        #expect(ClamSocket.verdict("stream: Win.Test.EICAR_HDB-1 FOUND") == .infected("Win.Test.EICAR_HDB-1"))
        #expect(
            ClamSocket.verdict("INSTREAM size limit exceeded. ERROR") == .failed("INSTREAM size limit exceeded. ERROR"))
        #expect(ClamSocket.verdict("") == .failed(""))
        #expect(ClamSocket.verdict("n’importe quoi") == .failed("n’importe quoi"))
    }
}
