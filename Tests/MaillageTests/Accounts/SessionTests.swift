import Storage
import Synchronization
import Testing
import Workbench

@testable import Maillage

@Suite struct SessionTests {
    // ACC-11
    @Test(arguments: TestEngine.available)
    func `a session lives a day without use and two weeks in all`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let opened = try await world.session(lea)
            world.clock.advance(by: .seconds(86_399))
            #expect(try await world.presence(opened.secret) != nil)
            world.clock.advance(by: .seconds(1))
            #expect(try await world.presence(opened.secret) == nil)

            let used = try await world.session(lea)
            for _ in 0..<13 { try await useAfterADay(world, used) }
            #expect(try await world.presence(used.secret) != nil)
            try await useAfterADay(world, used)
            world.clock.advance(by: .hours(14))
            #expect(try await world.presence(used.secret) == nil)
        }
    }

    private func useAfterADay(_ world: AccountWorld, _ opened: OpenedSession) async throws {
        world.clock.advance(by: .hours(23))
        let now = world.now
        #expect(try await world.presence(opened.secret)?.isTouchDue == true)
        try await world.database.write { try SessionStore.touch(opened.session, at: now, $0) }
        #expect(try await world.presence(opened.secret)?.isTouchDue == false)
    }

    // ACC-11
    @Test(arguments: TestEngine.available)
    func `wider rights shorten the session they are exercised from`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            for (name, role, idle) in [("c", Role.coordinator, Instant.Span.hours(4)), ("o", .operator, .hours(1))] {
                let opened = try await world.session(try await world.person(name, role, on: .network))
                world.clock.advance(by: .seconds(idle.seconds - 1))
                #expect(try await world.presence(opened.secret) != nil)
                world.clock.advance(by: .seconds(1))
                #expect(try await world.presence(opened.secret) == nil)
            }
        }
    }

    // ACC-35
    @Test(arguments: TestEngine.available)
    func `what is told of a session's end is its end`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let opened = try await world.session(try await world.person("c", .coordinator, on: .network))
            let start = world.now
            let first = try #require(try await world.presence(opened.secret)?.term)
            #expect(first.end == start + .hours(4) && first.isExtendable && first.isAnnounced)
            // Used a little: nothing is noted yet, and the end that is told stays the true one.
            world.clock.advance(by: .minutes(4))
            #expect(try await world.presence(opened.secret)?.isTouchDue == false)
            #expect(try await world.presence(opened.secret)?.term == first)
            for _ in 0..<7 {
                world.clock.advance(by: .hours(3))
                let now = world.now
                try await world.database.write { try SessionStore.touch(opened.session, at: now, $0) }
                let told = try #require(try await world.presence(opened.secret)?.term)
                #expect(told.end == min(now + .hours(4), start + .hours(24)))
                #expect(told.isExtendable == (now + .hours(4) < start + .hours(24)))
            }
            let last = try #require(try await world.presence(opened.secret)?.term)
            #expect(!last.isExtendable && last.used(at: world.now + .hours(1)).end == last.end)
            world.clock.advance(by: .seconds((last.end - world.now).seconds - 1))
            #expect(try await world.presence(opened.secret) != nil)
            world.clock.advance(by: .seconds(1))
            #expect(try await world.presence(opened.secret) == nil)

            let plain = try await world.session(try await world.person("lea"))
            #expect(try await world.presence(plain.secret)?.term.isAnnounced == false)
        }
    }

    @Test func `limits follow the widest role`() {
        let both = [Grant(.coordinator, on: .network), Grant(.operator, on: .network)]
        #expect(SessionLimits.of(both) == .operator)
        #expect(SessionLimits.of([both[0]]) == .coordinator)
        #expect(SessionLimits.of([Grant(.placeManager, on: .place(7))]) == .plain)
    }

    // ACC-12
    @Test(arguments: TestEngine.available)
    func `a person sees and closes their own sessions and nobody else's`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let (lea, paul) = (try await world.person("lea"), try await world.person("paul"))
            let mine = [try await world.session(lea), try await world.session(lea), try await world.session(lea)]
            let his = try await world.session(paul)
            let (asLea, asPaul) = (try await world.principal(lea), try await world.principal(paul))
            await #expect(throws: Missing.self) {
                try await world.desk.perform(CloseSession(mine[0].session), as: asPaul)
            }
            await #expect(throws: Missing.self) {
                try await world.desk.perform(CloseSession(Session.ID(12_345)), as: asPaul)
            }
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(CloseOtherSessions(keeping: mine[0].session), as: asPaul)
            }
            await #expect(throws: Denied.self) { try await world.desk.perform(CloseSession(his.session), as: .visitor) }
            try await world.desk.perform(CloseSession(mine[0].session), as: asLea)
            #expect(try await world.presence(mine[0].secret) == nil)
            #expect(try await world.desk.perform(CloseOtherSessions(keeping: mine[1].session), as: asLea) == 1)
            #expect(try await world.presence(mine[1].secret) != nil)
            #expect(try await world.presence(mine[2].secret) == nil)
            #expect(try await world.presence(his.secret) != nil)
        }
    }

    // ACC-10
    @Test(arguments: TestEngine.available)
    func `the database never holds a session's secret`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let opened = try await world.session(try await world.person("lea"))
            let stored = try await world.database.read {
                try $0.all("SELECT secret_hash FROM session") { try $0.bytes(0) }
            }
            #expect(stored == [opened.secret.hash])
            #expect(stored != [opened.secret.bytes])
            #expect("\(opened.secret) \(String(reflecting: opened))".contains(opened.secret.text) == false)
        }
    }

    // ACC-10: without a proof, only the program opens a session.
    @Test(arguments: TestEngine.available)
    func `nobody opens a session for somebody else`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let boss = try await world.principal(world.person("chef", .operator, on: .network))
            for principal in [boss, .visitor, try await world.principal(lea)] {
                await #expect(throws: Missing.self) {
                    _ = try await world.desk.perform(OpenSession(account: lea, device: ""), as: principal)
                }
            }
        }
    }

    // ACC-19
    @Test(arguments: TestEngine.available)
    func `when rights rise the session must change its secret, and the old one dies`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let opened = try await world.session(lea)
            #expect(try await world.presence(opened.secret)?.isRenewalDue == false)
            _ = try await world.grant(.placeEditor, on: .place(7), to: lea)
            let presence = try #require(try await world.presence(opened.secret))
            #expect(presence.isRenewalDue)
            let renewed = try await world.desk.perform(RenewSession(opened.secret), as: presence.principal)
            #expect(try await world.presence(opened.secret) == nil)
            #expect(try await world.presence(renewed)?.isRenewalDue == false)
            #expect(try await world.presence(renewed)?.session == opened.session)
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(RenewSession(opened.secret), as: .visitor)
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `a principal costs one statement and little time`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea", .placeManager, on: .place(7))
            _ = try await world.grant(.placeManager, on: .place(8), to: lea)
            let opened = try await world.session(lea)
            let now = world.now
            let span = try await world.database.read { reader in
                try ContinuousClock().measure {
                    for _ in 0..<1_000 {
                        let presence = try PrincipalReader.presence(sessionSecret: opened.secret, at: now, reader)
                        #expect(presence?.principal.grants.count == 2)
                    }
                }
            }
            print("principal by session: \(span / 1_000) each (\(engine))")
            // Far above what it takes: only a second statement a row, or a missing index, would pass it.
            #expect(span < .seconds(20))
        }
    }

    @Test func `the browser is named in words its owner recognises`() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
        #expect(DeviceName.from(userAgent: firefox) == "Firefox sur Linux")
        #expect(DeviceName.from(userAgent: edge) == "Edge sur Windows")
        #expect(DeviceName.from(userAgent: "") == "Navigateur inconnu")
        #expect(DeviceName.short("a\u{202E}b\n") == "ab")
    }

    // What is kept of public pages must not be thrown away each time somebody comes in.
    @Test func `signing in and out changes nothing that others see`() async throws {
        try await AccountWorld.on(.sqlite) { world in
            let changes = Mutex<Set<String>>([])
            let desk = Desk(
                database: world.database, surroundings: world.desk.surroundings,
                listeners: [{ seen in changes.withLock { $0.formUnion(seen.map(\.kind)) } }])
            let lea = try await world.person("lea")
            let asked = try await desk.perform(
                RequestSignIn(email: world.email("lea"), origin: nil, head: world.head), as: .visitor)
            let link = try world.secret(in: try await world.lastLetter(to: "lea@exemple.fr"))
            let opened = try await desk.perform(
                ConsumeSignInLink(secret: link, browser: asked.browser, device: ""), as: .visitor)
            try await desk.perform(CloseSession(opened.session), as: try await world.principal(lea))
            #expect(changes.withLock { $0 } == [PostOffice.subjectKind])
        }
    }
}
