import Exchange
import Forms
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Documents of a candidacy through the site, without a script.
@Suite(.serialized) struct AttachmentJourneys {
    static let start = Instant(seconds: 1_790_064_000)

    private static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet",
                questions: [
                    Question("titre", "Titre du projet", .shortText(), .required),
                    Question(
                        "statuts", "Statuts", .attachment(AttachmentRules([.pdf, .odt], maxBytes: 40_000)), .required),
                    Question("lettres", "Lettres", .attachment(AttachmentRules([.pdf, .png], maxCount: 3))),
                ])
        ])

    typealias Person = (account: Principal.ID, session: String)

    /// A site with a call that asks for documents, and the draft of somebody.
    struct Scene {
        let site: LiveSite
        let call: Call
        let ada: Person
        let draft: Candidacy.ID
        let data: String

        var own: String { "/candidatures/\(draft.text)" }

        func send(
            _ files: [(name: String, bytes: [UInt8])], to question: String, as who: Person? = nil,
            fields: [(String, String)] = [], token: String? = nil, draft: String? = nil
        ) async throws -> Reply {
            let who = who ?? ada
            let path = "/candidatures/\(draft ?? self.draft.text)/pieces/\(question)"
            var form = MultipartForm()
            form.field(FormToken.fieldName, token ?? site.token(for: path, account: who.account))
            for (name, value) in fields { form.field(name, value) }
            for file in files { form.file(question, file.name, "application/octet-stream", file.bytes) }
            return try await site.ask(
                "POST", path,
                headers: ["Content-Type": MultipartForm.type, "Origin": site.origin, "Sec-Fetch-Site": "same-origin"],
                body: form.body, session: who.session)
        }

        func get(_ path: String, as who: Person? = nil) async throws -> Reply {
            try await site.get(path, session: (who ?? ada).session)
        }

        func post(_ path: String, _ fields: [(String, String)] = [], as who: Person? = nil) async throws -> Reply {
            try await site.post(path, fields, as: (who ?? ada).account, session: (who ?? ada).session)
        }

        func files() async throws -> [CandidacyFile] {
            try await site.desk.database.read { try CandidacyFileStore.files(of: draft, $0) }
        }
    }

    static func open(
        _ engine: TestEngine = .sqlite, clamdSocket: String? = nil, _ body: (Scene) async throws -> Void
    ) async throws {
        let data = FileManager.default.temporaryDirectory.path + "/documents-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: data) }
        let keys = try ReceiptKeys.load(
            dataDirectory: data, now: start, secret: { count in (0..<count).map { UInt8($0) } })
        let settings: (inout Settings) -> Void = {
            $0.dataDirectory = data
            $0.clamdSocket = clamdSocket
        }
        try await LiveSite.open(engine, start: start, settings: settings, receiptKeys: keys) {
            (site: LiveSite) async throws -> Void in
            let call = try await call(site)
            let ada = try await site.signIn("ada")
            let principal = Principal(account: ada.account, name: "Ada", grants: [])
            let draft = try await site.desk.perform(
                StartCandidacy(call: call.id, shelf: site.reception.forms), as: principal)
            _ = try await site.desk.perform(
                DescribeCandidacy(
                    candidacy: draft.id, version: draft.version, title: "La Fosse", structure: "Association",
                    siret: ""), as: principal)
            try await body(Scene(site: site, call: call, ada: ada, draft: draft.id, data: data))
        }
    }

    private static func call(_ site: LiveSite) async throws -> Call {
        let head = LetterHead(
            networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "a@reseau.test")
        var call = try await site.desk.perform(CreateCall(title: "Tiers-lieux", nature: .interest), as: .house)
        var calendar = CallCalendar()
        calendar.waves = [
            CallWave(id: site.desk.surroundings.identifier(), closesAt: start + .days(30), words: "dans trente jours")
        ]
        let identity = CallIdentity(
            title: "Tiers-lieux", nature: .interest, organiser: "L’agglomération", service: "Service numérique",
            email: "ami@agglo.example", summary: "Repérer les projets.")
        for section: CallSection in [
            .identity(identity), .calendar(calendar), .criteria([CallCriterion("", "Ancrage", weight: 1)]),
        ] {
            call = try await site.desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: .house)
        }
        _ = try await site.desk.perform(
            SetCallForm(
                call: call.id, title: "Dossier", definition: String(decoding: FormFile.write(form), as: UTF8.self)),
            as: .house)
        return try await site.desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: .house)
    }

    // ATT-1, ATT-6, ATT-8, ATT-9, CAND-12
    @Test(arguments: TestEngine.available)
    func fromADocumentToADepositedDossier(_ engine: TestEngine) async throws {
        try await Self.open(engine) { scene in
            let statutes = SampleDocuments.pdf("Statuts")
            let section = try await scene.get(scene.own + "/dossier/projet")
            #expect(section.text.contains("value=\"pieces.statuts\""))
            // What was typed is saved before one goes to the documents.
            let version = try #require(CandidacyJourneysHidden.value("version", in: section.text))
            let saved = try await scene.post(
                scene.own + "/dossier/projet",
                [("version", version), ("titre", "La Fosse"), ("suite", "pieces.statuts")])
            #expect(saved.status == 303 && saved["location"] == scene.own + "/pieces#piece-statuts")
            let page = try await scene.get(scene.own + "/pieces")
            #expect(page.status == 200 && page.text.contains("Rien n’est joint pour l’instant."))
            #expect(page.text.contains("accept=\".pdf,application/pdf,.odt,"))

            let sent = try await scene.send([("Statuts signés é.pdf", statutes)], to: "statuts")
            #expect(sent.status == 303, "\(sent.text.prefix(600))")
            #expect(sent["location"] == scene.own + "/pieces#piece-statuts")
            let file = try #require(try await scene.files().first)
            let shown = try await scene.get(scene.own + "/pieces")
            #expect(shown.text.contains("Statuts signés é.pdf</a>"))
            let path = scene.own + "/fichiers/\(file.id.text)"
            #expect(shown.text.contains("href=\"\(path)\""))
            let download = try await scene.get(path)
            #expect(download.status == 200 && download.body == statutes)
            #expect(download["content-type"] == "application/pdf")
            #expect(download["content-length"] == String(statutes.count))
            #expect(
                download["content-disposition"]
                    == "attachment; filename=\"Statuts sign_s _.pdf\"; filename*=UTF-8''Statuts%20sign%C3%A9s%20%C3%A9.pdf"
            )
            #expect(download["x-content-type-options"] == "nosniff")
            #expect(download["content-security-policy"] == "default-src 'none'; sandbox")
            #expect(download["cross-origin-resource-policy"] == "same-origin")
            #expect(download["cache-control"] == "private, no-store")
            #expect(
                try await scene.site.ask("HEAD", path, session: scene.ada.session)["content-length"]
                    == String(statutes.count))
            // ATT-16: a download that was cut goes on.
            #expect(download["accept-ranges"] == "bytes" && download["etag"] == "\"\(file.digest.text)\"")
            func part(_ range: String, of tag: String? = nil) async throws -> Reply {
                var headers = ["Range": range]
                headers["If-Range"] = tag
                return try await scene.site.get(path, headers: headers, session: scene.ada.session)
            }
            let rest = try await part("bytes=10-")
            #expect(rest.status == 206 && rest.body == Array(statutes.dropFirst(10)))
            #expect(rest["content-range"] == "bytes 10-\(statutes.count - 1)/\(statutes.count)")
            #expect(rest["content-length"] == String(statutes.count - 10) && rest["content-type"] == "application/pdf")
            #expect(try await part("bytes=0-3").body == Array(statutes.prefix(4)))
            #expect(try await part("bytes=-5").body == Array(statutes.suffix(5)))
            #expect(try await part("bytes=4-4", of: "\"\(file.digest.text)\"").status == 206)
            let other = try await part("bytes=4-", of: "\"autre\"")
            #expect(other.status == 200 && other.body == statutes, "another file is sent whole")
            let beyond = try await part("bytes=\(statutes.count)-")
            #expect(beyond.status == 416 && beyond["content-range"] == "bytes */\(statutes.count)")
            #expect(beyond.body.isEmpty)
            for odd in ["bytes=5-2", "bytes=a-", "bytes=0-1,4-5", "octets=0-1", "bytes=-", "bytes=+1-2"] {
                #expect(try await part(odd).status == 200, "\(odd)")
            }

            let check = try await scene.get(scene.own + "/verification")
            #expect(check.text.contains(path) && check.text.contains("Rien ne manque."))
            let key = try #require(CandidacyJourneysHidden.value("cle_depot", in: check.text))
            let shownVersion = try #require(CandidacyJourneysHidden.value("version", in: check.text))
            let deposit = try await scene.post(scene.own + "/depot", [("cle_depot", key), ("version", shownVersion)])
            #expect(deposit.status == 303, "\(deposit.text.prefix(600))")
            let receipt = try await scene.get(scene.own + "/recepisse")
            #expect(receipt.text.contains("Statuts signés é.pdf"))
            let signed = try await scene.get(scene.own + "/recepisse.json")
            #expect(signed.text.contains("Statuts signés é.pdf") && signed.text.contains(file.digest.text))

            // Later the draft loses it; the deposited dossier does not.
            #expect(try await scene.post(path + "/retrait").status == 303)
            #expect(try await scene.files().isEmpty)
            let opened = "/appels/\(scene.call.slug)/candidatures/\(scene.draft.text)"
            let agent = try await scene.site.signIn("agente", [Grant(.coordinator, on: .network)])
            let early = try await scene.get(opened + "/fichiers/\(file.id.text)", as: agent)
            #expect(early.status == 403 && early.body != statutes)
            scene.site.clock?.advance(by: .days(30))
            let later = try await scene.site.signIn("agente2", [Grant(.coordinator, on: .network)])
            let dossier = try await scene.get(opened, as: later)
            #expect(dossier.text.contains(opened + "/fichiers/\(file.id.text)"))
            let read = try await scene.get(opened + "/fichiers/\(file.id.text)", as: later)
            #expect(read.status == 200 && read.body == statutes)
            // ATT-15: who took it is said, once; the candidate's own people leave nothing.
            _ = try await scene.get(opened + "/fichiers/\(file.id.text)", as: later)
            let taken = try await scene.site.desk.database.read { try Journal.latest(100, $0) }
                .filter { $0.verb == "RecordDownload" }
            #expect(taken.map(\.actor) == [later.account])
            #expect(taken.first?.details.contains(file.digest.text) == true)
            #expect(try await scene.get(opened + "/fichiers/0000000000000", as: later).status == 404)
            #expect(try await scene.get(path, as: later).status == 404, "the draft's own address is not theirs")
        }
    }

    // ATT-2, ATT-4, ATT-5, ATT-10
    @Test(arguments: TestEngine.available)
    func whatIsRefusedIsSaidAndTheRestIsKept(_ engine: TestEngine) async throws {
        try await Self.open(engine) { scene in
            let pdf = SampleDocuments.pdf("Lettre")
            let wrong: [(String, String, [UInt8], String)] = [
                ("statuts", "statuts.pdf", SampleDocuments.png, "est un fichier PNG"),
                ("statuts", "page.pdf", Array("<html><script>alert(1)</script>".utf8), "n’est pas d’un format reconnu"),
                ("statuts", "moitié.pdf", Array(pdf.dropLast(30)), "est incomplet"),
                ("statuts", "vide.pdf", [], "est vide"),
                ("statuts", "gros.pdf", pdf + [UInt8](repeating: 0x20, count: 60_000), "dépasse 40"),
                ("statuts", "", [], "Choisissez un document."),
            ]
            for (question, name, bytes, words) in wrong {
                let reply = try await scene.send([(name, bytes)], to: question)
                #expect(reply.status == 422, "\(name): \(reply.status)")
                #expect(reply.text.contains(words), "\(name): \(words)")
                #expect(reply.text.contains("Ce qui était joint l’est toujours."), "\(name)")
                #expect(!reply.text.contains("<script>alert"), "\(name)")
            }
            #expect(try await scene.files().isEmpty)
            // Two good ones, one bad: the good ones are kept, and it says so.
            let mixed = try await scene.send(
                [("a.pdf", pdf), ("b.pdf", Array("rien".utf8)), ("c.png", SampleDocuments.png)], to: "lettres")
            #expect(mixed.status == 422)
            #expect(mixed.text.contains("2 documents sont joints") && mixed.text.contains("«\u{A0}b.pdf\u{A0}»"))
            #expect(try await scene.files().map(\.name) == ["a.pdf", "c.png"])
            // Too many at once, and then the same again.
            let many = try await scene.send(
                (0..<5).map { ("\($0).pdf", SampleDocuments.pdf("Lettre \($0)")) }, to: "lettres")
            #expect(many.status == 422 && many.text.contains("au plus"))
            let again = try await scene.send([("encore.pdf", pdf)], to: "lettres")
            #expect(again.status == 303, "the same bytes")
            #expect(try await scene.files().count == 2)
            let crooked = try await scene.send(
                [("x.pdf", SampleDocuments.pdf("x"))], to: "lettres", fields: [("remplace", "rien")])
            #expect(crooked.status == 404)
        }
    }

    // ATT-1, CAND-1
    @Test(arguments: TestEngine.available)
    func aStrangerLearnsNothing(_ engine: TestEngine) async throws {
        try await Self.open(engine) { scene in
            #expect(
                try await scene.send([("statuts.pdf", SampleDocuments.pdf("Statuts"))], to: "statuts").status == 303)
            let file = try #require(try await scene.files().first).id.text
            let eve = try await scene.site.signIn("eve")
            let agent = try await scene.site.signIn("agente", [Grant(.coordinator, on: .network)])
            let nothing = "0000000000000"
            for person in [eve, agent] {
                for path in ["/pieces", "/fichiers/\(file)"] {
                    let one = try await scene.get(scene.own + path, as: person)
                    let other = try await scene.get("/candidatures/\(nothing)" + path, as: person)
                    #expect(one.status == 404 && other.status == 404, "\(path)")
                    #expect(
                        one.settled(scene.draft.text, file) == other.settled(nothing, nothing), "\(path) says the same")
                }
                for path in ["/fichiers/\(file)/retrait", "/fichiers/\(file)/nom"] {
                    #expect(try await scene.post(scene.own + path, [("nom", "x")], as: person).status == 404, "\(path)")
                }
                let sent = try await scene.send([("x.pdf", SampleDocuments.pdf("x"))], to: "lettres", as: person)
                let absent = try await scene.send(
                    [("x.pdf", SampleDocuments.pdf("x"))], to: "lettres", as: person, draft: nothing)
                #expect(sent.status == 404 && absent.status == 404)
                #expect(sent.settled(scene.draft.text) == absent.settled(nothing))
            }
            // A question that is none, or asks for no document, is missing for its own people too.
            for question in ["titre", "inconnue"] {
                #expect(try await scene.send([("x.pdf", SampleDocuments.pdf("x"))], to: question).status == 404)
            }
            let forged = try await scene.send([("x.pdf", SampleDocuments.pdf("x"))], to: "lettres", token: "faux")
            #expect(forged.status == 403)
            #expect(try await scene.files().count == 1)
            // Nothing of what was refused stays on the way in.
            let left = try FileManager.default.contentsOfDirectory(atPath: scene.data + "/vault/incoming")
            #expect(left.isEmpty)
        }
    }

    // ATT-3, ATT-6
    @Test func oddNamesAreCleanedAndShownSafely() async throws {
        try await Self.open { scene in
            let odd = "<b>\u{202E}" + String(repeating: "très-long-", count: 30) + "&%22.pdf"
            #expect(odd.utf8.count > 300)
            let sent = try await scene.send([(odd, SampleDocuments.pdf("Odd"))], to: "lettres")
            #expect(sent.status == 303, "\(sent.text.prefix(500))")
            let file = try #require(try await scene.files().first)
            #expect(file.name.utf8.count <= 200 && file.name.hasPrefix("<b>très-long") && file.name.hasSuffix(".pdf"))
            let page = try await scene.get(scene.own + "/pieces")
            #expect(page.text.contains("&lt;b&gt;très-long") && !page.text.contains("<b>très"))
            let download = try await scene.get(scene.own + "/fichiers/\(file.id.text)")
            #expect(download["content-disposition"]?.hasPrefix("attachment; filename=\"<b>tr_s-long") == true)
            let renamed = try await scene.post(
                scene.own + "/fichiers/\(file.id.text)/nom", [("nom-\(file.id.text)", "Lettre\r\nSet-Cookie: a=b")])
            #expect(renamed.status == 303)
            #expect(try await scene.files().first?.name == "Lettre Set-Cookie- a=b.pdf")
            let empty = try await scene.post(
                scene.own + "/fichiers/\(file.id.text)/nom", [("nom-\(file.id.text)", " ")])
            #expect(empty.status == 422 && empty.text.contains("Écrivez un nom"))
            // Replaced in place, from the file's own form.
            let replaced = try await scene.send(
                [("nouvelle.pdf", SampleDocuments.pdf("Nouvelle"))], to: "lettres", fields: [("remplace", file.id.text)]
            )
            #expect(replaced.status == 303)
            #expect(try await scene.files().map(\.name) == ["nouvelle.pdf"])
        }
    }
}

/// The value of a hidden field of a page.
enum CandidacyJourneysHidden {
    static func value(_ name: String, in text: String) -> String? {
        guard let place = text.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[place.upperBound...].prefix { $0 != "\"" })
    }
}
