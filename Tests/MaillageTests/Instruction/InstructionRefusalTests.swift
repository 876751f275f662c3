import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// What the instruction refuses in words, act by act, on both engines.
@Suite("What the instruction refuses") struct InstructionRefusalTests {
    // INST-14
    @Test("requests", arguments: TestEngine.available)
    func requests(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let id = world.dossiers[0]
            let far = AskForPieces(
                candidacy: id, version: 1, items: [.init("resume", reason: "Précisez.")], day: world.day(in: 400),
                head: world.head, shelf: world.shelf)
            #expect(try await world.sentences(far, as: world.ines).contains("dans l’année qui vient"))
            let request = try await world.ask(id, ["resume", "statuts"])
            let nothing = AttachPieces(request: request.id, question: "statuts", shelf: world.shelf)
            #expect(try await world.sentences(nothing, as: world.holders[0]).contains("Choisissez un document"))
            func save(_ version: Int, _ text: String) -> SavePieces {
                SavePieces(
                    request: request.id, version: version, fields: [.init("resume", text)], shelf: world.shelf)
            }
            _ = try await world.desk.perform(save(1, "Un premier texte."), as: world.holders[0])
            #expect(try await world.refusal(save(1, "Un autre."), as: world.holders[0]) is Conflict)
        }
    }

    // INST-10
    @Test("opinions", arguments: TestEngine.available)
    func opinions(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            func ask(
                _ question: String = "Est-ce viable ?", kind: Opinion.Kind? = .expert, days: Int? = 5,
                to email: String = "experte@exemple.fr"
            ) -> AskOpinion {
                AskOpinion(
                    candidacy: world.dossiers[0], kind: kind, email: email, question: question,
                    day: days.map { world.day(in: $0) }, head: world.head)
            }
            func words(_ act: AskOpinion) async throws -> String { try await world.sentences(act, as: world.ines) }
            #expect(try await words(ask(" ")).contains("Écrivez la question"))
            #expect(try await words(ask(kind: nil)).contains("à quel titre"))
            for days in [nil, -1, 400] { #expect(try await words(ask(days: days)).contains("à venir, dans l’année")) }
            #expect(try await world.refusal(ask(to: "pas une adresse"), as: world.ines) is Problems)
            #expect(try await words(ask(to: "porteuse1@exemple.fr")).contains("prend part à la candidature"))
            #expect(try await words(ask(kind: .funder)).contains("n’a le rôle"))
            for number in 0..<AskOpinion.most {
                _ = try await world.desk.perform(ask(to: "experte\(number)@exemple.fr"), as: world.ines)
            }
            #expect(try await words(ask()).contains("au plus \(AskOpinion.most) avis"))
            #expect(try await words(ask(to: "experte0@exemple.fr")).contains("déjà demandé"))
        }
    }

    // INST-6, INST-9
    @Test("sharing out, dates and searches", arguments: TestEngine.available)
    func sharing(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let id = world.dossiers[0]
            let stranger = AssignDossier(candidacy: id, instructor: world.holders[0].account)
            #expect(try await world.sentences(stranger, as: world.ines).contains("de l’équipe de l’appel"))
            let people = BalanceDossiers(
                call: world.call.id, people: [try #require(world.holders[0].account)])
            #expect(try await world.refusal(people, as: world.ines) is Problems)
            let past = SetDossierDue(candidacy: id, day: world.day(in: -1))
            #expect(try await world.sentences(past, as: world.ines).contains("choisissez-en une à venir"))
            #expect(try await world.refusal(TellInstructors(head: world.head), as: world.ines) is Missing)

            let long = SaveInstructionSearch(name: "Longue", query: String(repeating: "a", count: 1_001))
            #expect(try await world.sentences(long, as: world.ines).contains("trop longue"))
            for number in 0..<InstructionSearchStore.most {
                try await world.desk.perform(SaveInstructionSearch(name: "Vue \(number)", query: "q=a"), as: world.ines)
            }
            let more = SaveInstructionSearch(name: "De trop", query: "q=a")
            #expect(try await world.sentences(more, as: world.ines).contains("retirez-en une"))
            let ines = world.ines
            let own = try #require(try await world.database.read { try InstructionSearchStore.own(ines, $0) }.first)
            let remove = RemoveInstructionSearch(search: own.id)
            #expect(try await world.refusal(remove, as: .visitor) is Denied)
            #expect(try await world.refusal(remove, as: world.yann) is Missing, "each has their own")
            try await world.desk.perform(remove, as: world.ines)
            #expect(try await world.refusal(remove, as: world.ines) is Missing)
            try await world.desk.perform(more, as: world.ines)
        }
    }
}
