import Exchange
import Forms
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Several people write one dossier through the site, on both engines, without a script.
@Suite(.serialized) struct CandidacyTogetherJourneys {
    // CAND-20, CAND-21, CAND-22, CAND-24
    @Test(arguments: TestEngine.available)
    func aDossierWrittenByTwo(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada")
            let bob = try await site.signIn("bob")
            let eve = try await site.signIn("eve")
            let mallory = try await site.signIn("mallory")
            let id = try await CandidacySite.draft(site, call, ada.account)
            for (name, account, role) in [
                ("bob", bob.account, CandidacyMember.Role.writer), ("eve", eve.account, .reader),
            ] {
                _ = try await site.desk.perform(
                    InviteToCandidacy(
                        candidacy: id, email: "\(name)@exemple.fr", role: role, head: CandidacySite.head,
                        shelf: site.reception.forms), as: Principal(account: ada.account, name: "Ada", grants: []))
                let letters = try await site.desk.database.read { reader in
                    try Outbox.due(at: CandidacySite.start, limit: 100, reader).map(\.letter)
                }
                let letter = try #require(letters.last { $0.recipient == "\(name)@exemple.fr" })
                let words = letter.text.split { $0 == "/" || $0.isWhitespace }
                let secret = try #require(words.lazy.compactMap { Secret(text: String($0)) }.first)
                _ = try await site.desk.perform(
                    AcceptCandidacyInvitation(secret), as: Principal(account: account, name: name, grants: []))
            }
            let own = "/candidatures/\(id.text)"
            let section = own + "/dossier/projet"
            typealias Who = (account: Principal.ID, session: String)
            func get(_ path: String, _ who: Who) async throws -> Reply {
                try await site.get(path, session: who.session)
            }
            func post(_ path: String, _ fields: [(String, String)], _ who: Who) async throws -> Reply {
                try await site.post(path, fields, as: who.account, session: who.session)
            }

            // Saying something saves what was typed with it.
            var reply = try await post(
                section,
                [
                    ("version", "1"), ("titre", "La Fosse"), ("_commentaire.titre", "Trop court ?"),
                    ("_commenter", "titre"),
                ],
                bob)
            #expect(reply.status == 303 && reply["location"]?.hasSuffix("#question-titre") == true)
            let page = try await get(section, ada).text
            #expect(
                page.contains("Trop court ?") && page.contains("value=\"La Fosse\"") && page.contains("Personne bob"))
            #expect(try await get(own, ada).text.contains("1 commentaire ouvert"))
            let reading = try await get(section, eve).text
            #expect(!reading.contains("Trop court ?") && !reading.contains("_commenter"))
            #expect(try await get(section, mallory).status == 404)
            let heavy = try await post(
                section,
                [
                    ("version", "2"), ("resume", "Gardé."),
                    ("_commentaire.titre", String(repeating: "a", count: 2_001)),
                    ("_commenter", "titre"),
                ], ada)
            #expect(heavy.status == 422 && heavy.text.contains("Gardé.") && heavy.text.contains("2001 caractères"))
            #expect(
                try await post(section, [("version", "3"), ("_commentaire.titre", "x"), ("_commenter", "titre")], eve)
                    .status == 403)
            reply = try await post(section, [("version", "3"), ("_resoudre", "titre")], ada)
            #expect(reply.status == 303)
            #expect(try await !get(own, ada).text.contains("commentaire ouvert"))

            // Who writes what.
            let bobText = Account.ID(bob.account.number).text
            reply = try await post(own + "/repartition", [("a.projet", bobText)], ada)
            #expect(reply.status == 303)
            #expect(try await get(own, bob).text.contains("À vous\u{202F}:"))
            #expect(try await get("/candidatures", bob).text.contains("À vous\u{202F}:"))
            #expect(try await !get(own, ada).text.contains("À vous\u{202F}:"))
            #expect(try await get(section, ada).text.contains("À Personne bob"))
            #expect(try await post(own + "/repartition", [("a.projet", "")], bob).status == 403)
            #expect(try await post(own + "/repartition", [("a.projet", "")], mallory).status == 404)
            #expect(try await get(own + "/repartition", mallory).status == 404)
            let stranger = Account.ID(mallory.account.number).text
            #expect(try await post(own + "/repartition", [("a.projet", stranger)], ada).status == 422)

            // Who wrote what, and the way back.
            _ = try await post(section, [("version", "3"), ("titre", "Autre titre")], ada)
            let history = try await get(own + "/historique?question=titre", ada).text
            #expect(
                history.contains("Autre titre") && history.contains("La Fosse") && history.contains("Rétablir ce texte")
            )
            #expect(try await !get(own + "/historique?question=titre", eve).text.contains("Rétablir ce texte"))
            #expect(try await post(own + "/historique", [("question", "titre"), ("version", "4")], eve).status == 403)
            #expect(
                try await post(own + "/historique", [("question", "titre"), ("version", "4")], mallory).status == 404)
            #expect(try await post(own + "/historique", [("question", "titre"), ("version", "44")], ada).status == 404)
            reply = try await post(own + "/historique", [("question", "titre"), ("version", "4")], ada)
            #expect(reply.status == 303)
            #expect(try await get(section, ada).text.contains("value=\"La Fosse\""))

            // Another candidacy takes the answers over, by choice.
            let begun = try await CandidacySite.draft(site, call, ada.account)
            let second = "/candidatures/\(begun.text)"
            #expect(try await get(second + "/reprise", ada).text.contains("/reprise?de=\(id.text)"))
            let offer = try await get(second + "/reprise?de=\(id.text)", ada)
            #expect(offer.text.contains("La Fosse") && offer.text.contains("value=\"titre\" checked"))
            reply = try await post(
                second + "/reprise", [("de", id.text), ("version", "1"), ("reponse", "titre")], ada)
            #expect(reply.status == 303)
            let taken = try await get(second + "/dossier/projet", ada).text
            #expect(taken.contains("value=\"La Fosse\"") && !taken.contains("Gardé."))
            #expect(try await get(second + "/reprise?de=\(id.text)", mallory).status == 404)
            #expect(try await post(second + "/reprise", [("de", id.text), ("version", "2")], ada).status == 422)
        }
    }

    // CAND-24
    @Test(arguments: TestEngine.available)
    func anAddressMayProposeAnswers(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine, start: CandidacySite.start) { (site: LiveSite) async throws -> Void in
            let call = try await CandidacySite.call(site)
            let ada = try await site.signIn("ada")
            let query = "?r.titre=Propos%C3%A9&r.publics=tous&r.inconnue=x&titre=Non"
            let start = try await site.get("/appels/\(call.slug)/candidater" + query, session: ada.session)
            #expect(start.text.contains("name=\"r.titre\" value=\"Proposé\""))
            let begun = try await site.post(
                "/appels/\(call.slug)/candidater", [("r.titre", "Proposé")], as: ada.account, session: ada.session)
            let target = try #require(begun["location"])
            #expect(begun.status == 303 && target.hasSuffix("/dossier/projet?r.titre=Propos%C3%A9"))
            let path = String(target.prefix { $0 != "?" })
            let page = try await site.get(path + query, session: ada.session).text
            #expect(page.contains("value=\"Proposé\"") && page.contains("Prérempli par le lien"))
            #expect(!page.contains("value=\"tous\" checked"), "plain texts only")
            let untouched = try await site.get(path, session: ada.session).text
            #expect(!untouched.contains("Proposé"), "opening an address saves nothing")
            _ = try await site.post(
                path, [("version", "1"), ("titre", "Le mien")], as: ada.account, session: ada.session)
            let kept = try await site.get(path + query, session: ada.session).text
            #expect(kept.contains("value=\"Le mien\"") && !kept.contains("Prérempli"), "an answer is never replaced")
        }
    }
}
