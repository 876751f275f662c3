import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Documents of a candidacy") struct AttachmentTests {
    private static func problem(_ error: any Error, _ field: String) -> String {
        (error as? Problems)?.messages(for: field).first ?? "\(error)"
    }

    // ATT-1, ATT-6, CAND-5
    @Test(arguments: TestEngine.available)
    func aDocumentIsAnAnswerOfTheDraft(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            let missing = try await world.database.read {
                try CandidacyDossier.own(ada, draft.id, at: world.clock.now, shelf: world.calls.shelf, $0).review
                    .shortfalls
            }
            #expect(missing.map(\.about) == ["Titre du projet", "Statuts"])
            let kept = try await world.pdf("Statuts signés")
            let outcome = try await world.attach([kept], to: "statuts", of: draft.id, by: ada)
            #expect(outcome.candidacy.version == draft.version + 1)
            let file = try #require(try await world.files(of: draft.id).first)
            #expect(file.name == "Statuts signés.pdf" && file.family == .pdf && file.size == kept.size)
            #expect(file.addedBy == ada.account && file.addedAt == world.clock.now)
            #expect(try await world.vault.isWhole(file.digest))
            let answers = try await world.answered(draft.id, "statuts")
            #expect(answers == [file.answer(datedOn: nil)])
            #expect(answers.first?.datedOn == CivilDate(year: 2026, month: 9, day: 22))
            // A text written on the version of before is no conflict, and keeps the document.
            let saved = try await world.calls.save(
                draft.id, "projet", [.init("titre", "La Fosse")], at: draft.version, by: ada)
            #expect(try await world.answered(saved.id, "statuts").count == 1)
            let left = try await world.database.read {
                try CandidacyDossier.own(ada, draft.id, at: world.clock.now, shelf: world.calls.shelf, $0).review
                    .shortfalls
            }
            #expect(left.isEmpty)
            // The same bytes again change nothing: a form sent twice is one document.
            let again = try await world.attach([kept], to: "statuts", of: draft.id, by: ada)
            #expect(again.added.isEmpty && again.known == ["Statuts signés.pdf"])
            #expect(again.candidacy.version == saved.version)
        }
    }

    // ATT-6
    @Test(arguments: TestEngine.available)
    func documentsAreReplacedRenamedAndTakenAway(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            let files = (1...3).map { AttachmentWorld.invented($0) }
            try await world.attach(files, to: "lettres", of: draft.id, by: ada)
            let second = try await world.files(of: draft.id)[1]
            let outcome = try await world.attach(
                [AttachmentWorld.invented(9)], to: "lettres", of: draft.id, replacing: second.id, by: ada)
            #expect(outcome.candidacy.version == draft.version + 2)
            #expect(
                try await world.answered(draft.id, "lettres").map(\.name) == [
                    "document-1.pdf", "document-9.pdf", "document-3.pdf",
                ])
            let third = try #require(try await world.files(of: draft.id).first { $0.name == "document-3.pdf" })
            let rename = RenameAttachment(
                candidacy: draft.id, file: third.id, name: "Lettre de la\u{202E} mairie\u{0}/2026",
                shelf: world.calls.shelf)
            #expect(try await world.desk.perform(rename, as: ada).name == "Lettre de la mairie -2026.pdf")
            #expect(try await world.answered(draft.id, "lettres").last?.name == "Lettre de la mairie -2026.pdf")
            let blank = RenameAttachment(
                candidacy: draft.id, file: third.id, name: " \u{200B}", shelf: world.calls.shelf)
            #expect(Self.problem(try await world.calls.refusal(blank, as: ada), "nom").contains("Écrivez un nom"))
            _ = try await world.desk.perform(
                RemoveAttachment(candidacy: draft.id, file: third.id, shelf: world.calls.shelf), as: ada)
            #expect(try await world.answered(draft.id, "lettres").count == 2)
            let gone = RemoveAttachment(candidacy: draft.id, file: third.id, shelf: world.calls.shelf)
            #expect(try await world.calls.refusal(gone, as: ada) is Missing)
            // What the draft held before each change can still be read.
            let saves = try await world.database.read { try CandidacySaveStore.saves(of: draft.id, $0) }
            #expect(saves.first?.keys == ["lettres"] && saves.first?.section == "pieces")
            guard case .files(let former) = saves.first?.former["lettres"] else { throw Missing() }
            #expect(former.count == 3)
        }
    }

    // ATT-2, ATT-5
    @Test(arguments: TestEngine.available)
    func whatDoesNotFitIsRefusedWithWhatToDo(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            func refused(_ files: [ReceivedFile], to question: String) async throws -> String {
                Self.problem(
                    try await world.calls.refusal(world.attaching(files, to: question, of: draft.id), as: ada), question
                )
            }
            #expect(try await refused([], to: "statuts").contains("Choisissez un document"))
            #expect(
                try await refused([AttachmentWorld.invented(1, family: .jpeg)], to: "statuts").contains(
                    "Formats acceptés\u{202F}: PDF, ODT"))
            #expect(try await refused([AttachmentWorld.invented(1, size: 5_001)], to: "statuts").contains("dépasse 5"))
            #expect(
                try await refused((1...4).map { AttachmentWorld.invented($0) }, to: "lettres").contains(
                    "Au plus 3 documents"))
            try await world.attach([AttachmentWorld.invented(1)], to: "statuts", of: draft.id, by: ada)
            #expect(try await refused([AttachmentWorld.invented(2)], to: "statuts").contains("Un seul document"))
            for question in ["titre", "inconnue", "piece_titre"] {
                let act = world.attaching([AttachmentWorld.invented(1)], to: question, of: draft.id)
                #expect(try await world.calls.refusal(act, as: ada) is Missing, "\(question)")
            }
            // A document of another question takes no place here.
            try await world.attach([AttachmentWorld.invented(7)], to: "lettres", of: draft.id, by: ada)
            let letter = try #require(try await world.files(of: draft.id).last)
            let crossed = world.attaching(
                [AttachmentWorld.invented(8)], to: "statuts", of: draft.id, replacing: letter.id)
            #expect(try await world.calls.refusal(crossed, as: ada) is Missing)
        }
    }

    // ATT-5
    @Test(arguments: TestEngine.available)
    func aCandidacyAndAPersonHoldSoMuch(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            // As if the form had allowed large files once.
            try await world.database.write { writer in
                for number in 0..<3 {
                    try CandidacyFileStore.insert(
                        CandidacyFile(
                            id: world.desk.surroundings.identifier(), candidacy: draft.id, question: "autre",
                            name: "grand.pdf", family: .pdf, size: 99_999_900,
                            digest: FileDigest(of: [UInt8(number)]), addedAt: world.clock.now, addedBy: nil,
                            removedAt: nil), writer)
                }
            }
            let act = world.attaching([AttachmentWorld.invented(1, size: 1_000)], to: "lettres", of: draft.id)
            #expect(
                Self.problem(try await world.calls.refusal(act, as: ada), "lettres").contains("300\u{A0}Mo en tout"))
            let other = try await world.calls.start(by: ada)
            #expect(other.id != draft.id)
            try await world.database.write { writer in
                _ = try writer.run("UPDATE candidacy_file SET size = 333333333")
            }
            let second = world.attaching([AttachmentWorld.invented(1, size: 1_000)], to: "lettres", of: other.id)
            #expect(
                Self.problem(try await world.calls.refusal(second, as: ada), "lettres").contains("anciens brouillons"))
        }
    }

    // ATT-1, CAND-1, CAND-3
    @Test(arguments: TestEngine.available)
    func onlyThoseWhoWriteTheSectionAttach(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let (ada, eve) = (try await world.calls.person("ada"), try await world.calls.person("eve"))
            let coordinator = try await world.calls.calls.coordinator()
            let draft = try await world.calls.start(by: ada)
            let writer = try await world.member("bob", of: draft.id, .writer, sections: ["pieces"], invitedBy: ada)
            let elsewhere = try await world.member("eli", of: draft.id, .writer, sections: ["projet"], invitedBy: ada)
            let reader = try await world.member("zoe", of: draft.id, .reader, invitedBy: ada)
            try await world.attach([AttachmentWorld.invented(1)], to: "statuts", of: draft.id, by: writer)
            let file = try #require(try await world.files(of: draft.id).first)
            let (attach, remove, rename) = (
                world.attaching([AttachmentWorld.invented(2)], to: "lettres", of: draft.id),
                RemoveAttachment(candidacy: draft.id, file: file.id, shelf: world.calls.shelf),
                RenameAttachment(candidacy: draft.id, file: file.id, name: "Autre", shelf: world.calls.shelf)
            )
            for person in [elsewhere, reader] {
                #expect(try await world.calls.refusal(attach, as: person) is Denied)
                #expect(try await world.calls.refusal(remove, as: person) is Denied)
                #expect(try await world.calls.refusal(rename, as: person) is Denied)
                #expect(try await world.read(draft.id, file.id, as: person) == file, "who takes part reads")
            }
            for person in [eve, coordinator, .visitor] {
                #expect(try await world.calls.refusal(attach, as: person) is Missing)
                #expect(try await world.calls.refusal(remove, as: person) is Missing)
                #expect(try await world.calls.refusal(rename, as: person) is Missing)
                await #expect(throws: Missing.self) { try await world.read(draft.id, file.id, as: person) }
            }
            // A file is found through its own candidacy alone.
            let other = try await world.calls.start(by: eve)
            await #expect(throws: Missing.self) { try await world.read(other.id, file.id, as: eve) }
            let foreign = RemoveAttachment(candidacy: other.id, file: file.id, shelf: world.calls.shelf)
            #expect(try await world.calls.refusal(foreign, as: eve) is Missing)
        }
    }

    // ATT-8, CAND-11, CAND-12
    @Test(arguments: TestEngine.available)
    func whatIsDepositedIsFrozen(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let coordinator = try await world.calls.calls.coordinator()
            let draft = try await world.calls.start(by: ada)
            try await world.calls.save(draft.id, "projet", [.init("titre", "La Fosse")], by: ada)
            let kept = try await world.pdf("Statuts")
            try await world.attach([kept], to: "statuts", of: draft.id, by: ada)
            let file = try #require(try await world.files(of: draft.id).first)
            let first = try await world.calls.deposit(try await world.calls.read(draft.id), 1, by: ada)
            let print = try #require(Fingerprint(text: kept.digest.text))
            #expect(first.receipt.receipt.files == [.init(name: "Statuts.pdf", size: kept.size, fingerprint: print)])
            #expect(first.deposit.files == first.receipt.receipt.files)
            #expect(first.deposit.snapshot.contains(kept.digest.text) && first.deposit.snapshot.contains(file.id.text))

            // The draft goes on; the deposit stays as it was.
            _ = try await world.desk.perform(
                RenameAttachment(candidacy: draft.id, file: file.id, name: "Anciens statuts", shelf: world.calls.shelf),
                as: ada)
            _ = try await world.desk.perform(
                RemoveAttachment(candidacy: draft.id, file: file.id, shelf: world.calls.shelf), as: ada)
            let deposit = try #require(
                try await world.database.read { try CandidacyDepositStore.deposits(of: draft.id, $0) }.first)
            #expect(deposit.files.first?.name == "Statuts.pdf")
            #expect(
                try await world.read(draft.id, file.id, as: ada) == file.renamed("Anciens statuts.pdf", world.clock.now)
            )
            await #expect(throws: Denied.self, "closed until the limit") {
                try await world.open(draft.id, file.id, as: coordinator)
            }
            world.goTo(CandidacyWorld.closing + .days(60))
            #expect(try await VaultUpkeep.sweep(world.desk, world.vault) == 0, "the deposit keeps its bytes for ever")
            #expect(try await world.open(draft.id, file.id, as: coordinator).digest == file.digest)
            let whole = try await VaultUpkeep.look(world.database, world.vault, at: world.clock.now)
            #expect(whole.faults.isEmpty && whole.count == 1)
            let eve = try await world.calls.person("eve")
            await #expect(throws: (any Error).self) { try await world.open(draft.id, file.id, as: eve) }
        }
    }

    // ATT-7, ATT-8
    @Test(arguments: TestEngine.available)
    func whatNobodyNamesLeavesTheVault(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            let kept = try await world.pdf("Statuts")
            _ = try await world.pdf("Jamais joint")
            try await world.attach([kept], to: "statuts", of: draft.id, by: ada)
            let file = try #require(try await world.files(of: draft.id).first)
            func sweep() async throws -> Int { try await VaultUpkeep.sweep(world.desk, world.vault) }
            // The disk's clock is today's; the world's must be ahead of it for a file to be old.
            let ahead = Instant(seconds: Int64(Date().timeIntervalSince1970)) + .days(2)
            if world.clock.now < ahead { world.goTo(ahead) }
            #expect(try await sweep() == 1, "received and never attached")
            #expect(try await world.vault.isWhole(kept.digest))
            try await world.database.write { try CandidacyFileStore.remove(file.id, at: world.clock.now, $0) }
            #expect(try await sweep() == 0, "taken away lately")
            world.clock.advance(by: .days(31))
            #expect(try await sweep() == 1)
            let whole = try await VaultUpkeep.look(world.database, world.vault, at: world.clock.now)
            #expect(whole.faults.isEmpty && whole.count == 0)
        }
    }

    // ATT-6, CAND-6
    @Test(arguments: TestEngine.available)
    func aDepositedCandidacyChangesNoMoreOnceItsLimitHasPassed(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ada = try await world.calls.person("ada")
            let draft = try await world.calls.start(by: ada)
            try await world.calls.save(draft.id, "projet", [.init("titre", "La Fosse")], by: ada)
            try await world.attach([AttachmentWorld.invented(1)], to: "statuts", of: draft.id, by: ada)
            _ = try await world.calls.deposit(try await world.calls.read(draft.id), 1, by: ada)
            world.goTo(CandidacyWorld.closing)
            let file = try #require(try await world.files(of: draft.id).first)
            let attach = world.attaching([AttachmentWorld.invented(2)], to: "lettres", of: draft.id)
            #expect(try await world.calls.refusal(attach, as: ada) is Problems)
            let remove = RemoveAttachment(candidacy: draft.id, file: file.id, shelf: world.calls.shelf)
            #expect(try await world.calls.refusal(remove, as: ada) is Problems)
            let rename = RenameAttachment(candidacy: draft.id, file: file.id, name: "Autre", shelf: world.calls.shelf)
            #expect(try await world.calls.refusal(rename, as: ada) is Problems)
        }
    }

    // ATT-2, ATT-4
    @Test func whatIsTakenInIsWhatItsBytesSay() async throws {
        try await AttachmentWorld.on(.sqlite) { world in
            func refused(_ bytes: [UInt8], _ name: String, _ accepted: [FileFamily] = [.pdf, .odt]) async -> String {
                do {
                    return "taken as \(try await world.receive(bytes, named: name, accepted: accepted).family)"
                } catch {
                    return Self.problem(error, "")
                }
            }
            let odt = try await world.receive(try SampleDocuments.odt("Bonjour"), named: "C:\\docs\\Statuts.pdf")
            #expect(odt.family == .odt && odt.name == "C--docs-Statuts.pdf.odt")
            #expect(try await world.receive(SampleDocuments.png, named: "tampon").name == "tampon.png")
            #expect(try await world.receive(try SampleDocuments.ods("1"), named: "b.ODS").name == "b.ods")
            #expect(await refused(SampleDocuments.png, "statuts.pdf").contains("est un fichier PNG"))
            #expect(await refused(Array("MZ programme".utf8), "statuts.pdf").contains("n’est pas d’un format reconnu"))
            #expect(await refused(Array(SampleDocuments.pdf("a").dropLast(20)), "statuts.pdf").contains("incomplet"))
            #expect(await refused([], "statuts.pdf").contains("vide"))
            // Nothing is left of what was refused.
            #expect(try FileManager.default.contentsOfDirectory(atPath: world.folder + "/vault/incoming").isEmpty)
        }
    }

    // ATT-3
    @Test func aNameIsDataAndNeverAPath() {
        func clean(_ name: String, _ kind: DocumentKind = .pdf) -> String { AttachmentName.clean(name, kind) }
        #expect(clean("Statuts à jour.PDF") == "Statuts à jour.pdf")
        #expect(clean("e\u{301}te\u{301}.pdf") == "été.pdf")
        #expect(clean("fdp.\u{202E}cod.pdf") == "fdp.cod.pdf")
        #expect(clean("../../etc/passwd") == "-..-etc-passwd.pdf")
        #expect(clean("a\r\nb\0c.pdf") == "a b c.pdf")
        #expect(clean(".pdf") == "document.pdf" && clean("") == "document.pdf" && clean("   ") == "document.pdf")
        #expect(clean("photo.jpeg", .jpeg) == "photo.jpeg" && clean("photo.png", .jpeg) == "photo.png.jpg")
        let long = clean(String(repeating: "é", count: 300) + ".pdf")
        #expect(long.utf8.count <= AttachmentName.longest && long.hasSuffix("é.pdf"))
        let pile = clean("a" + String(repeating: "\u{301}", count: 500) + "b.pdf")
        #expect(pile == "b.pdf")
        let families = clean(String(repeating: "👩‍👩‍👧‍👦", count: 40) + ".odt", .odt)
        #expect(families.utf8.count <= AttachmentName.longest && families.hasSuffix(".odt"))
        for name in ["\u{FEFF}", "\u{2066}x\u{2069}", "con", "a\u{AD}b", "\t"] {
            let cleaned = clean(name)
            #expect(
                cleaned.unicodeScalars.allSatisfy {
                    $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                })
        }
    }
}

extension AttachmentWorld {
    func read(_ candidacy: Candidacy.ID, _ file: CandidacyFile.ID, as principal: Principal) async throws
        -> CandidacyFile
    {
        try await database.read { try DepositedFiles.own(principal, candidacy, file, $0) }
    }

    /// As those who keep the call open it.
    func open(_ candidacy: Candidacy.ID, _ file: CandidacyFile.ID, as principal: Principal) async throws
        -> CandidacyFile
    {
        let (call, now) = (calls.call, clock.now)
        return try await database.read { reader in
            try DepositedFiles.opened(
                try OpenedCandidacy.open(principal, candidacy, in: call, at: now, shelf: calls.shelf, reader), file,
                reader)
        }
    }
}

extension CandidacyFile {
    fileprivate func renamed(_ name: String, _ now: Instant) -> CandidacyFile {
        CandidacyFile(
            id: id, candidacy: candidacy, question: question, name: name, family: family, size: size, digest: digest,
            addedAt: addedAt, addedBy: addedBy, removedAt: now)
    }
}
