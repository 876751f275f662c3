import Maillage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension AccountSite {
    /// The code that an authenticator shows now for the secret whose letters it was given.
    func code(letters: String) throws -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for letter in letters where letter != " " {
            bits = bits << 5 | UInt32(try #require(alphabet.firstIndex(of: letter)))
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        let secret = try #require(FactorSecret(bytes: bytes))
        return TimeCode.text(secret, step: TimeCode.step(at: clock.now))
    }
}

extension AccountBrowser {
    /// What stands between two marks of the page being read.
    func between(_ start: String, _ end: String) -> String? {
        guard let from = text.components(after: start) else { return nil }
        return from.components(before: end)
    }

    /// Chooses a second factor on the page being read, and answers the letters of its secret and the recovery codes.
    func enrol() async throws -> (letters: String, codes: [String]) {
        try await submit("/mon-compte/second-facteur/debut")
        try await follow()
        let letters = try #require(between("<code class=\"secret-letters\">", "</code>"))
        try await submit("/mon-compte/second-facteur", ["code": site.code(letters: letters)])
        #expect(status == 200)
        let list = try #require(between("<ol class=\"recovery-codes\">", "</ol>"))
        let codes = list.split(separator: "<code>").dropFirst().map { String($0.prefix(19)) }
        #expect(codes.count == 10)
        site.clock.advance(by: .seconds(30))
        return (letters, codes)
    }

    /// Proves the first factor by a link of the mail.
    func signIn(_ name: String, from page: String = "/connexion") async throws {
        try await get(page)
        try await submit("/connexion", ["email": "\(name)@exemple.fr"])
        let link = try await site.link(to: "\(name)@exemple.fr")
        try await get(link)
        try await submit(link)
    }
}

extension String {
    fileprivate func components(after mark: String) -> String? {
        let pieces = split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
        return pieces.count == 2 ? String(pieces[1]) : nil
    }

    fileprivate func components(before mark: String) -> String? {
        let pieces = split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
        return pieces.count == 2 ? String(pieces[0]) : nil
    }
}

@Suite struct SecondFactorPagesTests {
    private static var demanding: Settings {
        var settings = Settings()
        settings.secondFactor = .required
        return settings
    }

    // ACC-27: from the sign-in to the role, and back in.
    @Test(arguments: TestEngine.available)
    func aWideRoleIsLedToItsSecondFactorAndOpensAfterIt(engine: TestEngine) async throws {
        try await AccountSite.on(engine, settings: Self.demanding) { site in
            _ = try await site.account("cora", Grant(.coordinator, on: .network))
            let browser = AccountBrowser(site)
            try await browser.signIn("cora", from: "/connexion?vers=/administration/comptes")
            #expect(browser.location == "/mon-compte/second-facteur?vers=%2Fadministration%2Fcomptes")
            try await browser.follow()
            #expect(browser.status == 200 && browser.text.contains("Coordination du réseau"))
            // Ordinary pages work; those of the role lead here; nothing of the role can be done.
            try await browser.get("/mon-compte")
            #expect(browser.status == 200)
            for path in ["/administration/comptes", "/administration/journal", "/coordination"] {
                try await browser.get(path)
                #expect(browser.status == 303, "\(path)")
                #expect(browser.location?.hasPrefix("/mon-compte/second-facteur?vers=") == true, "\(path)")
            }
            try await browser.get("/mon-compte/second-facteur?vers=/administration/comptes")
            #expect(browser.text.contains("Choisir un second facteur"))
            let held = try await browser.enrol()
            #expect(browser.text.contains("href=\"/administration/comptes\""))
            try await browser.get("/administration/comptes")
            #expect(browser.status == 200)
            // Out, and in again in two steps.
            try await browser.submit("/deconnexion")
            try await browser.signIn("cora", from: "/connexion?vers=/administration/comptes")
            #expect(browser.location == "/connexion/second-facteur")
            #expect(browser.cookies["session"] == nil && browser.cookies["etape"] != nil)
            try await browser.follow()
            #expect(browser.text.contains("autocomplete=\"one-time-code\""))
            #expect(browser.text.contains("inputmode=\"numeric\""))
            try await browser.submit("/connexion/second-facteur", ["code": "000000"])
            #expect(browser.status == 422 && browser.cookies["session"] == nil)
            try await browser.submit("/connexion/second-facteur", ["code": site.code(letters: held.letters)])
            #expect(browser.status == 303 && browser.location == "/administration/comptes")
            #expect(browser.cookies["session"] != nil && browser.cookies["etape"] == nil)
            try await browser.follow()
            #expect(browser.status == 200)
        }
    }

    // ACC-26
    @Test(arguments: TestEngine.available)
    func aHalfOpenSessionOpensNothing(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            _ = try await site.account("noa", Grant(.operator, on: .network))
            let browser = AccountBrowser(site)
            try await browser.signIn("noa")
            try await browser.get("/mon-compte/second-facteur")
            let held = try await browser.enrol()
            try await browser.get("/mon-compte")
            try await browser.submit("/deconnexion")
            try await browser.signIn("noa")
            let half = try #require(browser.cookies["etape"])
            // In its own cookie or as a session, it is nobody.
            for cookies in [["etape": half], ["session": half], ["etape": half, "session": half]] {
                let thief = AccountBrowser(site)
                thief.cookies = cookies
                for route in SiteMap.all where route.method == .get && route.floor != .everyone {
                    let path = route.pattern.replacing("{", with: "").replacing("}", with: "")
                    try await thief.get(path)
                    #expect([303, 401, 404].contains(thief.status), "\(path): \(thief.status)")
                    if thief.status == 303 { #expect(thief.location?.hasPrefix("/connexion") == true, "\(path)") }
                }
            }
            // A recovery code opens where the application is lost; the page it leads to says how many are left.
            try await browser.get("/connexion/second-facteur")
            try await browser.submit("/connexion/second-facteur", ["code_secours": held.codes[0].lowercased()])
            #expect(browser.status == 303 && browser.cookies["session"] != nil)
            try await browser.get("/mon-compte/second-facteur")
            #expect(browser.text.contains("Il en reste 9"))
            // The half-open secret is spent.
            let late = AccountBrowser(site)
            late.cookies = ["etape": half]
            try await late.get("/connexion/second-facteur")
            try await late.submit("/connexion/second-facteur", ["code": site.code(letters: held.letters)])
            #expect(late.location == "/connexion" && late.cookies["session"] == nil)
        }
    }

    // ACC-28
    @Test(arguments: TestEngine.available)
    func aDangerousActAsksForTheFactorAgainAndLosesNothing(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let lea = try await site.account("lea")
            let boss = AccountBrowser(site)
            _ = try await site.account("cora", Grant(.coordinator, on: .network))
            try await boss.signIn("cora")
            try await boss.get("/mon-compte/second-facteur")
            let held = try await boss.enrol()
            let sheet = "/administration/comptes/\(lea.text)"
            let fields = ["role": "financeur", "until": "2027-06-30"]
            try await boss.get(sheet)
            site.clock.advance(by: .minutes(16))
            try await boss.submit(sheet + "/roles", fields)
            #expect(boss.status == 403 && boss.text.contains("Confirmez par un code"))
            try await boss.submit(sheet + "/roles", ["code_second_facteur": "000000"])
            #expect(boss.status == 403 && boss.text.contains("Ce n’est pas le bon code"))
            let held1 = try await holds(lea, site)
            #expect(held1.isEmpty)
            try await boss.submit(sheet + "/roles", ["code_second_facteur": site.code(letters: held.letters)])
            #expect(boss.status == 303)
            let held2 = try await holds(lea, site)
            #expect(held2 == [Grant(.funder, on: .network)])
            // A page leads to the code and back.
            site.clock.advance(by: .minutes(16))
            try await boss.get("/mon-compte/donnees.json")
            #expect(boss.location == "/mon-compte/second-facteur/code?vers=%2Fmon-compte%2Fdonnees.json")
            try await boss.follow()
            try await boss.submit("/mon-compte/second-facteur/code", ["code": site.code(letters: held.letters)])
            #expect(boss.location == "/mon-compte/donnees.json")
            try await boss.follow()
            #expect(boss.status == 200 && boss.text.contains("\"recovery_codes_left\":10"))
            // Who has no second factor is asked for none.
            let plain = try await AccountBrowser.of(lea, site)
            try await plain.get("/mon-compte/donnees.json")
            #expect(plain.status == 200)
        }
    }

    private func holds(_ account: Account.ID, _ site: AccountSite) async throws -> [Grant] {
        let now = site.clock.now
        return try await site.desk.database.read {
            try PrincipalReader.principal(account, at: now, $0)?.grants ?? []
        }
    }

    @Test func theSecretIsShownAsADrawingAndInLettersAndNeverAfter() async throws {
        try await AccountSite.on(.sqlite) { site in
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            try await browser.get("/mon-compte/second-facteur")
            try await browser.submit("/mon-compte/second-facteur/debut")
            try await browser.follow()
            #expect(browser.text.contains("<svg") && browser.text.contains("Code à flasher"))
            let letters = try #require(browser.between("<code class=\"secret-letters\">", "</code>"))
            #expect(letters.filter { $0 != " " }.utf8.count == 32)
            try await browser.submit("/mon-compte/second-facteur", ["code": "12"])
            #expect(browser.status == 422 && browser.text.contains(letters), "the same secret waits")
            try await browser.submit("/mon-compte/second-facteur", ["code": site.code(letters: letters)])
            #expect(browser.status == 200)
            try await browser.get("/mon-compte/second-facteur")
            #expect(!browser.text.contains(letters) && browser.text.contains("en service"))
            try await browser.get("/mon-compte/donnees.json")
            #expect(!browser.text.contains(letters.prefix(4) + letters.dropFirst(5).prefix(4)))
        }
    }

    /// ACC-27: in French letters of any alphabet, the address that authenticators read stays one.
    @Test func theAddressForAuthenticatorsIsOne() throws {
        let secret = try #require(FactorSecret(bytes: [UInt8](repeating: 0xFF, count: 20)))
        let address = SecondFactorView.address(secret, email: "léa+1@exemple.fr", network: "Réseau & Cie : l’essai?")
        #expect(address.hasPrefix("otpauth://totp/R%C3%A9seau%20%26%20Cie%20%3A%20l%E2%80%99essai%3F:"))
        #expect(address.utf8.filter { $0 == UInt8(ascii: "?") }.count == 1)
        #expect(address.hasSuffix("&algorithm=SHA1&digits=6&period=30"))
        #expect(address.contains("secret=77777777777777777777777777777777&"))
    }
}
