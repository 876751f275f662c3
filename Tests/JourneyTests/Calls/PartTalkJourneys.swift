import Exchange
import Forms
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// What is said, asked and put back in a partner's part through the site, on both engines, without a script: for its people and the lead, and
/// for nobody else.
@Suite(.serialized) struct PartTalkJourneys {
    private typealias Who = (account: Principal.ID, session: String)

    private enum Person: String, CaseIterable {
        case lead, partner, colleague, other, writer, reader, keeper, stranger
    }

    /// A candidacy of two partners, with somebody in each of the ways one may stand to the part of the first.
    private struct Trial {
        let site: LiveSite
        let people: [Person: Who]
        let draft: Candidacy.ID
        let part: CandidacyPartner.ID

        var own: String { "/candidatures/\(draft.text)" }
        var his: String { "\(own)/parts/\(part.text)" }
        var section: String { his + "/dossier/chiffres" }

        func get(_ path: String, _ person: Person?) async throws -> Reply {
            try await site.get(path, session: person.flatMap { people[$0]?.session })
        }

        func post(_ path: String, _ fields: [(String, String)], _ person: Person) async throws -> Reply {
            guard let who = people[person] else { throw Missing() }
            return try await site.post(path, fields, as: who.account, session: who.session)
        }

        func principal(_ person: Person) throws -> Principal {
            Principal(account: try #require(people[person]).account, name: person.rawValue, grants: [])
        }

        init(_ site: LiveSite) async throws {
            let call = try await PartJourneys.call(site)
            var people: [Person: Who] = [:]
            for person in Person.allCases {
                people[person] = try await site.signIn(
                    person.rawValue, person == .keeper ? [Grant(.coordinator, on: .network)] : [])
            }
            (self.site, self.people) = (site, people)
            func named(_ person: Person) throws -> Principal {
                Principal(account: try #require(people[person]).account, name: person.rawValue, grants: [])
            }
            let (lead, shelf, head) = (try named(.lead), site.reception.forms, CandidacySite.head)
            let candidacy = try await site.desk.perform(StartCandidacy(call: call.id, shelf: shelf), as: lead).id
            draft = candidacy
            func invite(_ person: Person, _ role: CandidacyMember.Role, _ name: String = "") async throws {
                _ = try await site.desk.perform(
                    InviteToCandidacy(
                        candidacy: candidacy, email: "\(person.rawValue)@exemple.fr", role: role, partner: name,
                        head: head, shelf: shelf), as: lead)
                let secret = try await PartJourneys.secret(site, to: "\(person.rawValue)@exemple.fr")
                _ = try await site.desk.perform(AcceptCandidacyInvitation(secret), as: try named(person))
            }
            try await invite(.partner, .partner, "La Halle")
            try await invite(.other, .partner, "La Friche")
            try await invite(.writer, .writer)
            try await invite(.reader, .reader)
            let partners = try await site.desk.database.read { try CandidacyPartnerStore.partners(of: candidacy, $0) }
            part = try #require(partners.first { $0.name == "La Halle" }).id
            _ = try await site.desk.perform(
                InviteToPart(
                    candidacy: candidacy, partner: part, email: "colleague@exemple.fr", commits: false, head: head),
                as: try named(.partner))
            let secret = try await PartJourneys.secret(site, to: "colleague@exemple.fr")
            _ = try await site.desk.perform(AcceptCandidacyInvitation(secret), as: try named(.colleague))
        }
    }

    private static func play(_ engine: TestEngine, _ body: (Trial) async throws -> Void) async throws {
        try await LiveSite.open(engine, start: PartJourneys.start) { (site: LiveSite) async throws -> Void in
            try await body(try await Trial(site))
        }
    }

    // CAND-20, CAND-21, CAND-22, CAND-40
    @Test(arguments: TestEngine.available)
    func aPartWrittenByTwo(_ engine: TestEngine) async throws {
        try await Self.play(engine) { trial in
            // Saying something saves what was typed with it.
            let version = try await Self.version(trial)
            var reply = try await trial.post(
                trial.section,
                [
                    ("version", version), ("budget", "12 000"), ("_commentaire.budget", "Hors taxes ?"),
                    ("_commenter", "budget"),
                ], .colleague)
            #expect(reply.status == 303 && reply["location"]?.hasSuffix("/dossier/chiffres#question-budget") == true)
            var page = try await trial.get(trial.section, .partner).text
            #expect(page.contains("Hors taxes ?") && page.contains("12\u{202F}000") || page.contains("12000"))
            #expect(
                page.contains("Textes précédents")
                    && page.contains("/parts/\(trial.part.text)/historique?question=budget"))
            #expect(page.contains("Lu par les personnes de cette part"))
            #expect(try await trial.get(trial.his, .partner).text.contains("1 commentaire ouvert"))
            #expect(try await !trial.get(trial.own, .lead).text.contains("commentaire ouvert"), "it stays in the part")
            #expect(try await trial.get(trial.his, .lead).text.contains("1 commentaire ouvert"))
            #expect(try await trial.get(trial.own + "/parts", .lead).text.contains("1 commentaire ouvert"))
            #expect(try await !trial.get(trial.own + "/parts", .other).text.contains("commentaire ouvert"))

            // The lead, who does not write the part, answers there.
            page = try await trial.get(trial.section, .lead).text
            #expect(page.contains("sans pouvoir l’écrire") && page.contains("Hors taxes ?"))
            reply = try await trial.post(
                trial.section, [("_commentaire.budget", "Oui, merci."), ("_commenter", "budget")], .lead)
            #expect(reply.status == 303)
            #expect(try await trial.get(trial.section, .colleague).text.contains("Oui, merci."))
            let heavy = try await trial.post(
                trial.section,
                [
                    ("version", try await Self.version(trial)), ("budget", "13 000"),
                    ("_commentaire.budget", String(repeating: "a", count: 2_001)), ("_commenter", "budget"),
                ], .partner)
            #expect(heavy.status == 422 && heavy.text.contains("13 000") && heavy.text.contains("2001 caractères"))
            let own = try await trial.post(
                trial.section, [("_commentaire.budget", " "), ("_commenter", "budget")], .lead)
            #expect(own.status == 422 && own.text.contains("Écrivez d’abord"))
            reply = try await trial.post(
                trial.section, [("version", try await Self.version(trial)), ("_resoudre", "budget")], .partner)
            #expect(reply.status == 303)
            #expect(try await !trial.get(trial.his, .lead).text.contains("commentaire ouvert"))

            // Who writes what.
            let colleague = try trial.principal(.colleague)
            let text = try #require(colleague.account).text
            #expect(try await trial.get(trial.his + "/repartition", .partner).text.contains("Toute la section"))
            reply = try await trial.post(trial.his + "/repartition", [("a.chiffres.bilan", text)], .partner)
            #expect(reply.status == 303 && reply["location"]?.hasSuffix("/parts/\(trial.part.text)") == true)
            #expect(try await trial.get(trial.his, .colleague).text.contains("À vous\u{202F}:"))
            #expect(try await trial.get("/candidatures", .colleague).text.contains("À vous\u{202F}:"))
            #expect(try await trial.get(trial.section, .partner).text.contains("À Personne colleague"))
            let lead = try #require(try trial.principal(.lead).account).text
            let foreign = try await trial.post(trial.his + "/repartition", [("a.chiffres.bilan", lead)], .partner)
            #expect(foreign.status == 422)

            // Who wrote what, and the way back.
            let history = trial.his + "/historique"
            page = try await trial.get(history + "?question=budget", .partner).text
            #expect(page.contains("Rétablir ce texte") && page.contains("(sans réponse)"))
            #expect(page.contains("Voir toute la part"))
            page = try await trial.get(history, .other).text
            #expect(page.contains("Personne colleague") && !page.contains("Rétablir ce texte"))
            #expect(try await trial.get(trial.own + "/historique", .lead).text.contains(history))
            let now = try await Self.version(trial)
            reply = try await trial.post(history, [("question", "budget"), ("version", now)], .colleague)
            #expect(reply.status == 303 && reply["location"]?.contains("historique?question=budget") == true)
            #expect(try await Self.version(trial) != now)
            for wrong in ["1", "99", "-9223372036854775808", "x"] {
                let reply = try await trial.post(history, [("question", "budget"), ("version", wrong)], .partner)
                #expect(reply.status == 404, "\(wrong)")
            }
            #expect(try await trial.get(history, .lead).status == 200, "the site still answers")
        }
    }

