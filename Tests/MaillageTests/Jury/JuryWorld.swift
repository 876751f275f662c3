import Storage
import Workbench

@testable import Maillage

/// A call whose limit has passed, with dossiers, a coordinator who keeps it, and a jury with a chair.
struct JuryWorld: RefusingWorld {
    let world: CandidacyWorld
    let agent: Principal
    let chair: Principal
    let jurors: [Principal]
    /// Their leads, in the order of `dossiers`.
    let candidates: [Principal]
    let dossiers: [Candidacy.ID]

    var desk: Desk { world.desk }
    var database: Database { world.database }
    var call: Call.ID { world.call.id }

    /// `a` weighs 60 of 100, `b` 40; both are noted from 0 to 4.
    static let criteria = [
        JuryCriterion("a", "Ancrage local", guide: "4 : le lieu est attendu.", weight: 60),
        JuryCriterion("b", "Viabilité", weight: 40),
    ]

    static func on(
        _ engine: TestEngine, seed: UInt64 = 1, dossiers count: Int = 3, jurors: Int = 2, readings: Int = 3,
        isOpen: Bool = true, _ body: (JuryWorld) async throws -> Void
    ) async throws {
        try await CandidacyWorld.on(engine, seed: seed) { world in
            var (candidates, dossiers) = ([Principal](), [Candidacy.ID]())
            for number in 1...count {
                let candidate = try await world.person("candidat\(number)")
                let outcome = try await world.deposit(try await world.complete(by: candidate), number, by: candidate)
                candidates.append(candidate)
                dossiers.append(outcome.deposit.candidacy)
            }
            let agent = try await world.calls.coordinator()
            world.goTo(CandidacyWorld.closing)
            _ = try await world.desk.perform(
                ComposeJury(
                    call: world.call.id, version: nil,
                    settings: JurySettings(criteria: criteria, readings: readings, quorum: 2)), as: agent)
            var seats: [Principal] = []
            for number in 0...jurors {
                // Addresses of their own, so that the program finds nothing that was not meant.
                let juror = try await person("jure\(number)@ville\(number).example", world)
                try await join(juror, number == 0 ? .chair : .juror, by: agent, world)
                seats.append(juror)
            }
            let jury = JuryWorld(
                world: world, agent: agent, chair: seats[0], jurors: Array(seats.dropFirst()), candidates: candidates,
                dossiers: dossiers)
            if isOpen {
                try await jury.open()
                _ = try await world.desk.perform(AssignReadings(call: world.call.id, head: world.head), as: agent)
            }
            try await body(jury)
        }
    }

    static func person(_ address: String, _ world: CandidacyWorld) async throws -> Principal {
        let name = String(address.split(separator: "@")[0]).capitalized
        let account = try await world.desk.perform(
            AddAccount(email: EmailAddress(address), name: PersonName(name)), as: .house)
        return Principal(account: account, name: name, grants: [])
    }

    /// Invited, then accepts with the link of the letter.
    static func join(
        _ juror: Principal, _ role: JuryMember.Role = .juror, body: String = "", by agent: Principal,
        _ world: CandidacyWorld
    ) async throws {
        let address = try await address(of: juror, world)
        _ = try await world.desk.perform(
            InviteJuror(call: world.call.id, email: address, role: role, body: body, head: world.head), as: agent)
        _ = try await world.desk.perform(JoinJury(try await secret(to: address, world)), as: juror)
    }

    static func address(of principal: Principal, _ world: CandidacyWorld) async throws -> String {
        let account = try await world.database.read { reader in
            try principal.account.flatMap { try AccountStore.account($0, reader) }
        }
        return account?.email?.text ?? ""
    }

    /// Of the last letter that names somebody to a jury.
    static func secret(to address: String, _ world: CandidacyWorld) async throws -> Secret {
        let letters = try await world.calls.letters(to: address)
        for letter in letters.reversed() {
            for line in letter.text.split(separator: "\n") where line.contains("/jury/invitations/") {
                if let secret = Secret(text: String(line.split(separator: "/").last ?? "")) { return secret }
            }
        }
        throw Missing()
    }

    func open() async throws {
        let version = try await jury().version
        _ = try await desk.perform(OpenJury(call: call, version: version), as: agent)
    }

