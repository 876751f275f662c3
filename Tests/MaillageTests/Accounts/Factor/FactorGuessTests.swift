import Storage
import Testing
import Workbench

@testable import Maillage

/// Who guesses at second factors: what they are told, and how often they may.
@Suite struct FactorGuessTests {
    /// One program among several on the same database, or the same one after a restart.
    private func restarted(_ world: AccountWorld) -> AccountWorld {
        AccountWorld(
            database: world.database,
            desk: Desk(database: world.database, surroundings: world.desk.surroundings), clock: world.clock)
    }

    // ACC-25: by account, whatever the door, the session, the kind of code and the program.
    @Test(arguments: TestEngine.available)
    func `one count for every door, which a restart does not forget`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let half = try await world.comeHalfIn("lea")
            let principal = try await world.principal(lea.account)
            func show(_ typed: String, _ world: AccountWorld) async throws -> FactorAnswer {
                try await world.desk.perform(
                    ShowFactor(typed: typed, session: lea.session.session, seal: world.seal, head: world.head),
                    as: principal)
            }
            // Two at the door of sign-in (a code, a recovery code), one before a dangerous act, two at the settings.
            #expect(try await world.pass("000000", half.secret) == .wrong)
            #expect(try await world.pass("AAAA-AAAA-AAAA-AAAA", half.secret) == .wrong)
            #expect(try await show("000001", world) == .wrong)
            try await world.desk.perform(
                BeginFactor(session: lea.session.session, seal: world.seal), as: principal)
            for typed in ["000002", "000003"] {
                let confirm = ConfirmFactor(
                    typed: typed, session: lea.session.session, seal: world.seal, head: world.head)
                #expect(try await world.desk.perform(confirm, as: principal) == .wrong)
            }
            let later = restarted(world)
            let right = world.code(lea.secret)
            let fresh = try await later.comeHalfIn("lea")
            #expect(try await later.pass(right, fresh.secret) == .exhausted(.minutes(3)))
            #expect(try await later.pass(lea.codes[0].text, fresh.secret) == .exhausted(.minutes(3)))
            #expect(try await show(right, later) == .exhausted(.minutes(3)))
            let confirm = ConfirmFactor(
                typed: right, session: lea.session.session, seal: world.seal, head: world.head)
            #expect(try await later.desk.perform(confirm, as: principal) == .exhausted(.minutes(3)))
            // A refusal costs nothing and spends nothing.
            world.clock.advance(by: .minutes(3))
            guard case .opened = try await later.pass(lea.codes[0].text, fresh.secret) else {
                Issue.record("a recovery code was spent by a refusal")
                return
            }
        }
    }

    // ACC-25: who types without end, at the pace that is left to them.
    @Test(arguments: TestEngine.available)
    func `thirty wrong codes a day at most, and never one more by patience`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.withFactor("lea")
            var (wrong, refused) = (0, 0)
            // Half a day, a try every minute, with a new half session as often as it takes.
            var half = try await world.comeHalfIn("lea")
            for minute in 0..<720 {
                if minute % 9 == 8 { half = try await world.comeHalfIn("lea") }
                switch try await world.pass("00\(1_000 + minute)", half.secret) {
                case .wrong: wrong += 1
                case .exhausted: refused += 1
                case .opened, .gone: Issue.record("a guess was taken, or the step was lost, at \(minute)")
                }
                world.clock.advance(by: .minutes(1))
            }
            // Thirty at once, then one each 48 minutes: GCRA.
            #expect((30...45).contains(wrong), "\(wrong)")
            #expect(refused == 720 - wrong)
        }
    }

    // ACC-25: all at once.
    @Test(arguments: TestEngine.available)
    func `a hundred guesses at once are five`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.withFactor("lea")
            let half = try await world.comeHalfIn("lea")
            let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
                for guess in 0..<100 {
                    group.addTask { try await world.pass("000\(100 + guess)", half.secret) == .wrong }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wrong == 5)
        }
    }
}
