import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct SignInLinkTests {
    // ACC-3
    @Test(arguments: TestEngine.available)
    func `a known address signs in by its link and gets a session`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            let opened = try await world.desk.perform(
                ConsumeSignInLink(secret: asked.link, browser: asked.browser, device: "Firefox"), as: .visitor)
            #expect(opened.account == lea)
            #expect(!opened.isNewAccount)
            #expect(try await world.presence(opened.secret)?.principal.account == lea)
        }
    }

    // ACC-3
    @Test(arguments: TestEngine.available)
    func `an unknown address becomes an account by the same journey once it says its name`(engine: TestEngine)
        async throws
    {
        try await AccountWorld.on(engine) { world in
            let asked = try await world.askForLink("nouveau")
            await #expect(throws: Problems("name", "Indiquez votre nom.")) {
                try await world.desk.perform(
                    ConsumeSignInLink(secret: asked.link, browser: asked.browser, device: ""), as: .visitor)
            }
            let opened = try await world.desk.perform(
                ConsumeSignInLink(secret: asked.link, browser: asked.browser, name: " Noé  Martin ", device: ""),
                as: .visitor)
            #expect(opened.isNewAccount)
            #expect(try await world.presence(opened.secret)?.principal.name == "Noé Martin")
        }
    }

    // ACC-3: what is answered, done and mailed is the same.
    @Test(arguments: TestEngine.available)
    func `known and unknown addresses get the same answer, one letter and one journal line`(engine: TestEngine)
        async throws
    {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("connue")
            var traces: [[Int]] = []
            for name in ["connue", "inconnue"] {
                let before = try await counts(world)
                let asked = try await world.desk.perform(
                    RequestSignIn(email: world.email(name), origin: nil, head: world.head), as: .visitor)
                #expect(asked.expiresAt == world.now + .minutes(10))
                traces.append(zip(try await counts(world), before).map { $0 - $1 })
            }
            #expect(traces[0] == traces[1])
            #expect(traces[0] == [1, 1, 1, 0])
            let lines = try await world.database.read { try Journal.latest(2, $0) }
            #expect(lines.allSatisfy { $0.verb == "RequestSignIn" && $0.subject == nil && $0.details.isEmpty })
        }
    }

    private func counts(_ world: AccountWorld) async throws -> [Int] {
        [
            try await world.count("SELECT COUNT(*) FROM letter"),
            try await world.count("SELECT COUNT(*) FROM journal"),
            try await world.count("SELECT COUNT(*) FROM sign_in_link"),
            try await world.count("SELECT COUNT(*) FROM account"),
        ]
    }

    // ACC-4
    @Test(arguments: TestEngine.available)
    func `a link serves once, for ten minutes, in the browser that asked`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            let elsewhere = Secret(world.desk.surroundings)
            await refused(world, asked.link, browser: nil)
            await refused(world, asked.link, browser: elsewhere)
            await refused(world, elsewhere, browser: asked.browser)
            world.clock.advance(by: .minutes(10))
            await refused(world, asked.link, browser: asked.browser)

            let again = try await world.askForLink("lea", browser: asked.browser)
            world.clock.advance(by: .seconds(599))
            _ = try await world.desk.perform(
                ConsumeSignInLink(secret: again.link, browser: again.browser, device: ""), as: .visitor)
            await refused(world, again.link, browser: again.browser)
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 1)
        }
    }

    private func refused(_ world: AccountWorld, _ link: Secret, browser: Secret?) async {
        await #expect(throws: Problems("", ConsumeSignInLink.refusal)) {
            try await world.desk.perform(ConsumeSignInLink(secret: link, browser: browser, device: ""), as: .visitor)
        }
    }

    // ACC-6
    @Test(arguments: TestEngine.available)
    func `looking at a link consumes nothing`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            let stranger = Secret(world.desk.surroundings)
            for _ in 0..<20 {
                #expect(try await look(world, asked.link, asked.browser) == .ready(needsName: false))
                #expect(try await look(world, asked.link, nil) == .otherBrowser)
                #expect(try await look(world, asked.link, stranger) == .otherBrowser)
                #expect(try await look(world, stranger, asked.browser) == .gone)
            }
            _ = try await world.desk.perform(
                ConsumeSignInLink(secret: asked.link, browser: asked.browser, device: ""), as: .visitor)
            #expect(try await look(world, asked.link, asked.browser) == .gone)
        }
    }

    private func look(_ world: AccountWorld, _ link: Secret, _ browser: Secret?) async throws -> SignInProspect {
        let now = world.now
        return try await world.database.read { try SignInProspect.of(link, browser: browser, at: now, $0) }
    }

    // ACC-4: exactly one success per link, whoever runs first.
    @Test(arguments: TestEngine.available)
    func `of fifty who press the button at once, one enters`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            for round in 0..<4 {
                let name = "race\(round)"
                if round % 2 == 0 { _ = try await world.person(name) }
                let asked = try await world.askForLink(name)
                let entered = await withTaskGroup(of: Int.self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            let opened = try? await world.desk.perform(
                                ConsumeSignInLink(
                                    secret: asked.link, browser: asked.browser, name: "Course", device: ""),
                                as: .visitor)
                            return opened == nil ? 0 : 1
                        }
                    }
                    return await group.reduce(0, +)
                }
                #expect(entered == 1)
            }
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 4)
            #expect(try await world.count("SELECT COUNT(*) FROM account") == 4)
        }
    }

    // ACC-7
    @Test(arguments: TestEngine.available)
    func `a sixth message within half an hour is refused, known or not, and nothing is written`(engine: TestEngine)
        async throws
    {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("connue")
            for name in ["connue", "inconnue"] {
                for _ in 0..<5 { _ = try await world.askForLink(name) }
                let before = try await counts(world)
                await #expect(throws: Throttled(retryAfter: .minutes(6))) {
                    _ = try await world.askForLink(name)
                }
                #expect(try await counts(world) == before)
            }
            world.clock.advance(by: .minutes(6))
            _ = try await world.askForLink("connue")
        }
    }

    @Test func `a destination never leads to another site`() {
        #expect(Destination.safe("/mon-compte?a=b") == "/mon-compte?a=b")
        for bad in [
            "https://mal.fr", "//mal.fr", "/\\mal.fr", "mal", "", "/a\nb", "/a b", "/\u{A0}", "javascript:alert(1)",
        ] {
            #expect(Destination.safe(bad) == "/", "\(bad)")
        }
        #expect(Destination.safe(nil) == "/")
        #expect(Destination.safe("/" + String(repeating: "a", count: 500)) == "/")
    }
}
