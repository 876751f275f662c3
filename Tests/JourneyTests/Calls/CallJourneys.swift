import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// A call from its first title to a later limit, through the site, on both engines.
@Suite(.serialized) struct CallJourneys {
    private typealias Person = (account: Principal.ID, session: String)

    private static func save(
        _ site: LiveSite, _ slug: String, _ section: CallSection.Name, _ fields: [(String, String)], as person: Person
    ) async throws -> Reply {
        let reply = try await site.get("/appels/\(slug)/modifier", session: person.session)
        #expect(reply.status == 200)
        let version = try await site.desk.database.read { try CallStore.call(.house, slug: slug, $0)?.version ?? 0 }
        return try await site.post(
            Paths.call(slug, section), fields + [("version", "\(version)")], as: person.account, session: person.session
        )
    }

    // CALL-2, CALL-5, CALL-7, CALL-9, CALL-10, CALL-11
    @Test(arguments: TestEngine.available)
    func fromATitleToALaterLimit(_ engine: TestEngine) async throws {
        // Tuesday 22 September 2026, 10:00 in Paris.
        try await LiveSite.open(engine, start: Instant(seconds: 1_790_064_000)) {
            (site: LiveSite) async throws -> Void in
            try await site.desk.perform(UpdateTerritory(PlaceTerritories.lens), as: .house)
            let keeper = try await site.signIn("financeur", [Grant(.funder, on: .network)])
            let other = try await site.signIn("coordination", [Grant(.coordinator, on: .network)])
            let stranger = try await site.signIn("passante")
            let refused = try await site.post(
                "/appels/nouveau", [("titre", "Essai")], as: stranger.account, session: stranger.session)
            #expect(refused.status == 403)
            let created = try await site.post(
                "/appels/nouveau", [("titre", "Tiers-lieux du bassin"), ("nature", "ami")], as: keeper.account,
                session: keeper.session)
            #expect(
                created.status == 303
                    && created.headers.contains { $0.value == "/appels/tiers-lieux-du-bassin/modifier" })
            let slug = "tiers-lieux-du-bassin"
            for path in ["", "/reglement", "/modifier", "/dossier-type", ".ics"] {
                let reply = try await site.get("/appels/\(slug)\(path)", session: stranger.session)
                #expect(reply.status == 404, "\(path)")
            }
            let early = try await site.post(
                "/appels/\(slug)/publier", [("version", "1")], as: keeper.account, session: keeper.session)
            #expect(early.status == 422 && early.text.contains("/appels/\(slug)/modifier/calendrier"))

            var reply = try await Self.save(
                site, slug, .identity,
                [
                    ("titre", "Tiers-lieux du bassin"), ("nature", "ami"), ("organisateur", "L’agglomération d’essai"),
                    ("courriel", "ami@agglo.example"), ("resume", "Repérer les projets."),
                ], as: keeper)
            #expect(reply.status == 303)
            let doubtful: [(String, String)] = [("vague.0.limite", "avant le 16 octobre 2026 à minuit")]
            reply = try await Self.save(site, slug, .calendar, doubtful, as: keeper)
            #expect(reply.status == 422 && reply.text.contains("2026-10-16T22:00:00Z"))
            #expect(reply.text.contains("avant le 16 octobre 2026 à minuit"), "what was typed is kept")
            reply = try await Self.save(
                site, slug, .calendar, doubtful + [("vague.0.lecture", "2026-10-16T22:00:00Z")], as: keeper)
            #expect(reply.status == 303)
            reply = try await Self.save(
                site, slug, .criteria,
                [
                    ("critere.0.libelle", "Ancrage"), ("critere.0.poids", "2"), ("critere.0.maximum", "5"),
                    ("critere.1.libelle", ""),
                ],
                as: keeper)
            #expect(reply.status == 303)
            reply = try await Self.save(
                site, slug, .conditions, [("maturite.etapes", "intention"), ("maturite.bloquant", "oui")], as: keeper)
            #expect(reply.status == 303)
            reply = try await site.post(
                "/appels/\(slug)/modifier/dossier", [("titre", "Dossier"), ("definition", JourneyForm.text)],
                as: keeper.account, session: keeper.session)
            #expect(reply.status == 303)
            let draft = try #require(try await site.desk.database.read { try CallStore.call(.house, slug: slug, $0) })
            #expect(draft.settings.waves.map(\.closesAt) == [Instant(seconds: 1_792_188_000)])
            reply = try await site.post(
                "/appels/\(slug)/publier", [("version", "\(draft.version)")], as: keeper.account,
                session: keeper.session)
            #expect(reply.status == 303)

            let page = try await site.get("/appels/\(slug)")
            #expect(page.status == 200 && page.text.contains("vendredi 16 octobre 2026 à 23\u{A0}h\u{A0}59"))
            #expect(!page.text.contains("à minuit"))
            #expect(try await site.get("/appels").text.contains("Tiers-lieux du bassin"))
            #expect(try await site.get("/appels.atom").text.contains("Tiers-lieux du bassin"))
            #expect(try await site.get("/appels/\(slug).ics").text.contains("DTSTART:20261016T220000Z"))
            let rules = try await site.get("/appels/\(slug)/reglement")
            let text = try await site.get("/appels/\(slug)/reglement.txt")
            #expect(rules.text.contains(RulesText.fingerprint(text.text)))
            #expect(try await site.get("/appels/\(slug)/dossier-type").text.contains("Le projet"))
            let yes = try await site.get("/appels/\(slug)/eligibilite?etape=intention&verifier=1")
            #expect(yes.text.contains("verdict-satisfait"))
            let no = try await site.get("/appels/\(slug)/eligibilite?etape=ouvert&verifier=1")
            #expect(no.text.contains("verdict-non_satisfait"))

            let asked = try await site.post("/appels/\(slug)/questions", [("question", "Une question\u{202F}?")])
            #expect(asked.status == 303)
            let waiting = try #require(
                try await site.desk.database.read { try CallQuestionStore.waiting(on: draft.id, $0) }.first)
            reply = try await site.post(
                Paths.callQuestion(slug, waiting.id), [("reponse", "Une réponse."), ("action", "publier")],
                as: keeper.account, session: keeper.session)
            #expect(reply.status == 303)
            #expect(try await site.get("/appels/\(slug)").text.contains("Une réponse."))

