import Storage
import Testing
import Workbench

@testable import Maillage

/// ACC-32 to ACC-34, act by act; what the service may say is in `IdentityPagesTests`.
@Suite struct IdentityTests {
    private static let service = "Essai Connect"
    private static let seconds = Int64(1_790_000_000)

    private func proven(_ subject: String, _ world: AccountWorld, email: String? = nil) throws -> ProvenIdentity {
        ProvenIdentity(
            identity: Identity(issuer: "https://sso.example", subject: subject), email: try email.map(world.email),
            name: "Léa Martin")
    }

    private func enter(
        _ proven: ProvenIdentity, _ world: AccountWorld, as principal: Principal = .visitor
    ) async throws -> EnterByIdentity.Answer {
        try await world.desk.perform(
            EnterByIdentity(
                proven, device: "Essai", destination: "//mal.fr", service: Self.service, head: world.head),
            as: principal)
    }

    private func tie(_ secret: Secret, _ session: OpenedSession, _ world: AccountWorld) async throws {
        try await world.desk.perform(
            TieIdentity(secret, session: session.session, service: Self.service, head: world.head),
            as: world.principal(session.account))
    }

    private func untie(_ session: OpenedSession, _ world: AccountWorld) async throws {
        try await world.desk.perform(
            UntieIdentities(session: session.session, service: Self.service, head: world.head),
            as: world.principal(session.account))
    }

    /// An account, signed in, and the secret of the tie that waits for it.
    private func offered(
        _ name: String, _ world: AccountWorld
    ) async throws -> (session: OpenedSession, secret: Secret) {
        let session = try await world.session(try await world.person(name))
        guard case .toConfirm(let secret) = try await enter(proven(name, world, email: name), world) else {
            throw Missing()
        }
        return (session, secret)
    }

