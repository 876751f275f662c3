import Foundation
import Testing

@testable import Maillage
@testable import MaillageWeb

extension ServingJourneys {
    /// S-05: no unsafe route acts on a request that another site could have made.
    @Suite struct ForgeryTests {
        /// Six situations another site, or an old tab, can bring about. `good` is a token for the route and the person.
        struct Situation: Sendable {
            let name: String
            let headers: [String: String]
            let hasToken: Bool
        }

        private static func situations(_ origin: String) -> [Situation] {
            [
                Situation(name: "no origin", headers: [:], hasToken: true),
                Situation(
                    name: "cross-site", headers: ["Sec-Fetch-Site": "cross-site", "Origin": origin], hasToken: true),
                Situation(
                    name: "same-site", headers: ["Sec-Fetch-Site": "same-site", "Origin": origin], hasToken: true),
                Situation(name: "foreign origin", headers: ["Origin": "https://autre.example"], hasToken: true),
                Situation(name: "null origin", headers: ["Origin": "null"], hasToken: true),
                Situation(
                    name: "no token", headers: ["Sec-Fetch-Site": "same-origin", "Origin": origin], hasToken: false),
            ]
        }

        @Test func everyUnsafeRouteRefusesThem() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let (account, session) = try await site.signIn(
                    "operateur", [Grant(.operator, on: .network), Grant(.coordinator, on: .network)])
                let before = try await site.reception.database.read { try $0.count("SELECT COUNT(*) FROM journal") }
                let unsafe = (SiteMap.all + trial.routes).filter { $0.method != .get }
                #expect(unsafe.count >= 3)
                for route in unsafe {
                    let path = route.pattern.replacing("{", with: "").replacing("}", with: "")
                    for situation in Self.situations(site.origin) {
                        let token = situation.hasToken ? site.token(for: path, account: account) : "rien"
                        var headers = situation.headers
                        var body = "note=vol&\(FormToken.fieldName)=\(token)"
                        headers["Content-Type"] = "application/x-www-form-urlencoded"
                        if case .upload = route.body {
                            headers["Content-Type"] = "multipart/form-data; boundary=xyz"
                            body = Self.multipart(token: token, file: "abc")
                        }
                        let reply = try await site.ask(
                            "POST", path, headers: headers, body: Array(body.utf8), session: session)
                        #expect(reply.status == 403, "\(path), \(situation.name): \(reply.status)")
                    }
                }
                #expect(trial.taken.withLock { $0 } == [])
                let after = try await site.reception.database.read { try $0.count("SELECT COUNT(*) FROM journal") }
                #expect(after == before)
            }
        }

        static func multipart(token: String, file: String) -> String {
            "--xyz\r\nContent-Disposition: form-data; name=\"\(FormToken.fieldName)\"\r\n\r\n\(token)\r\n"
                + "--xyz\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                + "\(file)\r\n--xyz--\r\n"
        }

        @Test func anUploadWithItsTokenIsTaken() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                func send(_ body: String) async throws -> Int {
                    try await site.ask(
                        "POST", "/essai/fichier",
                        headers: [
                            "Content-Type": "multipart/form-data; boundary=xyz", "Sec-Fetch-Site": "same-origin",
                        ],
                        body: Array(body.utf8)
                    ).status
                }
                let token = site.token(for: "/essai/fichier")
                #expect(try await send(Self.multipart(token: token, file: "abc")) == 200)
                #expect(trial.taken.withLock { $0 } == ["a.png 3"])
                #expect(
                    try await send(Self.multipart(token: token, file: String(repeating: "a", count: 300_000))) == 413)
                #expect(try await send("--xyz\r\nbroken") == 400)
                #expect(trial.taken.withLock { $0.count } == 1)
            }
        }

        @Test func aTokenIsForOnePersonOneAddressAndOneDay() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes, start: Instant(seconds: 1_790_000_000)) {
                (site: LiveSite) async throws -> Void in
                let (account, session) = try await site.signIn("alix")
                let own = site.token(for: "/essai/note", account: account)
                let visitors = site.token(for: "/essai/note")
                let elsewhere = site.token(for: "/essai/membre/note", account: account)
                func post(_ token: String) async throws -> Int {
                    try await site.post("/essai/note", [("note", "x")], session: session, token: token).status
                }
                #expect(try await post(own) == 303)
                #expect(try await post(visitors) == 403)
                #expect(try await post(elsewhere) == 403)
                #expect(try await post(String(own.reversed())) == 403)
                site.clock?.advance(by: .hours(23))
                #expect(try await post(own) == 303)
                site.clock?.advance(by: .hours(2))
                #expect(try await post(own) == 403)
            }
        }

        @Test func aRefusedFormComesBackFilled() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let words = "Atelier « d’été » <b>\nseconde ligne"
                let reply = try await site.post("/essai/note", [("note", words)], token: "ancien")
                #expect(reply.status == 403)
                #expect(reply.text.contains("Confirmez votre envoi"))
                #expect(reply.text.contains("Atelier « d’été » &lt;b&gt;\nseconde ligne</textarea>"))
                let token = try #require(Self.token(in: reply.text))
                let confirmed = try await site.post("/essai/note", [("note", words)], token: token)
                #expect(confirmed.status == 303)
                #expect(trial.taken.withLock { $0 } == [words])
            }
        }

        @Test func aSessionThatEndedLosesNothing() async throws {
            let trial = TrialRoutes()
            try await LiveSite.open(adding: trial.routes) { (site: LiveSite) async throws -> Void in
                let (account, session) = try await site.signIn("lou")
                let token = site.token(for: "/essai/membre/note", account: account)
                let signedOut = try await site.post("/essai/membre/note", [("note", "long texte")], token: token)
                #expect(signedOut.status == 403)
                #expect(signedOut.text.contains("Rien n’est perdu"))
                let offered = try #require(Self.token(in: signedOut.text))
                // Signed in again in another tab: the form is still the visitor's, so it is shown once more, then taken.
                let again = try await site.post(
                    "/essai/membre/note", [("note", "long texte")], session: session, token: offered)
                #expect(again.text.contains("Confirmez votre envoi"))
                let last = try #require(Self.token(in: again.text))
                let taken = try await site.post(
                    "/essai/membre/note", [("note", "long texte")], session: session, token: last)
                #expect(taken.status == 303)
                #expect(trial.taken.withLock { $0 } == ["long texte"])
            }
        }

        /// The token of the page's form to confirm: the last on it.
        private static func token(in page: String) -> String? {
            page.components(separatedBy: "name=\"\(FormToken.fieldName)\"").last?.components(separatedBy: "value=\"")
                .dropFirst().first?
                .prefix { $0 != "\"" }.description
        }
    }
}
