import Exchange
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The ledger through HTTP: what a refused person learns (nothing), what the public reads, what the files say.
@Suite(.serialized) struct FundingJourneys {
    /// Words that no page but those of who keeps the line may hold.
    private enum Canary {
        static let object = "Objet Zircone"
        static let person = "Personne Kaolin"
        static let words = "Motif Feldspath"
    }

    private struct Scene {
        let site: LiveSite
        let funder: Funder
        let agent, coordinator, manager, other: (account: Principal.ID, session: String)
        let hidden, person, published: FundingLine

        func get(_ path: String, _ who: (account: Principal.ID, session: String)? = nil) async throws -> Reply {
            try await site.get(path, session: who?.session)
        }

        func post(
            _ path: String, _ fields: [(String, String)], _ who: (account: Principal.ID, session: String)
        ) async throws -> Reply {
            try await site.post(path, fields, as: who.account, session: who.session)
        }
    }

    private static func play(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
        try await LiveSite.open(engine, start: CandidacyJourneys.start) { (site: LiveSite) async throws -> Void in
            let agent = try await site.signIn("agent", [Grant(.funder, on: .network)])
            let coordinator = try await site.signIn("coordination", [Grant(.coordinator, on: .network)])
            let other = try await site.signIn("autre", [Grant(.funder, on: .network)])
            let place = try await site.desk.perform(
                CreatePlace(values: [.name: .text("La Fosse"), .summary: .text("Un lieu.")], visibility: .everyone),
                as: .house)
            let manager = try await site.signIn(
                "responsable", [Grant(.placeManager, on: Scope(.place, place.id.number))])
            let asAgent = Principal(account: agent.account, name: "Agent", grants: [Grant(.funder, on: .network)])
            let funder = try await site.desk.perform(
                AddFunder(name: "Région d’essai", kind: .region, siret: "73282932000074"), as: asAgent)
            let today = FundingText.today(site.reception.surroundings.now())
            func line(_ object: String, _ beneficiary: String, isPerson: Bool = false, place: Place.ID? = nil)
                async throws
                -> FundingLine
            {
                var facts = FundingFacts(funder: funder.id, beneficiary: beneficiary, object: object, year: 2026)
                (facts.isPerson, facts.place, facts.siret) = (isPerson, place, isPerson ? "" : "35600000000048")
                let opened = try await site.desk.perform(OpenFundingLine(facts), as: asAgent)
                _ = try await site.desk.perform(
                    AdvanceFunding(
                        line: opened.id, version: 1, step: .ask, amount: 100_000, on: today, words: Canary.words),
                    as: asAgent)
                return try await site.desk.perform(
                    AdvanceFunding(line: opened.id, version: 2, step: .grant, amount: 90_000, on: today), as: asAgent)
            }
            let hidden = try await line(Canary.object, "Association cachée", place: place.id)
            let person = try await line("Bourse", Canary.person, isPerson: true)
            let published = try await line("Repair café", "Association publique")
            _ = try await site.desk.perform(
                AdvanceFunding(
                    line: published.id, version: 3, step: .pay, amount: 50_000, on: today, words: Canary.words),
                as: asAgent)
            try await site.desk.perform(PublishFunding(line: published.id), as: asAgent)
            try await body(
                Scene(
                    site: site, funder: funder, agent: agent, coordinator: coordinator, manager: manager, other: other,
                    hidden: hidden, person: person, published: published))
        }
    }

    private static let readable = [
        "/financements", "/financements.csv", "/financements?q=zircone", "/financements?q=kaolin", "/flux", "/flux.csv",
        "/api/v1/funding.csv", "/api/v1/funding/360giving.json", "/donnees", "/lieux/la-fosse",
    ]

