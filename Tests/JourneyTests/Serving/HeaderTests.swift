import Maillage
import Testing

@testable import MaillageWeb

extension ServingJourneys {
    /// S-18: what every answer says, whatever it is.
    @Suite struct HeaderTests {
        private static let everywhere = [
            "content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy",
            "cross-origin-opener-policy", "cross-origin-resource-policy", "x-request-id", "date", "cache-control",
        ]

        @Test func everyAnswerCarriesThem() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                var paths = SiteMap.all.filter { $0.method == .get && $0.parameterNames.isEmpty }.map(\.pattern)
                paths += site.reception.assets.addresses
                paths += [
                    "/nulle-part", "/etat/", "/%zz", "/essai/panne", "/essai/membre", "/essai/page", "/essai/flux",
                    "/essai/a.atom",
                    "/api/v1/essai", "/api/v1/rien", "/essai/carte?embed=1",
                ]
                for path in paths {
                    let reply = try await site.get(path)
                    for name in Self.everywhere { #expect(reply[name] != nil, "\(path): \(name)") }
                    let policy = reply["content-security-policy"] ?? ""
                    #expect(policy.hasPrefix("default-src 'none'"))
                    #expect(!policy.contains("unsafe"))
                }
                let posted = try await site.ask("POST", "/essai/note")
                for name in Self.everywhere { #expect(posted[name] != nil) }
            }
        }

        @Test func onlyTheEmbeddedMapMayBeFramed() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let plain = try await site.get("/essai/carte")
                #expect(plain["content-security-policy"]?.hasSuffix("frame-ancestors 'none'") == true)
                #expect(plain["x-frame-options"] == "DENY")
                let embedded = try await site.get("/essai/carte?embed=1")
                #expect(embedded["content-security-policy"]?.hasSuffix("frame-ancestors *") == true)
                #expect(embedded["x-frame-options"] == nil)
                let other = try await site.get("/essai/page?embed=1")
                #expect(other["x-frame-options"] == "DENY")
            }
        }

        @Test func httpsIsAskedForWhenThePublicAddressIsHttps() async throws {
            func secure(_ settings: inout Settings) { settings.baseURL = "https://reseau.example" }
            try await LiveSite.open(settings: secure) { (site: LiveSite) async throws -> Void in
                let reply = try await site.get("/mentions-legales")
                #expect(reply["strict-transport-security"]?.contains("max-age=31536000") == true)
                let stranger = try await site.get("/mentions-legales", headers: ["Host": "autre.example"])
                #expect(stranger.status == 421)
                let own = try await site.get("/mentions-legales", headers: ["Host": "reseau.example"])
                #expect(own.status == 200)
                let probe = try await site.get("/healthz", headers: ["Host": "10.0.0.7:8080"])
                #expect(probe.status == 200)
            }
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                let reply = try await site.get("/mentions-legales")
                #expect(reply["strict-transport-security"] == nil)
            }
        }

        @Test func headIsGetWithoutBody() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                for path in ["/mentions-legales", "/nulle-part", "/healthz", "/essai/membre", "/essai/flux"] {
                    let get = try await site.get(path)
                    let head = try await site.ask("HEAD", path)
                    #expect(head.status == get.status)
                    #expect(head.body.isEmpty)
                    for name in ["content-type", "content-length", "etag", "cache-control", "location"]
                    where path != "/essai/flux" {
                        #expect(head[name] == get[name], "\(path): \(name)")
                    }
                }
            }
        }

        @Test func wrongMethodsSayWhatIsAllowed() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let get = try await site.get("/essai/note")
                #expect(get.status == 405)
                #expect(get["allow"] == "POST, OPTIONS")
                let options = try await site.ask("OPTIONS", "/essai/page")
                #expect(options.status == 204)
                #expect(options["allow"] == "GET, HEAD, OPTIONS")
                let put = try await site.ask("PUT", "/essai/page")
                #expect(put.status == 405)
                let nowhere = try await site.ask("DELETE", "/nulle-part")
                #expect(nowhere.status == 404)
            }
        }
    }
}
