import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Which dossiers a jury judges") struct JuryDossierTests {
    // JURY-1
    @Test("those not found inadmissible, once instruction has decided of all", arguments: TestEngine.available)
    func admissible(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, isOpen: false) { world in
            _ = try await world.desk.perform(OpenInstructions(shelf: world.world.shelf), as: .house)
            func decide(_ place: Int, _ isAdmissible: Bool) async throws {
                let id = world.dossiers[place]
                if isAdmissible {
                    let call = world.world.call
                    let items = try await world.database.read { try ChecklistStore.items(of: call, $0) }
                    try await world.desk.perform(
                        CheckDossier(
                            candidacy: id, findings: items.map { CheckDossier.Finding($0.code, .yes) }), as: world.agent
                    )
                }
                let version = try await world.database.read { try InstructionStore.any(id, $0)?.version } ?? 0
                _ = try await world.desk.perform(
                    DecideAdmissibility(
                        candidacy: id, version: version, isAdmissible: isAdmissible,
                        reasons: isAdmissible ? [] : ["hors_objet"], words: isAdmissible ? "" : "Hors du sujet.",
                        head: world.world.head), as: world.agent)
            }
            try await decide(0, false)
            let open = OpenJury(call: world.call, version: try await world.jury().version)
            let problems = try await world.refusal(open, as: world.agent) as? Problems
            #expect(problems?.list.first?.message.contains("2 dossiers attendent") == true)
            try await decide(1, true)
            try await decide(2, true)
            try await world.open()
            _ = try await world.desk.perform(
                AssignReadings(call: world.call, head: world.world.head), as: world.agent)
            await #expect(throws: Missing.self) { try await world.judged(world.chair, world.dossiers[0]) }
            _ = try await world.judged(world.chair, world.dossiers[1])
            try await world.reveal()
            #expect(Set(try await world.ranking(world.agent).entries.map(\.id)) == Set(world.dossiers.dropFirst()))
        }
    }

    // JURY-20
    @Test("a juror reads what the candidate sent since, beside what was deposited", arguments: TestEngine.available)
    func complements(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let (id, head, shelf) = (world.dossiers[0], world.world.head, world.world.shelf)
            _ = try await world.desk.perform(OpenInstructions(shelf: shelf), as: .house)
            let version = try await world.database.read { try InstructionStore.any(id, $0)?.version } ?? 0
            let day = CivilZone.paris.local(world.world.clock.now.microseconds).date.adding(days: 5)
            let request = try await world.desk.perform(
                AskForPieces(
                    candidacy: id, version: version, items: [.init("resume", reason: "Précisez.")], day: day,
                    head: head,
                    shelf: shelf), as: world.agent)
            #expect(try await world.judged(world.jurors[0], id).complements.isEmpty, "nothing came yet")
            let saved = try await world.desk.perform(
                SavePieces(request: request.id, version: 1, fields: [.init("resume", "Avec un four.")], shelf: shelf),
                as: world.candidates[0])
            #expect(try await world.judged(world.jurors[0], id).complements.isEmpty, "a draft is the candidate’s own")
            _ = try await world.desk.perform(
                SendPieces(request: request.id, version: saved.version, head: head, shelf: shelf),
                as: world.candidates[0])
            let judged = try await world.judged(world.jurors[0], id)
            #expect(judged.complements.map(\.id) == [request.id])
            #expect(judged.complements.first?.answers["resume"] == .text("Avec un four."))
            #expect(judged.content?.state.answers["resume"] != .text("Avec un four."), "the deposit stays")
        }
    }

    // JURY-1
    @Test("a candidacy taken back leaves the jury", arguments: TestEngine.available)
    func withdrawn(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            try await world.finish(world.dossiers[0], 4, 4, by: world.jurors[0])
            _ = try await world.desk.perform(
                WithdrawCandidacy(candidacy: world.dossiers[0], reason: "Un autre projet.", head: world.world.head),
                as: world.candidates[0])
            await #expect(throws: Missing.self) { try await world.judged(world.jurors[0], world.dossiers[0]) }
            try await world.reveal()
            #expect(!(try await world.ranking(world.agent)).entries.contains { $0.id == world.dossiers[0] })
        }
    }

    // ACC-21
    @Test("a juror’s archive holds what they wrote, and nothing of the others", arguments: TestEngine.available)
    func archive(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            for juror in world.jurors { try await world.finish(world.dossiers[0], 3, 2, by: juror) }
            let (juror, email) = (world.jurors[0], try EmailAddress("jure1@ville1.example"))
            let archive = try await world.database.read { try JuryPersonalData.of(juror, email, $0) }
            let seats = archive.members.first { $0.name == "juries" }?.value.array
            #expect(seats?.count == 1 && seats?.first?["sheets"]?.array?.count == 1)
            let clock = world.world.clock.now
            try await world.database.write { writer in try JuryMemberStore.forget(email, at: clock, writer) }
            let left = try await world.database.read {
                try $0.count("SELECT COUNT(*) FROM jury_member WHERE email = 'jure1@ville1.example'")
            }
            #expect(left == 0)
            #expect(try await world.seat(juror).sits, "the account closes by itself; the seat is its own")
        }
    }
}
