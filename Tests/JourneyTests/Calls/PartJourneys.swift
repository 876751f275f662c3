import Exchange
import Forms
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// A consortium through the site, on both engines, without a script: two partners fill their parts, the lead deposits, sealed until
/// it is opened.
@Suite(.serialized) struct PartJourneys {
    static let start = Instant(seconds: 1_790_064_000)
    private static let closing = start + .days(30)

    private static func form() throws -> Form {
        Form(
            key: "dossier", title: "Dossier",
            sections: [
                FormSection(
                    "projet", "Le projet",
                    questions: [
                        Question("titre", "Titre du projet", .shortText(), .required),
                        Question("total", "Budget de tous", .computed(try Formula("partenaires.budget"), unit: .money)),
                    ]),
                FormSection(
                    "chiffres", "Vos chiffres",
                    questions: [
                        Question("budget", "Budget", .money(min: 0), .required),
                        Question("bilan", "Bilan", .attachment(AttachmentRules([.pdf]))),
                    ], answeredBy: .partners),
            ])
    }

    static func call(_ site: LiveSite) async throws -> Call {
        let head = LetterHead(
            networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "a@reseau.test")
        var call = try await site.desk.perform(CreateCall(title: "À plusieurs", nature: .projects), as: .house)
        var calendar = CallCalendar()
        calendar.waves = [
            CallWave(id: site.desk.surroundings.identifier(), closesAt: closing, words: "dans trente jours")
        ]
        var deposit = CallDeposit()
        deposit.isConsortium = true
        deposit.isSealed = true
        let identity = CallIdentity(
            title: "À plusieurs", nature: .projects, organiser: "L’agglomération", service: "Service numérique",
            email: "ami@agglo.example", summary: "Répondre ensemble.")
        for section: CallSection in [
            .identity(identity), .calendar(calendar), .criteria([CallCriterion("", "Ancrage", weight: 1)]),
            .deposit(deposit),
        ] {
            call = try await site.desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: .house)
        }
        _ = try await site.desk.perform(
            SetCallForm(
                call: call.id, title: "Dossier", definition: String(decoding: FormFile.write(try form()), as: UTF8.self)
            ),
            as: .house)
        return try await site.desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: .house)
    }

    private static func hidden(_ name: String, in text: String) -> String? {
        guard let place = text.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[place.upperBound...].prefix { $0 != "\"" })
    }

    static func secret(_ site: LiveSite, to address: String) async throws -> Secret {
        let now = site.desk.surroundings.now()
        let letters = try await site.desk.database.read { try Outbox.due(at: now, limit: 1_000, $0) }
        let text = letters.map(\.letter).last { $0.recipient == address }?.text ?? ""
        let words = text.split { $0.isWhitespace || $0 == "/" }
        return try #require(words.lazy.compactMap { Secret(text: String($0)) }.first)
    }

    // CAND-1, CAND-17, CAND-31, CAND-32, CAND-36
    @Test(arguments: TestEngine.available)
    func twoPartnersAndTheirLead(_ engine: TestEngine) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-parts-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = try ReceiptKeys.load(
            dataDirectory: folder, now: Self.start, secret: { count in (0..<count).map { UInt8($0) } })
        try await LiveSite.open(engine, start: Self.start, receiptKeys: keys) { (site: LiveSite) async throws -> Void in
            typealias Person = (account: Principal.ID, session: String)
            let call = try await Self.call(site)
            let (ada, bob) = (try await site.signIn("ada"), try await site.signIn("bob"))
            let eve = try await site.signIn("eve")
            let agent = try await site.signIn("agente", [Grant(.coordinator, on: .network)])
            func get(_ path: String, _ who: Person) async throws -> Reply {
                try await site.get(path, session: who.session)
            }
            func post(_ path: String, _ fields: [(String, String)], _ who: Person) async throws -> Reply {
                try await site.post(path, fields, as: who.account, session: who.session)
            }
            #expect(try await post("/appels/\(call.slug)/candidater", [], ada).status == 303)
            let principal = Principal(account: ada.account, name: "Ada", grants: [])
            let draft = try #require(
                try await site.desk.database.read { try CandidacyStore.own(principal, $0) }.first)
            let own = "/candidatures/\(draft.id.text)"
            _ = try await post(
                own, [("version", "1"), ("titre", "Nous"), ("structure", "La Fosse"), ("siret", "")], ada)
            _ = try await post(own + "/dossier/projet", [("version", "2"), ("titre", "Nous")], ada)
            #expect(
                try await get(own + "/dossier/partenaires", ada).status == 303, "the parts have a page of their own")

            // The lead's own structure, then a partner by invitation.
            #expect(try await post(own + "/parts", [("partenaire", "La Fosse")], ada).status == 303)
            _ = try await post(
                own + "/equipe", [("role", "partenaire"), ("partenaire", "La Halle"), ("courriel", "bob@exemple.fr")],
                ada)
            let secret = try await Self.secret(site, to: "bob@exemple.fr")
            _ = try await post("/candidatures/invitations/\(secret.text)", [], bob)
            let parts = try await site.desk.database.read { try CandidacyPartnerStore.partners(of: draft.id, $0) }
            let fosse = try #require(parts.first { $0.name == "La Fosse" })
            let halle = try #require(parts.first { $0.name == "La Halle" })
            let (mine, his) = ("\(own)/parts/\(fosse.id.text)", "\(own)/parts/\(halle.id.text)")

            // Who takes no part finds nothing, the organiser neither.
            for path in ["/parts", "/parts/\(halle.id.text)", "/parts/\(halle.id.text)/dossier/chiffres"] {
                for stranger in [eve, agent] {
                    let foreign = try await get(own + path, stranger)
                    let nothing = try await get("/candidatures/0000000000000" + path, stranger)
                    #expect(foreign.status == 404 && nothing.status == 404, "\(path)")
                    #expect(!foreign.text.contains("La Halle"))
                }
                #expect(try await get(own + path, ada).status == 200, "the lead reads every part")
            }
            #expect(try await get("\(own)/parts/0000000000000", ada).status == 404)
            let section = his + "/dossier/chiffres"
            #expect(try await post(section, [("version", "2"), ("budget", "9")], ada).status == 403)
            #expect(try await post(section, [("version", "2"), ("budget", "9")], eve).status == 404)
            #expect(try await post(his + "/engagement", [("engagement", "oui")], ada).status == 403)
            let early = try await post(his + "/engagement", [("engagement", "oui")], bob)
            #expect(early.status == 422 && early.text.contains("pas complète"))

            // Each fills its part; the total names who is missing, then counts all.
            let list = try await get("/candidatures", bob)
            #expect(list.text.contains("Nous"))
            #expect(try await get(own, bob).text.contains("Remplir ma part"))
            var reply = try await post(section, [("version", "2"), ("budget", "12 000")], bob)
            #expect(reply.status == 303)
            reply = try await get(own + "/parts", ada)
            #expect(reply.text.contains("Il manque le chiffre de La Fosse"))
            let check = try await get(own + "/verification", ada)
            #expect(check.text.contains("La Fosse, Budget"))
            #expect(check.text.contains("/parts/\(fosse.id.text)/dossier/chiffres?verifier=1#question-budget"))
            let stale = try await post(section, [("version", "2"), ("budget", "13 000")], bob)
            #expect(stale.status == 409 && stale.text.contains("13 000"), "what was typed is kept")
            _ = try await post(mine + "/dossier/chiffres", [("version", "1"), ("budget", "8 000")], ada)
            #expect(try await get(own + "/parts", bob).text.contains("20\u{202F}000"))
            for (path, person) in [(his, bob), (mine, ada)] {
                #expect(try await post(path + "/engagement", [("engagement", "oui")], person).status == 303)
            }
            let ready = try await get(own + "/verification", ada)
            let key = try #require(Self.hidden("cle_depot", in: ready.text))
            let version = try #require(Self.hidden("version", in: ready.text))
            #expect(try await post(own + "/depot", [("cle_depot", key), ("version", version)], ada).status == 303)
            #expect(try await get(own + "/recepisse", bob).text.contains(own + "/depose"))
            let read = try await get(own + "/depose", bob)
            #expect(read.status == 200 && read.text.contains("La Halle") && read.text.contains("20\u{202F}000"))
            #expect(try await get(own + "/depose", eve).status == 404)
            #expect(try await get(own, ada).text.contains("la remplacer ou la retirer"))

            // Sealed: the agent knows a number, and no name.
            let sealed = try await get("/appels/\(call.slug)/candidatures", agent)
            #expect(sealed.text.contains("1\u{A0}candidature déposée") || sealed.text.contains("1 candidature déposée"))
            #expect(!sealed.text.contains("La Fosse") && !sealed.text.contains(draft.id.text))
            let file = try await get("/appels/\(call.slug)/candidatures.csv", agent)
            #expect(file.status == 200 && !file.text.contains("La Fosse"))
            #expect(try await get("/appels/\(call.slug)/candidatures/\(draft.id.text)", agent).status == 404)
            let wave = try #require(call.settings.waves.first).id.text
            let opening = "/appels/\(call.slug)/ouverture"
            #expect(try await post(opening, [("vague", wave)], agent).status == 422, "before the limit")
            try #require(site.clock).advance(by: .days(31))
            // Sessions of a month ago are over.
            let stranger = try await site.signIn("zoe")
            let keeper = try await site.signIn("gardienne", [Grant(.coordinator, on: .network)])
            #expect(try await post(opening, [("vague", wave)], stranger).status == 403)
            #expect(try await post(opening, [("vague", wave)], keeper).status == 303)
            let opened = try await get("/appels/\(call.slug)/candidatures/\(draft.id.text)", keeper)
            #expect(opened.status == 200 && opened.text.contains("La Halle") && opened.text.contains("12\u{202F}000"))
        }
    }

    // CAND-18, CAND-38
    @Test(arguments: TestEngine.available)
    func aPartSavesItselfAndTakesDocuments(_ engine: TestEngine) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-part-files-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings: (inout Settings) -> Void = { $0.dataDirectory = folder }
        try await LiveSite.open(engine, start: Self.start, settings: settings) {
            (site: LiveSite) async throws -> Void in
            let call = try await Self.call(site)
            let (ada, bob, eve) = (
                try await site.signIn("ada"), try await site.signIn("bob"), try await site.signIn("eve")
            )
            _ = try await site.post("/appels/\(call.slug)/candidater", [], as: ada.account, session: ada.session)
            let principal = Principal(account: ada.account, name: "Ada", grants: [])
            let draft = try #require(
                try await site.desk.database.read { try CandidacyStore.own(principal, $0) }.first)
            let own = "/candidatures/\(draft.id.text)"
            _ = try await site.post(
                own + "/equipe", [("role", "partenaire"), ("partenaire", "La Halle"), ("courriel", "bob@exemple.fr")],
                as: ada.account, session: ada.session)
            let secret = try await Self.secret(site, to: "bob@exemple.fr")
            _ = try await site.post(
                "/candidatures/invitations/\(secret.text)", [], as: bob.account, session: bob.session)
            let halle = try #require(
                try await site.desk.database.read { try CandidacyPartnerStore.partners(of: draft.id, $0) }.first)
            let part = "\(own)/parts/\(halle.id.text)"
            let section = part + "/dossier/chiffres"

            // The page saves itself through the same act as its form, and tells of a conflict with both texts.
            let page = try await site.get(section, session: bob.session)
            #expect(page.text.contains("data-saves=\"part-") && page.text.contains("id=\"dossier-regles\""))
            #expect(page.text.contains("value=\"pieces.bilan\""))
            let script = ["Accept": "application/json", "X-Maillage-Part": "saisie"]
            func save(
                _ fields: [(String, String)], _ who: (account: Principal.ID, session: String)
            ) async throws -> Reply {
                try await site.post(section, fields, as: who.account, session: who.session, headers: script)
            }
            var reply = try await save([("version", "2"), ("budget", "12 000")], bob)
            #expect(reply.status == 200 && reply.text.contains("\"state\":\"saved\""), "\(reply.text)")
            #expect(reply.text.contains("\"version\":3"))
            reply = try await save([("version", "2"), ("budget", "13 000")], bob)
            #expect(reply.status == 409 && reply.text.contains("\"state\":\"conflict\""))
            #expect(reply.text.contains("12\u{202F}000") && reply.text.contains("vous à "))
            reply = try await save([("version", "2"), ("version.budget", "3"), ("budget", "13 000")], bob)
            #expect(reply.status == 200, "its reader chose, having seen the other")
            reply = try await save([("version", "77"), ("budget", "1")], bob)
            #expect(reply.status == 409 && reply.text.contains("\"state\":\"stale\""))
            #expect(try await save([("version", "2"), ("budget", "1")], ada).status == 403)
            #expect(try await save([("version", "2"), ("budget", "1")], eve).status == 404)
            let news = try await site.get(section + "?depuis=1", headers: script, session: bob.session)
            #expect(news.status == 200 && news.text.contains("\"state\":\"current\""))

            // Documents, without a script, then piece by piece.
            let files = try await site.get(part + "/pieces", session: bob.session)
            #expect(files.status == 200 && files.text.contains("Bilan") && files.text.contains("name=\"partenaire\""))
            #expect(try await site.get(part + "/pieces", session: ada.session).status == 200, "the lead reads them")
            #expect(try await site.get(part + "/pieces", session: eve.session).status == 404)
            func send(_ bytes: [UInt8], as who: (account: Principal.ID, session: String)) async throws -> Reply {
                let path = part + "/pieces/bilan"
                var form = MultipartForm()
                form.field(FormToken.fieldName, site.token(for: path, account: who.account))
                form.file("bilan", "bilan.pdf", "application/pdf", bytes)
                return try await site.ask(
                    "POST", path,
                    headers: [
                        "Content-Type": MultipartForm.type, "Origin": site.origin, "Sec-Fetch-Site": "same-origin",
                    ], body: form.body, session: who.session)
            }
            let bytes = SampleDocuments.pdf("Bilan")
            #expect(try await send(bytes, as: ada).status == 403)
            #expect(try await send(bytes, as: eve).status == 404)
            let sent = try await send(bytes, as: bob)
            #expect(sent.status == 303 && sent["location"]?.contains("/parts/\(halle.id.text)/pieces#") == true)
            let file = try #require(
                try await site.desk.database.read { try CandidacyFileStore.files(of: draft.id, $0) }.first)
            #expect(file.partner == halle.id)
            let address = "\(own)/fichiers/\(file.id.text)"
            #expect(try await site.get(address, session: ada.session).body == bytes)
            #expect(try await site.get(address, session: eve.session).status == 404)
            #expect(try await site.get(own + "/parts", session: ada.session).status == 200)
            #expect(try await site.get(part, session: ada.session).text.contains("bilan.pdf"))
            let rename = [("nom-\(file.id.text)", "Bilan 2025")]
            let renamed = try await site.post(address + "/nom", rename, as: bob.account, session: bob.session)
            #expect(renamed["location"]?.contains("/parts/\(halle.id.text)/pieces") == true)
            #expect(
                try await site.post(address + "/retrait", [], as: ada.account, session: ada.session).status == 403)
            #expect(
                try await site.post(address + "/retrait", [], as: bob.account, session: bob.session).status == 303)
            let begun = try await site.post(
                own + "/envois",
                [
                    ("partenaire", halle.id.text), ("question", "bilan"), ("nom", "b.pdf"),
                    ("taille", String(bytes.count)),
                ], as: bob.account, session: bob.session)
            #expect(begun.status == 201, "\(begun.text)")
            let state = try JSONValue.parse(begun.body)
            let upload = try #require(state["address"]?.string)
            let patched = try await site.ask(
                "PATCH", upload,
                headers: [
                    "Upload-Offset": "0", "X-Maillage-Token": try #require(state["token"]?.string),
                    "Origin": site.origin, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/octet-stream",
                ], body: bytes, session: bob.session)
            #expect(patched.status == 200)
            let finished = try await site.post(
                upload, [("sha256", FileDigest(of: bytes).text)], as: bob.account, session: bob.session)
            #expect(finished.status == 200 && finished.text.contains("b.pdf"), "\(finished.text)")
            let shown = try await site.get(part + "/pieces", session: bob.session)
            #expect(shown.text.contains("b.pdf"))
        }
    }

    // CAND-34
    @Test(arguments: TestEngine.available)
    func theLeadIsHandedOver(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: Self.start) { (site: LiveSite) async throws -> Void in
            let call = try await Self.call(site)
            let (ada, bob) = (try await site.signIn("ada"), try await site.signIn("bob"))
            _ = try await site.post("/appels/\(call.slug)/candidater", [], as: ada.account, session: ada.session)
            let principal = Principal(account: ada.account, name: "Ada", grants: [])
            let draft = try #require(
                try await site.desk.database.read { try CandidacyStore.own(principal, $0) }.first)
            let own = "/candidatures/\(draft.id.text)"
            _ = try await site.post(
                own + "/equipe", [("role", "redaction"), ("courriel", "bob@exemple.fr")], as: ada.account,
                session: ada.session)
            let secret = try await Self.secret(site, to: "bob@exemple.fr")
            _ = try await site.post(
                "/candidatures/invitations/\(secret.text)", [], as: bob.account, session: bob.session)
            let team = try await site.get(own + "/equipe", session: ada.session)
            #expect(team.text.contains("Transmettre la candidature"))
            let member = try #require(Self.hidden("personne", in: team.text))
            #expect(
                try await site.post(
                    own + "/porteur", [("personne", member)], as: bob.account, session: bob.session
                ).status == 403)
            _ = try await site.post(own + "/porteur", [("personne", member)], as: ada.account, session: ada.session)
            #expect(try await site.get(own, session: bob.session).text.contains("On vous propose de porter"))
            _ = try await site.post(
                own + "/porteur/reponse", [("accord", "oui")], as: bob.account, session: bob.session)
            #expect(try await site.get(own + "/verification", session: bob.session).status == 200)
            #expect(try await site.get(own + "/verification", session: ada.session).status == 403)
            #expect(try await site.get(own, session: ada.session).status == 200, "she goes on writing")
        }
    }
}
