import Exchange
import Testing

@testable import Maillage
@testable import MaillageWeb

extension ServingJourneys {
    @Suite struct FreshnessTests {
        @Test func assetsAreImmutableNamedByTheirContentAndCompressed() async throws {
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                let addresses = site.reception.assets.addresses
                #expect(!addresses.isEmpty)
                for address in addresses {
                    let plain = try await site.get(address)
                    #expect(plain.status == 200)
                    #expect(plain["cache-control"] == "public, max-age=31536000, immutable")
                    let packed = try await site.get(address, headers: ["Accept-Encoding": "gzip"])
                    if packed["content-encoding"] == "gzip" {
                        #expect(try Gzip.decompress(packed.body, maxBytes: 4 << 20) == plain.body)
                        #expect(packed["etag"] != plain["etag"])
                    }
                    for tag in [plain["etag"], packed["etag"]].compactMap({ $0 }) {
                        let again = try await site.get(
                            address, headers: ["If-None-Match": tag, "Accept-Encoding": "gzip"])
                        #expect(again.status == 304)
                        #expect(again.body.isEmpty)
                    }
                }
                let forged = try await site.get("/assets/maillage.0000000000000000.css")
                #expect(forged.status == 404)
            }
        }

        @Test func aSharedPageIsMadeOnceUntilSomethingChanges() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let first = try await site.get("/essai/page?q=un")
                let second = try await site.get("/essai/page?q=un")
                #expect(first.body == second.body)
                #expect(trial.made.withLock { $0 } == 1)
                let other = try await site.get("/essai/page?q=deux")
                #expect(other.text.contains("deux"))
                #expect(trial.made.withLock { $0 } == 2)
                let packed = try await site.get("/essai/page?q=un", headers: ["Accept-Encoding": "br, gzip;q=0.8"])
                #expect(packed["content-encoding"] == "gzip")
                #expect(try Gzip.decompress(packed.body, maxBytes: 1 << 20) == first.body)
                let refusing = try await site.get("/essai/page?q=un", headers: ["Accept-Encoding": "gzip;q=0"])
                #expect(refusing["content-encoding"] == nil)
                let kept = try await site.get(
                    "/essai/page?q=un", headers: ["If-None-Match": "W/\"autre\", \(first["etag"] ?? "")"])
                #expect(kept.status == 304)
                #expect(trial.made.withLock { $0 } == 2)
                _ = try await site.signIn("quelqu.un")
                let after = try await site.get("/essai/page?q=un", headers: ["If-None-Match": first["etag"] ?? ""])
                #expect(after.status == 200)
                #expect(trial.made.withLock { $0 } == 3)
            }
        }

        @Test func pagesOfSignedInPeopleAreNeverKept() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let (_, session) = try await site.signIn("camille")
                let reply = try await site.get("/essai/page", session: session)
                #expect(reply["cache-control"] == "no-store")
                #expect(reply["etag"] == nil)
                #expect(reply.text.contains("Personne camille"))
                let visitor = try await site.get("/essai/page")
                #expect(!visitor.text.contains("camille"))
            }
        }

        @Test func aStreamArrivesWhole() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let reply = try await site.get("/essai/flux")
                #expect(reply.text.split(separator: "\n").count == 1_000)
                #expect(reply["content-disposition"] == "attachment; filename=\"essai.csv\"")
            }
        }

        @Test func theFlashIsShownOnceAndCannotBeForged() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let done = try await site.post("/essai/note", [("note", "a")])
                #expect(done.status == 303)
                let value = try #require(done.cookie("message"))
                let shown = try await site.get("/essai/page", headers: ["Cookie": "message=\(value)"])
                #expect(shown.text.contains("Noté."))
                #expect(shown.cookie("message") == "")
                let after = try await site.get("/essai/page")
                #expect(!after.text.contains("Noté."))
                let forged = try await site.get("/essai/page", headers: ["Cookie": "message=\(value.dropLast(2))AA"])
                #expect(!forged.text.contains("class=\"flash"))
            }
        }

        @Test func gettingTwiceChangesNothing() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let (_, session) = try await site.signIn(
                    "dominique", [Grant(.operator, on: .network), Grant(.coordinator, on: .network)])
                func lines() async throws -> Int {
                    try await site.reception.database.read { try $0.count("SELECT COUNT(*) FROM journal") }
                }
                let before = try await lines()
                for route in SiteMap.all + trial.routes where route.method == .get {
                    let path = route.pattern.replacing("{", with: "").replacing("}", with: "")
                    for who in [nil, session] {
                        _ = try await site.get(path, session: who)
                        _ = try await site.get(path, session: who)
                    }
                }
                #expect(try await lines() == before)
                #expect(trial.taken.withLock { $0 } == [])
            }
        }
    }
}
