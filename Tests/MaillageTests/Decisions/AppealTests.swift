import Exchange
import Testing
import Workbench

@testable import Maillage

@Suite struct AppealTests {
    // DECI-12, DECI-6
    @Test("a place that frees calls the first of the list", arguments: TestEngine.available)
    func waitingList(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 4) { world, wave in
            var rules = SelectionRules()
            rules.envelope = 5_000_00
            _ = try await world.desk.perform(
                SetSelectionRules(call: world.call.id, wave: wave.id, version: 0, rules: rules), as: world.agent)
            try await world.decide(3, world.words(.waiting, rank: 2))
            try await world.told(wave)
            func call(_ index: Int, _ words: RecordDecision.Words, at version: Int = 1) -> CallFromWaitingList {
                CallFromWaitingList(
                    candidacy: world.dossiers[index], version: version, words: words, head: world.head,
                    shelf: world.candidacies.shelf)
            }
            let good = world.words(.retained, amount: 5_000_00)
            #expect(try await world.refusal(call(1, good), as: world.agent) is Problems, "no money is free")
            _ = try await world.desk.perform(
                WithdrawCandidacy(candidacy: world.dossiers[0], reason: "", head: world.head), as: world.leads[0])
            #expect(try await world.refusal(call(3, good), as: world.agent) is Problems, "the list has an order")
            #expect(try await world.refusal(call(2, good), as: world.agent) is Problems, "refused, not waiting")
            #expect(try await world.refusal(call(1, good, at: 9), as: world.agent) is Conflict)
            #expect(try await world.refusal(call(1, good), as: world.leads[1]) is Missing)
            #expect(try await world.refusal(call(1, world.words(.refused)), as: world.agent) is Problems)
            let next = try await world.desk.perform(call(1, good), as: world.agent)
            #expect(next.sequence == 2 && next.origin == .waitingList && next.isNotified)
            let own = try await world.own(1)
            #expect(own.map(\.outcome) == [.retained, .waiting], "both are kept")
            #expect(own[1].supersededAt != nil)
            let mails = try await world.candidacies.calls.letters(to: "porteur2@exemple.fr")
            #expect(mails.last?.text.contains("est retenu") == true)
            #expect(try await world.refusal(call(1, good), as: world.colleague) is Problems, "called once")
        }
    }

    // DECI-13
    @Test("a decision is contested once, within two months", arguments: TestEngine.available)
    func lodging(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            func lodge(_ index: Int, _ grounds: String = "Le motif ne tient pas.") -> LodgeAppeal {
                LodgeAppeal(candidacy: world.dossiers[index], grounds: grounds, head: world.head)
            }
            try await world.decide(2, world.words(.refused))
            let before = try await world.refusal(lodge(2), as: world.leads[2]) as? Problems
            try await world.decide(2, world.words(.refused), at: 1)
            try await world.decide(0, world.words(.retained, amount: 5_000_00))
            try await world.decide(1, world.words(.waiting, rank: 1))
            let without = try await world.refusal(lodge(1), as: world.leads[1]) as? Problems
            #expect(before == without, "a decision that is not told is as none")
            try await world.writeTexts()
            try await world.notify(wave)
            #expect(try await world.refusal(lodge(2), as: world.leads[0]) is Missing)
            #expect(try await world.refusal(lodge(2), as: world.agent) is Missing, "not in the candidate’s place")
            #expect(try await world.refusal(lodge(2, " "), as: world.leads[2]) is Problems)
            let appeal = try await world.desk.perform(lodge(2), as: world.leads[2])
            #expect(appeal.state == .lodged && appeal.channel == .online)
            #expect(try await world.refusal(lodge(2), as: world.leads[2]) is Problems, "once")
            #expect(
                try await world.candidacies.calls.letters(to: "porteur3@exemple.fr").last?.subject.contains(
                    "Recours reçu")
                    == true)
            let limit = try #require(try await world.own(1).first?.appealableUntil)
            let paper = LodgeAppeal(
                candidacy: world.dossiers[1], channel: .post, grounds: "Une lettre.", receivedAt: limit - .seconds(1),
                head: world.head)
            #expect(try await world.refusal(paper, as: world.agent) is Problems, "not received yet")
            world.candidacies.goTo(limit)
            #expect(try await world.refusal(lodge(1), as: world.leads[1]) is Problems, "the delay has passed")
            #expect(try await world.refusal(paper, as: world.leads[1]) is Missing)
            _ = try await world.desk.perform(paper, as: world.agent)
        }
    }

    @Test func twoMonthsEndWithTheSameDay() {
        func day(_ text: String) -> CivilDate { CivilDate(iso: text) ?? CivilDate(daysSince1970: 0) }
        #expect(Decision.twoMonths(after: day("2026-10-23")) == day("2026-12-24"))
        #expect(Decision.twoMonths(after: day("2026-12-31")) == day("2027-03-01"))
        #expect(Decision.twoMonths(after: day("2027-12-30")) == day("2028-03-01"))
        #expect(Decision.twoMonths(after: day("2026-11-15")) == day("2027-01-16"))
    }

    // DECI-14
    @Test("an appeal is answered by somebody else, before and after are kept", arguments: TestEngine.available)
    func answering(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            try await world.told(wave)
            func lodged(_ index: Int) async throws -> Appeal {
                try await world.desk.perform(
                    LodgeAppeal(candidacy: world.dossiers[index], grounds: "Relisez.", head: world.head),
                    as: world.leads[index])
            }
            let (first, second) = (try await lodged(2), try await lodged(1))
            func answer(_ appeal: Appeal, _ words: RecordDecision.Words?, _ text: String = "Nous avons relu.")
                -> AnswerAppeal
            {
                AnswerAppeal(
                    appeal: appeal.id, answer: text, words: words, head: world.head, shelf: world.candidacies.shelf)
            }
            let good = world.words(.retained, amount: 3_000_00)
            #expect(
                try await world.refusal(answer(first, good), as: world.agent) is Denied, "who decided does not answer")
            #expect(try await world.refusal(answer(first, good), as: world.leads[2]) is Missing)
            #expect(try await world.refusal(answer(first, nil, " "), as: world.colleague) is Problems)
            #expect(
                try await world.refusal(answer(first, world.words(.waiting, rank: 4)), as: world.colleague) is Problems)
            // DECI-17
            var argued = good
            argued.reasons = [.init(question: "resume", "Dites qui tient la caisse."), .init("Le devis a été relu.")]
            let granted = try await world.desk.perform(answer(first, argued), as: world.colleague)
            #expect(granted.state == .granted && granted.newDecision != nil)
            let own = try await world.own(2)
            #expect(own.map(\.outcome) == [.retained, .refused])
            let letter = try #require(own.first?.letter)
            #expect(
                letter.contains("À propos de «\u{A0}Résumé\u{A0}»\u{202F}: Dites qui tient la caisse."), "\(letter)")
            #expect(letter.contains("Motif\u{202F}: Le devis a été relu."))
            #expect(own.first?.origin == .appeal && own.first?.recordedBy == world.colleague.account)
            #expect(try await world.refusal(answer(first, nil), as: world.colleague) is Problems, "answered once")

            let rejected = try await world.desk.perform(answer(second, nil), as: world.colleague)
            #expect(rejected.state == .rejected && rejected.newDecision == nil)
            #expect(try await world.own(1).map(\.outcome) == [.waiting])
            let mails = try await world.candidacies.calls.letters(to: "porteur2@exemple.fr")
            #expect(mails.last?.text.contains("Nous avons relu.") == true)
        }
    }

    // DECI-16
    @Test("a dossier that was refused is recognised in the next draft", arguments: TestEngine.available)
    func takingUp(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            try await world.told(wave)
            let former = try await world.candidacies.read(world.dossiers[2])
            var draft = former
            #expect(!former.isTakenUp(in: draft), "not in itself")
            draft = Candidacy(
                id: Candidacy.ID(99), call: former.call, wave: former.wave, form: former.form, maturity: "", place: nil,
                title: former.title, structure: "Une autre", siret: "", channel: .online, holder: former.holder,
                depositor: "", state: .draft, version: 1, depositedVersion: 0, answers: former.answers,
                consentedAt: nil,
                createdAt: former.createdAt + .days(1), updatedAt: former.updatedAt, withdrawnAt: nil,
                withdrawReason: "",
                decision: nil)
            #expect(former.isTakenUp(in: draft))
            draft.title = "Un autre"
            #expect(!former.isTakenUp(in: draft))
            let reasons = try await world.own(2).first?.reasons
            #expect(reasons?.last == .init(question: "resume", "Trop court."))
        }
    }
}
