import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

// CALL-17
@Suite("The archive of a call, read back") struct CallArchiveTests {
    /// A call whose limit has passed: a dossier with two documents that are there and one that is not, and another one.
    private static func play(
        _ engine: TestEngine, _ body: (AttachmentWorld, _ archive: [UInt8]) async throws -> Void
    ) async throws {
        try await AttachmentWorld.on(engine) { world in
            let holder = try await world.calls.person("porteuse")
            let draft = try await world.calls.start(by: holder)
            try await world.calls.save(draft.id, "projet", [.init("titre", "La Fosse")], by: holder)
            try await world.attach([try await world.pdf("statuts")], to: "statuts", of: draft.id, by: holder)
            try await world.attach(
                [try await world.pdf("lettre"), AttachmentWorld.invented(1)], to: "lettres", of: draft.id, by: holder)
            _ = try await world.calls.deposit(try await world.calls.read(draft.id), 1, by: holder)
            let other = try await world.calls.person("autre")
            let second = try await world.calls.start(by: other)
            try await world.calls.save(second.id, "projet", [.init("titre", "Le Puits")], by: other)
            try await world.attach([try await world.pdf("seconds")], to: "statuts", of: second.id, by: other)
            _ = try await world.calls.deposit(try await world.calls.read(second.id), 2, by: other)
            world.goTo(CandidacyWorld.closing + .hours(1))
            _ = try await world.desk.perform(OpenInstructions(shelf: world.calls.shelf), as: .house)
            try await body(world, try await bytes(of: world))
        }
    }

    private static func bytes(of world: AttachmentWorld, isScanned: Bool = false) async throws -> [UInt8] {
        let id = world.calls.call.id
        let call = try #require(try await world.database.read { try CallStore.call(.house, id, $0) })
        let archive = CallArchive(
            call,
            DossierBatches(
                world.database, .all(of: id), .house, at: world.clock.now, shelf: world.calls.shelf,
                readsAnswers: true),
            keys: world.calls.office.keys.all, isScanned: isScanned, at: world.clock.now, head: world.calls.head,
            vault: world.vault, world.database, others: [("jury-classement.csv", Array("rang\r\n1\r\n".utf8))],
            pages: CallArchive.Pages(
                index: { entries, _ in Array("<p>\(entries.count), \(entries.map(\.absent))".utf8) },
                dossier: { Array("<p>\($0.absent.map(\.reason).joined())".utf8) }))
        var bytes: [UInt8] = []
        try await archive.write { bytes += $0 }
        return bytes
    }

