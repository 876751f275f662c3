import Exchange
import Forms
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The form of a call written by two people, as a file, and changed while candidates answer it, through the site.
@Suite(.serialized) struct BuilderJourneys {
    private typealias Person = (account: Principal.ID, session: String)

    private static func importing(
        _ site: LiveSite, _ path: String, _ bytes: [UInt8], version: String, as who: Person
    ) async throws -> Reply {
        var form = MultipartForm()
        form.field(FormToken.fieldName, site.token(for: path, account: who.account))
        form.field("version", version)
        form.file("fichier", "formulaire.json", "application/json", bytes)
        return try await site.ask(
            "POST", path,
            headers: ["Content-Type": MultipartForm.type, "Origin": site.origin, "Sec-Fetch-Site": "same-origin"],
            body: form.body, session: who.session)
    }

    private static func version(_ page: Reply) throws -> String {
        let mark = try #require(page.text.firstRange(of: "name=\"version\" value=\""))
        return String(page.text[mark.upperBound...].prefix { $0 != "\"" })
    }

    // FRM-13, FRM-14
    @Test(arguments: TestEngine.available)
    func twoAuthorsOnOneSpot(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada", [Grant(.coordinator, on: .network)])
            let bob = try await site.signIn("bob", [Grant(.coordinator, on: .network)])
            let eve = try await site.signIn("eve")
            let builder = "/appels/\(call.slug)/formulaire/tous"
            func post(_ path: String, _ fields: [(String, String)], _ who: Person) async throws -> Reply {
                try await site.post(path, fields, as: who.account, session: who.session)
            }
            _ = try await post(builder, [("depart", "")], ada)
            let section = builder + "/section/projet"
            let shown = try Self.version(try await site.get(section, session: ada.session))
            #expect(try await site.get(section, session: bob.session).text.contains("value=\"\(shown)\""))
            #expect(
                try await post(section, [("version", shown), ("titre", "Votre projet")], ada).status == 303)
            // The other saw the former title: both are told of, nothing is written over, what was typed is in the field.
            let clash = try await post(
                section, [("version", shown), ("titre", "Le projet, en bref"), ("introduction", "Deux lignes.")], bob)
            #expect(clash.status == 409)
            #expect(clash.text.contains("Cet endroit du formulaire a changé") && clash.text.contains("Personne ada"))
            #expect(clash.text.contains("value=\"Le projet, en bref\"") && clash.text.contains("Deux lignes."))
            #expect(clash.text.contains("Rien n’a été enregistré"))
            let kept = try await site.get(section, session: eve.session)
            #expect(kept.status == 403 && !kept.text.contains("Votre projet"))
            #expect(try await site.get(section, session: ada.session).text.contains("Votre projet"))
            // At the version that was shown then, the same gesture is taken.
            let fresh = try Self.version(clash)
            #expect(fresh != shown)
            #expect(
                try await post(section, [("version", fresh), ("titre", "Le projet, en bref")], bob).status == 303)
            // On another spot, two people never meet: the second is told what the first did.
            _ = try await post(builder + "/titre", [("version", fresh), ("titre", "Dossier de l’appel")], ada)
            let page = try await site.get(builder, session: ada.session)
            #expect(page.text.contains("Dossier de l’appel") && page.text.contains("Le projet, en bref"))
        }
    }

    // FRM-5, FRM-13
    @Test(arguments: TestEngine.available)
    func aFileWithErrorsIsToldSpotBySpot(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada", [Grant(.coordinator, on: .network)])
            let eve = try await site.signIn("eve")
            let builder = "/appels/\(call.slug)/formulaire/tous"
            _ = try await site.post(builder, [("depart", "")], as: ada.account, session: ada.session)
            let path = builder + "/fichier"
            let shown = try Self.version(try await site.get(path, session: ada.session))
            let whole = try await site.get(path + ".json", session: ada.session)
            #expect(whole.status == 200)
            #expect(try FormFile.read(whole.body).sections.map(\.key) == ["projet"])

            let wrong = """
                {"format":"maillage-form","formatVersion":1,"key":"dossier","title":"Dossier","sections":[
                {"key":"projet","title":"Le projet","questions":[
                {"key":"titre","label":"Titre","kind":"shortTxt"},
                {"key":"resume","label":"Résumé","kind":"longText","shownIf":"titre ="}]}]}
                """
            let files: [([UInt8], String)] = [
                (Array(wrong.utf8), "shortTxt"), (Array("{".utf8), ""), (Array("{\"format\":\"autre\"}".utf8), ""),
                ([0xFF, 0xFE, 0x00], ""), (Array(repeating: 0x5B, count: 50_000), ""),
            ]
            for (bytes, words) in files {
                let reply = try await Self.importing(site, path, bytes, version: shown, as: ada)
                #expect(reply.status == 422, "\(words): \(reply.status)")
                #expect(reply.text.contains("error-summary"), "\(words)")
                #expect(words.isEmpty || reply.text.contains(words), "\(words)")
            }
            let foreign = try await Self.importing(site, path, whole.body, version: shown, as: eve)
            #expect(foreign.status == 403)
            // Nothing of it went in.
            #expect(try await site.get(path + ".json", session: ada.session).body == whole.body)
            #expect(try Self.version(try await site.get(path, session: ada.session)) == shown)
            let stale = try await Self.importing(site, path, whole.body, version: "0", as: ada)
            #expect(stale.status == 409 && stale.text.contains("Rien n’a été importé"))
        }
    }

    // FRM-15, CALL-9, CAND-1
    @Test(arguments: TestEngine.available)
    func aPublishedFormChangesWhileDraftsExist(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let agent = try await site.signIn("agente", [Grant(.coordinator, on: .network)])
            let (ada, zoe) = (try await site.signIn("ada"), try await site.signIn("zoe"))
            let id = try await CandidacySite.draft(site, call, ada.account)
            let own = "/candidatures/\(id.text)"
            _ = try await site.post(
                own + "/dossier/projet", [("version", "1"), ("titre", "La Fosse"), ("resume", "Un atelier ouvert.")],
                as: ada.account, session: ada.session)

            let builder = "/appels/\(call.slug)/formulaire/tous"
            _ = try await site.post(builder, [("depart", "")], as: agent.account, session: agent.session)
            var form = try FormFile.read(try await site.get(builder + "/fichier.json", session: agent.session).body)
            form.sections[0].questions.removeAll { $0.key == "resume" }
            form.sections[0].questions.append(Question("equipe", "Qui porte le projet ?", .shortText(), .required))
            let shown = try Self.version(try await site.get(builder + "/fichier", session: agent.session))
            let imported = try await Self.importing(
                site, builder + "/fichier", FormFile.write(form), version: shown, as: agent)
            #expect(imported.status == 303, "\(imported.text.prefix(2_000))")
            #expect(
                try await !site.get(own, session: ada.session).text.contains("Le dossier de l’appel a changé"),
                "a working copy is nobody else's")
            let filing = try await site.get(builder + "/publier", session: agent.session)
            #expect(filing.text.contains("Qui porte le projet") && filing.text.contains("reçoit un message"))
            let version = try Self.version(filing)
            let silent = try await site.post(
                builder + "/publier", [("version", version), ("motif", "")], as: agent.account, session: agent.session)
            #expect(silent.status == 422, "an amendment says why")
            #expect(
                try await site.post(
                    builder + "/publier", [("version", version), ("motif", "Une question manquait.")], as: zoe.account,
                    session: zoe.session
                ).status == 403)
            let filed = try await site.post(
                builder + "/publier", [("version", version), ("motif", "Une question manquait.")], as: agent.account,
                session: agent.session)
            #expect(filed.status == 303, "\(filed.text.prefix(2_000))")

            // Public, with its reason; told to who holds a draft, and to nobody else.
            #expect(try await site.get("/appels/\(call.slug)").text.contains("Une question manquait."))
            let now = site.desk.surroundings.now()
            let letters = try await site.desk.database.read { try Outbox.due(at: now, limit: 1_000, $0) }.map(\.letter)
            let told = letters.filter { $0.subject.contains("dossier à remplir a changé") }
            #expect(told.map(\.recipient) == ["ada@exemple.fr"])
            #expect(told.first?.text.contains("Qui porte le projet") == true)

            // The draft shows what changed, moves when its lead says so, and loses nothing.
            let before = try await site.get(own, session: ada.session)
            #expect(before.text.contains("Le dossier de l’appel a changé"))
            #expect(before.text.contains("Qui porte le projet") && before.text.contains("Plus demandé"))
            #expect(
                try await site.post(own + "/version", [], as: zoe.account, session: zoe.session).status == 404)
            let moved = try await site.post(own + "/version", [], as: ada.account, session: ada.session)
            #expect(moved.status == 200 && moved.text.contains("Qui porte le projet"))
            let draft = try #require(try await site.desk.database.read { try CandidacyStore.any(id, $0) })
            #expect(draft.answers["titre"] == .text("La Fosse"))
            #expect(draft.answers["resume"] == .text("Un atelier ouvert."), "what has no place is kept")
            let section = try await site.get(own + "/dossier/projet", session: ada.session)
            #expect(section.text.contains("Qui porte le projet") && !section.text.contains("Un atelier ouvert."))
        }
    }
}
