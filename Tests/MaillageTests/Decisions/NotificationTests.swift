import Exchange
import Testing
import Workbench

@testable import Maillage

@Suite struct NotificationTests {
    // DECI-7, DECI-11
    @Test("one press tells everybody, and nothing shows before", arguments: TestEngine.available)
    func notifying(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            let press = NotifyDecisions(
                call: world.call.id, wave: wave.id, head: world.head, shelf: world.candidacies.shelf)
            try await world.decide(0, world.words(.retained, amount: 5_000_00))
            try await world.decide(2, world.words(.refused))
            #expect(try await world.refusal(press, as: world.agent) is Problems, "no texts")
            try await world.writeTexts()
            let missing = try await world.refusal(press, as: world.agent) as? Problems
            #expect(missing?.list.first?.message.contains("n°\u{A0}2") == true, "one has no decision yet")
            try await world.decide(1, world.words(.waiting, rank: 1))
            #expect(try await world.refusal(press, as: world.leads[0]) is Denied)
            #expect(try await world.refusal(press, as: .house) is Denied)

            for index in 0...2 {
                #expect(try await world.own(index).isEmpty)
                #expect(try await archive(of: index, world).isEmpty)
                let letters = try await world.candidacies.calls.letters(to: "porteur\(index + 1)@exemple.fr")
                #expect(!letters.contains { $0.subject.contains("Décision") })
            }
            // No line of journal names a dossier that is decided and not told.
            let named = try await world.database.read { reader in
                try reader.count(
                    "SELECT COUNT(*) FROM journal WHERE verb = 'RecordDecision' AND subject_kind <> 'call'")
            }
            #expect(named == 0)

            #expect(try await world.desk.perform(press, as: world.agent).told == 3)
            let told = try await world.own(2)
            #expect(told.map(\.outcome) == [.refused])
            let letter = try #require(told.first?.letter)
            #expect(letter.contains("Bureau communautaire") && letter.contains("23 octobre 2026"))
            #expect(letter.contains("À propos de «\u{A0}Résumé\u{A0}»\u{202F}: Trop court."))
            #expect(letter.contains("dans les deux mois") && letter.contains("Camille Petit, présidente"))
            #expect(try await archive(of: 2, world).count == 1)
            let mails = try await world.candidacies.calls.letters(to: "porteur1@exemple.fr")
            #expect(mails.last?.text.contains("5\u{202F}000\u{A0}€") == true)
            #expect(mails.last?.text.contains(LetterHead.decisionPath(world.dossiers[0])) == true)
            // Others' decisions stay others'.
            let (lead, id) = (world.leads[0], world.dossiers[2])
            #expect(try await world.database.read { try DecisionStore.notified(lead, id, $0) }.isEmpty)

            #expect(try await world.refusal(press, as: world.colleague) is Problems, "a second press sends nothing")
            let change = RecordDecision(
                candidacy: world.dossiers[0], version: 1, words: world.words(.refused))
            #expect(try await world.refusal(change, as: world.agent) is Problems, "DECI-12")
        }
    }

    private func archive(of index: Int, _ world: DecisionWorld) async throws -> [JSONValue] {
        let lead = world.leads[index]
        return try await world.database.read { try DecisionPersonalData.of(lead, $0)["decisions"]?.array ?? [] }
    }

    // DECI-11
    @Test("letters without routes of appeal or signatory are not kept", arguments: TestEngine.available)
    func texts(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 1) { world, _ in
            var texts = DecisionTexts.usual(for: world.call)
            #expect(try await world.refusal(SetDecisionTexts(texts: texts), as: world.agent) is Problems, "who signs?")
            texts.signatory = "Camille Petit, présidente"
            var (silent, wrong) = (texts, texts)
            silent.routes = ""
            wrong.refused = "Refusé, {prenom}."
            #expect(try await world.refusal(SetDecisionTexts(texts: silent), as: world.agent) is Problems)
            #expect(try await world.refusal(SetDecisionTexts(texts: wrong), as: world.agent) is Problems)
            #expect(try await world.refusal(SetDecisionTexts(texts: texts), as: world.leads[0]) is Denied)
            let kept = try await world.desk.perform(SetDecisionTexts(texts: texts), as: world.agent)
            #expect(kept.version == 1)
            #expect(try await world.refusal(SetDecisionTexts(texts: texts), as: world.colleague) is Conflict)
            _ = try await world.desk.perform(SetDecisionTexts(texts: kept), as: world.colleague)
        }
    }

    /// What a candidate typed is never read as a mark of the letter.
    @Test func marksAreReplacedOnce() {
        #expect(DecisionTexts.unknownMarks(in: "{projet} et {prenom} et {ouvert") == ["prenom", "ouvert"])
    }

    // DECI-15
    @Test("results are published once told, with consent for names", arguments: TestEngine.available)
    func results(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            let call = world.call.id
            func results() async throws -> [PublishedResult] {
                try await world.database.read { try PublishedResult.results(of: call, limit: 9, $0) }
            }
            let publish = PublishResults(call: call, wave: wave.id)
            let consent = ConsentToPublication(candidacy: world.dossiers[0], consents: true)
            #expect(try await world.refusal(publish, as: world.agent) is Problems, "nobody was told")
            #expect(try await world.refusal(consent, as: world.leads[0]) is Problems)
            try await world.told(wave)
            #expect(try await results().isEmpty)
            #expect(try await world.refusal(publish, as: world.leads[0]) is Denied)
            #expect(try await world.refusal(consent, as: world.leads[1]) is Missing)
            try await world.desk.perform(publish, as: world.agent)
            #expect(try await world.refusal(publish, as: world.colleague) is Problems, "once")
            #expect(try await results().map(\.amount) == [5_000_00])
            let summaries = try await world.database.read { try PublishedResult.summaries(of: call, $0) }
            #expect(summaries.map(\.count) == [1] && summaries.map(\.amount) == [5_000_00])
            let beyond = try await world.database.read {
                try PublishedResult.results(of: call, limit: 9, offset: 1, $0)
            }
            #expect(beyond.isEmpty)
            #expect(try await results().first?.structure == "Association La Fosse")
            #expect(try await results().first?.title == nil)
            try await world.desk.perform(consent, as: world.leads[0])
            #expect(try await results().first?.title == "La Fosse")
            try await world.desk.perform(
                ConsentToPublication(candidacy: world.dossiers[0], consents: false), as: world.leads[0])
            #expect(try await results().first?.title == nil)
        }
    }
}