    private static func put(_ bytes: [UInt8], _ world: AttachmentWorld) throws -> String {
        let path = world.folder + "/" + UUID().uuidString + ".zip"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    private static func read(
        _ bytes: [UInt8], _ world: AttachmentWorld, keys: [ReceiptPublicKey]? = nil, vault: FileVault? = nil
    ) async throws -> (CallArchiveFile, CallArchiveReport) {
        let archive = try CallArchiveFile.open(try put(bytes, world))
        return (archive, try await CallArchiveReading(archive, keys: keys, vault: vault).run())
    }

    /// What opening or reading an archive is refused with.
    private static func problem(_ bytes: [UInt8], _ world: AttachmentWorld) async throws -> String {
        do {
            _ = try await read(bytes, world)
        } catch let problem as CallArchiveProblem {
            #expect(!problem.description.contains("\n"))
            return problem.description
        }
        return "nothing"
    }

    @Test("what is exported is verified to its last byte, and says what it lacks", arguments: TestEngine.available)
    func whole(_ engine: TestEngine) async throws {
        try await Self.play(engine) { world, bytes in
            let (archive, report) = try await Self.read(bytes, world)
            #expect(report.lines.count == 2 && report.refused.isEmpty && report.absent == 1 && report.hasOwnKeys)
            let manifest = archive.manifest
            #expect(try CallArchiveManifest(reading: manifest.bytes) == manifest)
            #expect(manifest.slug == world.calls.call.slug && manifest.address == "https://reseau.test")
            let first = try #require(manifest.dossiers.first)
            #expect(first.absent.map(\.name) == ["document-1.pdf"])
            #expect(first.absent.first?.reason.contains("introuvable") == true)
            #expect(first.files.map(\.kind) == [.deposit, .receipt, .document, .document, .page])
            #expect(first.depositor == "Porteuse" && first.stateLabel == "À instruire")
            // With other keys than those that signed, no receipt holds.
            let strange = try #require(ReceiptPublicKey(bytes: [UInt8](repeating: 7, count: 32), from: world.clock.now))
            let (_, other) = try await Self.read(bytes, world, keys: [strange])
            #expect(other.sound == 0 && !other.hasOwnKeys)
            let json = try JSONValue.parse(other.json)
            #expect(json["refused"]?.array?.count == 2 && json["dossiers"]?.int == 2)
            // What the scanner holds back is not there, and its page says so.
            let held = try await Self.bytes(of: world, isScanned: true)
            let (_, scanned) = try await Self.read(held, world)
            #expect(scanned.absent == 4 && scanned.refused.isEmpty)
            let pages = try RepackedArchive(held)
            #expect(String(decoding: pages[first.folder + "/index.html"], as: UTF8.self).contains("pas encore vérifié"))
            #expect(String(decoding: pages["index.html"], as: UTF8.self) == "<p>2, [3, 1]")
        }
    }

    @Test(
        "another network reads it back: apart, by the coordination alone, never twice", arguments: TestEngine.available)
    func imported(_ engine: TestEngine) async throws {
        try await Self.play(engine) { world, bytes in
            // It is refused where the call is.
            let (own, sound) = try await Self.read(bytes, world)
            let known = try await Self.refusal(of: ImportCallArchive(own, sound), world.desk)
            #expect("\(try #require(known))".contains("is here already"))
            try await CallWorld.on(engine, seed: 77) { other in
                let vault = FileVault(directory: world.folder + "/other")
                let (archive, report) = try await Self.read(bytes, world, vault: vault)
                let act = ImportCallArchive(archive, report)
                let coordinator = try await other.coordinator()
                #expect(try await other.refusal(act, as: coordinator) is Missing)
                let id = try await other.desk.perform(act, as: .house)
                let call = try #require(
                    try await other.database.read { try ArchivedCallStore.call(coordinator, id, $0) })
                #expect(call.title == world.calls.call.title && call.refused == 0 && call.hasOwnKeys)
                let (dossiers, texts, files) = try await other.database.read { reader in
                    (
                        try ArchivedCallStore.dossiers(of: id, limit: 10, offset: 0, reader),
                        try ArchivedCallStore.files(of: id, dossier: nil, reader),
                        try ArchivedCallStore.files(of: id, dossier: 1, reader)
                    )
                }
                #expect(dossiers.map(\.number) == [1, 2] && dossiers[0].structure == "Association La Fosse")
                #expect(texts.contains { $0.path == "jury-classement.csv" })
                #expect(files.map(\.isThere) == [true, true, true, true, false])
                for file in files + texts where file.isThere { #expect(try await vault.isWhole(file.digest)) }
                // Its answers and its receipt are read again, from its files alone.
                let dossier = try await ArchivedDossier.read(
                    dossiers[0], of: call, files: files, texts: texts, vault: vault)
                #expect(dossier.dossier?.state.answers["titre"] == .text("La Fosse"))
                #expect(dossier.receipt?.isValid == true)
                // The vault keeps what rows name; an antivirus looks at the documents.
                let digests = files.filter(\.isThere).map(\.digest)
                let now = other.clock.now
                let named = try await other.database.read { try VaultUpkeep.named(digests, at: now, $0) }
                #expect(named == Set(digests))
                #expect(try await other.database.read { try FileScanStore.waiting(at: now, limit: 9, $0) }.count == 3)
                // Nobody else learns anything of it.
                let stranger = try await other.person("dora")
                let funder = try await other.funder()
                for outsider in [stranger, funder, .visitor] {
                    let seen = try await other.database.read { reader in
                        (
                            try ArchivedCallStore.call(outsider, id, reader),
                            try ArchivedCallStore.all(outsider, reader).count
                        )
                    }
                    #expect(seen.0 == nil && seen.1 == 0)
                    #expect(try await other.refusal(RemoveArchivedCall(call: id), as: outsider) is Missing)
                    #expect(try await other.refusal(RecordArchiveDownload(files[0]), as: outsider) is Missing)
                }
                let again = try await Self.refusal(of: act, other.desk)
                #expect("\(try #require(again))".contains("was imported already"))
                try await other.desk.perform(RecordArchiveDownload(files[0]), as: coordinator)
                let nothing = RemoveArchivedCall(call: ArchivedCall.ID(5))
                #expect(try await other.refusal(nothing, as: coordinator) is Missing)
                try await other.desk.perform(RemoveArchivedCall(call: id), as: coordinator)
                let left = try await other.database.read { reader in
                    try (["archived_call", "archived_dossier", "archived_file"] as [SQL]).map {
                        try reader.count("SELECT COUNT(*) FROM \($0)")
                    }
                }
                #expect(left == [0, 0, 0])
                // BAK-8: read back once more, it is another one; the first is what an older network would lose again.
                let removed = try await other.database.read {
                    try CallErasure.archive.known(Instant(seconds: 0), $0)
                }
                #expect(removed.map(\.subject) == [id.number])
                let second = try await other.desk.perform(act, as: .house)
                #expect(second != id)
                #expect(
                    try await ErasureUpkeep.again(removed, other.desk, CallErasure.kinds)
                        == ErasureUpkeep.Outcome(again: 0, standing: 1))
                let asOfSecond = removed.map { Erasure(kind: $0.kind, subject: second.number, at: $0.at) }
                #expect(
                    try await ErasureUpkeep.again(asOfSecond, other.desk, CallErasure.kinds)
                        == ErasureUpkeep.Outcome(again: 1, standing: 0))
                #expect(try await other.database.read { try $0.count("SELECT COUNT(*) FROM archived_file") } == 0)
            }
        }
    }

    @Test("a dossier that does not hold is left out by itself, with its reason")
    func dossiers() async throws {
        try await Self.play(.sqlite) { world, bytes in
            let folder = try RepackedArchive(bytes).entries.compactMap {
                $0.name.hasPrefix("0001-") ? $0.name.split(separator: "/").first.map(String.init) : nil
            }[0]
            func refused(_ words: String, _ change: (inout RepackedArchive) -> Void) async throws {
                var archive = try RepackedArchive(bytes)
                change(&archive)
                let (file, report) = try await Self.read(try archive.bytes, world)
                guard case .refused(let reason) = report.lines[0].outcome else {
                    Issue.record("taken: \(words)")
                    return
                }
                #expect(reason.contains(words), "\(reason)")
                #expect(report.sound == 1)
                // The other is taken, this one leaves nothing.
                try await CallWorld.on(.sqlite, seed: 5) { other in
                    let id = try await other.desk.perform(ImportCallArchive(file, report), as: .house)
                    let numbers = try await other.database.read {
                        try ArchivedCallStore.dossiers(of: id, limit: 9, offset: 0, $0).map(\.number)
                    }
                    #expect(numbers == [2])
                    let files = try await other.database.read { try ArchivedCallStore.files(of: id, dossier: 1, $0) }
                    #expect(files.isEmpty)
                }
            }
            let document = "\(folder)/statuts-statuts.pdf"
            try await refused("is not the file that the list names") { $0[document][40] ^= 1 }
            try await refused("is not the file that the list names") { $0[folder + "/depot.json"].append(0x20) }
            // The list is made to agree with what was altered: the receipt is not.
            func relist(_ archive: inout RepackedArchive, _ name: String, _ new: [UInt8]) {
                let old = archive[name]
                archive[name] = new
                archive.replace(FileDigest(of: old).text, FileDigest(of: new).text, in: CallArchiveManifest.name)
                let path = "\"path\":\"\(name)\",\"size\":"
                archive.replace("\(path)\(old.count)", "\(path)\(new.count)", in: CallArchiveManifest.name)
            }
            try await refused("is none of the files of this receipt") { relist(&$0, document, $0[document] + [0x0A]) }
            try await refused("is none of the files of this receipt") {
                relist(&$0, folder + "/depot.json", $0[folder + "/depot.json"] + [0x20])
            }
            try await refused("receipt: ") {
                var receipt = $0[folder + "/recepisse.json"]
                receipt[receipt.count - 20] ^= 1
                relist(&$0, folder + "/recepisse.json", receipt)
            }
            try await refused("do not say the same") {
                $0.replace("\"number\":1,", "\"number\":41,", in: CallArchiveManifest.name)
            }
            try await refused("neither there nor said to be absent") { archive in
                let list = String(decoding: archive[CallArchiveManifest.name], as: UTF8.self)
                let start = list.range(of: "\"absent\":[{")
                let end = start.flatMap { list.range(of: "}]", range: $0.upperBound..<list.endIndex) }
                guard let start, let end else { return }
                archive[CallArchiveManifest.name] = Array(
                    (list[..<start.lowerBound] + "\"absent\":[]" + list[end.upperBound...]).utf8)
            }
        }
    }

    @Test("a hostile archive is refused whole, in one line, and nothing is kept")
    func hostile() async throws {
        try await Self.play(.sqlite) { world, bytes in
            func refused(_ words: String, _ change: (inout RepackedArchive) throws -> Void) async throws {
                var archive = try RepackedArchive(bytes)
                try change(&archive)
                let problem = try await Self.problem(try archive.bytes, world)
                #expect(problem.contains(words), "\(problem)")
            }
            func patched(_ old: String, _ new: String, _ bytes: [UInt8]) -> [UInt8] {
                let (from, to) = (Array(old.utf8), Array(new.utf8))
                var patched = bytes
                for place in 0..<max(0, bytes.count - from.count)
                where bytes[place..<place + from.count].elementsEqual(from) {
                    patched.replaceSubrange(place..<place + from.count, with: to)
                }
                return patched
            }
            #expect(try await Self.problem(Array("PK, vraiment".utf8), world).contains("not a ZIP file"))
            #expect(try await Self.problem([], world).contains("not a ZIP file"))
            #expect(try await Self.problem(Array(bytes.dropLast(30)), world).contains("cut short"))
            #expect(try await Self.problem(Array(bytes.prefix(bytes.count / 2)), world).contains("cut short"))
            #expect(try await Self.problem(patched("documents.csv", "../uments.csv", bytes), world).contains("outside"))
            #expect(try await Self.problem(patched("documents.csv", "/ocuments.csv", bytes), world).contains("outside"))
            var twice = try RepackedArchive(bytes)
            twice["documents.csw"] = [1]
            let repeated = patched("documents.csw", "documents.csv", try twice.bytes)
            #expect(try await Self.problem(repeated, world).contains("the same name"))
            // Bit 0 of the flags, in every header.
            var locked = bytes
            for place in 0..<locked.count - 12 where locked[place..<place + 2].elementsEqual([0x50, 0x4B]) {
                if locked[place + 2..<place + 4].elementsEqual([0x03, 0x04]) { locked[place + 6] |= 1 }
                if locked[place + 2..<place + 4].elementsEqual([0x01, 0x02]) { locked[place + 8] |= 1 }
            }
            #expect(try await Self.problem(locked, world).contains("encrypted"))
            try await refused("more room") { $0["bombe"] = [UInt8](repeating: 0, count: 40 << 20) }
            try await refused("newer Maillage: format 2") {
                $0.replace("\"version\":1", "\"version\":2", in: CallArchiveManifest.name)
            }
            try await refused("no call.json") { $0.entries.removeAll { $0.name == CallArchiveManifest.name } }
            try await refused("is not the list") { $0[CallArchiveManifest.name] = Array("{}".utf8) }
            try await refused("is not the list") { $0[CallArchiveManifest.name].removeLast(3) }
            try await refused("jury-classement.csv is not there") {
                $0.entries.removeAll { $0.name == "jury-classement.csv" }
            }
            try await refused("holds surprise.exe") { $0["surprise.exe"] = [0x4D, 0x5A] }
            try await refused("jury-classement.csv is not the file") { $0["jury-classement.csv"][0] ^= 1 }
            try await refused("not described as it must be") {
                $0.replace("\"kind\":\"deposit\"", "\"kind\":\"autre\"", in: CallArchiveManifest.name)
            }
            try await refused("two dossiers under the number 1") {
                $0.replace("\"number\":2,", "\"number\":1,", in: CallArchiveManifest.name)
            }
            try await refused("twice") {
                $0.replace("\"path\":\"documents.csv\"", "\"path\":\"index.html\"", in: CallArchiveManifest.name)
            }
            #expect(try await Self.problem(Array(repeating: 0x50, count: 3_000), world).contains("not a ZIP file"))
            let gone = world.folder + "/nothing.zip"
            #expect(throws: CallArchiveProblem.self) { try CallArchiveFile.open(gone) }
        }
    }

    private static func refusal(of act: ImportCallArchive, _ desk: Desk) async throws -> CallArchiveProblem? {
        do {
            _ = try await desk.perform(act, as: .house)
            return nil
        } catch let problem as CallArchiveProblem {
            return problem
        }
    }
}
