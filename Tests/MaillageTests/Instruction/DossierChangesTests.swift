import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

// INST-20
@Suite("What changed since the previous wave") struct DossierChangesTests {
    /// A second wave opens once the first has closed, and the same person answers again, with another summary and amount.
    private static func play(
        _ engine: TestEngine, _ body: (InstructionWorld, _ second: Candidacy.ID) async throws -> Void
    ) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let call = try #require(try await world.world.calls.read(world.call.id))
            var calendar = call.settings.calendar
            calendar.isPermanent = true
            var wave = CallWave(
                id: world.desk.surroundings.identifier(), closesAt: CandidacyWorld.closing + .days(60),
                words: "dans deux mois")
            wave.label = "Vague 2"
            calendar.waves.append(wave)
            _ = try await world.desk.perform(
                AmendCall(
                    call: call.id, version: call.version, section: .calendar(calendar), reason: "Une vague de plus.",
                    head: world.head), as: .house)
            let holder = world.holders[0]
            let draft = try await world.world.start(by: holder)
            try await world.world.save(
                draft.id, "projet",
                [.init("titre", "La Fosse"), .init("resume", "Un atelier agrandi."), .init("itinerant", "non")],
                by: holder)
            let complete = try await world.world.save(
                draft.id, "budget", [.init("montant", "15 000"), .init("exact", "1")], by: holder)
            _ = try await world.world.deposit(complete, 9, by: holder)
            world.world.goTo(CandidacyWorld.closing + .days(61))
            _ = try await world.desk.perform(OpenInstructions(shelf: world.shelf), as: .house)
            try await body(world, draft.id)
        }
    }

    private static func changes(
        of id: Candidacy.ID, as principal: Principal, _ world: InstructionWorld
    ) async throws -> DossierChanges? {
        let (now, shelf) = (world.clock.now, world.shelf)
        return try await world.database.read { reader in
            let dossier = try InstructionDossier.open(principal, id, at: now, shelf: shelf, reader)
            let around = try DossierSurroundings.of(dossier, principal, reader)
            return try DossierChanges.of(dossier, among: around.others, principal, at: now, shelf: shelf, reader)
        }
    }

    @Test("question by question, in the order of the form, as both dossiers stand", arguments: TestEngine.available)
    func questions(_ engine: TestEngine) async throws {
        try await Self.play(engine) { world, second in
            let changes = try #require(try await Self.changes(of: second, as: world.ines, world))
            #expect(changes.former.candidacy == world.dossiers[0])
            #expect(changes.questions.map(\.key) == ["resume", "montant"])
            #expect(changes.before.answers["resume"] == .text("Un atelier ouvert."))
            #expect(changes.after.answers["resume"] == .text("Un atelier agrandi."))
            // What was completed since counts: the earlier dossier as it stands.
            let request = try await world.ask(world.dossiers[0], ["resume"])
            _ = try await world.desk.perform(
                SavePieces(
                    request: request.id, version: request.version, fields: [.init("resume", "Un atelier agrandi.")],
                    shelf: world.shelf), as: world.holders[0])
            let saved = try #require(try await world.database.read { try PiecesRequestStore.request(request.id, $0) })
            _ = try await world.desk.perform(
                SendPieces(request: request.id, version: saved.version, head: world.head, shelf: world.shelf),
                as: world.holders[0])
            let later = try #require(try await Self.changes(of: second, as: world.yann, world))
            #expect(later.questions.map(\.key) == ["montant"])
        }
    }

    @Test("nothing for a first dossier, nor to who may not see the earlier one", arguments: TestEngine.available)
    func nothing(_ engine: TestEngine) async throws {
        try await Self.play(engine) { world, second in
            // The earlier dossier has no earlier one; the later wave is not before it.
            #expect(try await Self.changes(of: world.dossiers[0], as: world.ines, world) == nil)
            for outsider in [world.holders[0], .visitor] {
                await #expect(throws: Missing.self) { _ = try await Self.changes(of: second, as: outsider, world) }
            }
            // Without the list of what the reader sees, nothing of it is opened.
            let (now, shelf) = (world.clock.now, world.shelf)
            let alone = try await world.database.read { reader in
                let dossier = try InstructionDossier.open(world.ines, second, at: now, shelf: shelf, reader)
                return try DossierChanges.of(dossier, among: [], world.ines, at: now, shelf: shelf, reader)
            }
            #expect(alone == nil)
        }
    }
}

// INST-13, INST-17
@Suite("Dossiers that came on paper") struct PaperDossierTests {
    @Test("nothing is asked of them, and nobody writes to their candidate", arguments: TestEngine.available)
    func refused(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let outcome = try await world.desk.perform(
                RecordPaperCandidacy(
                    call: world.call.id, channel: .post, depositor: "Jeanne Martin", structure: "Association du Puits",
                    arrival: CandidacyWorld.closing - .days(2), contents: "Un dossier agrafé.",
                    office: world.world.office), as: world.ines)
            _ = try await world.desk.perform(OpenInstructions(shelf: world.shelf), as: .house)
            let id = outcome.deposit.candidacy
            let version = try await world.read(id).version
            let ask = AskForPieces(
                candidacy: id, version: version, items: [.init("resume", reason: "Précisez.")], day: world.day(in: 9),
                head: world.head, shelf: world.shelf)
            #expect(try await world.refusal(ask, as: world.ines) is Problems)
            let message = SendInstructionMessage(
                candidacy: id, side: .instruction, text: "Bonjour.", head: world.head)
            #expect(try await world.sentences(message, as: world.ines).contains("n’a pas été déposé en ligne"))
            let answer = SendInstructionMessage(candidacy: id, side: .candidate, text: "Bonjour.", head: world.head)
            #expect(try await world.refusal(answer, as: world.holders[0]) is Missing, "it has no candidate here")
            // The rest of its instruction goes on.
            try await world.check(id)
            _ = try await world.desk.perform(try await world.decide(id, true), as: world.ines)
            #expect(try await world.read(id).state == .admissible)
        }
    }
}