    // FUND-1, FUND-9
    @Test(arguments: TestEngine.available)
    func whoMayNotKnowLearnsNothing(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            for who in [nil, scene.other] {
                for path in Self.readable {
                    let reply = try await scene.get(path, who)
                    #expect(reply.status == 200, "\(path): \(reply.status)")
                    for word in [Canary.object, Canary.person, Canary.words] {
                        #expect(!reply.text.contains(word), "\(path) says \(word)")
                    }
                }
            }
            #expect(try await scene.get("/financements?q=zircone", scene.manager).text.contains(Canary.object))
            #expect(try await scene.get("/lieux/la-fosse", scene.manager).text.contains(Canary.object))
            // A hidden line answers as one that never was.
            let (one, none) = (scene.hidden.id.text, "8zzzzzzzzzzzz")
            for page in ["", "/modifier", "/convention", "/bilans", "/parts"] {
                let (first, second) = (
                    try await scene.get("/financements/\(one)\(page)", scene.other),
                    try await scene.get("/financements/\(none)\(page)", scene.other)
                )
                #expect(first.status == 404 && second.status == 404, "\(page)")
                #expect(first.settled(one) == second.settled(none), "\(page)")
            }
            for page in ["etape", "modifier", "convention/rediger", "compte", "bilans", "parts"] {
                let fields = [("etape", "versement"), ("version", "3"), ("jour", "2026-09-22"), ("montant", "5")]
                let first = try await scene.post("/financements/\(one)/\(page)", fields, scene.other)
                let second = try await scene.post("/financements/\(none)/\(page)", fields, scene.other)
                #expect(first.status == 404 && second.status == 404, "\(page): \(first.status)")
                #expect(first.settled(one) == second.settled(none), "\(page)")
            }
            // What is public is read, not its history.
            let open = try await scene.get("/financements/\(scene.published.id.text)").text
            #expect(open.contains("Association publique") && !open.contains("Histoire de la ligne"))
            #expect(!open.contains(Canary.words))
            let closed = try await scene.get("/financements/\(scene.published.id.text)/convention", scene.other)
            #expect(closed.status == 403)
        }
    }

    // FUND-1, FUND-2, FUND-5
    @Test(arguments: TestEngine.available)
    func aLineAdvancesByItsForm(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            let path = "/financements/\(scene.hidden.id.text)"
            let wrong = try await scene.post(
                path + "/etape",
                [
                    ("version", "3"), ("etape", "versement"), ("montant", "900,01"), ("jour", "2026-09-22"),
                    ("motif", "m"),
                ],
                scene.agent)
            #expect(wrong.status == 422 && wrong.text.contains("0,01") && wrong.text.contains("900,01"))
            let text = try await scene.post(
                path + "/etape", [("version", "3"), ("etape", "versement"), ("montant", "=A1+2"), ("jour", "hier")],
                scene.agent)
            #expect(
                text.status == 422 && text.text.contains("Donnez un montant") && text.text.contains("Donnez le jour"))
            let stale = try await scene.post(
                path + "/etape",
                [("version", "2"), ("etape", "versement"), ("montant", "1"), ("jour", "2026-09-22"), ("motif", "m")],
                scene.agent)
            #expect(stale.status == 409)
            let good = try await scene.post(
                path + "/etape",
                [
                    ("version", "3"), ("etape", "versement"), ("montant", "900"), ("jour", "2026-09-22"),
                    ("motif", "m 7"),
                ],
                scene.agent)
            #expect(good.status == 303, "\(good.text)")
            #expect(try await scene.get(path, scene.agent).text.contains("m 7"))
            #expect(try await scene.post(path + "/etape", [], scene.manager).status == 403)
        }
    }

    // FUND-18
    @Test(arguments: TestEngine.available)
    func theFilesHoldWhatWasPublished(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            let csv = try await scene.get("/api/v1/funding.csv")
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count == 2 && lines[0] == SubsidyFile.columns.joined(separator: ",")[...])
            #expect(lines[1].contains("73282932000074") && lines[1].contains(",900.00,"))
            #expect(try await scene.get("/api/v1/funding.csv?from=2027").text.split(separator: "\r\n").count == 1)
            #expect(try await scene.get("/api/v1/funding.csv?from=hier").status == 400)
            let json = try await scene.get("/api/v1/funding/360giving.json")
            let file = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
            #expect((file?["grants"] as? [Any])?.count == 1)
            let schema = try #require(FundingAPI.grantsOperation.schema)
            #expect(try SchemaCheck.faults(of: json.json(), against: schema) == [], "as /openapi.json describes it")
            let check = try await scene.get("/financements/publication", scene.agent)
            #expect(check.status == 200 && check.text.contains(Canary.object) && check.text.contains("jamais publiée"))
            let refused = try await scene.post(
                "/financements/publication", [("ligne", scene.hidden.id.text), ("ligne", scene.person.id.text)],
                scene.agent)
            #expect(refused.status == 422, "all of them, or none")
            #expect(try await scene.get("/api/v1/funding.csv").text.split(separator: "\r\n").count == 2)
            let done = try await scene.post("/financements/publication", [("ligne", scene.hidden.id.text)], scene.agent)
            #expect(done.status == 303)
            #expect(try await scene.get("/api/v1/funding.csv").text.split(separator: "\r\n").count == 3)
            #expect(
                try await scene.post("/financements/publication", [("ligne", scene.hidden.id.text)], scene.other).status
                    == 403)
        }
    }

    // FUND-10, FUND-12, FUND-13, FUND-14, FUND-15, FUND-16
    @Test(arguments: TestEngine.available)
    func anAgreementFromItsFormToItsPayment(_ engine: TestEngine) async throws {
        try await Self.play(engine) { scene in
            let path = "/financements/\(scene.hidden.id.text)"
            var fields: [(String, String)] = [
                ("edition", "0"), ("numero", "C-1"), ("montant", "900"), ("debut", "2026-09-22"), ("duree", "12"),
                ("echeance-0", "Avance"), ("somme-0", "33,33 %"), ("quand-0", "signature"), ("echeance-1", "Suite"),
                ("somme-1", "66,66 %"), ("quand-1", "solde"),
            ]
            for article in AgreementArticle.allCases { fields.append(("article-" + article.rawValue, "Texte.")) }
            #expect(try await scene.get(path + "/convention", scene.agent)["location"]?.hasSuffix("/rediger") == true)
            let short = try await scene.post(path + "/convention/rediger", fields, scene.agent)
            #expect(short.status == 422 && short.text.contains("99,99"))
            fields[9] = ("somme-1", "66,67 %")
            #expect(try await scene.post(path + "/convention/rediger", fields, scene.agent).status == 303)
            let draft = try await scene.get(path + "/convention", scene.agent).text
            #expect(draft.contains("299,97") && draft.contains("600,03"))
            #expect(try await scene.post(path + "/convention/envoi", [("edition", "1")], scene.agent).status == 303)
            let sign = [("version", "1"), ("qualite", "Présidente"), ("partie", "beneficiaire")]
            #expect(try await scene.post(path + "/convention/signature", sign, scene.agent).status == 403)
            let old = [("version", "7"), ("qualite", "Présidente"), ("partie", "beneficiaire")]
            let refused = try await scene.post(path + "/convention/signature", old, scene.manager)
            #expect(refused.status == 422 && refused.text.contains("Relisez-la"))
            #expect(try await scene.post(path + "/convention/signature", sign, scene.manager).status == 303)
            let other = [("version", "1"), ("qualite", "Directeur"), ("partie", "financeur")]
            #expect(try await scene.post(path + "/convention/signature", other, scene.agent).status == 303)
            let iban = [("iban", "FR14 2004 1010 0505 0001 3M02 606"), ("titulaire", "La Fosse")]
            #expect(try await scene.post(path + "/compte", iban, scene.manager).status == 303)
            let page = try await scene.get(path + "/convention", scene.agent).text
            #expect(!page.contains("FR1420041010050500013M02606") && page.contains("FR14"))
            let account = try #require(Self.path(in: page, after: path + "/compte/"))
            #expect(try await scene.post(account, [], scene.agent).status == 303)
            let instalment = try #require(Self.path(in: page, after: path + "/echeances/"))
            #expect(try await scene.post(instalment, [("geste", "controler")], scene.agent).status == 303)
            let alone = try await scene.post(instalment, [("geste", "mandater"), ("mandat", "M-1")], scene.agent)
            #expect(alone.status == 422 && alone.text.contains("autre personne"))
            let order = [("geste", "mandater"), ("mandat", "M-1")]
            #expect(try await scene.post(instalment, order, scene.manager).status == 403)
            #expect(try await scene.post(instalment, order, scene.coordinator).status == 303)
            let orders = try await scene.get("/financements/mandats.csv", scene.agent).text
            #expect(orders.contains("M-1") && orders.contains("FR1420041010050500013M02606"))
            #expect(try await !scene.get("/financements/mandats.csv", scene.other).text.contains("M-1"))
            #expect(try await !scene.get("/financements/mandats.csv", scene.manager).text.contains("M-1"))
            let pay = [("geste", "payer"), ("jour", "2026-09-22"), ("preuve", "virement 1")]
            #expect(try await scene.post(instalment, pay, scene.agent).status == 303)
            #expect(try await scene.get(path, scene.manager).text.contains("299,97"))
            let parts = [
                ("membre-0", "Chef"), ("part-0", "500"), ("membre-1", "Autre"), ("part-1", "400"), ("chef", "0"),
            ]
            #expect(try await scene.post(path + "/parts", parts, scene.agent).status == 303)
            #expect(try await scene.post(path + "/parts", parts, scene.manager).status == 403)
            #expect(try await scene.get(path + "/parts", scene.manager).text.contains("chef de file"))
            let reports = try await scene.get(path + "/bilans", scene.manager).text
            let report = try #require(Self.path(in: reports, after: path + "/bilans/"))
            #expect(try await scene.get(report, scene.manager).status == 200)
            let empty = try await scene.post(report, [("edition", "1"), ("recit", "")], scene.manager)
            #expect(empty.status == 422)
            let told = [
                ("edition", "1"), ("recit", "Fait."), ("compte-0", "60"), ("prevu-0", "900"), ("realise-0", "899,50"),
            ]
            #expect(try await scene.post(report, told, scene.manager).status == 303)
            #expect(
                try await scene.post(report + "/decision", [("edition", "2"), ("decision", "accepter")], scene.manager)
                    .status == 403)
            #expect(
                try await scene.post(report + "/decision", [("edition", "2"), ("decision", "accepter")], scene.agent)
                    .status == 303)
        }
    }

    /// The first address of a page that begins so.
    private static func path(in text: String, after start: String) -> String? {
        guard let found = text.range(of: start) else { return nil }
        let rest = text[found.upperBound...].prefix { $0.isLetter || $0.isNumber }
        return rest.isEmpty ? nil : start + rest
    }
}
