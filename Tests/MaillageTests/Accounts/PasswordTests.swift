import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct PasswordTests {
    static let good = "tulipes violettes au marché"

    private func passwords(_ world: AccountWorld) -> Passwords {
        Passwords(desk: world.desk, hasher: PasswordHasher(.quick), networkName: world.head.networkName)
    }

    private func withPassword(_ world: AccountWorld, _ name: String = "lea") async throws -> (Account.ID, Passwords) {
        let passwords = passwords(world)
        let email = try world.email(name)
        let new = try await passwords.prepare(Self.good, name: "Léa", email: email)
        return (
            try await world.desk.perform(AddAccount(email: email, name: PersonName("Léa"), password: new), as: .house),
            passwords
        )
    }

    @Test(arguments: TestEngine.available)
    func `the right password opens a session`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let (lea, passwords) = try await withPassword(world)
            let opened = try await passwords.signIn(
                email: world.email("lea"), password: Self.good, origin: nil, device: "", destination: "//mal.fr")
            #expect(opened.account == lea)
            #expect(opened.destination == "/")
            #expect(try await world.presence(opened.secret)?.principal.account == lea)
        }
    }

    // ACC-9
    @Test(arguments: TestEngine.available)
    func `a wrong password, an unknown address and an account without password are refused alike`(engine: TestEngine)
        async throws
    {
        try await AccountWorld.on(engine) { world in
            let (_, passwords) = try await withPassword(world)
            _ = try await world.person("sans")
            for (name, password) in [
                ("lea", "autre phrase de passe"), ("sans", Self.good), ("inconnue", Self.good), ("lea", ""),
            ] {
                await #expect(throws: Problems("", SignInWithPassword.refusal)) {
                    _ = try await passwords.signIn(
                        email: world.email(name), password: password, origin: nil, device: "")
                }
            }
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 0)
        }
    }

    // ACC-7
    @Test(arguments: TestEngine.available)
    func `ten attempts in five minutes, then even the right password waits, and the link still works`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let (_, passwords) = try await withPassword(world)
            for _ in 0..<10 {
                await #expect(throws: Problems.self) {
                    _ = try await passwords.signIn(
                        email: world.email("lea"), password: "faux faux faux", origin: nil, device: "")
                }
            }
            await #expect(throws: Throttled(retryAfter: .seconds(30))) {
                _ = try await passwords.signIn(email: world.email("lea"), password: Self.good, origin: nil, device: "")
            }
            let asked = try await world.askForLink("lea")
            _ = try await world.desk.perform(
                ConsumeSignInLink(secret: asked.link, browser: asked.browser, device: ""), as: .visitor)
            world.clock.advance(by: .seconds(30))
            _ = try await passwords.signIn(email: world.email("lea"), password: Self.good, origin: nil, device: "")
        }
    }

    // ACC-12, ACC-13
    @Test(arguments: TestEngine.available)
    func `changing one's password asks for the current one, closes the other sessions and is told by mail`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let (lea, passwords) = try await withPassword(world)
            let here = try await world.session(lea)
            let there = try await world.session(lea)
            let principal = try await world.principal(lea)
            let fresh = "douze chaises bleues"
            await #expect(throws: Problems("current", "Ce n’est pas votre mot de passe actuel.")) {
                try await passwords.choose(
                    fresh, current: "faux", as: principal, session: here.session, head: world.head)
            }
            try await passwords.choose(
                fresh, current: Self.good, as: principal, session: here.session, head: world.head)
            #expect(try await world.presence(there.secret) == nil)
            #expect(try await world.presence(here.secret) != nil)
            #expect(try await world.lastLetter(to: "lea@exemple.fr").subject == "Votre mot de passe a changé")
            await #expect(throws: Problems.self) {
                _ = try await passwords.signIn(email: world.email("lea"), password: Self.good, origin: nil, device: "")
            }
            _ = try await passwords.signIn(email: world.email("lea"), password: fresh, origin: nil, device: "")
        }
    }

    // ACC-13
    @Test(arguments: TestEngine.available)
    func `an hour after signing in, a password can no longer be set or removed`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let here = try await world.session(lea)
            let principal = try await world.principal(lea)
            world.clock.advance(by: .hours(1))
            await #expect(throws: Denied.self) {
                try await passwords(world).choose(
                    Self.good, current: nil, as: principal, session: here.session, head: world.head)
            }
            await #expect(throws: Denied.self) {
                try await world.desk.perform(RemovePassword(session: here.session, head: world.head), as: principal)
            }
            #expect(try await world.count("SELECT COUNT(*) FROM account WHERE password IS NOT NULL") == 0)
        }
    }

    @Test(arguments: TestEngine.available)
    func `without its password an account opens by link only`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let (lea, passwords) = try await withPassword(world)
            let here = try await world.session(lea)
            let there = try await world.session(lea)
            try await world.desk.perform(
                RemovePassword(session: here.session, head: world.head), as: try await world.principal(lea))
            #expect(try await world.presence(there.secret) == nil)
            await #expect(throws: Problems("", SignInWithPassword.refusal)) {
                _ = try await passwords.signIn(email: world.email("lea"), password: Self.good, origin: nil, device: "")
            }
        }
    }

    // The password may change while it is being computed.
    @Test(arguments: TestEngine.available)
    func `a password proved before it changed no longer opens`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let (lea, _) = try await withPassword(world)
            let stale = VerifiedPassword(account: lea, encoded: "$argon2id$before")
            await #expect(throws: Problems("", SignInWithPassword.refusal)) {
                _ = try await world.desk.perform(
                    SignInWithPassword(verified: stale, device: "", destination: nil), as: .visitor)
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `only the program chooses somebody else's password`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let boss = try await world.principal(world.person("chef", .operator, on: .network))
            let new = try await passwords(world).prepare(Self.good, name: "Léa", email: world.email("lea"))
            await #expect(throws: Denied.self) {
                _ = try await world.desk.perform(
                    AddAccount(email: world.email("lea"), name: PersonName("Léa"), password: new), as: boss)
            }
        }
    }
}
