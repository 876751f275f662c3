import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-16: a link signs in once, in the browser that asked, within ten minutes, by its button.
    @Suite(.serialized) struct SignInLinkRaceTests {
        private struct Asked {
            let path: String
            let browser: String
        }

        private func ask(_ site: LiveSite, _ email: String) async throws -> Asked {
            let reply = try await site.post("/connexion", [("email", email)])
            #expect(reply.status == 303)
            return Asked(
                path: try await SecurityJourneys.lastLink(to: email, site),
                browser: try #require(reply.cookie("connexion")))
        }

        private func press(_ site: LiveSite, _ asked: Asked, browser: String? = nil, name: String = "Robin")
            async throws -> Reply
        {
            let cookie = browser ?? asked.browser
            return try await site.post(
                asked.path, [("name", name)], headers: cookie.isEmpty ? [:] : ["Cookie": "connexion=" + cookie])
        }

        @Test(arguments: TestEngine.available)
        func fiftyAtOnceMakeOneSession(engine: TestEngine) async throws {
            let links = Battery.count(short: 4, long: 200)
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                for link in 0..<links {
                    // Half of them for addresses without an account: the race must make one account.
                    let email = "course\(link)@exemple.fr"
                    if link % 2 == 0 {
                        _ = try await site.desk.perform(
                            AddAccount(email: try EmailAddress(email), name: try PersonName("Robin")), as: .house)
                    }
                    let asked = try await ask(site, email)
                    let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                        for _ in 0..<50 { group.addTask { try await press(site, asked) } }
                        return try await group.reduce(into: [Reply]()) { $0.append($1) }
                    }
                    let won = replies.filter { $0.status == 303 }
                    #expect(won.count == 1, "link \(link): \(won.count)")
                    #expect(replies.filter { $0.cookie("session") != nil }.count == 1)
                    #expect(replies.allSatisfy { [303, 422].contains($0.status) }, "\(Set(replies.map(\.status)))")
                    let counts = try await site.reception.database.read { reader in
                        try (
                            reader.count("SELECT COUNT(*) FROM account WHERE email = \(email)"),
                            reader.count(
                                """
                                SELECT COUNT(*)
                                FROM session
                                JOIN account ON account.id = session.account_id
                                WHERE account.email = \(email)
                                """)
                        )
                    }
                    #expect(counts == (1, 1))
                }
                print("links raced: \(links) × 50, \(engine)")
            }
        }

        @Test(arguments: TestEngine.available)
        func readersOfMailConsumeNothing(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let asked = try await ask(site, "noa@exemple.fr")
                for _ in 0..<10 {
                    #expect(try await site.get(asked.path).status == 200)
                    #expect(try await site.ask("HEAD", asked.path).status == 200)
                    #expect(
                        try await site.get(asked.path, headers: ["Cookie": "connexion=" + asked.browser]).status == 200)
                    #expect(try await site.ask("OPTIONS", asked.path).status == 204)
                }
                #expect(try await press(site, asked).status == 303)
            }
        }

        @Test(arguments: TestEngine.available)
        func itEndsAfterTenMinutesAndAfterUse(engine: TestEngine) async throws {
            try await LiveSite.open(engine, start: Instant(seconds: 1_790_000_000)) {
                (site: LiveSite) async throws -> Void in
                let late = try await ask(site, "tard@exemple.fr")
                site.clock?.advance(by: .seconds(601))
                #expect(try await press(site, late).status == 422)
                #expect(try await site.get(late.path, headers: ["Cookie": "connexion=" + late.browser]).status == 410)

                let early = try await ask(site, "tot@exemple.fr")
                site.clock?.advance(by: .seconds(599))
                #expect(try await press(site, early).status == 303)
                #expect(try await press(site, early).status == 422)
                #expect(try await site.get(early.path, headers: ["Cookie": "connexion=" + early.browser]).status == 410)
                let made = try await site.reception.database.read { try $0.count("SELECT COUNT(*) FROM session") }
                #expect(made == 1)
            }
        }

        @Test(arguments: TestEngine.available)
        func anotherBrowserDoesNotComeIn(engine: TestEngine) async throws {
            try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
                let asked = try await ask(site, "noa@exemple.fr")
                let stranger = try await ask(site, "autre@exemple.fr")
                for browser in ["", stranger.browser, String(repeating: "D", count: 43), "court"] {
                    let reply = try await press(site, asked, browser: browser)
                    #expect(reply.status == 422, "\(browser): \(reply.status)")
                    #expect(reply.cookie("session") == nil)
                }
                // None of it cost the link.
                #expect(try await press(site, asked).status == 303)
            }
        }
    }
}
