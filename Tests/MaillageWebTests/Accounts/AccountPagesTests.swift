import Maillage
import Testing
import Workbench

@testable import MaillageWeb

@Suite struct AccountPagesTests {
    // ACC-8, ACC-12
    @Test(arguments: TestEngine.available)
    func `a person changes name, password and devices from one page`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let lea = try await site.account("lea")
            let here = try await AccountBrowser.of(lea, site)
            let there = try await AccountBrowser.of(lea, site)
            try await here.get("/mon-compte")
            try await here.submit("/mon-compte/nom", ["name": "Lеa"])
            #expect(here.status == 422)
            #expect(here.text.contains("mélange des alphabets"))
            #expect(here.text.contains("value=\"Lеa\""))
            try await here.submit("/mon-compte/nom", ["name": "Léa Renommée"])
            try await here.follow()
            #expect(here.text.contains("Léa Renommée"))

            try await here.submit("/mon-compte/mot-de-passe", ["mot_de_passe": "court"])
            #expect(here.status == 422)
            #expect(here.text.contains("champ-mot_de_passe-erreur"))
            #expect(!here.text.contains("value=\"court\""))
            try await here.submit("/mon-compte/mot-de-passe", ["mot_de_passe": "tulipes violettes au marché"])
            #expect(here.status == 303)
            try await there.get("/mon-compte")
            #expect(there.status == 303)

            let elsewhere = AccountBrowser(site)
            try await elsewhere.get("/connexion")
            try await elsewhere.submit(
                "/connexion/mot-de-passe", ["adresse": "lea@exemple.fr", "mot_de_passe": "faux faux faux"])
            #expect(elsewhere.status == 422)
            #expect(elsewhere.text.contains("lea@exemple.fr"))
            try await elsewhere.submit(
                "/connexion/mot-de-passe", ["adresse": "lea@exemple.fr", "mot_de_passe": "tulipes violettes au marché"])
            #expect(elsewhere.status == 303)
            try await here.get("/mon-compte")
            try await here.submit("/mon-compte/sessions/fermeture")
            try await elsewhere.get("/mon-compte")
            #expect(elsewhere.status == 303)
        }
    }

    // ACC-14
    @Test(arguments: TestEngine.available)
    func `a new address is confirmed by the link it receives`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            try await browser.get("/mon-compte")
            try await browser.submit("/mon-compte/adresse", ["email": "neuve@exemple.fr"])
            try await browser.follow()
            #expect(browser.text.contains("neuve@exemple.fr"))
            let link = try await site.link(to: "neuve@exemple.fr")
            try await browser.get(link)
            try await browser.submit(link)
            #expect(browser.status == 303)
            try await browser.get(link)
            try await browser.submit(link)
            #expect(browser.status == 404)
        }
    }

    // ACC-15
    @Test(arguments: TestEngine.available)
    func `closing asks twice, then signs out for good`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let lea = try await site.account("lea", Grant(.placeManager, on: Scope(.place, 7)))
            let browser = try await AccountBrowser.of(lea, site)
            try await browser.get("/mon-compte/fermeture")
            #expect(browser.text.contains("seule personne responsable"))
            try await browser.submit("/mon-compte/fermeture", ["confirmed": "oui"])
            #expect(browser.status == 422)
            #expect(browser.text.contains("checked"))
            try await browser.submit("/mon-compte/fermeture", ["confirmed": "oui", "leaves_places": "oui"])
            #expect(browser.status == 303)
            try await browser.get("/mon-compte")
            #expect(browser.status == 303)
        }
    }

    // ACC-21
    @Test(arguments: TestEngine.available)
    func `a person takes their data away, as JSON and as ZIP`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            try await browser.get("/mon-compte/donnees.json")
            #expect(browser.type == "application/json")
            #expect(browser.text.contains("\"email\":\"lea@exemple.fr\""))
            try await browser.get("/mon-compte/donnees.zip")
            #expect(browser.type == "application/zip")
            #expect(browser.text.hasPrefix("PK"))
        }
    }

    // ACC-19, ACC-20
    @Test(arguments: TestEngine.available)
    func `an invited person signs in, accepts, and holds a renewed session`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let place = Scope(.place, 7)
            _ = try await site.desk.perform(
                InviteEditor(
                    EmailAddress("lea@exemple.fr"), as: .placeEditor, of: place, named: "L’Atelier", head: site.head),
                as: .house)
            let link = try await site.link(to: "lea@exemple.fr")
            let visitor = AccountBrowser(site)
            try await visitor.get(link)
            #expect(visitor.text.contains("L’Atelier"))
            #expect(!visitor.text.contains("lea@exemple.fr"))
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            let before = browser.cookies["session"]
            try await browser.get(link)
            try await browser.submit(link)
            #expect(browser.status == 303)
            try await browser.get("/mon-compte")
            #expect(browser.text.contains("Édition du lieu"))
            #expect(browser.cookies["session"] != before)
            try await browser.get("/mon-compte")
            #expect(browser.status == 200)
        }
    }

    // ACC-19: a page and its pictures are asked for together.
    @Test(arguments: TestEngine.available)
    func `requests at the same moment all pass while the session is renewed`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let lea = try await site.account("lea")
            let cookies = try await AccountBrowser.of(lea, site).cookies
            site.clock.advance(by: .minutes(6))
            let grant = Grant(.placeEditor, on: Scope(.place, 7))
            _ = try await site.desk.perform(GrantRole(grant, to: lea, head: site.head), as: .house)
            let answers = try await withThrowingTaskGroup(of: (status: Int, secret: String?).self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let browser = AccountBrowser(site)
                        browser.cookies = cookies
                        try await browser.get("/mon-compte")
                        return (browser.status, browser.cookies["session"])
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // Those that came after the renewal hold a dead secret and are asked to sign in; none fails.
            #expect(answers.allSatisfy { [200, 303].contains($0.status) })
            let renewed = Set(answers.compactMap(\.secret)).subtracting(cookies.values)
            #expect(renewed.count == 1)
        }
    }
}
