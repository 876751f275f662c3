import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// PRIV-2, PRIV-4: the retention job on a whole network, years later.
@Suite struct RetentionTests {
    private static let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")

    /// What a site that serves does in a day.
    private static func day(_ desk: Desk) async throws -> [String: Int] {
        try await desk.perform(SweepAccountTraces(), as: .house)
        try await desk.perform(SweepCallTraces(), as: .house)
        _ = try await desk.perform(SweepUploads(), as: .house)
        let done = try await DataRegister.job(head).run(desk, batch: 7)
        return Dictionary(done.map { ($0.rule, $0.rows) }) { $0 + $1 }
    }

    @Test(arguments: TestEngine.available)
    func `years later, nothing is older than declared, nobody was erased unwarned, and the journal holds`(
        engine: TestEngine
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            let desk = Desk(database: database, surroundings: surroundings)
            let passwords = Passwords(desk: desk, hasher: PasswordHasher(), networkName: "Réseau d’essai")
            try await DemoNetwork(desk: desk, passwords: passwords, head: Self.head).build()
            let people = try await database.read {
                try $0.count("SELECT COUNT(*) FROM account WHERE email IS NOT NULL")
            }
            #expect(people > 5)
            clock.advance(by: .days(365 * 10))
            let now = clock.now
            let late = try await database.read { reader in
                try DataRegister.declarations.filter { try $0.overdue(at: now, reader) > 0 }.map(\.table)
            }
            #expect(late.contains("account"), "ten years are enough for something to be past its term")
            let first = try await Self.day(desk)
            #expect(first["accounts warned"] == people - 1, "all but the one who runs the machine")
            #expect(first["accounts closed"] == nil, "a warning comes first")
            #expect(first["drafts erased"] == nil, "a warning comes first")
            clock.advance(by: .days(46))
            let second = try await Self.day(desk)
            #expect(second["accounts warned again"] == people - 1)
            #expect(second["drafts erased"] == first["drafts warned"])
            clock.advance(by: .days(16))
            let third = try await Self.day(desk)
            #expect(third["accounts closed"] == people - 1)
            clock.advance(by: .days(1))
            #expect(try await Self.day(desk).isEmpty, "a day later there is nothing to do")

            let end = clock.now
            let left = try await database.read { reader in
                try DataRegister.declarations.compactMap { declaration -> String? in
                    let rows = try declaration.overdue(at: end, reader)
                    return rows == 0 ? nil : "\(declaration.table): \(rows)"
                }
            }
            #expect(left.isEmpty, "older than declared")
            #expect(
                try await database.read { try $0.count("SELECT COUNT(*) FROM account WHERE email IS NOT NULL") } == 1)
            #expect(try await database.read { try Journal.verify($0) } > 0)
            let lines = try await database.read { try Journal.latest(5_000, $0) }.filter { $0.verb == "ApplyRetention" }
            #expect(
                lines.contains { $0.details.contains("rule=accounts closed\nrows=") || $0.details.contains("rows=7") })
        }
    }

    @Test(arguments: TestEngine.available)
    func `who comes back between two warnings is warned anew, from the start`(engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            let desk = Desk(database: database, surroundings: surroundings)
            let id = try await desk.perform(
                AddAccount(email: EmailAddress("lea@exemple.fr"), name: PersonName("Léa")), as: .house)
            let letters: @Sendable () async throws -> [String] = {
                try await database.read { try Outbox.letters(to: "lea@exemple.fr", $0).map(\.subject) }
            }
            clock.advance(by: .days(669))
            #expect(try await Self.day(desk).isEmpty)
            clock.advance(by: .days(2))
            #expect(try await Self.day(desk) == ["accounts warned": 1])
            #expect(try await Self.day(desk).isEmpty, "once")
            #expect(try await letters().count == 1)
            #expect(try await letters().first?.hasPrefix("Votre compte sera effacé le ") == true)
            clock.advance(by: .days(20))
            _ = try await desk.perform(OpenSession(account: id, device: "essai"), as: .house)
            clock.advance(by: .days(100))
            #expect(try await Self.day(desk).isEmpty)
            clock.advance(by: .days(571))
            #expect(try await Self.day(desk) == ["accounts warned": 1])
            clock.advance(by: .days(46))
            #expect(try await Self.day(desk) == ["accounts warned again": 1])
            clock.advance(by: .days(14))
            #expect(try await Self.day(desk).isEmpty)
            clock.advance(by: .days(2))
            #expect(try await Self.day(desk) == ["accounts closed": 1])
            #expect(try await database.read { try AccountStore.names([id], $0) } == [id: "Ancien membre"])
        }
    }

    @Test func `a forecast says what the job would do, and writes nothing`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            let desk = Desk(database: database, surroundings: surroundings)
            _ = try await desk.perform(
                AddAccount(email: EmailAddress("lea@exemple.fr"), name: PersonName("Léa")), as: .house)
            clock.advance(by: .days(800))
            let now = clock.now
            let lines = try await database.read { try $0.count("SELECT COUNT(*) FROM journal") }
            let due = try await database.read { reader in
                try DataRegister.job(Self.head).forecast(at: now, reader).filter { $0.rows > 0 }.map(\.rule.name)
            }
            #expect(due == ["accounts warned"])
            #expect(try await database.read { try $0.count("SELECT COUNT(*) FROM journal") } == lines)
        }
    }

    @Test func `nobody but the program applies a rule`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            let desk = Desk(database: database, surroundings: surroundings)
            let boss = Principal(account: Principal.ID(1), name: "", grants: [Grant(.operator, on: .network)])
            let rule = try #require(DataRegister.job(Self.head).rules.first)
            await #expect(throws: Missing.self) { _ = try await desk.perform(ApplyRetention(rule), as: boss) }
        }
    }
}
