import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Documents sent piece by piece") struct UploadTests {
    private static func begin(
        _ world: AttachmentWorld, _ draft: Candidacy.ID, _ question: String = "lettres", size: Int = 1_000,
        name: String = "lettre.pdf", part: String? = nil
    ) async throws -> BeginUpload {
        let made: String
        if let part { made = part } else { made = try await world.vault.beginPart() }
        return BeginUpload(
            candidacy: draft, question: question, name: name, size: size, part: made, shelf: world.calls.shelf)
    }

    // ATT-11
    @Test(arguments: TestEngine.available)
    func aDocumentArrivesInPiecesAndIsAttachedOnce(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            let bytes = SampleDocuments.pdf("Lettre")
            let upload = try await world.desk.perform(
                try await Self.begin(world, draft.id, size: bytes.count), as: ada)
            #expect(try await world.vault.size(ofPart: upload.part) == 0)
            let size = try await world.vault.append(toPart: upload.part) { first in
                await #expect(throws: PartBusy.self) {
                    _ = try await world.vault.append(toPart: upload.part) { $0.size }
                }
                try await first.write(Array(bytes.prefix(100)), limit: upload.size)
                await #expect(throws: FileTooLong.self) { try await first.write(bytes, limit: upload.size) }
                return first.size
            }
            #expect(size == 100)
        }
    }

    // ATT-11, ATT-1
    @Test(arguments: TestEngine.available)
    func whatCouldNotBeAttachedIsRefusedBeforeAByteIsSent(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let (ada, eve) = (try await world.calls.person("ada"), try await world.calls.person("eve"))
            let draft = try await world.calls.start(by: ada)
            let reader = try await world.member("zoe", of: draft.id, .reader, invitedBy: ada)
            func refused(_ act: BeginUpload, _ field: String) async throws -> String {
                (try await world.calls.refusal(act, as: ada) as? Problems)?.messages(for: field).first ?? ""
            }
            #expect(try await refused(try await Self.begin(world, draft.id, size: 0), "lettres").contains("est vide"))
            #expect(
                try await refused(try await Self.begin(world, draft.id, "statuts", size: 5_001), "statuts")
                    .contains("dépasse 5"))
            let act = try await Self.begin(world, draft.id)
            #expect(try await world.calls.refusal(act, as: reader) is Denied)
            #expect(try await world.calls.refusal(act, as: eve) is Missing)
            #expect(try await world.calls.refusal(act, as: .visitor) is Missing)
            #expect(try await world.calls.refusal(try await Self.begin(world, draft.id, "titre"), as: ada) is Missing)
            try await world.attach([AttachmentWorld.invented(1)], to: "statuts", of: draft.id, by: ada)
            #expect(
                try await refused(try await Self.begin(world, draft.id, "statuts"), "statuts")
                    .contains("Un seul document"))
            for _ in 0..<CandidacyUpload.mostAtOnce {
                _ = try await world.desk.perform(try await Self.begin(world, draft.id), as: ada)
            }
            #expect(try await refused(try await Self.begin(world, draft.id), "lettres").contains("Trop d’envois"))
        }
    }

    // ATT-11
    @Test(arguments: TestEngine.available)
    func onlyWhoBeganItFinishesOrCancelsIt(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let (ada, eve) = (try await world.calls.person("ada"), try await world.calls.person("eve"))
            let draft = try await world.calls.start(by: ada)
            let bob = try await world.member("bob", of: draft.id, .writer, invitedBy: ada)
            let upload = try await world.desk.perform(try await Self.begin(world, draft.id), as: ada)
            let kept = try await world.pdf("Lettre")
            let finish = FinishUpload(candidacy: draft.id, upload: upload.id, file: kept, shelf: world.calls.shelf)
            let cancel = CancelUpload(candidacy: draft.id, upload: upload.id)
            for person in [bob, eve, .visitor] {
                #expect(try await world.calls.refusal(finish, as: person) is Missing)
                #expect(try await world.calls.refusal(cancel, as: person) is Missing)
            }
            #expect(try await world.desk.perform(finish, as: ada).added.map(\.name) == ["Lettre.pdf"])
            #expect(try await world.calls.refusal(finish, as: ada) is Missing, "once")
            #expect(try await world.files(of: draft.id).count == 1)

            let other = try await world.desk.perform(try await Self.begin(world, draft.id), as: ada)
            try await world.desk.perform(CancelUpload(candidacy: draft.id, upload: other.id), as: ada)
            #expect(
                try await world.calls.refusal(CancelUpload(candidacy: draft.id, upload: other.id), as: ada) is Missing)
            // What is begun and left is forgotten.
            _ = try await world.desk.perform(try await Self.begin(world, draft.id), as: ada)
            #expect(try await world.calls.refusal(SweepUploads(), as: ada) is Missing)
            #expect(try await world.desk.perform(SweepUploads(), as: .house) == 0)
            world.clock.advance(by: .days(3))
            #expect(try await world.desk.perform(SweepUploads(), as: .house) == 1)
        }
    }

    /// A page sends the next bytes as soon as the former are answered.
    @Test func aPartThatWasLeftIsFreeAtOnce() async throws {
        try await AttachmentWorld.on(.sqlite) { world in
            let name = try await world.vault.beginPart()
            for count in 0..<400 {
                try await world.vault.append(toPart: name) { part in
                    #expect(part.size == count)
                    try await part.write([46], limit: 400)
                }
            }
            #expect(try await world.vault.size(ofPart: name) == 400)
        }
    }

    // ATT-11, ATT-7
    @Test func aPartIsAFileOfTheVaultOnlyOnceItIsWhole() async throws {
        try await AttachmentWorld.on(.sqlite) { world in
            let bytes = SampleDocuments.pdf("Lettre")
            let name = try await world.vault.beginPart()
            for piece in [bytes.prefix(10), bytes.dropFirst(10).prefix(300), bytes.dropFirst(310)] {
                try await world.vault.append(toPart: name) { try await $0.write(Array(piece), limit: bytes.count) }
            }
            var file = try #require(try await world.vault.file(ofPart: name))
            #expect(file.count == bytes.count && file.digest == FileDigest(of: bytes))
            // Not yet the whole: it goes on arriving.
            file.leave()
            #expect(try await world.vault.size(ofPart: name) == bytes.count)
            file = try #require(try await world.vault.file(ofPart: name))
            let kept = try await world.intake.keep(file, named: "Lettre.pdf", accepted: [.pdf])
            #expect(kept.digest == FileDigest(of: bytes))
            #expect(try await world.vault.isWhole(kept.digest))
            #expect(try await world.vault.size(ofPart: name) == nil)
            #expect(try await world.vault.append(toPart: name) { $0.size } == nil)
            let other = try await world.vault.beginPart()
            try await world.vault.cancelPart(other)
            #expect(try await world.vault.file(ofPart: other) == nil)
            for wrong in ["../../etc/passwd", "part-..", "part-" + String(repeating: "g", count: 32), ""] {
                await #expect(throws: StorageError.self) { _ = try await world.vault.size(ofPart: wrong) }
            }
        }
    }
}
