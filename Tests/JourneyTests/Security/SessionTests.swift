import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-15: a session that ended, was replaced or was never given opens nothing, from the very next request on.
    @Suite(.serialized) struct SessionTests {
        private static let start = Instant(seconds: 1_790_000_000)

        private func isIn(_ site: LiveSite, _ session: String?) async throws -> Bool {
            let reply = try await site.get("/mon-compte", session: session)
            #expect([200, 303].contains(reply.status))
            return reply.status == 200
        }

        /// Signs in as people do, by the password.
        private func enter(_ site: LiveSite, _ name: String, session: String? = nil) async throws -> String {
            let reply = try await site.post(
                "/connexion/mot-de-passe",
                [("adresse", "\(name)@exemple.fr"), ("mot_de_passe", SecurityJourneys.password)],
                as: nil, session: session)
            #expect(reply.status == 303)
            return try #require(reply.cookie("session"))
        }

        @Test(arguments: TestEngine.available)
        func aSessionGivenBeforehandIsNotTheOneOpened(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                try await SecurityJourneys.addWithPassword("noa", site)
                let planted = String(repeating: "B", count: 43)
                let opened = try await enter(site, "noa", session: planted)
                #expect(opened != planted)
                #expect(try await isIn(site, opened))
                #expect(try await !isIn(site, planted))
                // Signing in twice gives two secrets.
                let second = try await enter(site, "noa")
                #expect(second != opened)
            }
        }

        @Test(arguments: TestEngine.available)
        func signingInAnewClosesTheSessionThatTheBrowserHad(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let account = try await SecurityJourneys.addWithPassword("noa", site)
                let first = try await enter(site, "noa")
                let token = site.token(for: "/connexion/mot-de-passe", account: account)
                let reply = try await site.post(
                    "/connexion/mot-de-passe",
                    [("adresse", "noa@exemple.fr"), ("mot_de_passe", SecurityJourneys.password)],
                    session: first, token: token)
                let second = try #require(reply.cookie("session"))
                #expect(try await isIn(site, second))
                #expect(try await !isIn(site, first))
            }
        }

        @Test(arguments: TestEngine.available)
        func aRiseOfRightsChangesTheSecret(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let (account, before) = try await site.signIn("lou")
                let head = LetterHead(site.reception.settings)
                _ = try await site.desk.perform(
                    GrantRole(Grant(.coordinator, on: .network), to: account, reason: "essai", head: head), as: .house)
                let reply = try await site.get("/mon-compte", session: before)
                #expect(reply.status == 200)
                let after = try #require(reply.cookie("session"))
                #expect(after != before)
                #expect(try await !isIn(site, before))
                #expect(try await isIn(site, after))
            }
        }

        @Test(arguments: TestEngine.available)
        func leavingEndsTheSessionAndClearsTheCookie(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let (account, session) = try await site.signIn("lou")
                let reply = try await site.post("/deconnexion", as: account, session: session)
                #expect(reply.status == 303)
                #expect(reply.all("set-cookie").contains { $0.hasPrefix("session=;") && $0.contains("Max-Age=0") })
                #expect(try await !isIn(site, session))
            }
        }

        @Test(arguments: TestEngine.available)
        func aNewPasswordClosesTheOtherSessions(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let account = try await SecurityJourneys.addWithPassword("noa", site)
                let own = try await enter(site, "noa")
                let others = [try await enter(site, "noa"), try await enter(site, "noa")]
                let changed = try await site.post(
                    "/mon-compte/mot-de-passe",
                    [
                        ("mot_de_passe", "une-autre-phrase-bien-longue-77"),
                        ("mot_de_passe_actuel", SecurityJourneys.password),
                    ],
                    as: account, session: own)
                #expect(changed.status == 303)
                for other in others { #expect(try await !isIn(site, other)) }
                #expect(try await isIn(site, own))
                let old = try await site.post(
                    "/connexion/mot-de-passe",
                    [("adresse", "noa@exemple.fr"), ("mot_de_passe", SecurityJourneys.password)])
                #expect(old.status == 422)
            }
        }

        @Test(arguments: TestEngine.available)
        func closingTheAccountOrTheOtherDevicesIsAtOnce(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let account = try await SecurityJourneys.addWithPassword("noa", site)
                let (own, other) = (try await enter(site, "noa"), try await enter(site, "noa"))
                let closed = try await site.post("/mon-compte/sessions/fermeture", as: account, session: own)
                #expect(closed.status == 303)
                #expect(try await !isIn(site, other))
                #expect(try await isIn(site, own))
            }
        }

        /// Idle and absolute limits, for each kind of account.
        @Test(
            arguments: [
                (nil, 24, 14 * 24), (Role.coordinator, 4, 24), (Role.operator, 1, 8),
            ] as [(Role?, Int64, Int64)])
        func sessionsEnd(role: Role?, idle: Int64, absolute: Int64) async throws {
            let grants = role.map { [Grant($0, on: .network)] } ?? []
            try await LiveSite.open(start: Self.start) { (site: LiveSite) async throws -> Void in
                let clock = try #require(site.clock)
                let (_, kept) = try await site.signIn("kept", grants)
                clock.advance(by: .seconds(idle * 3_600 - 301))
                #expect(try await isIn(site, kept))
                clock.advance(by: .seconds(idle * 3_600 + 1))
                #expect(try await !isIn(site, kept))

                let (_, busy) = try await site.signIn("busy", grants)
                // Used every half of the idle limit, it still ends at the absolute one.
                let half = Instant.Span.minutes(idle * 30)
                var spent: Int64 = 0
                while spent + idle * 30 < absolute * 60 {
                    clock.advance(by: half)
                    spent += idle * 30
                    #expect(try await isIn(site, busy), "after \(spent) minutes")
                }
                clock.advance(by: half)
                #expect(try await !isIn(site, busy))
            }
        }

        @Test func cookiesAreOutOfReach() async throws {
            func secure(_ settings: inout Settings) { settings.baseURL = "https://reseau.example" }
            try await LiveSite.open(settings: secure) { (site: LiveSite) async throws -> Void in
                try await SecurityJourneys.addWithPassword("noa", site)
                let host = ["Host": "reseau.example", "Origin": "https://reseau.example"]
                let reply = try await site.post(
                    "/connexion/mot-de-passe",
                    [("adresse", "noa@exemple.fr"), ("mot_de_passe", SecurityJourneys.password)],
                    headers: host)
                let asked = try await site.post("/connexion", [("email", "noa@exemple.fr")], headers: host)
                let cookies = reply.all("set-cookie") + asked.all("set-cookie")
                #expect(cookies.contains { $0.hasPrefix("__Host-session=") })
                #expect(cookies.contains { $0.hasPrefix("__Host-connexion=") })
                for cookie in cookies {
                    for part in ["__Host-", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                        #expect(cookie.contains(part), "\(cookie)")
                    }
                    #expect(!cookie.contains("Domain"))
                }
                let secret = try #require(reply.cookie("__Host-session"))
                #expect(secret.utf8.count == 43)
                // What is stored is not what is given.
                let isStored = try await site.reception.database.read { reader in
                    try reader.count("SELECT COUNT(*) FROM session WHERE secret_hash = \(Array(secret.utf8))")
                }
                #expect(isStored == 0)
            }
        }

        /// Two cookies of one name, or one that is no secret, open nothing and break nothing.
        @Test func oddCookiesOpenNothing() async throws {
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                let (_, session) = try await site.signIn("lou")
                let other = String(repeating: "C", count: 43)
                for cookie in [
                    "session=\(session); session=\(other)", "session=\(other); session=\(session)",
                    "session=\"\(session)\"",
                    "Session=\(session)", "session =\(session)", "session=\(session)A", "session=", "session", "=;=;;",
                    String(repeating: "a=b; ", count: 2_000),
                ] {
                    let reply = try await site.get("/mon-compte", headers: ["Cookie": cookie])
                    #expect(reply.status == 303, "\(cookie.prefix(60)): \(reply.status)")
                }
            }
        }
    }
}
