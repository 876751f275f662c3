import Exchange
import Forms
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// From a call to a receipt, through the site, on both engines, without a script.
@Suite(.serialized) struct CandidacyJourneys {
    static let start = Instant(seconds: 1_790_064_000)
    static let closing = start + .days(30)

    static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet",
                questions: [
                    Question("titre", "Titre du projet", .shortText(), .required),
                    Question("resume", "Résumé", .longText(maxLength: 300), .required),
                ])
        ])

    static func call(_ site: LiveSite) async throws -> Call {
        let head = LetterHead(
            networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "a@reseau.test")
        var call = try await site.desk.perform(
            CreateCall(title: "Tiers-lieux du bassin", nature: .interest), as: .house)
        var calendar = CallCalendar()
        calendar.waves = [
            CallWave(id: site.desk.surroundings.identifier(), closesAt: closing, words: "dans trente jours")
        ]
        let identity = CallIdentity(
            title: "Tiers-lieux du bassin", nature: .interest, organiser: "L’agglomération",
            service: "Service numérique",
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

    static func hidden(_ name: String, in text: String) -> String? {
        guard let place = text.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[place.upperBound...].prefix { $0 != "\"" })
    }

    // CAND-1, CAND-2, CAND-5, CAND-7, CAND-10, CAND-11, CAND-12
    @Test(arguments: TestEngine.available)
    func fromACallToAReceipt(_ engine: TestEngine) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-journey-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = try ReceiptKeys.load(
            dataDirectory: folder, now: Self.start, secret: { count in (0..<count).map { UInt8($0) } })
        try await LiveSite.open(engine, start: Self.start, receiptKeys: keys) { (site: LiveSite) async throws -> Void in
            let call = try await Self.call(site)
            let ada = try await site.signIn("ada")
            let bob = try await site.signIn("bob")
            let agent = try await site.signIn("agente", [Grant(.coordinator, on: .network)])
            func get(_ path: String, _ who: (account: Principal.ID, session: String)) async throws -> Reply {
                try await site.get(path, session: who.session)
            }
            func post(_ path: String, _ fields: [(String, String)], _ who: (account: Principal.ID, session: String))
                async throws -> Reply
            {
                try await site.post(path, fields, as: who.account, session: who.session)
            }
            let page = try await site.get("/appels/\(call.slug)")
            #expect(page.text.contains("Préparer ma candidature"))
            let visitor = try await site.get("/appels/\(call.slug)/candidater")
            #expect(visitor.status == 303, "the floor sends to sign in, and back")
            #expect(try await get("/candidatures", ada).text.contains("Aucune candidature"))
            #expect(try await get("/appels/\(call.slug)/candidater", ada).status == 200)
            var reply = try await post("/appels/\(call.slug)/candidater", [], ada)
            #expect(reply.status == 303)
            let principal = Principal(account: ada.account, name: "Ada", grants: [])
            let draft = try #require(
                try await site.desk.database.read { try CandidacyStore.own(principal, $0) }.first)
            let own = "/candidatures/\(draft.id.text)"

            // Nobody else may know: the same bytes as what never was, but for the request's own marks.
            for path in ["", "/dossier/projet", "/verification", "/recepisse", "/historique", "/equipe", "/retrait"] {
                let foreign = try await get(own + path, bob)
                let nothing = try await get("/candidatures/0000000000000" + path, bob)
                #expect(foreign.status == 404 && nothing.status == 404, "\(path)")
                #expect(foreign.text.contains("introuvable") && !foreign.text.contains("Tiers-lieux du bassin"))
                #expect(try await get(own + path, agent).status == 404, "\(path)")
            }
            #expect(try await get("/appels/\(call.slug)/candidatures", bob).status == 403)
            #expect(
                try await get("/appels/\(call.slug)/candidatures", agent).text.contains("Aucune candidature déposée"))

            reply = try await post(
                own, [("version", "1"), ("titre", "La Fosse"), ("structure", "Association La Fosse"), ("siret", "")],
                ada)
            #expect(reply.status == 303)
            let incomplete = try await get(own + "/verification", ada)
            #expect(incomplete.text.contains("Il manque 2") && !incomplete.text.contains("cle_depot"))
            #expect(incomplete.text.contains("/dossier/projet#question-titre"))
            #expect(try await get(own + "/dossier/projet", ada).status == 200)
            reply = try await post(
                own + "/dossier/projet", [("version", "2"), ("titre", "La Fosse"), ("resume", "Un atelier.")], ada)
            #expect(reply.status == 303)
            let clash = try await post(
                own + "/dossier/projet", [("version", "2"), ("titre", "Autre titre"), ("resume", "Un atelier.")], ada)
            #expect(clash.status == 409 && clash.text.contains("Autre titre") && clash.text.contains("La Fosse"))

            let check = try await get(own + "/verification", ada)
            let key = try #require(Self.hidden("cle_depot", in: check.text))
            let forged = try await post(own + "/depot", [("cle_depot", key + "A"), ("version", "3")], ada)
            #expect(forged.status == 422, "a key that was not given here")
            #expect(try await post(own + "/depot", [("cle_depot", key), ("version", "3")], bob).status == 404)
            reply = try await post(own + "/depot", [("cle_depot", key), ("version", "3")], ada)
            #expect(reply.status == 303 && reply.headers.contains { $0.value == own + "/recepisse" })
            reply = try await post(own + "/depot", [("cle_depot", key), ("version", "3")], ada)
            #expect(reply.status == 303, "sent twice, the same receipt")
            let deposits = try await site.desk.database.read { try CandidacyDepositStore.deposits(of: draft.id, $0) }
            #expect(deposits.count == 1)
            let receipt = try await get(own + "/recepisse", ada)
            #expect(receipt.status == 200 && receipt.text.contains("déposé dans les délais"))
            let file = try await get(own + "/recepisse.json", ada)
            #expect(ReceiptVerifier(keys: keys.all).verify(Array(file.body)).isValid)
            let answers = try await get(own + "/depose.json", ada)
            #expect(Fingerprint(of: Array(answers.body)).text == deposits.first?.digest)
            #expect(try await get(own + "/recepisse.zip", ada).status == 200)

            let list = try await get("/appels/\(call.slug)/candidatures", agent)
            #expect(list.text.contains("La Fosse"))
            #expect(try await get("/appels/\(call.slug)/candidatures.csv", agent).text.contains("Association La Fosse"))
            let closed = try await get("/appels/\(call.slug)/candidatures/\(draft.id.text)", agent)
            #expect(closed.status == 403 && !closed.text.contains("Un atelier."), "not before the limit")
            site.clock?.advance(by: .days(30))
            let agentAgain = try await site.signIn("agente2", [Grant(.coordinator, on: .network)])
            let opened = try await get("/appels/\(call.slug)/candidatures/\(draft.id.text)", agentAgain)
            #expect(opened.status == 200 && opened.text.contains("Un atelier."))
        }
    }
}
