import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct SignInCodeTests {
    // ACC-5
    @Test(arguments: TestEngine.available)
    func `the code of the mail, typed where it was asked, signs in`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            let spaced = asked.code.prefix(3) + " " + asked.code.suffix(3)
            guard case .opened(let opened) = try await type(world, String(spaced), asked.browser) else {
                Issue.record("the code was refused")
                return
            }
            #expect(opened.account == lea)
            #expect(try await type(world, asked.code, asked.browser) == .noneExpected)
        }
    }

    // ACC-5: the code alone is worth nothing.
    @Test(arguments: TestEngine.available)
    func `the code means nothing in another browser`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            #expect(try await type(world, asked.code, nil) == .noneExpected)
            #expect(try await type(world, asked.code, Secret(world.desk.surroundings)) == .noneExpected)
            let other = try await world.askForLink("paul")
            #expect(try await type(world, asked.code, other.browser) == .wrong)
        }
    }

    // Anybody may type codes, without end: the journal would grow with each.
    @Test(arguments: TestEngine.available)
    func `a code that nobody waits for leaves no line in the journal`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            func lines() async throws -> Int {
                try await world.database.read { try $0.count("SELECT COUNT(*) FROM journal") }
            }
            let before = try await lines()
            for _ in 0..<3 { #expect(try await type(world, asked.code, nil) == .noneExpected) }
            #expect(try await lines() == before)
            // One that is compared is told.
            for _ in 0..<5 { #expect(try await type(world, wrong(asked.code), asked.browser) == .wrong) }
            #expect(try await lines() == before + 5)
            #expect(try await type(world, asked.code, asked.browser) == .noneExpected)
            #expect(try await lines() == before + 5)
        }
    }

    // ACC-5
    @Test(arguments: TestEngine.available)
    func `after five wrong codes only the link works`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            let asked = try await world.askForLink("lea")
            for _ in 0..<5 { #expect(try await type(world, wrong(asked.code), asked.browser) == .wrong) }
            #expect(try await type(world, asked.code, asked.browser) == .noneExpected)
            _ = try await world.desk.perform(
                ConsumeSignInLink(secret: asked.link, browser: asked.browser, device: ""), as: .visitor)
        }
    }

    // ACC-5
    @Test(arguments: TestEngine.available)
    func `an address gets ten wrong codes a day, however many are asked`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            var tried = 0
            for _ in 0..<5 {
                let asked = try await world.askForLink("lea")
                for _ in 0..<5 where try await type(world, wrong(asked.code), asked.browser) == .wrong { tried += 1 }
            }
            #expect(tried == 10)
        }
    }

    // ACC-5
    @Test(arguments: TestEngine.available)
    func `only the latest message's code works, while earlier links still do`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("lea")
            let first = try await world.askForLink("lea")
            let second = try await world.askForLink("lea", browser: first.browser)
            #expect(first.browser == second.browser)
            if first.code != second.code {
                #expect(try await type(world, first.code, first.browser) == .wrong)
            }
            _ = try await world.desk.perform(
                ConsumeSignInLink(secret: first.link, browser: first.browser, device: ""), as: .visitor)
        }
    }

    @Test(arguments: TestEngine.available)
    func `what is not six digits is said so and costs no try`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let asked = try await world.askForLink("lea")
            for typed in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", String(repeating: "1", count: 5_000)] {
                await #expect(throws: Problems("code", "Le code est fait de six chiffres.")) {
                    _ = try await type(world, typed, asked.browser)
                }
            }
            #expect(try await world.count("SELECT code_failures FROM sign_in_link") == 0)
        }
    }

    // ACC-5: six digits are too few to be stored as a bare hash.
    @Test func `the stored code depends on the browser's secret`() {
        let (surroundings, _) = Surroundings.fixed(at: AccountWorld.start)
        let code = SignInCode(typed: "012345")
        #expect(code?.hash(for: Secret(surroundings)) != code?.hash(for: Secret(surroundings)))
    }

    private func wrong(_ code: String) -> String {
        code == "000000" ? "000001" : "000000"
    }

    private func type(_ world: AccountWorld, _ code: String, _ browser: Secret?) async throws
        -> ConsumeSignInCode.Answer
    {
        try await world.desk.perform(
            ConsumeSignInCode(typed: code, browser: browser, name: "Léa", device: ""), as: .visitor)
    }
}
