import Exchange
import Forms
import Storage
import Workbench

@testable import Maillage

/// A call whose limit has passed, with deposited dossiers, a team of two that instructs them, and their candidates.
struct InstructionWorld: RefusingWorld {
    let world: CandidacyWorld
    /// Of the call's team.
    let ines: Principal
    let yann: Principal
    /// Who carries each dossier, by number of receipt from 1.
    let holders: [Principal]
    let dossiers: [Candidacy.ID]

    var desk: Desk { world.desk }
    var clock: FixedClock { world.clock }
    var database: Database { world.database }
    var head: LetterHead { world.head }
    var shelf: CandidacyFormShelf { world.shelf }
    var call: Call { world.call }

    /// The form of `CandidacyWorld`, with a document.
    static let form: Form = {
        var form = CandidacyWorld.form
        form.sections.append(
            FormSection(
                "pieces", "Les pièces",
                questions: [Question("statuts", "Statuts", .attachment(AttachmentRules([.pdf], maxCount: 2)))]))
        return form
    }()

    static func on(
        _ engine: TestEngine, seed: UInt64 = 1, dossiers count: Int = 3, isSealed: Bool = false,
        _ body: (InstructionWorld) async throws -> Void
    ) async throws {
        try await CandidacyWorld.on(engine, seed: seed, isSealed: isSealed, form: form) { world in
            let (ines, yann) = (try await world.person("ines"), try await world.person("yann"))
            for name in ["ines", "yann"] {
                try await world.desk.perform(
                    AddCallTeammate(call: world.call.id, email: "\(name)@exemple.fr"), as: .house)
            }
            var holders: [Principal] = []
            var dossiers: [Candidacy.ID] = []
            for number in 0..<count {
                let holder = try await world.person("porteuse\(number + 1)")
                let draft = try await world.complete(by: holder)
                _ = try await world.deposit(draft, number + 1, by: holder)
                holders.append(holder)
                dossiers.append(draft.id)
            }
            world.goTo(CandidacyWorld.closing + .hours(1))
            _ = try await world.desk.perform(OpenInstructions(shelf: world.shelf), as: .house)
            try await body(
                InstructionWorld(world: world, ines: ines, yann: yann, holders: holders, dossiers: dossiers))
        }
    }

    func read(_ id: Candidacy.ID) async throws -> Instruction {
        guard let found = try await database.read({ try InstructionStore.any(id, $0) }) else { throw Missing() }
        return found
    }

    func dossier(_ id: Candidacy.ID, as principal: Principal) async throws -> InstructionDossier {
        let (now, shelf) = (clock.now, shelf)
        return try await database.read { try InstructionDossier.open(principal, id, at: now, shelf: shelf, $0) }
    }

    func board(_ query: InstructionQuery, as principal: Principal) async throws -> InstructionBoard {
        let now = clock.now
        return try await database.read { try InstructionBoard.read(query, principal, at: now, $0) }
    }

    /// A day some days from now, by the clocks of Paris.
    func day(in days: Int) -> CivilDate {
        let today = CivilZone.paris.local(clock.now.microseconds).date
        return CivilDate(daysSince1970: today.daysSince1970 + days)
    }

    func letters(to name: String) async throws -> [Letter] {
        try await world.calls.letters(to: "\(name)@exemple.fr")
    }

    /// Answers every item of the list.
    func check(_ id: Candidacy.ID, _ result: CheckLine.Result = .yes) async throws {
        let call = call
        let items = try await database.read { try ChecklistStore.items(of: call, $0) }
        try await desk.perform(
            CheckDossier(candidacy: id, findings: items.map { CheckDossier.Finding($0.code, result) }), as: ines)
    }

    func ask(
        _ id: Candidacy.ID, _ keys: [String] = ["resume"], days: Int = 10, takesLate: Bool = false
    ) async throws -> PiecesRequest {
        try await desk.perform(
            AskForPieces(
                candidacy: id, version: try await read(id).version,
                items: keys.map { PiecesRequest.Item($0, reason: "Précisez \($0).") }, day: day(in: days),
                takesLate: takesLate, head: head, shelf: shelf), as: ines)
    }

    func decide(_ id: Candidacy.ID, _ isAdmissible: Bool, version: Int? = nil) async throws -> DecideAdmissibility {
        let shown: Int
        if let version { shown = version } else { shown = try await read(id).version }
        return DecideAdmissibility(
            candidacy: id, version: shown, isAdmissible: isAdmissible,
            reasons: isAdmissible ? [] : ["hors_objet"],
            words: isAdmissible ? "" : "Le projet n’est pas un tiers-lieu.",
            head: head)
    }

    /// Everything a refused act could have left behind.
    func traces() async throws -> [Int] {
        let tables: [SQL] = [
            "instruction", "instruction_event", "instruction_checklist", "instruction_check", "instruction_request",
            "instruction_request_item", "instruction_message", "instruction_note", "instruction_opinion",
            "instruction_search",
        ]
        let before = try await world.traces()
        return try await database.read { reader in
            try before + tables.map { try reader.count("SELECT COUNT(*) FROM \($0)") } + [
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM instruction"),
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM instruction_request"),
                try reader.count("SELECT COUNT(*) FROM instruction_opinion WHERE state = 'demande'"),
                try reader.count("SELECT COUNT(*) FROM instruction_note WHERE removed_at IS NULL"),
                try reader.count("SELECT COUNT(*) FROM candidacy_file WHERE removed_at IS NULL"),
            ]
        }
    }
}
