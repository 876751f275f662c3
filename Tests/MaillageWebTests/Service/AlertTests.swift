import Foundation
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
        health.standby = .awaited
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
        (.certificate, { $0.certificateIsRefused = true }),
        (.clock, { $0.clockIsSynchronised = false }),
        (.scanner, { $0.scanner = .silent }),
        (.file, { $0.damagedFiles = 2 }),
        (.standby, { $0.standby = .forgotten }),
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

    @Test func `files that the reading again found damaged are measured`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-health-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = Settings()
        settings.dataDirectory = folder
        try await AccountSite.on(.sqlite, settings: settings) { site in
            var state = ScrubState()
            state.damaged = [try #require(FileDigest(text: String(repeating: "ab", count: 32)))]
            try state.write(dataDirectory: folder)
            let health = await site.reception.health.measure(site.reception, at: Self.start)
            #expect(HealthRules.findings(health).map(\.kind).contains(.file))
        }
    }

    @Test func `a second server that was awaited and is no more is found`() {
        var wait = StandbyWait()
        #expect(wait.state(awaiting: "", Settings()) == .none)
        #expect(wait.state(awaiting: "FIRST 1 (deux)", Settings()) == .awaited)
        #expect(wait.state(awaiting: "", Settings()) == .forgotten)
        #expect(wait.state(awaiting: "*", Settings()) == .awaited)
    }

    @Test(arguments: TestEngine.available)
    func `a second server that is named and not awaited is found`(engine: TestEngine) async throws {
        for (url, expected) in [
            ("postgres://un,deux/reseau", Health.Standby.forgotten), ("postgres://un/reseau", .none), (nil, .none),
        ] {
            var settings = Settings()
            settings.databaseURL = engine == .postgres ? url : nil
            try await AccountSite.on(engine, settings: settings) { site in
                let health = await site.reception.health.measure(site.reception, at: Self.start)
                #expect(health.databaseAnswers)
                #expect(health.standby == (engine == .postgres ? expected : .none))
                let browser = AccountBrowser(site)
                try await browser.get(Paths.serviceState)
                #expect(browser.text.contains("n’attend pas son second serveur") == (health.standby == .forgotten))
            }
        }
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
                let finding = HealthFinding(kind, "Quelque chose.")
                let tend: @Sendable ([HealthFinding]) async throws -> Bool = { findings in
                    let now = clock.now
                    let act = TendAlerts(findings, head: Self.head)
                    guard try await database.read({ try act.isDue(at: now, $0) }) else { return false }
                    try await desk.perform(act, as: .house)
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

    // NODE-10
    @Test(arguments: TestEngine.available)
    func `each node tells of its machine, one of the network, and neither ends what the other began`(
        engine: TestEngine
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Self.start)
            let desk = Desk(database: database, surroundings: surroundings)
            let id = try await desk.perform(
                AddAccount(email: EmailAddress("chef@exemple.fr"), name: PersonName("Chef")), as: .house)
            _ = try await desk.perform(
                GrantRole(Grant(.operator, on: .network), to: id, head: Self.head), as: .house)
            let (clockFinding, diskFinding) = (HealthFinding(.clock, "L’horloge."), HealthFinding(.disk, "Le disque."))
            /// A minute of a node: what it finds, told as the scopes allow.
            let minute: @Sendable ([HealthFinding], [AlertScope]) async throws -> Int = { findings, scopes in
                var said = 0
                let now = clock.now
                for scope in scopes {
                    let act = TendAlerts(findings, of: scope, head: Self.head)
                    guard try await database.read({ try act.isDue(at: now, $0) }) else { continue }
                    try await desk.perform(act, as: .house)
                    said += 1
                }
                return said
            }
            let open: @Sendable () async throws -> Set<String> = {
                Set(try await database.read { try ServiceAlerts.open($0) }.map { "\($0.kind.rawValue) \($0.node)" })
            }
            let (one, two) = ([AlertScope.machine("n1"), .network], [AlertScope.machine("n2")])
            #expect(try await minute([diskFinding], one) == 1)
            #expect(try await minute([diskFinding, clockFinding], two) == 1, "the disk is the network's, and told")
            #expect(try await open() == ["disque ", "horloge n2"])
            for _ in 0..<3 {
                clock.advance(by: .minutes(1))
                #expect(try await minute([diskFinding], one) == 0)
                #expect(try await minute([diskFinding, clockFinding], two) == 0)
            }
            let subjects = try await database.read { try Outbox.letters(to: "chef@exemple.fr", $0).map(\.subject) }
            #expect(subjects.filter { $0.hasSuffix("horloge de la machine (n2)") }.count == 1)
            #expect(subjects.filter { $0.hasSuffix("place sur le disque") }.count == 1)
            // Both have it: two alerts of one kind.
            #expect(try await minute([diskFinding, clockFinding], one) == 1)
            #expect(try await open() == ["disque ", "horloge n1", "horloge n2"])
            #expect(try await minute([], one) == 2)
            #expect(try await open() == ["horloge n2"])
            // The second node is taken away: its alert is forgotten, and nobody is told that all is well.
            let before = try await database.read { try Outbox.letters(to: "chef@exemple.fr", $0).count }
            clock.advance(by: .days(2))
            #expect(try await minute([], one) == 0)
            clock.advance(by: .days(2))
            #expect(try await minute([], one) == 1)
            #expect(try await open().isEmpty)
            #expect(try await database.read { try Outbox.letters(to: "chef@exemple.fr", $0).count } == before)
            // A site that was alone is given a name: what it had told of its machine is told under that name.
            #expect(try await minute([clockFinding], [.alone]) == 1)
            #expect(try await minute([clockFinding], one) == 2)
            #expect(try await open() == ["horloge n1"])
        }
    }
}
