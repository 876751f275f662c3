import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// What the rooms of the decision refuse in words, on both engines.
@Suite("What the rooms of the decision refuse") struct DecisionRefusalTests {
    // DECI-5
    @Test("constraints that mean nothing", arguments: TestEngine.available)
    func rules(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 1) { (world: DecisionWorld, wave: CallWave) async throws -> Void in
            for (text, rules) in Self.meaningless {
                let act = SetSelectionRules(call: world.call.id, wave: wave.id, version: 0, rules: rules)
                let words = try await world.sentences(act, as: world.agent)
                #expect(words.contains(text), "\(words)")
            }
        }
    }

    private static let meaningless: [(String, SelectionRules)] = {
        func rules(_ change: (inout SelectionRules) -> Void) -> SelectionRules {
            var rules = SelectionRules()
            change(&rules)
            return rules
        }
        return [
            ("plus de zéro", rules { $0.envelope = 0 }), ("de 1 à 5", rules { $0.most = 0 }),
            ("Le nombre par territoire", rules { $0.perTerritory = 5_001 }),
            ("La liste d’attente", rules { $0.reserve = -1 }),
            (
                "Douze quotas",
                rules { $0.quotas = (0..<13).map { .init(.atLeast, 1, isShare: false, tag: "t\($0)") } }
            ), ("l’étiquette", rules { $0.quotas = [.init(.atLeast, 1, isShare: false, tag: " ")] }),
            (
                "récépissé n°\u{A0}77",
                rules {
                    $0.included = [77]
                    $0.reason = "Convention."
                }
            ),
        ]
    }()

    // DECI-9, DECI-12, DECI-14
    @Test("dossiers taken back, and decisions replaced since", arguments: TestEngine.available)
    func withdrawn(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            try await world.told(wave)
            func lodge(_ index: Int) async throws -> Appeal {
                try await world.desk.perform(
                    LodgeAppeal(candidacy: world.dossiers[index], grounds: "Relisez.", head: world.head),
                    as: world.leads[index])
            }
            let early = LodgeAppeal(
                candidacy: world.dossiers[0], channel: .post, grounds: "Une lettre.",
                receivedAt: world.candidacies.clock.now - .days(1), head: world.head)
            #expect(try await world.sentences(early, as: world.agent).contains("précéder la notification"))
            let (refused, waiting) = (try await lodge(2), try await lodge(1))
            for index in [1, 2] {
                _ = try await world.desk.perform(
                    WithdrawCandidacy(candidacy: world.dossiers[index], reason: "", head: world.head),
                    as: world.leads[index])
            }
            for appeal in [refused, waiting] {
                let answer = AnswerAppeal(
                    appeal: appeal.id, answer: "Accueilli.", words: world.words(.retained, amount: 1_000_00),
                    head: world.head, shelf: world.candidacies.shelf)
                #expect(try await world.sentences(answer, as: world.colleague).contains("a été retiré depuis"))
            }
            let call = CallFromWaitingList(
                candidacy: world.dossiers[1], version: 1, words: world.words(.retained, amount: 1_000_00),
                head: world.head, shelf: world.candidacies.shelf)
            #expect(try await world.sentences(call, as: world.agent).contains("appelez le suivant"))
            var crowd = world.words(.refused)
            crowd.reasons = (0..<41).map { .init("Motif \($0).") }
            let many = RecordDecision(candidacy: world.dossiers[0], version: 1, words: crowd)
            #expect(try await world.refusal(many, as: world.agent) is Problems)
        }
    }
}