            reply = try await Self.save(
                site, slug, .committee, [("siege.0.organisme", "La Région"), ("motif", "Composé hier.")], as: keeper)
            #expect(reply.status == 303)
            #expect(try await site.get("/appels/\(slug)").text.contains("Composé hier."))

            let wave = try #require(draft.settings.waves.first).id.text
            reply = try await site.post(
                "/appels/\(slug)/prolongation",
                [
                    ("vague", wave), ("limite", "au plus tard le 30 octobre 2026 à 12 h"), ("motif", "Vacances."),
                    ("lecture", "2026-10-30T11:00:00Z"),
                ],
                as: keeper.account, session: keeper.session)
            #expect(reply.status == 303)
            let proposal = try #require(
                try await site.desk.database.read { try CallExtensionStore.waiting(on: draft.id, $0) }.first)
            let confirm = Paths.callExtension(slug, proposal.id, "accord")
            #expect(try await site.post(confirm, as: keeper.account, session: keeper.session).status == 403)
            #expect(try await site.post(confirm, as: other.account, session: other.session).status == 303)
            #expect(try await site.get("/appels/\(slug)").text.contains("vendredi 30 octobre 2026 à 11\u{A0}h\u{A0}59"))
        }
    }
}

/// What the journeys of calls need of the world.
enum JourneyForm {
    static let text = """
        {"format":"maillage-form","formatVersion":1,"key":"dossier","title":"Dossier","version":1,
        "sections":[{"key":"projet","title":"Le projet","questions":[
        {"key":"resume","label":"Le projet en quelques phrases","kind":"longText","required":true,"maxLength":1500}]}]}
        """
}

enum PlaceTerritories {
    static var lens: TerritoryBatch {
        var batch = TerritoryBatch()
        batch.edition = 2024
        batch.regions = [.init(code: "32", name: "Hauts-de-France")]
        batch.departements = [.init(code: "62", name: "Pas-de-Calais", region: "32")]
        batch.communes = [Commune(code: "62498", name: "Lens", departement: "62", region: "32", population: 32_700)]
        batch.postalCodes = [.init("62300", "62498")]
        return batch
    }
}
