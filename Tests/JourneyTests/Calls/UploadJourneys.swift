import Exchange
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Documents sent piece by piece, as the page's script sends them.
@Suite(.serialized) struct UploadJourneys {
    /// What the server said of an upload.
    private struct State {
        let reply: Reply
        let address: String
        let token: String
        let offset: Int

        init?(_ reply: Reply) throws {
            self.reply = reply
            guard let value = try? JSONValue.parse(reply.body), let address = value["address"]?.string,
                let token = value["token"]?.string, let offset = value["offset"]?.int
            else { return nil }
            self.address = address
            self.token = token
            self.offset = offset
        }
    }

    private static func begin(
        _ scene: AttachmentJourneys.Scene, _ size: Int, as who: AttachmentJourneys.Person? = nil,
        question: String = "lettres"
    ) async throws -> Reply {
        try await scene.post(
            scene.own + "/envois", [("question", question), ("nom", "Lettre é.pdf"), ("taille", String(size))], as: who)
    }

    private static func patch(
        _ scene: AttachmentJourneys.Scene, _ state: State, _ bytes: [UInt8], at offset: Int,
        as who: AttachmentJourneys.Person? = nil, token: String? = nil, site: String = "same-origin"
    ) async throws -> Reply {
        try await scene.site.ask(
            "PATCH", state.address,
            headers: [
                "Upload-Offset": String(offset), "X-Maillage-Token": token ?? state.token, "Origin": scene.site.origin,
                "Sec-Fetch-Site": site, "Content-Type": "application/octet-stream",
            ], body: bytes, session: (who ?? scene.ada).session)
    }

    // ATT-11
    @Test(arguments: TestEngine.available)
    func aCutLineCostsNothing(_ engine: TestEngine) async throws {
        try await AttachmentJourneys.open(engine) { scene in
            let bytes = SampleDocuments.pdf("Lettre", (0..<40).map { "Ligne \($0)" })
            let begun = try await Self.begin(scene, bytes.count)
            #expect(begun.status == 201 && begun["cache-control"] == "no-store")
            let state = try #require(try State(begun))
            #expect(state.offset == 0)
            var reply = try await Self.patch(scene, state, Array(bytes.prefix(700)), at: 0)
            #expect(reply.status == 200 && reply["upload-offset"] == "700", "\(reply.text)")
            // The same piece again: the server says where it stands, and takes nothing twice.
            reply = try await Self.patch(scene, state, Array(bytes.prefix(700)), at: 0)
            #expect(reply.status == 409 && reply["upload-offset"] == "700")
            // The line is cut in the middle of a piece: what came is kept.
            let head =
                "PATCH \(state.address) HTTP/1.1\r\nHost: 127.0.0.1:\(scene.site.port)\r\nCookie: session=\(scene.ada.session)\r\n"
                + "Origin: \(scene.site.origin)\r\nSec-Fetch-Site: same-origin\r\nUpload-Offset: 700\r\n"
                + "X-Maillage-Token: \(state.token)\r\nContent-Length: \(bytes.count - 700)\r\n\r\n"
            do {
                let connection = try RawConnection(port: scene.site.port)
                _ = await connection.send(Array(head.utf8) + bytes[700..<1_000])
                _ = await connection.receive(silence: 0.3)
            }
            try await Task.sleep(for: .milliseconds(300))
            let asked = try #require(try State(try await scene.get(state.address)))
            #expect(asked.offset == 1_000, "\(asked.offset)")
            let stand = try await scene.site.ask("HEAD", state.address, session: scene.ada.session)
            #expect(stand.status == 200 && stand["upload-offset"] == "1000")
            // Not whole yet.
            let digest = FileDigest(of: bytes).text
            let early = try await scene.post(state.address, [("sha256", digest)])
            #expect(early.status == 409 && early["upload-offset"] == "1000")
            reply = try await Self.patch(scene, asked, Array(bytes[1_000...]), at: 1_000)
            #expect(reply.status == 200 && reply["upload-offset"] == String(bytes.count))
            let beyond = try await Self.patch(scene, asked, [1], at: bytes.count)
            #expect(beyond.status == 413)
            let done = try await scene.post(state.address, [("sha256", digest)])
            #expect(done.status == 200 && done.text.contains("Lettre é.pdf"), "\(done.text)")
            let file = try #require(try await scene.files().first)
            #expect(file.digest.text == digest && file.name == "Lettre é.pdf")
            #expect(try await scene.get(scene.own + "/fichiers/\(file.id.text)").body == bytes)
            #expect(try await scene.get(state.address).status == 404, "it is over")
        }
    }

