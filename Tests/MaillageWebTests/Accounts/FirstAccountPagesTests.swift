import Maillage
import Testing
import Workbench

@testable import MaillageWeb

/// The page of the first account, through the doors (ACC-60).
@Suite struct FirstAccountPagesTests {
    private static let password = "une phrase sans queue ni tete"

    /// A site that started on a network without anybody.
    private static func on(
        _ engine: TestEngine, mail: String? = nil, _ body: (AccountSite, FirstAccountCode) async throws -> Void
    ) async throws {
        var settings = Settings()
        settings.mailCommand = mail
        try await AccountSite.on(engine, settings: settings) { site in
            var reception = site.reception
            let code = FirstAccountCode(reception.surroundings)
            reception.firstAccountCode = code
            try await body(
                AccountSite(
                    reception: reception, doors: Doors(reception: reception, routes: SiteMap.all), clock: site.clock),
                code)
        }
    }

    // ACC-60
    @Test(arguments: TestEngine.available)
    func `the home page leads to it, the code opens it, and then it is gone`(engine: TestEngine) async throws {
        try await Self.on(engine) { site, code in
            let browser = AccountBrowser(site)
            try await browser.get("/")
            #expect(browser.text.contains("href=\"/premier-compte\""))
            try await browser.get("/premier-compte")
            #expect(browser.status == 200)
            #expect(!browser.text.contains(code.text))
            try await browser.submit(
                "/premier-compte",
                ["code": code.text.lowercased(), "email": "lea@exemple.fr", "name": "Léa", "password": Self.password])
            #expect(browser.status == 303)
            try await browser.get("/exploitation")
            #expect(browser.status == 200)
            try await browser.get("/coordination")
            #expect(browser.status == 200)

            let stranger = AccountBrowser(site)
            try await stranger.get("/premier-compte")
            #expect(stranger.status == 404)
            let absence = stranger.text
            try await stranger.get("/nulle-part")
            #expect(absence.contains("Page introuvable") && stranger.text.contains("Page introuvable"))
            // The desk of these tests tells nobody of changes; that of a site that serves empties the cache.
            site.reception.cache.invalidate()
            try await stranger.get("/")
            #expect(!stranger.text.contains("premier-compte"))
            // The password lets them come back.
            try await stranger.get("/connexion")
            try await stranger.submit(
                "/connexion/mot-de-passe", ["adresse": "lea@exemple.fr", "mot_de_passe": Self.password])
            #expect(stranger.status == 303)
        }
    }

    @Test(arguments: TestEngine.available)
    func `each refusal says what is wrong and keeps what was typed, but the code`(engine: TestEngine) async throws {
        try await Self.on(engine) { site, code in
            let good = ["code": code.text, "email": "lea@exemple.fr", "name": "Léa", "password": Self.password]
            let wrong: [(String, String, String)] = [
                ("code", "AAAA-BBBB-CCCC", "Ce n’est pas le code"), ("code", "", "Ce n’est pas le code"),
                ("email", "lea", "value=\"lea\""), ("name", "", "Indiquez votre nom."),
                ("password", "court", "trop court"), ("password", "", "trop court"),
            ]
            let browser = AccountBrowser(site)
            for (field, value, words) in wrong {
                try await browser.get("/premier-compte")
                var fields = good
                fields[field] = value
                try await browser.submit("/premier-compte", fields)
                #expect(browser.status == 422, "\(field) \(value): \(browser.status)")
                #expect(browser.text.contains(words), "\(field) \(value)")
                #expect(!browser.text.contains(code.text) && !browser.text.contains(Self.password))
                if field != "email" { #expect(browser.text.contains("value=\"lea@exemple.fr\"")) }
            }
            _ = try await site.account("lea")
            try await browser.get("/premier-compte")
            try await browser.submit("/premier-compte", good)
            #expect(browser.status == 422 && browser.text.contains("Un compte existe déjà"))
            #expect(try await site.desk.database.read { try $0.count("SELECT count(*) FROM account") } == 1)
        }
    }

    @Test(arguments: TestEngine.available)
    func `too many wrong codes say when to come back`(engine: TestEngine) async throws {
        try await Self.on(engine) { site, code in
            let browser = AccountBrowser(site)
            let fields = ["code": "AAAA-BBBB-CCCC", "email": "lea@exemple.fr", "name": "Léa"]
            for _ in 0..<11 {
                try await browser.get("/premier-compte")
                try await browser.submit("/premier-compte", fields)
            }
            #expect(browser.status == 429)
            #expect(browser.text.contains("Réessayez dans"))
        }
    }

    @Test(arguments: TestEngine.available)
    func `where mail works no password is asked for`(engine: TestEngine) async throws {
        try await Self.on(engine, mail: "/usr/bin/true") { site, code in
            let browser = AccountBrowser(site)
            try await browser.get("/premier-compte")
            try await browser.submit(
                "/premier-compte", ["code": code.text, "email": "lea@exemple.fr", "name": "Léa", "password": ""])
            #expect(browser.status == 303)
        }
    }

    @Test(arguments: TestEngine.available)
    func `a program that started with somebody in charge has no such page`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = AccountBrowser(site)
            try await browser.get("/premier-compte")
            #expect(browser.status == 404)
            try await browser.get("/")
            #expect(!browser.text.contains("premier-compte"))
        }
        // The code of this start, and an operator appointed meanwhile at the machine.
        try await Self.on(engine) { site, code in
            _ = try await site.account("machine", Grant(.operator, on: .network))
            let browser = AccountBrowser(site)
            try await browser.get("/premier-compte")
            #expect(browser.status == 404)
            try await browser.get("/sitemap.xml")
            #expect(!browser.text.contains("premier-compte"))
        }
    }
}
