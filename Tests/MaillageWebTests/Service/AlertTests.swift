import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// SRV-3: what asks for the operator is told once, again each day, and once when it is over.
@Suite struct AlertTests {
    private static let start = Instant(seconds: 1_790_000_000)
    private static let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")

    private static var healthy: Health {
        var health = Health(at: start, startedAt: start - .days(30))
        health.disk = Health.Room(free: 50 << 30, total: 100 << 30)
        health.backupHours = 24
        health.lastBackup = start - .hours(20)
        health.sendsMail = true
        health.clockIsSynchronised = true
        health.scanner = .answers
        health.certificateEnd = start + .days(60)
        return health
    }

    /// Each ailment, and what it makes of a healthy service.
    private static let ailments: [(kind: AlertKind, make: @Sendable (inout Health) -> Void)] = [
        (.disk, { $0.disk = Health.Room(free: 5 << 30, total: 100 << 30) }),
        (.disk, { $0.disk = Health.Room(free: 900 << 20, total: 4 << 30) }),
        (.backup, { $0.lastBackup = start - .hours(50) }),
        (.backup, { $0.lastBackup = nil }),
        (.mail, { $0.oldestMail = start - .minutes(61) }),
        (.mail, { $0.abandonedMail = 1 }),
        (.certificate, { $0.certificateEnd = start + .days(13) }),
        (.certificate, { $0.certificateEnd = start - .days(1) }),
        (.clock, { $0.clockIsSynchronised = false }),
        (.scanner, { $0.scanner = .silent }),
        (.file, { $0.damagedFiles = 2 }),
    ]

    @Test func `a healthy service asks for nobody, nor does what is not set or not known`() {
        #expect(HealthRules.findings(Self.healthy).isEmpty)
        #expect(HealthRules.findings(Health(at: Self.start, startedAt: Self.start)).isEmpty)
        var waiting = Self.healthy
        waiting.oldestMail = Self.start - .minutes(59)
        waiting.sendsMail = false
        waiting.abandonedMail = 4
        #expect(HealthRules.findings(waiting).isEmpty, "nothing is sent from here")
    }

    @Test(arguments: 0..<ailments.count)
    func `each ailment is found, alone`(place: Int) {
        var health = Self.healthy
        Self.ailments[place].make(&health)
        let findings = HealthRules.findings(health)
        #expect(findings.map(\.kind) == [Self.ailments[place].kind])
        #expect(findings.allSatisfy { $0.words.hasSuffix(".") || $0.words.hasSuffix(").") })
    }

    @Test(arguments: TestEngine.available)
    func `an alert is raised once, reminded daily, cleared once, and told to those who run the machine`(
        engine: TestEngine
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Self.start)
            let desk = Desk(database: database, surroundings: surroundings)
            for (name, role) in [("chef", Role.operator), ("autre", Role.coordinator)] {
                let id = try await desk.perform(
                    AddAccount(email: EmailAddress("\(name)@exemple.fr"), name: PersonName(name.capitalized)),
                    as: .house)
                _ = try await desk.perform(GrantRole(Grant(role, on: .network), to: id, head: Self.head), as: .house)
            }
            let told: @Sendable (String) async throws -> [String] = { address in
                try await database.read { try Outbox.letters(to: address, $0).map(\.subject) }
                    .filter { $0.contains("serveur") || $0.contains("ordre") }
            }
            for kind in AlertKind.allCases {
                let finding = Finding(kind, "Quelque chose.")
                let tend: @Sendable ([Finding]) async throws -> Bool = { findings in
                    let now = clock.now
                    guard try await database.read({ try TendAlerts.isDue(findings, at: now, $0) }) else { return false }
                    try await desk.perform(TendAlerts(findings, head: Self.head), as: .house)
                    return true
                }
                let before = try await told("chef@exemple.fr").count
                var said = try await tend([finding])
                #expect(said)
                said = try await tend([finding])
                #expect(!said, "\(kind): told once")
                clock.advance(by: .hours(23))
                said = try await tend([finding])
                #expect(!said)
                clock.advance(by: .hours(2))
                said = try await tend([finding])
                #expect(said, "\(kind): reminded a day later")
                #expect(try await database.read { try ServiceAlerts.open($0).map(\.kind) } == [kind])
                said = try await tend([])
                #expect(said)
                said = try await tend([])
                #expect(!said, "\(kind): over once")
                #expect(try await told("chef@exemple.fr").count == before + 3)
                let open = try await database.read { try ServiceAlerts.open($0) }
                #expect(open.isEmpty)
            }
            #expect(try await told("autre@exemple.fr").isEmpty)
            #expect(try await database.read { try ServiceAlerts.latest(50, $0).count } == AlertKind.allCases.count)
            let boss = Principal(account: Principal.ID(1), name: "", grants: [Grant(.operator, on: .network)])
            await #expect(throws: Missing.self) { try await desk.perform(TendAlerts([], head: Self.head), as: boss) }
        }
    }
}
