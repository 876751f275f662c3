import Storage
import Workbench

@testable import Maillage

/// A network with a little territory and no call yet, on one engine, with a clock that stands still.
struct CallWorld: RefusingWorld {
    let database: Database
    let desk: Desk
    let clock: FixedClock
    let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")

    /// Tuesday 22 September 2026, 10:00 in Paris.
    static let start = PlaceWorld.start

    static func on(
        _ engine: TestEngine, seed: UInt64 = 1, _ body: (CallWorld) async throws -> Void
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: start, seed: seed)
            let desk = Desk(database: database, surroundings: surroundings)
            try await desk.perform(UpdateTerritory(PlaceWorld.territory), as: .house)
            try await body(CallWorld(database: database, desk: desk, clock: clock))
        }
    }

    func person(_ name: String, _ grants: Grant...) async throws -> Principal {
        let account = try await desk.perform(
            AddAccount(email: EmailAddress("\(name)@exemple.fr"), name: PersonName(name.capitalized)), as: .house)
        for grant in grants {
            _ = try await desk.perform(GrantRole(grant, to: account, head: head), as: .house)
        }
        return Principal(account: account, name: name.capitalized, grants: grants)
    }

    func coordinator(_ name: String = "coordination") async throws -> Principal {
        try await person(name, Grant(.coordinator, on: .network))
    }

    func funder(_ name: String = "financeur") async throws -> Principal {
        try await person(name, Grant(.funder, on: .network))
    }

    static let identity = CallIdentity(
        title: "Tiers-lieux du bassin", nature: .interest, organiser: "L’agglomération d’essai",
        service: "Service numérique", serviceAddress: "1 place Essai, 62300 Lens", email: "ami@agglo.example",
        summary: "Repérer les projets de tiers-lieux du territoire.")

    static let form = """
        {"format":"maillage-form","formatVersion":1,"key":"dossier","title":"Dossier","sections":[
        {"key":"projet","title":"Le projet","questions":[{"key":"resume","label":"Le projet","kind":"longText"}]}]}
        """

    func calendar(closing: Instant? = nil, opening: Instant? = nil) -> CallCalendar {
        var calendar = CallCalendar()
        calendar.waves = [
            CallWave(
                id: desk.surroundings.identifier(), opensAt: opening, closesAt: closing ?? Self.start + .days(30),
                words: "dans trente jours")
        ]
        return calendar
    }

    /// A draft that lacks nothing.
    func draft(by principal: Principal = .house, closing: Instant? = nil, opening: Instant? = nil) async throws -> Call
    {
        var call = try await desk.perform(
            CreateCall(title: Self.identity.title, nature: .interest), as: principal)
        for section: CallSection in [
            .identity(Self.identity), .calendar(calendar(closing: closing, opening: opening)),
            .criteria([CallCriterion("", "Ancrage local", weight: 40), CallCriterion("", "Viabilité", weight: 60)]),
        ] {
            call = try await desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: principal)
        }
        _ = try await desk.perform(SetCallForm(call: call.id, title: "Dossier", definition: Self.form), as: principal)
        return call
    }

    func published(by principal: Principal = .house, closing: Instant? = nil, opening: Instant? = nil) async throws
        -> Call
    {
        let call = try await draft(by: principal, closing: closing, opening: opening)
        return try await desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: principal)
    }

    func read(_ call: Call.ID, as principal: Principal = .house) async throws -> Call? {
        try await database.read { try CallStore.call(principal, call, $0) }
    }

    func letters(to recipient: String) async throws -> [Letter] {
        let now = clock.now
        return try await database.read { reader in
            try Outbox.due(at: now, limit: 1_000, reader).map(\.letter).filter { $0.recipient == recipient }
        }
    }

    /// Everything a refused act could have left behind.
    func traces() async throws -> [Int] {
        let tables: [SQL] = [
            "call", "call_team", "call_wave", "call_milestone", "call_territory", "call_condition", "call_attachment",
            "call_criterion", "call_committee", "call_form", "call_rules_version", "call_amendment", "call_extension",
            "call_question", "call_alert", "call_form_draft", "call_form_step", "call_invitation", "journal", "letter",
        ]
        return try await database.read { reader in
            try tables.map { try reader.count("SELECT COUNT(*) FROM \($0)") }
                + [try reader.count("SELECT COALESCE(SUM(version), 0) FROM call")]
        }
    }
}
