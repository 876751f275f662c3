import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct FactorTests {
    // ACC-25
    @Test(arguments: TestEngine.available)
    func `a factor is in use once its first code is right`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let (session, other) = (try await world.session(lea), try await world.session(lea, device: "Chrome"))
            let principal = try await world.principal(lea)
            func confirm(_ typed: String) async throws -> ConfirmFactor.Answer {
                try await world.desk.perform(
                    ConfirmFactor(typed: typed, session: session.session, seal: world.seal, head: world.head),
                    as: principal)
            }
            #expect(try await confirm("123456") == .nothingBegun)
            try await world.desk.perform(BeginFactor(session: session.session, seal: world.seal), as: principal)
            let secret = try await world.pendingSecret(principal)
            #expect(try await confirm(world.code(secret, later: 5)) == .wrong)
            #expect(try await confirm("pas un code") == .wrong)
            #expect(try await world.count("SELECT COUNT(*) FROM second_factor WHERE confirmed_at IS NOT NULL") == 0)
            #expect(try await world.presence(other.secret) != nil, "nothing changed yet")
            guard case .confirmed(let codes) = try await confirm(world.code(secret)) else {
                Issue.record("the right code did not confirm")
                return
            }
            #expect(codes.count == 10 && Set(codes).count == 10)
            // Other sessions are closed; this one showed its factor and changes its secret.
            #expect(try await world.presence(other.secret) == nil)
            let presence = try #require(try await world.presence(session.secret))
            #expect(presence.factorAt == world.now && presence.isRenewalDue)
            #expect(
                try await world.lastLetter(to: "lea@exemple.fr").subject == "Un second facteur protège votre compte")
            // The secret is never shown again, and the code that confirmed does not confirm twice.
            await #expect(throws: Missing.self) { _ = try await world.pendingSecret(principal) }
            #expect(try await confirm(world.code(secret)) == .nothingBegun)
            let plain = Array(secret.bytes)
            #expect(
                try await world.count("SELECT COUNT(*) FROM second_factor WHERE sealed_secret = \(plain)") == 0)
        }
    }

    // ACC-25
    @Test(arguments: TestEngine.available)
    func `a secret that was shown waits an hour for its code`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let session = try await world.session(lea)
            let principal = try await world.principal(lea)
            try await world.desk.perform(BeginFactor(session: session.session, seal: world.seal), as: principal)
            world.clock.advance(by: .hours(1))
            await #expect(throws: Missing.self) { _ = try await world.pendingSecret(principal) }
            try await world.desk.perform(SweepAccountTraces(), as: .house)
            #expect(try await world.count("SELECT COUNT(*) FROM second_factor") == 0)
            // A sign-in that old begins nothing either.
            await #expect(throws: Denied.self) {
                try await world.desk.perform(BeginFactor(session: session.session, seal: world.seal), as: principal)
            }
        }
    }

    // ACC-26
    @Test(arguments: TestEngine.available)
    func `with a factor the first proof only opens the second step`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let half = try await world.comeHalfIn("lea")
            #expect(half.awaitsFactor)
            // The half-open secret is nobody's session.
            #expect(try await world.presence(half.secret) == nil)
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(RenewSession(half.secret), as: .visitor)
            }
            #expect(try await world.pass(world.code(lea.secret, later: 7), half.secret) == .wrong)
            guard case .opened(let opened) = try await world.pass(world.code(lea.secret), half.secret) else {
                Issue.record("the right code did not open")
                return
            }
            #expect(!opened.awaitsFactor && opened.secret != half.secret)
            let presence = try #require(try await world.presence(opened.secret))
            #expect(presence.principal.account == lea.account && presence.factorAt == world.now)
            // Neither the half session nor the code serves again.
            world.clock.advance(by: .seconds(30))
            #expect(try await world.pass(world.code(lea.secret), half.secret) == .gone)
            let again = try await world.comeHalfIn("lea")
            #expect(try await world.pass(world.code(lea.secret, later: -1), again.secret) == .wrong)
        }
    }

    // ACC-25: a code never accepted twice, nor one before it, in another half session too.
    @Test(arguments: TestEngine.available)
    func `a code serves once`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let (one, two) = (try await world.comeHalfIn("lea"), try await world.comeHalfIn("lea"))
            let code = world.code(lea.secret)
            guard case .opened = try await world.pass(code, one.secret) else {
                Issue.record("the right code did not open")
                return
            }
            #expect(try await world.pass(code, two.secret) == .wrong)
            guard case .opened = try await world.pass(world.code(lea.secret, later: 1), two.secret) else {
                Issue.record("the next code did not open")
                return
            }
            let three = try await world.comeHalfIn("lea")
            #expect(try await world.pass(code, three.secret) == .wrong)
        }
    }

    // ACC-25
    @Test(arguments: TestEngine.available)
    func `fifty at once with one code open one session`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            var halves: [Secret] = []
            for _ in 0..<5 { halves.append(try await world.comeHalfIn("lea").secret) }
            let code = world.code(lea.secret)
            let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
                for round in 0..<50 {
                    let half = halves[round % halves.count]
                    group.addTask {
                        if case .opened = try await world.pass(code, half) { return true }
                        return false
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(opened == 1)
        }
    }

    // ACC-12, ACC-26
    @Test(arguments: TestEngine.available)
    func `closing the other sessions ends a sign-in that waits for its second step`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let half = try await world.comeHalfIn("lea")
            _ = try await world.desk.perform(
                CloseOtherSessions(keeping: lea.session.session), as: world.principal(lea.account))
            #expect(try await world.pass(world.code(lea.secret), half.secret) == .gone)
            #expect(try await world.presence(lea.session.secret) != nil)
        }
    }

    // ACC-26
    @Test(arguments: TestEngine.available)
    func `the second step waits ten minutes, and ends with a change of password or address`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let half = try await world.comeHalfIn("lea")
            world.clock.advance(by: .minutes(10))
            #expect(try await world.pass(world.code(lea.secret), half.secret) == .gone)
            #expect(try await world.pass(world.code(lea.secret), nil) == .gone)
            try await world.desk.perform(SweepAccountTraces(), as: .house)
            #expect(try await world.count("SELECT COUNT(*) FROM half_session") == 0)
            let second = try await world.comeHalfIn("lea")
            try await world.desk.perform(
                RemoveFactor(session: lea.session.session, head: world.head), as: world.principal(lea.account))
            #expect(try await world.pass(world.code(lea.secret), second.secret) == .gone)
        }
    }

    // ACC-25
    @Test(arguments: TestEngine.available)
    func `a recovery code serves once and says how many are left`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let half = try await world.comeHalfIn("lea")
            guard case .opened = try await world.pass(lea.codes[3].text.lowercased(), half.secret) else {
                Issue.record("a recovery code did not open")
                return
            }
            let letter = try await world.lastLetter(to: "lea@exemple.fr")
            #expect(letter.subject == "Un code de secours a servi" && letter.text.contains("Il en reste 9."))
            let again = try await world.comeHalfIn("lea")
            #expect(try await world.pass(lea.codes[3].text, again.secret) == .wrong)
            // Somebody else's codes are nothing here.
            let noe = try await world.withFactor("noe")
            #expect(try await world.pass(noe.codes[0].text, again.secret) == .wrong)
            // New codes replace the old.
            let fresh = try await world.desk.perform(
                RenewRecoveryCodes(session: lea.session.session, head: world.head), as: world.principal(lea.account))
            #expect(try await world.pass(lea.codes[4].text, again.secret) == .wrong)
            guard case .opened = try await world.pass(fresh[0].text, again.secret) else {
                Issue.record("a new recovery code did not open")
                return
            }
        }
    }

    // ACC-7, ACC-25: by account, whatever the session or the address.
    @Test(arguments: TestEngine.available)
    func `wrong codes are counted by account, and its owner is told`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let (one, two) = (try await world.comeHalfIn("lea"), try await world.comeHalfIn("lea"))
            for round in 0..<5 {
                #expect(try await world.pass("00000\(round)", round % 2 == 0 ? one.secret : two.secret) == .wrong)
            }
            guard case .exhausted(let wait) = try await world.pass(world.code(lea.secret), one.secret) else {
                Issue.record("a sixth code was looked at")
                return
            }
            #expect(wait == .minutes(3))
            let told = try await world.letters(to: "lea@exemple.fr").filter { $0.subject.contains("codes faux") }
            #expect(told.count == 1)
            // Another account is not concerned; this one may again after the wait.
            let noe = try await world.withFactor("noe")
            let other = try await world.comeHalfIn("noe")
            guard case .opened = try await world.pass(world.code(noe.secret), other.secret) else {
                Issue.record("another account was held back")
                return
            }
            world.clock.advance(by: .minutes(3))
            guard case .opened = try await world.pass(world.code(lea.secret), two.secret) else {
                Issue.record("the owner is still held back")
                return
            }
        }
    }

    // ACC-25
    @Test(arguments: TestEngine.available)
    func `taking the factor away asks for both proofs anew`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let principal = try await world.principal(lea.account)
            let remove = RemoveFactor(session: lea.session.session, head: world.head)
            world.clock.advance(by: .minutes(15))
            await #expect(throws: Denied.self) { try await world.desk.perform(remove, as: principal) }
            await #expect(throws: Denied.self) {
                _ = try await world.desk.perform(
                    RenewRecoveryCodes(session: lea.session.session, head: world.head), as: principal)
            }
            await #expect(throws: Denied.self) {
                try await world.desk.perform(BeginFactor(session: lea.session.session, seal: world.seal), as: principal)
            }
            let show = ShowFactor(
                typed: world.code(lea.secret), session: lea.session.session, seal: world.seal, head: world.head)
            #expect(try await world.desk.perform(show, as: principal) == .right)
            try await world.desk.perform(remove, as: principal)
            #expect(
                try await world.lastLetter(to: "lea@exemple.fr").subject == "Votre compte n’a plus de second facteur")
            #expect(try await world.count("SELECT COUNT(*) FROM recovery_code") == 0)
            #expect(try await world.presence(lea.session.secret)?.factorAt == .some(nil))
            #expect(try await !world.comeHalfIn("lea").awaitsFactor)
        }
    }

    // ACC-22: a session of somebody else is not there, whatever is asked of it.
    @Test(arguments: TestEngine.available)
    func `nobody touches the factor of another`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let noe = try await world.withFactor("noe")
            let principal = try await world.principal(noe.account)
            let (session, seal, head) = (lea.session.session, world.seal, world.head)
            await #expect(throws: Missing.self) {
                try await world.desk.perform(BeginFactor(session: session, seal: seal), as: principal)
            }
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(
                    ConfirmFactor(typed: "123456", session: session, seal: seal, head: head), as: principal)
            }
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(RenewRecoveryCodes(session: session, head: head), as: principal)
            }
            await #expect(throws: Missing.self) {
                try await world.desk.perform(RemoveFactor(session: session, head: head), as: principal)
            }
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(
                    ShowFactor(typed: world.code(noe.secret), session: session, seal: seal, head: head), as: principal)
            }
            await #expect(throws: Denied.self) {
                try await world.desk.perform(BeginFactor(session: session, seal: seal), as: .visitor)
            }
            #expect(try await world.count("SELECT COUNT(*) FROM second_factor WHERE confirmed_at IS NOT NULL") == 2)
        }
    }

    // ACC-15
    @Test(arguments: TestEngine.available)
    func `closing the account erases its factor`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            _ = try await world.comeHalfIn("lea")
            try await world.desk.perform(
                CloseAccount(
                    session: lea.session.session, isConfirmed: true, leavesPlacesAlone: true, head: world.head,
                    traces: PersonalTraces()), as: world.principal(lea.account))
            for table in ["second_factor", "recovery_code", "half_session"] {
                #expect(try await world.count(SQL(stringLiteral: "SELECT COUNT(*) FROM \(table)")) == 0, "\(table)")
            }
        }
    }

    // ACC-27
    @Test(arguments: TestEngine.available)
    func `without a factor a session holds no wide role where the network demands one`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let wide: [Role] = [.funder, .coordinator, .operator]
            let lea = try await world.person("lea")
            for role in wide { _ = try await world.grant(role, on: .network, to: lea) }
            _ = try await world.grant(.placeManager, on: .place(7), to: lea)
            let session = try await world.session(lea)
            let now = world.now
            func holds() async throws -> Principal? {
                try await world.database.read {
                    try PrincipalReader.presence(sessionSecret: session.secret, demandsFactor: true, at: now, $0)
                }?.principal
            }
            let before = try #require(try await holds())
            #expect(before.grants == [Grant(.placeManager, on: .place(7))])
            #expect(Set(before.withheld.map(\.role)) == Set(wide))
            #expect(before.isUnproven && before.dutyHolder == nil && !before.isCoordinator)
            // Where it is only offered, nothing is withheld.
            #expect(try await world.presence(session.secret)?.principal.grants.count == 4)
            _ = try await world.enrol(lea, session)
            let after = try #require(try await holds())
            #expect(after.grants.count == 4 && after.withheld.isEmpty && after.dutyHolder == lea)
        }
    }
}
