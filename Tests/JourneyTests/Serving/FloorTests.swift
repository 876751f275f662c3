import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension ServingJourneys {
    /// Every route lets in those its floor says, and nobody below.
    @Suite struct FloorTests {
        private static func path(of route: Route) -> String {
            route.pattern.replacing("{", with: "").replacing("}", with: "")
        }

        @Test func everyFloorTurnsAVisitorAway() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                for route in SiteMap.all + trial.routes where route.floor != .everyone {
                    let path = Self.path(of: route)
                    if route.method == .get, !route.isAPI {
                        let reply = try await site.get(path + "?page=2")
                        #expect(reply.status == 303, "\(path): \(reply.status)")
                        #expect(reply["location"] == Paths.signIn(then: path + "?page=2"), "\(path)")
                    } else {
                        let reply = route.method == .get ? try await site.get(path) : try await site.post(path)
                        #expect([401, 403].contains(reply.status), "\(path): \(reply.status)")
                    }
                }
                #expect(trial.taken.withLock { $0.isEmpty })
            }
        }

        @Test func thoseBelowTheFloorAreRefusedAndThoseOnItComeIn() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let plain = try await site.signIn("simple")
                let coordinator = try await site.signIn("coord", [Grant(.coordinator, on: .network)])
                let machine = try await site.signIn("machine", [Grant(.operator, on: .network)])
                let expected: [(String, [Int])] = [
                    ("/essai/membre", [200, 200, 200]), ("/essai/coordination", [403, 200, 403]),
                    ("/essai/exploitation", [403, 403, 200]),
                ]
                for (path, statuses) in expected {
                    for (who, status) in zip([plain, coordinator, machine], statuses) {
                        let reply = try await site.get(path, session: who.session)
                        #expect(reply.status == status, "\(path)")
                    }
                }
            }
        }

        @Test func aClosedOrInventedSessionIsNobody() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let (account, session) = try await site.signIn("robin")
                let before = try await site.get("/essai/membre", session: session)
                #expect(before.status == 200)
                let principal = try #require(
                    try await site.reception.database.read {
                        try PrincipalReader.principal(account, at: site.reception.surroundings.now(), $0)
                    })
                let secret = try #require(Secret(text: session))
                let presence = try #require(
                    try await site.reception.database.read {
                        try PrincipalReader.presence(sessionSecret: secret, at: site.reception.surroundings.now(), $0)
                    })
                _ = try await site.desk.perform(CloseSession(presence.session), as: principal)
                for stale in [session, String(session.reversed()), "x", String(repeating: "A", count: 43)] {
                    let reply = try await site.get("/essai/membre", session: stale)
                    #expect(reply.status == 303)
                }
            }
        }

        @Test(arguments: TestEngine.available)
        func theSiteServesOnEitherEngine(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let health = try await site.get("/healthz")
                #expect(health.status == 200)
                #expect(
                    health.text == "{\"status\":\"ok\",\"database\":\"\(site.reception.database.dialect.rawValue)\"}")
                let home = try await site.get("/")
                #expect(home.text.contains("Réseau d’essai"))
            }
        }

        @Test func figuresAreForTheMachineItself() async throws {
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                let own = try await site.get("/metrics")
                #expect(own.status == 200)
                #expect(own.text.contains("maillage_answers_total{class=\"2xx\"}"))
                let proxied = try await site.get("/metrics", headers: ["X-Forwarded-For": "1.2.3.4"])
                #expect(proxied.status == 404)
            }
        }

        /// What one may not know exists looks like what does not exist.
        @Test func absencesLookAlike() async throws {
            let trial = TrialRoutes()
            let hidden = Route.get("/essai/cache/{nom}", .everyone) { _ in throw Missing() }
            try await LiveSite.open(adding: trial.routes + [hidden]) { (site: LiveSite) async throws -> Void in
                let nowhere = try await site.get("/essai/nulle/part")
                let secret = try await site.get("/essai/cache/a")
                #expect(nowhere.status == 404)
                #expect(secret.status == 404)
                #expect(nowhere.body == secret.body)
            }
        }

        @Test func aFaultIsShownWithItsReferenceAndNothingElse() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let reply = try await site.get("/essai/panne")
                #expect(reply.status == 500)
                let reference = try #require(reply["x-request-id"])
                #expect(reply.text.contains(reference))
                #expect(!reply.text.contains("TrialFault"))
            }
        }
    }
}