    // ATT-11, ATT-2
    @Test func whatWasDamagedOrIsRefusedIsSaid() async throws {
        try await AttachmentJourneys.open { scene in
            let bytes = SampleDocuments.pdf("Lettre")
            func send(_ bytes: [UInt8], sha256: String, question: String = "lettres") async throws -> Reply {
                let state = try #require(try State(try await Self.begin(scene, bytes.count, question: question)))
                _ = try await Self.patch(scene, state, bytes, at: 0)
                return try await scene.post(state.address, [("sha256", sha256)])
            }
            let damaged = try await send(bytes, sha256: String(repeating: "0", count: 64))
            #expect(damaged.status == 422 && damaged.text.contains("abîmé en chemin"))
            let page = Array("<html>pas un document</html>".utf8)
            let other = try await send(page, sha256: FileDigest(of: page).text)
            #expect(other.status == 422 && other.text.contains("n’est pas d’un format reconnu"))
            let large = try await Self.begin(scene, 40_001, question: "statuts")
            #expect(large.status == 422 && large.text.contains("dépasse 40"))
            let empty = try await Self.begin(scene, 0)
            #expect(empty.status == 422)
            #expect(try await scene.files().isEmpty)
            let state = try #require(try State(try await Self.begin(scene, bytes.count)))
            #expect(try await scene.post(state.address + "/abandon").status == 204)
            #expect(try await scene.get(state.address).status == 404)
            let left = try FileManager.default.contentsOfDirectory(atPath: scene.data + "/vault/incoming")
            #expect(left.isEmpty, "\(left)")
        }
    }

    // ATT-11, CAND-1
    @Test(arguments: TestEngine.available)
    func nobodyElseAddsToIt(_ engine: TestEngine) async throws {
        try await AttachmentJourneys.open(engine) { scene in
            let bytes = SampleDocuments.pdf("Lettre")
            let eve = try await scene.site.signIn("eve")
            #expect(try await Self.begin(scene, 100, as: eve).status == 404)
            #expect(try await Self.begin(scene, 100, question: "titre").status == 404)
            let state = try #require(try State(try await Self.begin(scene, bytes.count)))
            let absent = scene.own + "/envois/0000000000000"
            let (one, none) = (try await scene.get(state.address, as: eve), try await scene.get(absent, as: eve))
            #expect(one.status == 404 && none.status == 404)
            let id = String(state.address.split(separator: "/").last ?? "")
            #expect(one.settled(id) == none.settled("0000000000000"))
            let foreign = scene.site.token(for: state.address, account: eve.account)
            #expect(try await Self.patch(scene, state, bytes, at: 0, as: eve, token: foreign).status == 404)
            #expect(try await scene.post(state.address, [("sha256", "0")], as: eve).status == 404)
            #expect(try await scene.post(state.address + "/abandon", as: eve).status == 404)
            // Her own, from another site or without the token of its address.
            #expect(try await Self.patch(scene, state, bytes, at: 0, site: "cross-site").status == 403)
            #expect(try await Self.patch(scene, state, bytes, at: 0, token: "faux").status == 403)
            let elsewhere = scene.site.token(for: scene.own + "/envois", account: scene.ada.account)
            #expect(try await Self.patch(scene, state, bytes, at: 0, token: elsewhere).status == 403)
            #expect(try #require(try State(try await scene.get(state.address))).offset == 0)
        }
    }

