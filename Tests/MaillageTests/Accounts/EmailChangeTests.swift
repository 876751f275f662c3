import Storage
import Testing
import Workbench

@testable import Maillage

/// ACC-14
@Suite struct EmailChangeTests {
    @Test(arguments: TestEngine.available)
    func `the address changes once its owner opens the link, and the former one is told`(engine: TestEngine)
        async throws
    {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let (here, there) = (try await world.session(lea), try await world.session(lea))
            let asLea = try await world.principal(lea)
            let pendingLink = try await world.askForLink("lea")
            try await world.desk.perform(
                RequestEmailChange(to: world.email("neuve"), session: here.session, head: world.head), as: asLea)
            #expect(try await emailNow(world, lea) == "lea@exemple.fr")
            let secret = try world.secret(in: try await world.lastLetter(to: "neuve@exemple.fr"))
            try await world.desk.perform(
                ConfirmEmailChange(secret: secret, session: here.session, head: world.head), as: asLea)
            #expect(try await emailNow(world, lea) == "neuve@exemple.fr")
            #expect(try await world.lastLetter(to: "lea@exemple.fr").subject == "L’adresse de votre compte a changé")
            #expect(try await world.presence(there.secret) == nil)
            #expect(try await world.presence(here.secret) != nil)
            await #expect(throws: Problems.self) {
                _ = try await world.desk.perform(
                    ConsumeSignInLink(secret: pendingLink.link, browser: pendingLink.browser, name: "X", device: ""),
                    as: .visitor)
            }
        }
    }

    // ACC-22
    @Test(arguments: TestEngine.available)
    func `asking for an address that has an account answers as for any other, and its link does not exist`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            _ = try await world.person("prise")
            let here = try await world.session(lea)
            let asLea = try await world.principal(lea)
            var subjects: [String] = []
            for name in ["prise", "libre"] {
                try await world.desk.perform(
                    RequestEmailChange(to: world.email(name), session: here.session, head: world.head), as: asLea)
                subjects.append(try await world.lastLetter(to: "\(name)@exemple.fr").subject)
            }
            #expect(subjects[0] == subjects[1])
            #expect(try await !world.lastLetter(to: "prise@exemple.fr").text.contains("/mon-compte/adresse/"))
        }
    }

    @Test(arguments: TestEngine.available)
    func `a link serves its own account, for an hour, while the address is free`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let (lea, paul) = (try await world.person("lea"), try await world.person("paul"))
            let (here, his) = (try await world.session(lea), try await world.session(paul))
            let (asLea, asPaul) = (try await world.principal(lea), try await world.principal(paul))
            func ask() async throws -> Secret {
                try await world.desk.perform(
                    RequestEmailChange(to: world.email("neuve"), session: here.session, head: world.head), as: asLea)
                return try world.secret(in: try await world.lastLetter(to: "neuve@exemple.fr"))
            }
            func missing(_ secret: Secret, _ session: Session.ID, as principal: Principal) async {
                await #expect(throws: Missing.self) {
                    try await world.desk.perform(
                        ConfirmEmailChange(secret: secret, session: session, head: world.head), as: principal)
                }
            }
            let first = try await ask()
            await missing(first, his.session, as: asPaul)
            let second = try await ask()
            await missing(first, here.session, as: asLea)
            _ = try await world.person("neuve")
            await missing(second, here.session, as: asLea)
            world.clock.advance(by: .hours(1))
            await missing(second, here.session, as: asLea)
            #expect(try await emailNow(world, lea) == "lea@exemple.fr")
            await #expect(throws: Denied.self) {
                try await world.desk.perform(
                    RequestEmailChange(to: world.email("autre"), session: here.session, head: world.head), as: asLea)
            }
        }
    }

    private func emailNow(_ world: AccountWorld, _ id: Account.ID) async throws -> String? {
        try await world.database.read { try AccountStore.account(id, $0)?.email?.text }
    }
}
