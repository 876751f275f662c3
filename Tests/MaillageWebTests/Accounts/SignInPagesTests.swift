import Maillage
import Testing
import Workbench

@testable import MaillageWeb

@Suite struct SignInPagesTests {
    // ACC-3, ACC-4, ACC-6
    @Test(arguments: TestEngine.available)
    func `a newcomer asks, reads the mail, presses the button and is at home`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = AccountBrowser(site)
            try await browser.get("/connexion?vers=/mentions-legales")
            try await browser.submit("/connexion", ["email": " Lea@Exemple.fr "])
            #expect(browser.status == 303)
            try await browser.follow()
            #expect(browser.text.contains("Consultez vos messages"))
            #expect(!browser.text.contains("lea@exemple.fr"))
            let link = try await site.link(to: "lea@exemple.fr")
            for _ in 0..<3 { try await browser.get(link) }
            #expect(browser.text.contains("Créer mon compte"))
            try await browser.submit(link, ["name": ""])
            #expect(browser.status == 422)
            #expect(browser.text.contains("Indiquez votre nom."))
            try await browser.submit(link, ["name": "Léa Martin"])
            #expect(browser.location == "/mentions-legales")
            try await browser.get("/mon-compte")
            #expect(browser.status == 200)
            #expect(browser.text.contains("Léa Martin"))
        }
    }

    // ACC-3, ACC-22: byte for byte the same pages, but for what is drawn at random.
    @Test(arguments: TestEngine.available)
    func `known and unknown addresses see the same`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            _ = try await site.account("connue")
            var seen: [(Int, String?, String)] = []
            for name in ["connue", "inconnue"] {
                let browser = AccountBrowser(site)
                try await browser.get("/connexion")
                try await browser.submit("/connexion", ["email": "\(name)@exemple.fr"])
                let (status, location) = (browser.status, browser.location)
                try await browser.follow()
                seen.append((status, location, browser.text.split(separator: "jeton")[0].description))
            }
            #expect(seen[0].0 == seen[1].0 && seen[0].1 == seen[1].1 && seen[0].2 == seen[1].2)
        }
    }

    // ACC-4, ACC-5
    @Test(arguments: TestEngine.available)
    func `on another device the link sends back to the code, which works there`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            _ = try await site.account("lea")
            let desktop = AccountBrowser(site)
            try await desktop.get("/connexion")
            try await desktop.submit("/connexion", ["email": "lea@exemple.fr"])
            let link = try await site.link(to: "lea@exemple.fr")
            let phone = AccountBrowser(site)
            try await phone.get(link)
            #expect(phone.text.contains("Terminez là où vous avez commencé"))
            let letter = try #require(try await site.lastLetter(to: "lea@exemple.fr"))
            let line = letter.text.split(separator: "\n").first { $0.contains("Tapez ce code") } ?? ""
            try await desktop.follow()
            try await desktop.submit("/connexion/code", ["code": "12"])
            #expect(desktop.status == 422)
            #expect(desktop.text.contains("value=\"12\""))
            try await desktop.submit("/connexion/code", ["code": String(line.suffix(7))])
            #expect(desktop.status == 303)
            try await desktop.get("/mon-compte")
            #expect(desktop.text.contains("Personne lea"))
            try await phone.get(link)
            #expect(phone.status == 410)
        }
    }

    @Test(arguments: TestEngine.available)
    func `a wrong address is told beside its field, and kept`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = AccountBrowser(site)
            try await browser.get("/connexion")
            try await browser.submit("/connexion", ["email": "lea@<b>"])
            #expect(browser.status == 422)
            #expect(browser.text.contains("value=\"lea@&lt;b&gt;\"") || browser.text.contains("value=\"lea@&lt;b>\""))
            #expect(browser.text.contains("champ-email-erreur"))
        }
    }

    // ACC-7
    @Test(arguments: TestEngine.available)
    func `too many requests say when to come back and keep the address`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = AccountBrowser(site)
            for _ in 0..<6 {
                try await browser.get("/connexion")
                try await browser.submit("/connexion", ["email": "lea@exemple.fr"])
            }
            #expect(browser.status == 429)
            #expect(browser.text.contains("Réessayez dans 6"))
            #expect(browser.text.contains("value=\"lea@exemple.fr\""))
        }
    }

    // ACC-10, ACC-12
    @Test(arguments: TestEngine.available)
    func `signing out closes the session for whoever kept its secret`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            let thief = AccountBrowser(site)
            thief.cookies = browser.cookies
            try await browser.get("/mon-compte")
            #expect(browser.status == 200)
            try await browser.submit("/deconnexion")
            #expect(browser.cookies["session"] == nil)
            try await thief.get("/mon-compte")
            #expect(thief.status == 303)
            #expect(thief.location == "/connexion?vers=%2Fmon-compte")
        }
    }

    // ACC-10
    @Test(arguments: TestEngine.available)
    func `signing in as somebody else closes the session this browser had`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            _ = try await site.account("paul")
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            let kept = AccountBrowser(site)
            kept.cookies = browser.cookies
            // The page of the link is reached without passing by /connexion, which a signed-in person need not see.
            let asked = try await site.desk.perform(
                RequestSignIn(email: EmailAddress("paul@exemple.fr"), origin: nil, head: site.head), as: .visitor)
            browser.cookies["connexion"] = asked.browser.text
            let link = try await site.link(to: "paul@exemple.fr")
            try await browser.get(link)
            try await browser.submit(link)
            #expect(browser.status == 303)
            try await browser.get("/mon-compte")
            #expect(browser.text.contains("Personne paul"))
            try await kept.get("/mon-compte")
            #expect(kept.status == 303)
        }
    }

    @Test func `letters link to the pages of the site map`() throws {
        let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
        let secret = Secret(surroundings)
        for path in [
            LetterHead.signInPath(secret), LetterHead.emailChangePath(secret), LetterHead.invitationPath(secret),
        ] {
            let pattern = path.replacing(secret.text)
            #expect(SiteMap.all.contains { $0.method == .get && $0.pattern == pattern }, "\(pattern)")
            #expect(SiteMap.all.contains { $0.method == .post && $0.pattern == pattern }, "\(pattern)")
        }
    }
}

extension String {
    /// The path's pattern: its secret by name.
    fileprivate func replacing(_ secret: String) -> String {
        hasSuffix(secret) ? String(dropLast(secret.count)) + "{secret}" : self
    }
}
