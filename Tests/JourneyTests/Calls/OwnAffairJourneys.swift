import Exchange
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// What candidacies and calls show and leave elsewhere on the site: the account, the map for search engines, the paper.
@Suite(.serialized) struct OwnAffairJourneys {
    /// Prints the document as it is, so that a test reads what was asked for.
    struct Echo: PagePrinter {
        func pdf(of document: [UInt8]) async throws -> [UInt8] { document }
    }

    struct Broken: PagePrinter {
        func pdf(of document: [UInt8]) async throws -> [UInt8] { throw PrintingFailure.failed("no paper") }
    }

    private struct Scene {
        let site: LiveSite
        let call: Call
        let ada: (account: Principal.ID, session: String)
        let bob: (account: Principal.ID, session: String)
        let candidacy: Candidacy.ID

        var path: String { "/candidatures/\(candidacy.text)" }

        func get(_ path: String) async throws -> Reply { try await site.get(path, session: ada.session) }

        func post(_ path: String, _ fields: [(String, String)]) async throws -> Reply {
            try await site.post(path, fields, as: ada.account, session: ada.session)
        }

        func deposit() async throws {
            _ = try await post(
                path, [("version", "1"), ("titre", "La Fosse"), ("structure", "Association"), ("siret", "")])
            _ = try await post(
                path + "/dossier/projet", [("version", "2"), ("titre", "La Fosse"), ("resume", "Un atelier.")])
            let check = try await get(path + "/verification").text
            let key = try #require(CandidacyJourneys.hidden("cle_depot", in: check))
            #expect(try await post(path + "/depot", [("version", "3"), ("cle_depot", key)]).status == 303)
        }
    }

    private static func play(
        _ engine: TestEngine, printer: (any PagePrinter)? = Echo(), _ body: (Scene) async throws -> Void
    ) async throws {
        let keys = try TrialCalls.keys(at: CandidacyJourneys.start)
        try await LiveSite.open(engine, start: CandidacyJourneys.start, receiptKeys: keys, printer: printer) {
            (site: LiveSite) async throws -> Void in
            let call = try await CandidacyJourneys.call(site)
            let (ada, bob) = (try await site.signIn("ada"), try await site.signIn("bob"))
            let asAda = Principal(account: ada.account, name: "Ada", grants: [])
            let draft = try await site.desk.perform(
                StartCandidacy(call: call.id, shelf: CandidacyFormShelf()), as: asAda)
            try await body(Scene(site: site, call: call, ada: ada, bob: bob, candidacy: draft.id))
        }
    }

