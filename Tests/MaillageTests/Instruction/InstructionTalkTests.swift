import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Messages, notes and opinions") struct InstructionTalkTests {
    // INST-16
    @Test("messages go both ways, letters tell of them once and say nothing of them", arguments: TestEngine.available)
    func messages(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let (id, ada) = (world.dossiers[0], world.holders[0])
            _ = try await world.desk.perform(
                AssignDossier(candidacy: id, instructor: world.ines.account), as: world.ines)
            func say(_ text: String, _ side: InstructionMessage.Side, as principal: Principal) async throws {
                _ = try await world.desk.perform(
                    SendInstructionMessage(candidacy: id, side: side, text: text, head: world.head), as: principal)
            }
            let sent = try await world.letters(to: "porteuse1").count
            try await say("Votre bail est-il signé ?", .instruction, as: world.ines)
            try await say("Et le budget ?", .instruction, as: world.yann)
            let letters = try await world.letters(to: "porteuse1").dropFirst(sent)
            #expect(letters.count == 1, "one letter until it is read")
            #expect(letters.allSatisfy { !$0.text.contains("bail") })
            #expect(try await world.read(id).unreadByCandidate == 2)
            try await say("Oui, depuis mai.", .candidate, as: ada)
            let read = try await world.read(id)
            #expect(read.unread == 1 && read.unreadByCandidate == 0)
            #expect(try await world.letters(to: "ines").last?.text.contains("mai.") == false)
            #expect(read.version == 2, "a message makes no decision stale")
            try await world.desk.perform(MarkMessagesRead(candidacy: id, side: .instruction), as: world.yann)
            #expect(try await world.read(id).unread == 0)
            let texts = try await world.dossier(id, as: world.yann).messages.map(\.text)
            #expect(texts == ["Votre bail est-il signé ?", "Et le budget ?", "Oui, depuis mai."])
            let empty = SendInstructionMessage(candidacy: id, side: .candidate, text: "  ", head: world.head)
            #expect(try await world.refusal(empty, as: ada) is Problems)
            let other = SendInstructionMessage(candidacy: id, side: .candidate, text: "x", head: world.head)
            #expect(try await world.refusal(other, as: world.holders[1]) is Missing)
            #expect(
                try await world.refusal(other, as: world.ines) is Missing, "the team does not speak for the candidate")
        }
    }

    // INST-16, INST-17: what a candidate follows holds nothing of what the team writes for itself.
    @Test("the candidate reads what they are told, and nothing of the notes", arguments: TestEngine.available)
    func followed(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let (id, ada, shelf) = (world.dossiers[0], world.holders[0], world.shelf)
            _ = try await world.desk.perform(
                AddInstructionNote(candidacy: id, kind: .weakness, text: "Trésorerie fragile"), as: world.ines)
            _ = try await world.desk.perform(
                AskOpinion(
                    candidacy: id, kind: .expert, email: "dora@exemple.fr", question: "Le modèle tient-il ?",
                    day: world.day(in: 4), head: world.head), as: world.ines)
            try await world.check(id)
            _ = try await world.desk.perform(try await world.decide(id, true), as: world.ines)
            let followed = try await world.database.read {
                try FollowedInstruction.own(ada, id, shelf: shelf, $0)
            }
            let told = String(describing: followed)
            for secret in ["Trésorerie", "Le modèle tient-il", "dora@exemple.fr"] { #expect(!told.contains(secret)) }
            #expect(followed.refusal == nil, "an outcome that was not told is not shown")
            await #expect(throws: Missing.self) {
                _ = try await world.database.read {
                    try FollowedInstruction.own(world.holders[1], id, shelf: shelf, $0)
                }
            }
            let bare = AddInstructionNote(candidacy: id, kind: nil, text: "")
            #expect((try await world.refusal(bare, as: world.ines) as? Problems)?.list.count == 2)
        }
    }

    // INST-18
    @Test("an opinion opens one dossier to one person, until it is given", arguments: TestEngine.available)
    func opinion(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let (id, shelf) = (world.dossiers[0], world.shelf)
            let dora = try await world.world.person("dora")
            let eve = try await world.world.person("eve")
            let asked = try await world.desk.perform(
                AskOpinion(
                    candidacy: id, kind: .expert, email: "Dora@exemple.fr", question: "Le modèle tient-il ?",
                    day: world.day(in: 4), head: world.head), as: world.ines)
            let waited = try await world.read(id)
            #expect(waited.openOpinions == 1 && waited.holder == .adviser)
            #expect(try await world.letters(to: "dora").last?.text.contains("Le modèle") == false)
            func open(_ opinion: Opinion.ID, as principal: Principal) async throws -> OpinionDossier {
                let now = world.clock.now
                return try await world.database.read {
                    try OpinionDossier.open(principal, opinion, at: now, shelf: shelf, $0)
                }
            }
            let dossier = try await open(asked.id, as: dora)
            #expect(dossier.state?.answers["resume"] == .text("Un atelier ouvert."))
            for stranger in [eve, world.holders[0], world.ines, Principal.visitor] {
                await #expect(throws: Missing.self) { _ = try await open(asked.id, as: stranger) }
            }
            let now = world.clock.now
            let waiting = try await world.database.read { try OpinionDossier.waiting(dora, at: now, $0) }
            #expect(waiting.map(\.opinion.id) == [asked.id])
            let silent = GiveOpinion(opinion: asked.id, position: nil, answer: "", head: world.head)
            #expect(
                (try await world.refusal(silent, as: dora) as? Problems)?.list.map(\.field) == ["position", "avis"])
            let given = try await world.desk.perform(
                GiveOpinion(opinion: asked.id, position: .reserved, answer: "Oui, si le bail suit.", head: world.head),
                as: dora)
            #expect(given.state == .given && given.account == dora.account)
            #expect(try await world.read(id).openOpinions == 0)
            await #expect(throws: Missing.self, "it closes with the answer") { _ = try await open(asked.id, as: dora) }
            #expect(try await world.refusal(silent, as: dora) is Missing)
            #expect(try await world.letters(to: "ines").last?.subject.hasPrefix("Avis rendu") == true)
            #expect(try await world.dossier(id, as: world.yann).opinions.first?.answer == "Oui, si le bail suit.")
        }
    }

    // INST-18
    @Test("an opinion ends when it is withdrawn, and at its limit", arguments: TestEngine.available)
    func ends(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let dora = try await world.world.person("dora")
            func ask(_ place: Int) async throws -> Opinion {
                try await world.desk.perform(
                    AskOpinion(
                        candidacy: world.dossiers[place], kind: .council, email: "dora@exemple.fr", question: "?",
                        day: world.day(in: 4), head: world.head), as: world.ines)
            }
            let (first, second) = (try await ask(0), try await ask(1))
            try await world.desk.perform(
                WithdrawOpinion(opinion: first.id, reason: "Plus utile.", head: world.head), as: world.yann)
            let tend = TendInstructionDeadlines(head: world.head)
            world.world.goTo(second.closesAt - .hours(1))
            #expect(try await world.desk.perform(tend, as: .house) == 1)
            #expect(try await world.letters(to: "dora").last?.subject == "Votre avis est attendu")
            world.world.goTo(second.closesAt)
            let answers = GiveOpinion(opinion: second.id, position: .favourable, answer: "Oui.", head: world.head)
            #expect(try await world.refusal(answers, as: dora) is Missing, "refused at the very limit")
            #expect(try await world.desk.perform(tend, as: .house) == 1)
            #expect(try await world.read(world.dossiers[1]).openOpinions == 0)
            let withdrawn = WithdrawOpinion(opinion: second.id, head: world.head)
            #expect(try await world.refusal(withdrawn, as: world.ines) is Problems)
        }
    }

    // INST-18
    @Test("whom an opinion may not be asked of", arguments: TestEngine.available)
    func advisers(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            _ = try await world.world.person("dora")
            let funder = try await world.world.calls.funder()
            func ask(_ kind: Opinion.Kind, _ email: String) -> AskOpinion {
                AskOpinion(
                    candidacy: world.dossiers[0], kind: kind, email: email, question: "?", day: world.day(in: 4),
                    head: world.head)
            }
            for act in [
                ask(.expert, "porteuse1@exemple.fr"), ask(.expert, "pas une adresse"), ask(.funder, "dora@exemple.fr"),
                ask(.circle, "dora@exemple.fr"),
            ] {
                let error = try await world.refusal(act, as: world.ines) as? Problems
                #expect(error?.list.map(\.field) == ["courriel"])
            }
            _ = funder
            _ = try await world.desk.perform(ask(.funder, "financeur@exemple.fr"), as: world.ines)
            let twice = ask(.funder, "financeur@exemple.fr")
            #expect(try await world.refusal(twice, as: world.ines) is Problems)
        }
    }

    // ACC-21, INST-17
    @Test(
        "everybody gets what they wrote and were asked, and nothing of what others wrote of them",
        arguments: TestEngine.available)
    func archive(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let (id, ada) = (world.dossiers[0], world.holders[0])
            let dora = try await world.world.person("dora")
            _ = try await world.desk.perform(
                AddInstructionNote(candidacy: id, kind: .weakness, text: "Trésorerie fragile"), as: world.ines)
            let asked = try await world.desk.perform(
                AskOpinion(
                    candidacy: id, kind: .expert, email: "dora@exemple.fr", question: "Le modèle tient-il ?",
                    day: world.day(in: 4), head: world.head), as: world.ines)
            _ = try await world.desk.perform(
                GiveOpinion(opinion: asked.id, position: .favourable, answer: "Il tient.", head: world.head), as: dora)
            _ = try await world.desk.perform(
                SendInstructionMessage(candidacy: id, side: .candidate, text: "Bonjour à vous", head: world.head),
                as: ada)
            _ = try await world.ask(id)
            try await world.desk.perform(SaveInstructionSearch(name: "Ma liste", query: "onglet=tous"), as: world.ines)
            _ = try await world.desk.perform(
                AskOpinion(
                    candidacy: world.dossiers[1], kind: .expert, email: "dora@exemple.fr", question: "Et lui ?",
                    day: world.day(in: 4), head: world.head), as: world.ines)
            func told(_ principal: Principal, _ name: String) async throws -> String {
                let email = try EmailAddress("\(name)@exemple.fr")
                let object = try await world.database.read { try InstructionPersonalData.of(principal, email, $0) }
                return String(decoding: JSONWriter.bytes(of: .object(object)), as: UTF8.self)
            }
            let own = try await told(ada, "porteuse1")
            #expect(own.contains("Bonjour à vous") && own.contains("Précisez resume."))
            for secret in ["Trésorerie", "Le modèle tient-il", "Il tient."] { #expect(!own.contains(secret)) }
            let adviser = try await told(dora, "dora")
            #expect(adviser.contains("Il tient.") && !adviser.contains("Bonjour à vous"))
            let team = try await told(world.ines, "ines")
            #expect(team.contains("Trésorerie") && team.contains("Ma liste") && !team.contains("Il tient."))

            // A closed account leaves its address nowhere, and no dossier open.
            let (dorasEmail, inesEmail) = (try EmailAddress("dora@exemple.fr"), try EmailAddress("ines@exemple.fr"))
            let now = world.clock.now
            try await world.database.write { writer in
                try InstructionPersonalData.forget(dorasEmail, at: now, writer)
                try InstructionPersonalData.forget(inesEmail, at: now, writer)
            }
            let left = try await world.database.read { reader in
                try reader.count("SELECT COUNT(*) FROM instruction_opinion WHERE email <> ''")
                    + reader.count("SELECT COUNT(*) FROM instruction_search")
            }
            #expect(left == 0)
            #expect(try await world.database.read { try OpinionDossier.waiting(dora, at: now, $0) }.isEmpty)
        }
    }
}
