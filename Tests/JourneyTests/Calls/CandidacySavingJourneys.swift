import Exchange
import Forms
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// What the page asks of the server while one types, on both engines.
@Suite(.serialized) struct CandidacySavingJourneys {
    private static let script = ["Accept": "application/json", "X-Maillage-Part": "saisie"]

    // CAND-1, CAND-18
    @Test(arguments: TestEngine.available)
    func aPageThatSavesItself(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada")
            let bob = try await site.signIn("bob")
            let id = try await CandidacySite.draft(site, call, ada.account)
            let path = "/candidatures/\(id.text)/dossier/projet"
            func save(_ fields: [(String, String)], _ who: (account: Principal.ID, session: String)?) async throws
                -> Reply
            {
                try await site.post(
                    path, fields, as: who?.account, session: who?.session, headers: Self.script)
            }
            let page = try await site.get(path, session: ada.session)
            #expect(page.text.contains("data-saves=") && page.text.contains("data-question=\"titre\""))

            var reply = try await save([("version", "1"), ("titre", "La Fosse")], ada)
            #expect(reply.status == 200 && reply.text.contains("\"state\":\"saved\""))
            #expect(reply.text.contains("\"version\":2") && reply.text.contains("\"clock\""))
            // Another page of the same person, opened before, on another question: it is told what changed.
            reply = try await save([("version", "1"), ("resume", "Un atelier.")], ada)
            #expect(reply.status == 200 && reply.text.contains("\"others\":[{\"key\":\"titre\""))
            #expect(reply.text.contains("[\"titre\",\"La Fosse\"]"))
            // On the same question: both texts, and nothing written.
            reply = try await save([("version", "1"), ("titre", "Autre")], ada)
            #expect(reply.status == 409 && reply.text.contains("\"state\":\"conflict\""))
            #expect(reply.text.contains("La Fosse") && reply.text.contains("vous à "))
            reply = try await save([("version", "1"), ("version.titre", "3"), ("titre", "Autre")], ada)
            #expect(reply.status == 200, "its reader chose, having seen the other")

            reply = try await save([("version", "77"), ("titre", "x")], ada)
            #expect(reply.status == 409 && reply.text.contains("\"state\":\"stale\""))
            reply = try await save([("version", "1"), ("titre", "Volé")], nil)
            #expect(reply.status == 401 && !reply.text.contains("<html"), "a session that ended")
            reply = try await site.post(
                path, [("version", "1"), ("titre", "x")], as: ada.account, session: ada.session, headers: Self.script,
                token: "faux")
            #expect(reply.status == 412 && !reply.text.contains("<html"))
            let foreign = try await save([("version", "1"), ("titre", "x")], bob)
            #expect(foreign.status == 404 && !foreign.text.contains("Fosse"))
            let nothing = try await site.post(
                "/candidatures/0000000000000/dossier/projet", [("version", "1")], as: bob.account,
                session: bob.session, headers: Self.script)
            #expect(nothing.status == 404)

            let news = try await site.get(path + "?depuis=1", headers: Self.script, session: ada.session)
            #expect(
                news.status == 200 && news.text.contains("\"state\":\"current\"") && news.text.contains("\"token\""))
            #expect(try await site.get(path, headers: Self.script, session: bob.session).status == 404)
            #expect(try await site.get(path, headers: Self.script).status == 401)
            let kept = try await site.desk.database.read { try CandidacyStore.any(id, $0) }
            #expect(kept?.answers["titre"] == .text("Autre") && kept?.answers["resume"] == .text("Un atelier."))
        }
    }

    // CAND-18
    @Test(arguments: TestEngine.available)
    func afterTheLimitNothingPretends(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada")
            let id = try await CandidacySite.draft(site, call, ada.account)
            let path = "/candidatures/\(id.text)/dossier/projet"
            _ = try await site.desk.perform(
                CancelCall(call: call.id, reason: "Plus de budget.", head: CandidacySite.head), as: .house)
            let reply = try await site.post(
                path, [("version", "1"), ("titre", "Trop tard")], as: ada.account, session: ada.session,
                headers: Self.script)
            #expect(
                reply.status == 422 && reply.text.contains("\"state\":\"refused\"") && reply.text.contains("annulé"))
            let kept = try await site.desk.database.read { try CandidacyStore.any(id, $0) }
            #expect(kept?.version == 1)
        }
    }

    // CAND-39
    @Test func aPasteThatIsTooLongSaysWhatIsKept() async throws {
        try await LiveSite.open(.sqlite, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada")
            let id = try await CandidacySite.draft(site, call, ada.account)
            let path = "/candidatures/\(id.text)/dossier/projet"
            for size in [1_200_000, 10_000_000] {
                let typed = [
                    ("version", "1"), ("titre", "Mon <titre>"), ("resume", String(repeating: "a", count: size)),
                    ("itinerant", "non"),
                ]
                let reply = try await site.post(path, typed, as: ada.account, session: ada.session)
                #expect(reply.status == 413, "\(reply.status)")
                #expect(reply["content-type"] == "text/html; charset=utf-8")
                for words in [
                    "Ce texte est trop long pour être envoyé", "«\u{A0}resume\u{A0}»",
                    "Rien de cet envoi n’est enregistré",
                    "Mon &lt;titre&gt;", "Pour continuer", "href=\"\(path)\"",
                ] {
                    #expect(reply.text.contains(words), "\(size): \(words)")
                }
                #expect(reply.body.count < 100_000, "what was too long does not come back")
                // The script of the page is told in data, and keeps the text on the device.
                let script = try await site.post(
                    path, typed, as: ada.account, session: ada.session, headers: Self.script)
                #expect(script.status == 413 && script["content-type"]?.contains("json") == true)
                #expect(script.text.contains("Rien n’a été enregistré"))
            }
            let kept = try await site.desk.database.read { try CandidacyStore.any(id, $0) }
            #expect(kept?.version == 1)
            // Beyond all patience nothing is read.
            let raw = try await site.raw(
                "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(site.port)\r\nCookie: session=\(ada.session)\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(40 << 20)\r\n\r\n")
            let text = String(decoding: raw.bytes, as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 413") && text.contains("Envoi trop volumineux"))
        }
    }

    // CAND-19
    @Test(arguments: TestEngine.available)
    func aSessionThatEndedLosesNoText(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada")
            let bob = try await site.signIn("bob")
            let id = try await CandidacySite.draft(site, call, ada.account)
            let path = "/candidatures/\(id.text)/dossier/projet"
            let typed = [("version", "1"), ("titre", "Un titre"), ("resume", "Une ligne.\r\nUne autre.")]
            let ended = try await site.post(path, typed, as: ada.account)
            #expect(ended.status == 403 && ended.text.contains("Une autre.") && ended.text.contains("Connectez-vous"))
            // Signed in again, in another tab: the page that was kept is confirmed, then taken.
            let again = try await site.post(path, typed, as: nil, session: ada.session)
            #expect(
                again.status == 403 && again.text.contains("Confirmez votre envoi") && again.text.contains("Une autre.")
            )
            #expect(try await site.post(path, typed, as: ada.account, session: ada.session).status == 303)
            let other = try await site.post(path, typed, as: bob.account, session: bob.session)
            #expect(other.status == 404, "nobody saves it in the place of its author")
            let kept = try await site.desk.database.read { try CandidacyStore.any(id, $0) }
            #expect(kept?.answers["resume"] == .text("Une ligne.\nUne autre."))
            let left = try await site.post("/deconnexion", [], as: ada.account, session: ada.session)
            #expect(left["clear-site-data"] == "\"storage\"")
        }
    }
}
