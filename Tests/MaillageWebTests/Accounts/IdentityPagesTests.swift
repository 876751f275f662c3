import Exchange
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

@Suite struct IdentityPagesTests {
    /// A site that knows a service, which behaves until told otherwise.
    func open(
        _ engine: TestEngine = .sqlite, trusting: Bool = false, maxAge: Int64? = nil,
        _ body: (AccountSite, FakeIdentityService) async throws -> Void
    ) async throws {
        let service = try FakeIdentityService { 1_790_000_000 }
        var settings = Settings()
        settings.identityIssuer = service.issuer
        settings.identityClient = "maillage"
        settings.identitySecret = "s:cret+"
        settings.identityName = "Essai Connect"
        settings.trustsIdentityAddresses = trusting
        settings.identityMaxAge = maxAge
        try await AccountSite.on(engine, settings: settings) { try await body($0, service) }
    }

    /// Goes there, signs in, comes back and presses the button.
    @discardableResult
    func journey(
        _ browser: AccountBrowser, _ service: FakeIdentityService, wanting target: String = "/mon-compte",
        issuer: String? = nil
    ) async throws -> (code: String, state: String) {
        try await browser.get("/connexion/identite?vers=" + target)
        #expect(browser.status == 303)
        let answer = service.signIn(browser.location ?? "")
        try await comeBack(browser, answer, issuer: issuer)
        return answer
    }

    func comeBack(
        _ browser: AccountBrowser, _ answer: (code: String, state: String), issuer: String? = nil
    ) async throws {
        let named = issuer.map { "&iss=" + Paths.encode($0) } ?? ""
        try await browser.get("/connexion/identite/retour?code=\(answer.code)&state=\(answer.state)\(named)")
        if browser.status == 200 { try await browser.submit("/connexion/identite/retour") }
    }