    // ACC-33
    @Test(arguments: TestEngine.available)
    func `a state serves once, within ten minutes of leaving`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            func spend(_ journey: IdentityJourney) async throws {
                try await world.desk.perform(SpendIdentityState(journey, origin: nil), as: .visitor)
            }
            let secret = Secret(world.desk.surroundings)
            let journey = IdentityJourney(secret, leftAt: Self.seconds)
            try await spend(journey)
            await #expect(throws: Missing.self) { try await spend(journey) }
            // The moment is part of the state: another moment is another trip, which the service did not answer.
            #expect(IdentityJourney(secret, leftAt: Self.seconds + 1).state != journey.state)
            #expect(IdentityJourney(secret, leftAt: Self.seconds + 1).nonce != journey.nonce)
            let second = IdentityJourney(Secret(world.desk.surroundings), leftAt: Self.seconds)
            world.clock.advance(by: .seconds(599))
            try await spend(second)
            world.clock.advance(by: .seconds(1))
            let late = IdentityJourney(Secret(world.desk.surroundings), leftAt: Self.seconds)
            await #expect(throws: Missing.self) { try await spend(late) }
            let early = IdentityJourney(Secret(world.desk.surroundings), leftAt: Self.seconds + 3_600)
            await #expect(throws: Missing.self) { try await spend(early) }
            // Once forgotten, what served is too old to serve.
            world.clock.advance(by: .hours(2))
            try await world.desk.perform(SweepAccountTraces(), as: .house)
            #expect(try await world.count("SELECT COUNT(*) FROM identity_state") == 0)
            await #expect(throws: Missing.self) { try await spend(journey) }
        }
    }

    // ACC-7, ACC-33
    @Test(arguments: TestEngine.available)
    func `returns are counted by network, whatever became of them`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let origin = NetworkOrigin(address: "192.0.2.7")
            func spend(_ origin: NetworkOrigin?, on desk: Desk) async throws {
                let journey = IdentityJourney(Secret(world.desk.surroundings), leftAt: Self.seconds)
                try await desk.perform(SpendIdentityState(journey, origin: origin), as: .visitor)
            }
            for _ in 0..<50 { try await spend(origin, on: world.desk) }
            // Another program on the same database counts on.
            let second = Desk(database: world.database, surroundings: world.desk.surroundings)
            await #expect(throws: Throttled(retryAfter: .seconds(6))) { try await spend(origin, on: second) }
            try await spend(NetworkOrigin(address: "192.0.2.8"), on: second)
            world.clock.advance(by: .seconds(6))
            try await spend(origin, on: second)
        }
    }

    // ACC-34
    @Test(arguments: TestEngine.available)
    func `a new address makes an account, which its subject then opens whatever the address`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            guard case .opened(let first) = try await enter(proven("s1", world, email: "lea"), world) else {
                Issue.record("nobody came in")
                return
            }
            #expect(first.isNewAccount && first.destination == "/")
            #expect(try await world.lastLetter(to: "lea@exemple.fr").subject == "Votre compte est créé")
            for address in ["autre", nil] {
                guard case .opened(let again) = try await enter(proven("s1", world, email: address), world) else {
                    Issue.record("the subject did not open")
                    return
                }
                #expect(again.account == first.account && !again.isNewAccount)
            }
            // The same letters with another spelling, or another issuer, are somebody else.
            await #expect(throws: Problems.self) { _ = try await enter(proven("S1", world), world) }
            let elsewhere = ProvenIdentity(
                identity: Identity(issuer: "https://autre.example", subject: "s1"), email: nil, name: nil)
            await #expect(throws: Problems.self) { _ = try await enter(elsewhere, world) }
            #expect(try await world.count("SELECT COUNT(*) FROM account") == 1)
        }
    }

    // ACC-34
    @Test(arguments: TestEngine.available)
    func `an account that has the address is not entered, nor is anything changed`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            guard case .toConfirm(let secret) = try await enter(proven("voleur", world, email: "lea"), world) else {
                Issue.record("an address opened an account")
                return
            }
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 0)
            #expect(try await world.count("SELECT COUNT(*) FROM identity") == 0)
            #expect(try await world.letters(to: "lea@exemple.fr").isEmpty)
            // Somebody else who holds the secret is told of nothing.
            let noe = try await world.session(try await world.person("noe"))
            await #expect(throws: Missing.self) { try await tie(secret, noe, world) }
            await #expect(throws: Denied.self) {
                try await world.desk.perform(
                    TieIdentity(secret, session: noe.session, service: Self.service, head: world.head), as: .visitor)
            }
            // Nor with a session that is not theirs.
            await #expect(throws: Missing.self) {
                try await world.desk.perform(
                    TieIdentity(secret, session: noe.session, service: Self.service, head: world.head),
                    as: world.principal(lea))
            }
            let other = Secret(world.desk.surroundings)
            let own = try await world.session(lea)
            await #expect(throws: Missing.self) { try await tie(other, own, world) }
            #expect(try await world.count("SELECT COUNT(*) FROM identity") == 0)
            try await tie(secret, own, world)
            let letter = try await world.lastLetter(to: "lea@exemple.fr")
            #expect(letter.subject == "Votre compte est relié à Essai Connect")
            await #expect(throws: Missing.self) { try await tie(secret, own, world) }
        }
    }

    // ACC-13, ACC-34
    @Test(arguments: TestEngine.available)
    func `a tie waits half an hour, for a sign-in of the hour`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await offered("lea", world)
            world.clock.advance(by: .minutes(30))
            await #expect(throws: Missing.self) { try await tie(lea.secret, lea.session, world) }
            try await world.desk.perform(SweepAccountTraces(), as: .house)
            #expect(try await world.count("SELECT COUNT(*) FROM identity_offer") == 0)
            world.clock.advance(by: .minutes(29))
            guard case .toConfirm(let secret) = try await enter(proven("lea", world, email: "lea"), world) else {
                Issue.record("an address opened an account")
                return
            }
            world.clock.advance(by: .minutes(1))
            await #expect(throws: Denied.self) { try await tie(secret, lea.session, world) }
            try await tie(secret, try await world.session(lea.session.account), world)
        }
    }

    // ACC-34
    @Test(arguments: TestEngine.available)
    func `an identity belongs to one account`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await offered("lea", world)
            let noe = try await world.session(try await world.person("noe"))
            // Two accounts wait for the same identity; the first that confirms has it.
            guard
                case .toConfirm(let second) = try await enter(
                    proven("lea", world), world, as: world.principal(noe.account))
            else {
                Issue.record("nothing was offered")
                return
            }
            try await tie(lea.secret, lea.session, world)
            await #expect(throws: Missing.self) { try await tie(second, noe, world) }
            #expect(try await world.count("SELECT COUNT(*) FROM identity WHERE account_id = \(noe.account)") == 0)
            await #expect(throws: Problems("", "Cette identité est déjà reliée à un autre compte.")) {
                _ = try await enter(proven("lea", world), world, as: world.principal(noe.account))
            }
            await #expect(throws: Problems("", "Votre compte y est déjà relié.")) {
                _ = try await enter(proven("lea", world), world, as: world.principal(lea.session.account))
            }
        }
    }

    // ACC-25, ACC-26, ACC-34
    @Test(arguments: TestEngine.available)
    func `a second factor is asked for at the door, and before a tie changes`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            guard case .toConfirm(let secret) = try await enter(proven("lea", world, email: "lea"), world) else {
                Issue.record("an address opened an account")
                return
            }
            world.clock.advance(by: .minutes(15))
            await #expect(throws: Denied.self) { try await tie(secret, lea.session, world) }
            _ = try await world.desk.perform(
                ShowFactor(
                    typed: world.code(lea.secret), session: lea.session.session, seal: world.seal, head: world.head),
                as: world.principal(lea.account))
            try await tie(secret, lea.session, world)
            guard case .opened(let half) = try await enter(proven("lea", world), world) else {
                Issue.record("the subject did not open")
                return
            }
            #expect(half.awaitsFactor)
            #expect(try await world.presence(half.secret) == nil)
            world.clock.advance(by: .minutes(15))
            await #expect(throws: Denied.self) { try await untie(lea.session, world) }
            #expect(try await world.count("SELECT COUNT(*) FROM identity") == 1)
        }
    }

    // ACC-12, ACC-34
    @Test(arguments: TestEngine.available)
    func `untying closes what came that way`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await offered("lea", world)
            await #expect(throws: Missing.self) { try await untie(lea.session, world) }
            try await tie(lea.secret, lea.session, world)
            guard case .opened(let other) = try await enter(proven("lea", world), world) else {
                Issue.record("the subject did not open")
                return
            }
            await #expect(throws: Denied.self) {
                try await world.desk.perform(
                    UntieIdentities(session: other.session, service: Self.service, head: world.head), as: .visitor)
            }
            try await untie(lea.session, world)
            #expect(try await world.presence(other.secret) == nil)
            #expect(try await world.presence(lea.session.secret) != nil)
            #expect(
                try await world.lastLetter(to: "lea@exemple.fr").subject
                    == "Votre compte n’est plus relié à Essai Connect")
            await #expect(throws: Problems.self) { _ = try await enter(proven("lea", world), world) }
        }
    }

    // ACC-15
    @Test(arguments: TestEngine.available)
    func `closing the account erases its ties, and coming back makes another`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await offered("lea", world)
            try await tie(lea.secret, lea.session, world)
            _ = try await enter(proven("lea-2", world), world, as: world.principal(lea.session.account))
            try await world.desk.perform(
                CloseAccount(
                    session: lea.session.session, isConfirmed: true, leavesPlacesAlone: true, head: world.head,
                    traces: PersonalTraces()), as: world.principal(lea.session.account))
            for table in ["identity", "identity_offer"] {
                #expect(try await world.count(SQL(stringLiteral: "SELECT COUNT(*) FROM \(table)")) == 0, "\(table)")
            }
            guard case .opened(let again) = try await enter(proven("lea", world, email: "lea"), world) else {
                Issue.record("nobody came in")
                return
            }
            #expect(again.account != lea.session.account && again.isNewAccount)
        }
    }
}