    func jury() async throws -> Jury {
        let call = call
        guard let jury = try await database.read({ try JuryStore.juries(of: call, $0).last }) else { throw Missing() }
        return jury
    }

    func seat(_ principal: Principal) async throws -> JuryMember {
        let jury = try await jury().id
        guard let seat = try await database.read({ try JuryMemberStore.own(principal, in: jury, $0) }) else {
            throw Missing()
        }
        return seat
    }

    static func entry(_ a: Int?, _ b: Int?) -> SheetEntry {
        SheetEntry(notes: [JuryNote("a", a), JuryNote("b", b)], comment: "Avis gardé.")
    }

    @discardableResult
    func finish(_ dossier: Candidacy.ID, _ a: Int?, _ b: Int?, by juror: Principal, version: Int = 0) async throws
        -> JurySheet
    {
        try await desk.perform(
            FinishSheet(call: call, candidacy: dossier, version: version, entry: Self.entry(a, b)), as: juror)
    }

    func sheets(_ principal: Principal, on dossier: Candidacy.ID) async throws -> [JurySheet] {
        try await database.read { try JurySheetStore.sheets(principal, on: dossier, $0) }
    }

    func judged(_ principal: Principal, _ dossier: Candidacy.ID) async throws -> JudgedDossier {
        let (call, now, shelf) = (call, world.clock.now, world.shelf)
        return try await database.read { reader in
            try JudgedDossier.open(
                try JuryAccess.of(principal, call, reader), dossier, at: now, shelf: shelf, reader)
        }
    }

    func ranking(_ principal: Principal) async throws -> JuryRanking {
        let (call, now) = (call, world.clock.now)
        return try await database.read { try JuryRanking.of(principal, call, at: now, $0) }
    }

    func conflicts() async throws -> [JuryConflict] {
        let jury = try await jury().id
        return try await database.read { try JuryConflictStore.conflicts(of: jury, $0) }
    }

    func reveal() async throws {
        _ = try await desk.perform(
            OpenJurySession(call: call, version: try await jury().version), as: chair)
    }

    /// Everybody who sits is present.
    func gather() async throws {
        var presences: [JuryMember.ID: JuryMember.Presence] = [:]
        for juror in [chair] + jurors { presences[try await seat(juror).id] = .present }
        _ = try await desk.perform(MarkAttendance(call: call, presences: presences), as: chair)
    }

    func advise(_ dossier: Candidacy.ID, _ advice: JuryAdvice = .favourable, by principal: Principal) async throws {
        let jury = try await jury().id
        let item = try await database.read { try JuryItemStore.items(of: jury, $0) }.first { $0.candidacy == dossier }
        try await desk.perform(
            GiveAdvice(
                call: call, candidacy: dossier, version: item?.version ?? 0, advice: advice, words: "Un texte."),
            as: principal)
    }

    func draftMinutes() async throws -> String {
        let (call, now, chair) = (call, world.clock.now, chair)
        return try await database.read { reader in
            try JuryMinutesText.draft(try JuryAccess.of(chair, call, reader), at: now, reader)
        }
    }

    func sign() async throws -> JuryMinutes {
        let print = Fingerprint(of: Array(try await draftMinutes().utf8)).text
        return try await desk.perform(SignMinutes(call: call, fingerprint: print), as: chair)
    }

    /// Everything a refused act could have left behind.
    func traces() async throws -> [Int] {
        let tables: [SQL] = [
            "jury", "jury_criterion", "jury_member", "jury_conflict", "jury_assignment", "jury_sheet", "jury_note",
            "jury_reopening", "jury_item", "jury_move", "jury_minutes", "journal", "letter",
        ]
        return try await database.read { reader in
            try tables.map { try reader.count("SELECT COUNT(*) FROM \($0)") } + [
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM jury_sheet"),
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM jury_item"),
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM jury"),
                try reader.count("SELECT COUNT(*) FROM jury_assignment WHERE ended_at IS NULL"),
                try reader.count("SELECT COUNT(*) FROM jury_conflict WHERE state = 'a_decider'"),
                try reader.count("SELECT COUNT(*) FROM jury_member WHERE left_at IS NULL"),
            ]
        }
    }
}