    // ACC-32, ACC-33
    @Test(arguments: TestEngine.available)
    func somebodyNewComesInAndComesBack(engine: TestEngine) async throws {
        try await open(engine) { site, service in
            let browser = AccountBrowser(site)
            try await browser.get("/connexion?vers=/candidatures")
            #expect(browser.text.contains("Se connecter avec Essai Connect"))
            #expect(browser.text.contains("/connexion/identite?vers=%2Fcandidatures"))
            try await browser.get("/connexion/identite?vers=/candidatures")
            let asked = FakeIdentityService.fields(
                String((browser.location ?? "").split(separator: "?", maxSplits: 1).last ?? ""))
            #expect(asked["response_type"] == "code" && asked["code_challenge_method"] == "S256")
            #expect(asked["scope"] == "openid email profile" && asked["client_id"] == "maillage")
            #expect(asked["redirect_uri"] == site.reception.settings.baseURL + "/connexion/identite/retour")
            #expect(Set(["state", "nonce", "code_challenge"].compactMap { asked[$0] }).count == 3)
            // ProConnect answers an error to whoever asks more than what it knows (Y000400), `max_age` among them.
            #expect(
                Set(asked.keys) == [
                    "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
                    "code_challenge_method",
                ])
            let answer = service.signIn(browser.location ?? "")
            // Following the link back does nothing yet.
            try await browser.get("/connexion/identite/retour?code=\(answer.code)&state=\(answer.state)")
            #expect(browser.status == 200 && browser.cookies["session"] == nil)
            #expect(!service.asked.contains { $0.contains("/token") })
            try await browser.submit("/connexion/identite/retour")
            #expect(browser.status == 303 && browser.location == "/candidatures")
            #expect(browser.cookies["session"] != nil && browser.cookies["identite"] == nil)
            try await browser.get("/mon-compte/donnees.json")
            #expect(browser.text.contains("\"email\":\"lea@exemple.fr\"") && browser.text.contains("Léa Martin"))
            #expect(browser.text.contains("\"subject\":\"abc-123\""))
            // Out: the service is offered too, and the token is forgotten.
            try await browser.get("/mon-compte")
            try await browser.submit("/deconnexion")
            #expect(browser.location == "/deconnexion/identite")
            try await browser.follow()
            #expect(browser.text.contains(service.issuer + "/logout?client_id=maillage"))
            #expect(browser.text.contains("id_token_hint=") && browser.text.contains("state="))
            #expect(browser.cookies["sortie"] == nil)
            // In again, by the subject: another address there changes nothing here.
            service.turn { $0.email = "autre@exemple.fr" }
            try await journey(browser, service)
            #expect(browser.cookies["session"] != nil)
            try await browser.get("/mon-compte/donnees.json")
            #expect(browser.text.contains("\"email\":\"lea@exemple.fr\""))
        }
    }

    // ACC-34
    @Test(arguments: TestEngine.available)
    func anAccountThatHasTheAddressIsTiedByItsOwnerOnly(engine: TestEngine) async throws {
        try await open(engine) { site, service in
            let lea = try await site.account("lea")
            let stranger = AccountBrowser(site)
            try await journey(stranger, service)
            #expect(stranger.cookies["session"] == nil, "the address alone opens nothing")
            #expect(stranger.location == "/connexion?vers=%2Fmon-compte%2Fidentite")
            let tie = "/mon-compte/identite"
            let kept = try #require(stranger.cookies["relier"])
            // Somebody else who signs in there is told of nothing.
            let noe = try await AccountBrowser.of(try await site.account("noe"), site)
            noe.cookies["relier"] = kept
            try await noe.get(tie)
            #expect(noe.status == 404)
            // The owner, elsewhere, cannot be led to press the button: the secret stays in the browser that made the trip.
            let owner = try await AccountBrowser.of(lea, site)
            try await owner.get(tie)
            #expect(owner.status == 404)
            try await owner.get("/mon-compte")
            try await owner.post(tie, ["_": ""])
            #expect(owner.status == 403, "no token of a form")
            owner.cookies["relier"] = kept
            try await owner.get(tie)
            #expect(owner.status == 200 && owner.text.contains("Léa Martin, lea@exemple.fr"))
            try await owner.submit(tie)
            #expect(owner.status == 303 && owner.cookies["relier"] == nil)
            owner.cookies["relier"] = kept
            #expect(
                try await site.lastLetter(to: "lea@exemple.fr")?.subject == "Votre compte est relié à Essai Connect")
            try await owner.get(tie)
            #expect(owner.status == 404, "it served")
            try await journey(stranger, service)
            #expect(stranger.cookies["session"] != nil)
            try await stranger.get("/mon-compte")
            #expect(stranger.text.contains("lea@exemple.fr") && stranger.text.contains("Ne plus relier"))
            try await stranger.submit("/mon-compte/identite/retrait")
            try await stranger.get("/mon-compte")
            #expect(!stranger.text.contains("Ne plus relier") && stranger.text.contains("Le relier"))
        }
    }

    // ACC-34: from one's own page, whatever the address there.
    @Test func somebodyWhoIsInTiesTheirOwnAccount() async throws {
        try await open { site, service in
            service.turn { $0.email = "prenom.nom@ministere.example" }
            let browser = try await AccountBrowser.of(try await site.account("lea"), site)
            try await journey(browser, service)
            #expect(browser.location == "/mon-compte/identite")
            try await browser.follow()
            #expect(browser.text.contains("prenom.nom@ministere.example"))
            try await browser.submit("/mon-compte/identite")
            try await browser.get("/mon-compte")
            #expect(browser.text.contains("Ne plus relier") && browser.text.contains("lea@exemple.fr"))
            let visitor = AccountBrowser(site)
            try await journey(visitor, service)
            try await visitor.get("/mon-compte")
            #expect(visitor.text.contains("lea@exemple.fr"))
        }
    }

    // ACC-26: the second factor is asked for here too.
    @Test func aSecondFactorStaysOneWhateverTheFirst() async throws {
        try await open { site, service in
            let browser = AccountBrowser(site)
            try await journey(browser, service)
            try await browser.get("/mon-compte/second-facteur")
            _ = try await browser.enrol()
            try await browser.get("/mon-compte")
            try await browser.submit("/deconnexion")
            try await journey(browser, service)
            #expect(browser.location == "/connexion/second-facteur" && browser.cookies["session"] == nil)
        }
    }

    private static let lies: [(String, @Sendable (inout FakeIdentityService.Manner) -> Void)] = [
        ("nonce of another trip", { $0.nonce = "autre" }), ("another issuer", { $0.issuer = "https://autre.example" }),
        ("another audience", { $0.audience = .string("autre") }),
        ("several audiences and no party", { $0.audience = .array([.string("maillage"), .string("autre")]) }),
        ("another party", { $0.party = "autre" }), ("expired", { $0.expires = -61 }),
        ("made later", { $0.issued = 61 }),
        ("made long ago", { $0.issued = -901 }), ("no algorithm", { $0.algorithm = "none" }),
        ("a shared secret", { $0.algorithm = "HS256" }), ("unknown algorithm", { $0.algorithm = "ES512" }),
        ("no signature", { $0.unsigned = true }), ("another key", { $0.strangeKey = true }),
        ("changed after signing", { $0.tampered = true }), ("a key it does not publish", { $0.wrongKid = true }),
        ("extensions to understand", { $0.critical = true }), ("no subject", { $0.subject = "" }),
        ("refused code", { $0.tokenStatus = "400 Bad Request" }), ("a redirect", { $0.tokenStatus = "302 Found" }),
        (
            "userinfo of somebody else",
            {
                $0.userinfo = "json"
                $0.userinfoSubject = "autre"
            }
        ),
        (
            "userinfo signed by another",
            {
                $0.userinfo = "jwt"
                $0.strangeKey = true
            }
        ),
        (
            "userinfo for another client",
            {
                $0.userinfo = "jwt"
                $0.userinfoAudience = "autre"
            }
        ),
        (
            "an access token that breaks a header",
            {
                $0.userinfo = "json"
                $0.accessToken = "a\\r\\nX: y"
            }
        ),
        ("a party that is no text", { $0.partyIsNumber = true }),
        ("an audience that is no list of texts", { $0.audience = .array([.string("maillage"), .bool(true)]) }),
        ("an answer without end", { $0.padding = 300_000 }),
        ("an address that nobody verified", { $0.isVerified = false }),
        ("no word on the address", { $0.isVerified = nil }),
        (
            "no address",
            {
                $0.email = nil
                $0.userinfo = "json"
            }
        ), ("no address that is one", { $0.email = "pas une adresse" }),
    ]

    // ACC-33
    @Test(arguments: TestEngine.available, lies.map(\.0))
    func aServiceThatLiesBringsNobodyIn(engine: TestEngine, lie: String) async throws {
        try await open(engine) { site, service in
            let browser = AccountBrowser(site)
            // It was known before: what is kept of it is not asked for again.
            try await browser.get("/connexion/identite")
            let change = try #require(Self.lies.first { $0.0 == lie }).1
            service.turn(change)
            try await journey(browser, service)
            #expect(browser.status == 403, "\(lie)")
            #expect(browser.cookies["session"] == nil && browser.cookies["etape"] == nil)
            let count = try await site.desk.database.read { try $0.count("SELECT COUNT(*) FROM account") }
            #expect(count == 0)
            // The same browser comes in once the service says the truth, and after the pause that a failure imposes.
            service.settle()
            site.clock.advance(by: .seconds(10))
            service.advance(by: 10)
            try await journey(browser, service)
            #expect(browser.cookies["session"] != nil)
        }
    }

    // ACC-33
    @Test func whatAServiceMaySayIsTaken() async throws {
        let truths: [(String, @Sendable (inout FakeIdentityService.Manner) -> Void)] = [
            ("RS256", { $0.algorithm = "RS256" }),
            (
                "two audiences, ours the party",
                {
                    $0.audience = .array([.string("autre"), .string("maillage")])
                    $0.party = "maillage"
                }
            ),
            (
                "clocks differ by a minute",
                {
                    $0.issued = 59
                    $0.expires = -59
                }
            ), ("userinfo", { $0.userinfo = "json" }),
            ("userinfo as a token", { $0.userinfo = "jwt" }),
            (
                "userinfo as a token for us",
                {
                    $0.userinfo = "jwt"
                    $0.userinfoAudience = "maillage"
                }
            ),
            ("a sign-in of this morning", { $0.signedInAgo = 14_400 }),
            ("secret in the body", { $0.secretInBody = true }),
            ("no name", { $0.name = nil }), ("a name that cannot be one", { $0.name = "А\u{202E}dmin" }),
        ]
        for (truth, change) in truths {
            try await open { site, service in
                service.turn(change)
                let browser = AccountBrowser(site)
                try await journey(browser, service)
                #expect(browser.cookies["session"] != nil, "\(truth): \(browser.status)")
            }
        }
    }

    // ACC-33
    @Test func aNetworkMayAskForASignInOfTheHour() async throws {
        for (ago, isTaken) in [(3_600, true), (3_661, false), (nil, false)] as [(Int64?, Bool)] {
            try await open(maxAge: 3_600) { site, service in
                service.turn { $0.signedInAgo = ago }
                let browser = AccountBrowser(site)
                try await browser.get("/connexion/identite")
                #expect(browser.location?.contains("&max_age=3600") == true)
                try await journey(browser, service)
                #expect((browser.cookies["session"] != nil) == isTaken, "\(String(describing: ago))")
            }
        }
    }

    // ACC-34: an address that the service does not speak of counts where the network says so, and never against its word.
    @Test(
        arguments: [(true, nil, true), (false, nil, false), (true, false, false), (false, true, true)]
            as [(Bool, Bool?, Bool)])
    func theNetworkSaysWhetherAddressesCount(isTrusting: Bool, isVerified: Bool?, isTaken: Bool) async throws {
        for userinfo in [nil, "json", "jwt"] {
            try await open(trusting: isTrusting) { site, service in
                service.turn { ($0.isVerified, $0.userinfo) = (isVerified, userinfo) }
                let browser = AccountBrowser(site)
                try await journey(browser, service)
                #expect((browser.cookies["session"] != nil) == isTaken)
            }
        }
    }

    // ACC-33: RFC 9207.
    @Test func anAnswerThatNamesAnotherServiceIsRefused() async throws {
        for (names, issuer, isTaken) in [
            (false, nil, true), (false, "ours", true), (false, "https://autre.example", false), (true, nil, false),
            (true, "ours", true),
        ] as [(Bool, String?, Bool)] {
            try await open { site, service in
                service.turn { $0.namesItself = names }
                let browser = AccountBrowser(site)
                try await journey(browser, service, issuer: issuer == "ours" ? service.issuer : issuer)
                #expect((browser.cookies["session"] != nil) == isTaken, "\(names) \(issuer ?? "none")")
            }
        }
    }

    // ACC-33
    @Test(arguments: TestEngine.available)
    func anAnswerServesOnceAndInTheBrowserThatLeft(engine: TestEngine) async throws {
        try await open(engine) { site, service in
            let browser = AccountBrowser(site)
            try await browser.get("/connexion/identite")
            let trip = browser.cookies
            let answer = service.signIn(browser.location ?? "")
            let other = AccountBrowser(site)
            try await comeBack(other, answer)
            #expect(other.status == 403 && other.cookies["session"] == nil)
            try await other.get("/connexion/identite")
            try await comeBack(other, answer)
            #expect(other.status == 403 && other.cookies["session"] == nil, "the state of another trip")
            try await comeBack(browser, answer)
            #expect(browser.cookies["session"] != nil)
            // Taken up again with the same cookie, and a new code even.
            let thief = AccountBrowser(site)
            thief.cookies = trip
            let fresh = service.signIn("?nonce=x&code_challenge=y")
            try await comeBack(thief, (fresh.code, answer.state))
            #expect(thief.status == 403 && thief.cookies["session"] == nil)
            // Refused there.
            try await browser.get("/connexion/identite/retour?error=access_denied&state=\(answer.state)")
            #expect(browser.status == 403)
        }
    }
}