    // CAND-1, CAND-20, CAND-21, CAND-22, S-01
    @Test(arguments: TestEngine.available)
    func whoOpensWhat(_ engine: TestEngine) async throws {
        let canary = "Turquoise"
        try await Self.play(engine) { trial in
            let version = try await Self.version(trial)
            _ = try await trial.post(
                trial.section,
                [
                    ("version", version), ("budget", "12 000"), ("_commentaire.budget", "Un mot \(canary)."),
                    ("_commenter", "budget"),
                ], .partner)
            let within: Set<Person> = [.lead, .partner, .colleague]
            let besides: Set<Person> = [.other, .writer, .reader]

            let pages = SiteMap.parts.filter { $0.method == .get && $0.pattern.contains("{partner}") }
            #expect(pages.count == 5)
            for route in pages {
                let path = Self.path(route, trial)
                #expect(try await trial.get(path, nil).status == 303, "\(path)")
                for person in Person.allCases {
                    let reply = try await trial.get(path, person)
                    let takesPart = within.contains(person) || besides.contains(person)
                    #expect(reply.status == (takesPart ? 200 : 404), "\(path) as \(person): \(reply.status)")
                    if !takesPart {
                        let nothing = try await trial.get(
                            path.replacing(trial.draft.text, with: "0000000000000"), person)
                        #expect(nothing.settled() == reply.settled(), "\(path) as \(person)")
                    }
                }
            }

            // Nobody but those who speak there reads a word of it, wherever they look.
            for route in SiteMap.all where route.method == .get {
                let path = Self.path(route, trial)
                for person in Person.allCases where !within.contains(person) {
                    let reply = try await trial.get(path, person)
                    #expect(!reply.text.contains(canary), "\(path) as \(person)")
                }
                #expect(try await !trial.get(path, nil).text.contains(canary), "\(path)")
            }
            #expect(try await trial.get(trial.section, .lead).text.contains(canary), "or the test proves nothing")

            // Who is refused changes nothing.
            let before = try await SecurityJourneys.digest(trial.site, besides: ["session"])
            let writes: [(path: String, fields: [(String, String)], allowed: Set<Person>)] = [
                (trial.section, [("_commentaire.budget", "Pris."), ("_commenter", "budget")], within),
                (trial.section, [("_resoudre", "budget")], within),
                (trial.his + "/historique", [("question", "budget"), ("version", "3")], [.partner, .colleague]),
                (trial.his + "/repartition", [("a.chiffres", "")], [.partner]),
            ]
            for (path, fields, allowed) in writes {
                for person in Person.allCases where !allowed.contains(person) {
                    let reply = try await trial.post(path, fields, person)
                    let wanted = within.contains(person) || besides.contains(person) ? 403 : 404
                    #expect(reply.status == wanted, "\(path) \(fields) as \(person): \(reply.status)")
                    #expect(!reply.text.contains(canary) || within.contains(person), "\(path) as \(person)")
                }
            }
            #expect(try await SecurityJourneys.digest(trial.site, besides: ["session"]) == before)
        }
    }

    private static func version(_ trial: Trial) async throws -> String {
        let part = trial.part
        let partner = try await trial.site.desk.database.read { try CandidacyPartnerStore.any(part, $0) }
        return String(try #require(partner).version)
    }

    private static func path(_ route: Route, _ trial: Trial) -> String {
        var path = route.pattern
        for name in route.parameterNames {
            let value =
                switch name {
                case "id" where path.hasPrefix("/candidatures/"): trial.draft.text
                case "partner": trial.part.text
                case "section": route.pattern.contains("{partner}") ? "chiffres" : "projet"
                case "slug": "a-plusieurs"
                case "z", "x", "y": "0"
                default: String(repeating: "A", count: 43)
                }
            path = path.replacing("{\(name)}", with: value)
        }
        return path
    }
}