    @Test(arguments: TestEngine.available)
    func theAccountSaysWhereEachCandidacyStands(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            let draft = try await scene.get("/mon-compte").text
            #expect(
                draft.contains(scene.path) && draft.contains("Brouillon") && draft.contains("Tiers-lieux du bassin"))
            #expect(draft.contains("Il reste 30\u{A0}jours") && draft.contains("Il manque"))
            let other = try await scene.site.get("/mon-compte", session: scene.bob.session).text
            #expect(!other.contains(scene.path) && other.contains("Voir les appels ouverts"))
            try await scene.deposit()
            let deposited = try await scene.get("/mon-compte").text
            #expect(deposited.contains("Déposée") && deposited.contains("encore la remplacer"))
            scene.site.clock?.advance(by: .days(31))
            let late = try await scene.site.desk.perform(
                OpenSession(account: scene.ada.account, device: "essai"), as: .house)
            let closed = try await scene.site.get("/mon-compte", session: late.secret.text).text
            #expect(closed.contains("L’organisateur l’a reçue") && !closed.contains("Il reste"))
        }
    }

    // RCPT-10
    @Test(arguments: TestEngine.available)
    func theReceiptIsPrintedWithItsCode(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            #expect(try await scene.get(scene.path + "/recepisse.pdf").status == 404, "nothing was deposited")
            try await scene.deposit()
            let page = try await scene.get(scene.path + "/recepisse").text
            #expect(page.contains("href=\"\(scene.path)/recepisse.pdf?n=1\""))
            #expect(page.contains("href=\"/recepisses/verifier?empreinte="))
            let paper = try await scene.get(scene.path + "/recepisse.pdf?n=1")
            #expect(paper.status == 200 && paper["content-type"] == "application/pdf")
            #expect(paper["content-disposition"]?.contains("recepisse-") == true)
            #expect(paper.text.contains("class=\"qr\"") && paper.text.contains("Personne ada"))
            #expect(paper["cache-control"] == "no-store")
            let stranger = try await scene.site.get(scene.path + "/recepisse.pdf?n=1", session: scene.bob.session)
            #expect(stranger.status == 404 && !stranger.text.contains("Personne ada"))
            #expect(try await scene.get(scene.path + "/recepisse.pdf?n=2").status == 404)
        }
    }

    // RCPT-10
    @Test func withoutAPrinterThePageSaysWhatToDo() async throws {
        try await Self.play(.sqlite, printer: Broken()) { scene in
            try await scene.deposit()
            let paper = try await scene.get(scene.path + "/recepisse.pdf")
            #expect(paper.status == 503 && paper.text.contains("s’imprime depuis le navigateur"))
        }
        try await Self.play(.sqlite, printer: nil) { scene in
            try await scene.deposit()
            #expect(try await scene.get(scene.path + "/recepisse").text.contains("recepisse.pdf") == false)
            #expect(try await scene.get(scene.path + "/recepisse.pdf").status == 503)
        }
    }

    @Test func searchEnginesAreToldOfWhatIsPublic() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            let network = try await TrialNetwork(site)
            let text = try await site.get("/sitemap.xml").text
            let base = site.reception.settings.baseURL
            for path in [
                "/appels/\(network.calls.published.slug)", "/appels/\(network.calls.published.slug)/reglement",
                "/lieux/\(network.slug(.open))", "/cercles/\(network.circle.slug)", "/appels",
            ] {
                #expect(text.contains("<loc>\(base)\(path)</loc>"), "\(path)")
            }
            for slug in [
                network.calls.hidden.slug, network.slug(.hidden), network.slug(.circle), network.slug(.funders),
                network.slug(.unpublished), network.slug(.merged),
            ] {
                #expect(!text.contains("/\(slug)<"), "\(slug)")
            }
            #expect(!text.contains("candidatures/"))
        }
    }

    // ACC-21: everything of one's own, nothing of another's.
    @Test(arguments: TestEngine.available)
    func thePersonalArchiveHoldsOnesCandidacies(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            let (site, head) = (scene.site, LetterHead(scene.site.reception.settings))
            try await scene.deposit()
            let asAda = Principal(account: scene.ada.account, name: "Ada", grants: [])
            let asBob = Principal(account: scene.bob.account, name: "Bob", grants: [])
            for (email, departement) in [("ada@exemple.fr", "62"), ("bob@exemple.fr", "59")] {
                try await site.desk.perform(
                    SubscribeToCalls(email: email, departement: departement, head: head), as: .visitor)
            }
            for (principal, words) in [(asAda, "Une question d’Ada ?"), (asBob, "Une question de Bob ?")] {
                _ = try await site.desk.perform(AskCallQuestion(call: scene.call.id, question: words), as: principal)
            }
            let bobs = try await site.desk.perform(
                StartCandidacy(call: scene.call.id, shelf: CandidacyFormShelf()), as: asBob)
            _ = try await site.desk.perform(
                SaveCandidacy(
                    candidacy: bobs.id, version: 1, section: "projet", fields: [.init("titre", "Le canari de Bob")],
                    shelf: CandidacyFormShelf()), as: asBob)
            let mine = try await scene.get("/mon-compte/donnees.json").text
            for word in [
                "La Fosse", "Un atelier.", "Tiers-lieux du bassin", "on_time", "Une question d’Ada", "\"62\"",
                "deposee",
            ] {
                #expect(mine.contains(word), "\(word)")
            }
            for word in ["canari", "Bob", "bob@", "\"59\""] { #expect(!mine.contains(word), "\(word)") }
            let his = try await site.get("/mon-compte/donnees.json", session: scene.bob.session).text
            #expect(his.contains("Le canari de Bob") && !his.contains("La Fosse") && !his.contains("Ada"))
        }
    }

    // ACC-15, CALL-14
    @Test(arguments: TestEngine.available)
    func aClosedAccountIsToldOfNothingMore(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            let (site, head) = (scene.site, LetterHead(scene.site.reception.settings))
            for (email, nature) in [
                ("ada@exemple.fr", nil), ("ada@exemple.fr", CallNature.label), ("bob@exemple.fr", nil),
            ] {
                try await site.desk.perform(SubscribeToCalls(email: email, nature: nature, head: head), as: .visitor)
            }
            let asBob = Principal(account: scene.bob.account, name: "Bob", grants: [])
            let bobs = try await site.desk.perform(
                StartCandidacy(call: scene.call.id, shelf: CandidacyFormShelf()), as: asBob)
            _ = try await site.desk.perform(
                InviteToCandidacy(
                    candidacy: bobs.id, email: "ada@exemple.fr", role: .writer, head: head, shelf: CandidacyFormShelf()),
                as: asBob)
            let reply = try await scene.post("/mon-compte/fermeture", [("confirmed", "1")])
            #expect(reply.status == 303)
            let left = try await site.reception.database.scan { reader in
                try Rows.tables(reader).filter { $0 != "journal" && $0 != "letter" }.flatMap { table in
                    try Rows.rows(of: table, reader).filter { $0.contains("ada@exemple.fr") }.map { "\(table): \($0)" }
                }
            }
            #expect(left == [])
            let alerts = try await site.reception.database.scan { try Rows.rows(of: "call_alert", $0) }
            #expect(alerts.count == 1 && alerts[0].contains("bob@exemple.fr"), "nobody else’s alert is touched")
            let members = try await site.reception.database.read { try CandidacyMemberStore.members(of: bobs.id, $0) }
            #expect(members.isEmpty, "an invitation that waits ends")
        }
    }
}
