import Exchange
import Selection
import Testing
import Workbench

@testable import Maillage

@Suite struct SelectionActTests {
    // DECI-1, DECI-2
    @Test(
        "scores are written after the limit, by those who keep the call, whole or not", arguments: TestEngine.available)
    func scores(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            func save(_ lines: [SaveSelectionScores.Line], at version: Int = 0) -> SaveSelectionScores {
                SaveSelectionScores(call: world.call.id, wave: wave.id, version: version, lines: lines)
            }
            let good = [try world.line(1, 15), try world.line(2, 12)]
            for other in [world.leads[0], .visitor, .house] {
                #expect(try await world.refusal(save(good), as: other) is Denied)
            }
            let unknown = SaveSelectionScores(call: Call.ID(7), wave: wave.id, version: 0, lines: good)
            #expect(try await world.refusal(unknown, as: world.agent) is Missing)
            let elsewhere = SaveSelectionScores(call: world.call.id, wave: CallWave.ID(7), version: 0, lines: good)
            #expect(try await world.refusal(elsewhere, as: world.agent) is Missing)
            for bad in [
                try world.line(9, 15), try world.line(1, 10), try world.line(2, 10, 0),
            ] {
                #expect(try await world.refusal(save([try world.line(1, 15), bad]), as: world.agent) is Problems)
            }
            let plan = try await world.desk.perform(save(good), as: world.agent)
            #expect(plan.version == 1)
            let board = try await world.board(wave)
            #expect(board.lines.map { $0.entry?.score } == [ExactScore(15), ExactScore(12), nil])

            // DECI-10
            let late = try await world.refusal(save([try world.line(1, 3)]), as: world.colleague)
            #expect(late as? Conflict == Conflict(current: 1))

            world.candidacies.goTo(CandidacyWorld.closing - .hours(1))
            #expect(try await world.refusal(save(good, at: 1), as: world.agent) is Problems, "before the limit")
        }
    }

    // DECI-1
    @Test("sealed dossiers are not selected before they are opened", arguments: TestEngine.available)
    func sealed(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 1, isSealed: true) { world, wave in
            let act = SaveSelectionScores(
                call: world.call.id, wave: wave.id, version: 0, lines: [try world.line(1, 15)])
            #expect(try await world.refusal(act, as: world.agent) is Missing)
            #expect(try await world.board(wave).lines.isEmpty)
            _ = try await world.desk.perform(
                OpenSealedCandidacies(call: world.call.id, wave: wave.id), as: world.agent)
            _ = try await world.desk.perform(act, as: world.agent)
            #expect(try await world.board(wave).lines.count == 1)
        }
    }

    // DECI-3, DECI-4, DECI-5
    @Test("a run is kept with its inputs, and refused when they changed", arguments: TestEngine.available)
    func runs(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            _ = try await world.desk.perform(
                SaveSelectionScores(
                    call: world.call.id, wave: wave.id, version: 0,
                    lines: [
                        try world.line(1, 19), try world.line(2, 18), try world.line(3, 12, 1_000_00, ["Q.P.V."]),
                    ]), as: world.agent)
            var rules = SelectionRules()
            rules.envelope = 2_000_00
            rules.reserve = 2
            rules.quotas = [.init(.atLeast, 5_000, isShare: true, tag: "qpv")]
            var forced = rules
            forced.included = [2]
            func set(_ rules: SelectionRules, at version: Int) -> SetSelectionRules {
                SetSelectionRules(call: world.call.id, wave: wave.id, version: version, rules: rules)
            }
            #expect(try await world.refusal(set(forced, at: 1), as: world.agent) is Problems, "without a reason")
            forced.reason = "Convention de 2025."
            forced.excluded = [2]
            #expect(try await world.refusal(set(forced, at: 1), as: world.agent) is Problems, "in and out")
            #expect(try await world.refusal(set(rules, at: 0), as: world.colleague) is Conflict)
            rules.quotas[0].tag = "q p v"
            _ = try await world.desk.perform(set(rules, at: 1), as: world.agent)

            let (call, agent) = (world.call, world.agent)
            let runner = try await world.database.read { try DecisionBoard.runner(agent, of: call, wave.id, $0) }
            let result = runner.run()
            #expect(result.outcome == .chosen && result.gap.isEmpty)
            #expect(result.grants.map(\.number) == [1, 3] && result.reserve == [2])
            #expect(result == runner.run())
            #expect(
                result.costs.contains {
                    $0.contains("«\u{A0}q p v\u{A0}»")
                        && $0.contains("remplace le dossier n°\u{A0}2 par le dossier n°\u{A0}3")
                }, "\(result.costs)")
            #expect(result.money.first?.hasSuffix("rien ne changerait.") == true, "a third would break the quota")
            let record = RecordSelectionRun(
                call: call.id, wave: wave.id, version: 2, runner: runner, result: result)
            #expect(try await world.refusal(record, as: world.leads[0]) is Denied)
            _ = try await world.desk.perform(record, as: agent)
            let board = try await world.board(wave)
            #expect(board.runs.first?.result == result && board.isFresh)
            #expect(board.runs.first?.inputs == runner.inputs)

            // Somebody changes a score while the search goes on.
            _ = try await world.desk.perform(
                SaveSelectionScores(
                    call: call.id, wave: wave.id, version: 2, lines: [try world.line(1, 2)]), as: world.colleague)
            #expect(try await world.refusal(record, as: agent) is Conflict)
            #expect(try await world.board(wave).isFresh == false)

            rules.quotas = [.init(.atLeast, 10_001, isShare: true, isMoney: true, tag: "qpv")]
            #expect(try await world.sentences(set(rules, at: 3), as: agent).contains("Une part va de 0 à 100"))
            rules.quotas = [.init(.atLeast, -1, isShare: false, isMoney: true, tag: "qpv")]
            #expect(try await world.sentences(set(rules, at: 3), as: agent).contains("Ce montant n’est pas possible"))
            rules.quotas = [.init(.atLeast, 3, isShare: false, tag: "littoral")]
            _ = try await world.desk.perform(set(rules, at: 3), as: agent)
            let nothing = try await world.database.read { try DecisionBoard.runner(agent, of: call, wave.id, $0) }.run()
            #expect(nothing.outcome == .impossible)
            #expect(nothing.conflict == ["au moins 3 «\u{A0}littoral\u{A0}»"])
        }
    }

    // DECI-18
    @Test("a quota may count money, in the rules as they are kept and in words", arguments: TestEngine.available)
    func money(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            _ = try await world.desk.perform(
                SaveSelectionScores(
                    call: world.call.id, wave: wave.id, version: 0,
                    lines: [
                        try world.line(1, 19, 3_000_00), try world.line(2, 18, 2_000_00),
                        try world.line(3, 12, 2_000_00, ["QPV"]),
                    ]), as: world.agent)
            var rules = SelectionRules()
            rules.quotas = [.init(.atLeast, 5_000, isShare: true, isMoney: true, tag: "QPV")]
            let plan = try await world.desk.perform(
                SetSelectionRules(call: world.call.id, wave: wave.id, version: 1, rules: rules), as: world.agent)
            #expect(SelectionRules(plan.rules.document) == rules)
            let (call, agent) = (world.call, world.agent)
            let result = try await world.database.read { try DecisionBoard.runner(agent, of: call, wave.id, $0) }.run()
            #expect(result.grants.map(\.number) == [2, 3], "3 000 € outside would be more than half")
            #expect(
                result.costs.first?.hasPrefix("Au moins 50\u{A0}% de l’argent «\u{A0}QPV\u{A0}»") == true,
                "\(result.costs)")
            #expect(result.money.isEmpty, "there is no envelope to widen")
        }
    }

    @Test func scoresAreReadAndWrittenExactly() {
        #expect(ScoreText.read("15,75") == ExactScore(1_575, over: 100))
        #expect(ScoreText.read(" 3 ") == ExactScore(3))
        for text in ["", "douze", "1,2,3", ",5", "-1", "1,1234567", "1234567890123"] {
            #expect(ScoreText.read(text) == nil)
        }
        for (top, bottom, words) in [(63, 4, "15,75"), (2, 3, "0,667"), (29_999, 10_000, "3")] {
            let score = ExactScore(top, over: bottom) ?? .zero
            #expect(ScoreText.words(score) == words)
        }
        #expect(Cents.words(1_234_567_05) == "1\u{202F}234\u{202F}567,05\u{A0}€")
    }
}
