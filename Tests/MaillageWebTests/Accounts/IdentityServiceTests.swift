import Exchange
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// What is known of the service itself: its keys, its time, its addresses, its settings.
extension IdentityPagesTests {
    // ACC-33: keys are read once, again for one that is not known, and not more than once a minute.
    @Test func keysAreReadOnceAndAgainWhenTheServiceTurnsThem() async throws {
        try await open { site, service in
            func keysAsked() -> Int { service.asked.filter { $0.hasPrefix("GET /keys") }.count }
            for _ in 0..<3 { try await journey(AccountBrowser(site), service) }
            #expect(keysAsked() == 1)
            #expect(service.asked.filter { $0.contains("openid-configuration") }.count == 1)
            // Made-up keys within the minute: none is asked for.
            service.turn { $0.wrongKid = true }
            for _ in 0..<5 { try await journey(AccountBrowser(site), service) }
            #expect(keysAsked() == 1)
            // After it, one question for all of them, at once or one after another.
            for wait in 1...2 {
                site.clock.advance(by: .minutes(1))
                service.advance(by: 60)
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            let browser = AccountBrowser(site)
                            // A refusal is what is counted here, not its page.
                            _ = try? await journey(browser, service)
                        }
                    }
                }
                #expect(keysAsked() == 1 + wait)
            }
            // A key that is new and published is taken.
            service.settle()
            service.turn { ($0.hasTurned, $0.publishesSecond) = (true, true) }
            site.clock.advance(by: .minutes(1))
            service.advance(by: 60)
            let browser = AccountBrowser(site)
            try await journey(browser, service)
            #expect(browser.cookies["session"] != nil && keysAsked() == 4)
        }
    }

    // ACC-33
    @Test func aTripThatLastsTooLongComesToNothing() async throws {
        try await open { site, service in
            let browser = AccountBrowser(site)
            try await browser.get("/connexion/identite")
            let answer = service.signIn(browser.location ?? "")
            try await browser.get("/connexion/identite/retour?code=\(answer.code)&state=\(answer.state)")
            #expect(browser.status == 200)
            site.clock.advance(by: .minutes(10))
            service.advance(by: 600)
            try await browser.submit("/connexion/identite/retour")
            #expect(browser.status == 403 && browser.cookies["session"] == nil)
            // Nor with another moment said in the cookie.
            let parts = try #require(browser.cookies["identite"]).split(
                separator: ".", omittingEmptySubsequences: false)
            browser.cookies["identite"] = "\(parts[0]).\(site.clock.now.seconds).\(parts[2])"
            try await comeBack(browser, answer)
            #expect(browser.status == 403 && browser.cookies["session"] == nil)
            #expect(!service.asked.contains { $0.contains("/token") })
        }
    }

    // ACC-33: it sends nobody, this server included, where it did not say over HTTPS.
    @Test func whereAServiceMaySend() {
        let issuer = "https://sso.example:8443/realms/un"
        for address in [
            "https://sso.example:8443/token", "https://oauth2.autre.example/token?x=1", "https://a-b.example:9443/",
        ] {
            #expect(IdentityDescription.mayBeAsked(address, by: issuer), "\(address)")
        }
        for address in [
            "http://sso.example:8443/token", "http://autre.example/", "https://127.0.0.1/", "https://[::1]/",
            "https://169.254.169.254/latest/meta-data", "https://2130706433/", "https://0x7f.1/", "https://localhost/",
            "https://base.internal/", "https://imprimante.local/", "https://postgres:5432/",
            "https://a@sso.example:8443/",
            "https://sso.example:8443@mal.fr/", "https://sso.example:8443\\@mal.fr/", "https://mal.fr#sso.example/",
            "https://mal.fr:port/", "https:///token", "ftp://sso.example/", "javascript:alert(1)", "",
            "https://mal.fr/\r\nX: y", "https://mal .fr/", "https://é.example/",
        ] {
            #expect(!IdentityDescription.mayBeAsked(address, by: issuer), "\(address)")
        }
        #expect(IdentityDescription.mayBeAsked("http://127.0.0.1:9/x", by: "http://127.0.0.1:9"))
        #expect(!IdentityDescription.mayBeAsked("http://127.0.0.1:10/x", by: "http://127.0.0.1:9"))
    }

    @Test func aServiceThatIsNotWhatItSaysOrDoesNotAnswerIsLeftAlone() async throws {
        let faults: [@Sendable (inout FakeIdentityService.Manner) -> Void] = [
            { $0.describedIssuer = "https://autre.example" }, { $0.tokenAddress = "http://127.0.0.1:1/token" },
            { $0.tokenAddress = "javascript:alert(1)" }, { $0.padding = 300_000 },
        ]
        for fault in faults {
            try await open { site, service in
                service.turn(fault)
                let browser = AccountBrowser(site)
                try await browser.get("/connexion/identite")
                #expect(browser.status == 403 && browser.text.contains("Connexion interrompue"))
                #expect(!browser.text.contains("autre.example") && browser.cookies["identite"] == nil)
                // Not asked again at each visit.
                for _ in 0..<5 { try await browser.get("/connexion/identite") }
                #expect(service.asked.count == 1)
                service.settle()
                site.clock.advance(by: .seconds(10))
                try await browser.get("/connexion/identite")
                #expect(browser.status == 303)
            }
        }
        var settings = Settings()
        settings.identityIssuer = "http://127.0.0.1:9"
        settings.identityClient = "maillage"
        settings.identitySecret = "secret"
        try await AccountSite.on(.sqlite, settings: settings) { site in
            let browser = AccountBrowser(site)
            try await browser.get("/connexion/identite")
            #expect(browser.status == 403)
        }
        // Without a service there is no such page, and no button.
        try await AccountSite.on(.sqlite) { site in
            let browser = AccountBrowser(site)
            for path in ["/connexion/identite", "/connexion/identite/retour", "/deconnexion/identite"] {
                try await browser.get(path)
                #expect(browser.status == 404, "\(path)")
            }
            try await browser.get("/connexion")
            #expect(!browser.text.contains("Se connecter avec"))
        }
    }

    @Test func halfASettingStopsTheStartAndTheSecretIsMasked() throws {
        let all = [
            "MAILLAGE_OIDC_ISSUER": "https://sso.example", "MAILLAGE_OIDC_CLIENT_ID": "maillage",
            "MAILLAGE_OIDC_CLIENT_SECRET": "tres-secret",
        ]
        let settings = try Settings(environment: all, file: [:])
        #expect(settings.identity?.issuer == "https://sso.example")
        #expect(!settings.shown().contains { $0.value.contains("tres-secret") })
        #expect(!"\(String(describing: settings.identity))".contains("tres-secret"))
        for missing in ["MAILLAGE_OIDC_CLIENT_ID", "MAILLAGE_OIDC_CLIENT_SECRET"] {
            #expect(throws: SettingError.self) {
                _ = try Settings(environment: all.filter { $0.key != missing }, file: [:])
            }
        }
        for issuer in [
            "http://sso.example", "http://127.0.0.1:80@mal.fr", "https://a@sso.example", "https://sso.example?x",
            "https://sso.example#x", "https://sso example", "sso.example",
        ] {
            #expect(throws: SettingError.self, "\(issuer)") {
                _ = try Settings(environment: all.merging(["MAILLAGE_OIDC_ISSUER": issuer]) { $1 }, file: [:])
            }
        }
        #expect(settings.identity?.maxAge == nil)
        let hour = try Settings(environment: all.merging(["MAILLAGE_OIDC_MAX_AGE": "3600"]) { $1 }, file: [:])
        #expect(hour.identity?.maxAge == 3_600)
        for age in ["59", "86401", "une heure"] {
            #expect(throws: SettingError.self, "\(age)") {
                _ = try Settings(environment: all.merging(["MAILLAGE_OIDC_MAX_AGE": age]) { $1 }, file: [:])
            }
        }
        for scopes in ["email", "openidemail", "openid\nemail"] {
            #expect(throws: SettingError.self, "\(scopes)") {
                _ = try Settings(environment: all.merging(["MAILLAGE_OIDC_SCOPES": scopes]) { $1 }, file: [:])
            }
        }
    }
}