    // ATT-11, INST-14
    @Test(arguments: TestEngine.available)
    func whatIsAskedForAfterTheDepositComesInPiecesToo(_ engine: TestEngine) async throws {
        try await AttachmentJourneys.open(engine) { before in
            let site = before.site
            #expect(
                try await before.send([("statuts.pdf", SampleDocuments.pdf("Statuts"))], to: "statuts").status == 303)
            let version = try await site.desk.database.read { try CandidacyStore.any(before.draft, $0)?.version ?? 0 }
            _ = try await before.post(
                before.own + "/dossier/projet", [("version", String(version)), ("titre", "La Fosse")])
            let check = try await before.get(before.own + "/verification")
            let key = try #require(CandidacyJourneysHidden.value("cle_depot", in: check.text))
            let shown = try #require(CandidacyJourneysHidden.value("version", in: check.text))
            #expect(
                try await before.post(before.own + "/depot", [("cle_depot", key), ("version", shown)]).status == 303)
            site.clock?.advance(by: .days(31))
            // A month later she signs in again.
            let again = try await site.desk.perform(
                OpenSession(account: before.ada.account, device: "essai"), as: .house)
            let scene = AttachmentJourneys.Scene(
                site: site, call: before.call, ada: (before.ada.account, again.secret.text), draft: before.draft,
                data: before.data)
            let (shelf, head) = (site.reception.forms, LetterHead(site.reception.settings))
            _ = try await site.desk.perform(OpenInstructions(shelf: shelf), as: .house)
            let agent = try await site.signIn("agente", [Grant(.coordinator, on: .network)])
            let today = CivilZone.paris.local(site.desk.surroundings.now().microseconds).date
            let instructed = try await site.desk.database.read { try InstructionStore.any(scene.draft, $0) }
            let request = try await site.desk.perform(
                AskForPieces(
                    candidacy: scene.draft, version: try #require(instructed).version,
                    items: [.init("lettres", reason: "La lettre de la mairie.")],
                    day: CivilDate(daysSince1970: today.daysSince1970 + 9), head: head, shelf: shelf),
                as: Principal(account: agent.account, name: "Agente", grants: [Grant(.coordinator, on: .network)]))
            let own = "\(scene.own)/complements/\(request.id.text)"
            let page = try await scene.get(own)
            #expect(page.text.contains("data-upload=\"\(own)/envois\"") && page.text.contains("documents."))
            let bytes = SampleDocuments.pdf("Lettre", (0..<40).map { "Ligne \($0)" })
            func begin(_ size: Int, question: String = "lettres", as who: AttachmentJourneys.Person? = nil) async throws
                -> Reply
            {
                try await scene.post(
                    own + "/envois", [("question", question), ("nom", "Lettre.pdf"), ("taille", String(size))], as: who)
            }
            // What was not asked for stays closed, the draft's own way too, and strangers learn nothing.
            #expect(try await begin(bytes.count, question: "statuts").status == 404)
            #expect(try await Self.begin(scene, bytes.count).status == 422)
            #expect(try await begin(0).status == 422)
            let eve = try await site.signIn("eve")
            #expect(try await begin(bytes.count, as: eve).status == 404)
            let begun = try await begin(bytes.count)
            #expect(begun.status == 201, "\(begun.text)")
            let state = try #require(try State(begun))
            #expect(state.address.hasPrefix(own + "/envois/"))
            #expect(try await Self.patch(scene, state, Array(bytes.prefix(900)), at: 0).status == 200)
            // The line was cut: asked again, it goes on from there, at this address alone.
            let standing = try #require(try State(try await scene.get(state.address)))
            #expect(standing.offset == 900)
            let elsewhere = state.address.replacing("/complements/\(request.id.text)", with: "")
            #expect(try await scene.get(elsewhere).status == 404)
            #expect(try await scene.get(state.address, as: eve).status == 404)
            #expect(try await scene.post(state.address, [("sha256", "0")]).status == 409)
            #expect(try await Self.patch(scene, standing, Array(bytes[900...]), at: 900).status == 200)
            let done = try await scene.post(state.address, [("sha256", FileDigest(of: bytes).text)])
            #expect(done.status == 200 && done.text.contains("Lettre.pdf"), "\(done.text)")
            let saved = try #require(
                try await site.desk.database.read { try PiecesRequestStore.request(request.id, $0) })
            guard case .files(let files) = saved.answers["lettres"] else {
                Issue.record("nothing is attached")
                return
            }
            #expect(files.map(\.name) == ["Lettre.pdf"])
            #expect(try await scene.get(state.address).status == 404, "it is over")
            // Damaged on its way, or no document: refused, and nothing is added.
            for (sent, told, words) in [
                (bytes, String(repeating: "0", count: 64), "abîmé en chemin"),
                (Array("<html>".utf8), FileDigest(of: Array("<html>".utf8)).text, "format reconnu"),
            ] {
                let other = try #require(try State(try await begin(sent.count)))
                _ = try await Self.patch(scene, other, sent, at: 0)
                let refused = try await scene.post(other.address, [("sha256", told)])
                #expect(refused.status == 422 && refused.text.contains(words), "\(refused.text)")
            }
            let stopped = try #require(try State(try await begin(100)))
            #expect(try await scene.post(stopped.address + "/abandon").status == 204)
            // Once the date has passed, nothing begins.
            site.clock?.advance(by: .days(12))
            let late = try await site.desk.perform(
                OpenSession(account: scene.ada.account, device: "essai"), as: .house)
            #expect(try await begin(bytes.count, as: (scene.ada.account, late.secret.text)).status == 422)
        }
    }

    // ATT-12
    @Test(arguments: TestEngine.available)
    func whereThereIsAScannerOnlyCleanDocumentsOfOthersAreDownloaded(_ engine: TestEngine) async throws {
        try await AttachmentJourneys.open(engine, clamdSocket: "/nowhere/clamd") { scene in
            #expect(
                try await scene.send([("statuts.pdf", SampleDocuments.pdf("Statuts"))], to: "statuts").status == 303)
            let page = try await scene.get(scene.own + "/pieces")
            #expect(page.text.contains("pas encore vérifié par l’antivirus"))
            let file = try #require(try await scene.files().first)
            let own = scene.own + "/fichiers/\(file.id.text)"
            #expect(try await scene.get(own).status == 200, "one’s own is never held back")
            let version = try await scene.site.desk.database.read {
                try CandidacyStore.any(scene.draft, $0)?.version ?? 0
            }
            _ = try await scene.post(
                scene.own + "/dossier/projet", [("version", String(version)), ("titre", "La Fosse")])
            let check = try await scene.get(scene.own + "/verification")
            let key = try #require(CandidacyJourneysHidden.value("cle_depot", in: check.text))
            let shown = try #require(CandidacyJourneysHidden.value("version", in: check.text))
            #expect(
                try await scene.post(scene.own + "/depot", [("cle_depot", key), ("version", shown)]).status == 303,
                "never blocks a deposit")
            scene.site.clock?.advance(by: .days(31))
            let agent = try await scene.site.signIn("agente", [Grant(.coordinator, on: .network)])
            let opened = "/appels/\(scene.call.slug)/candidatures/\(scene.draft.text)/fichiers/\(file.id.text)"
            func said(_ verdict: ClamSocket.Verdict?) async throws -> Reply {
                if let verdict {
                    try await scene.site.desk.perform(RecordFileScan(file: file.digest, verdict: verdict), as: .house)
                }
                return try await scene.get(opened, as: agent)
            }
            var reply = try await said(nil)
            #expect(reply.status == 403 && reply.text.contains("pas encore vérifié"))
            reply = try await said(.infected("Maillage.Test"))
            #expect(reply.status == 403 && reply.text.contains("a trouvé quelque chose"))
            reply = try await said(.failed("limit"))
            #expect(reply.status == 403 && reply.text.contains("n’a pas pu lire"))
            reply = try await said(.clean)
            #expect(reply.status == 200 && FileDigest(of: reply.body) == file.digest)
        }
    }
}
