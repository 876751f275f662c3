import Exchange
import Selection
import Testing
import Workbench

@testable import Maillage

@Suite struct DecisionActTests {
    // DECI-8, DECI-10, DECI-6
    @Test("a decision has all that its outcome asks, or is refused", arguments: TestEngine.available)
    func recording(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            func record(_ words: RecordDecision.Words, at version: Int = 0, of index: Int = 0) -> RecordDecision {
                RecordDecision(candidacy: world.dossiers[index], version: version, words: words)
            }
            let good = world.words(.retained, amount: 5_000_00)
            // A candidate, a visitor: as for what never was.
            for other in [world.leads[0], world.leads[1], .visitor] {
                #expect(try await world.refusal(record(good), as: other) is Missing)
                let absent = RecordDecision(candidacy: Candidacy.ID(7), version: 0, words: good)
                #expect(try await world.refusal(absent, as: other) is Missing)
            }
            #expect(try await world.refusal(record(good), as: .house) is Denied, "a person decides")
            var (nameless, tomorrow, bare) = (good, good, world.words(.refused))
            nameless.body = " "
            tomorrow.decidedOn = DecisionWorld.today.adding(days: 1)
            bare.reasons = [.init("  ")]
            for bad in [
                nameless, tomorrow, bare, world.words(.retained), world.words(.reserved, amount: 1),
                world.words(.waiting),
                world.words(.waiting, rank: 0),
            ] { #expect(try await world.refusal(record(bad), as: world.agent) is Problems) }

            let first = try await world.decide(0, good)
            #expect(first.version == 1 && first.amount == 5_000_00 && !first.isNotified)
            let late = try await world.refusal(record(world.words(.refused)), as: world.colleague)
            #expect(late as? Conflict == Conflict(current: 1), "both had seen nothing")
            let changed = try await world.decide(0, world.words(.waiting, rank: 1), at: 1)
            #expect(changed.amount == nil && changed.rank == 1 && changed.id == first.id)
            #expect(try await world.refusal(record(world.words(.waiting, rank: 1), of: 1), as: world.agent) is Problems)

            var rules = SelectionRules()
            rules.envelope = 6_000_00
            _ = try await world.desk.perform(
                SetSelectionRules(call: world.call.id, wave: wave.id, version: 0, rules: rules), as: world.agent)
            try await world.decide(1, world.words(.retained, amount: 6_000_00))
            let over = try await world.refusal(record(world.words(.retained, amount: 1), of: 2), as: world.agent)
            #expect((over as? Problems)?.list.first?.message.contains("0,01") == true, "a cent: \(over)")
        }
    }

    // DECI-10
    @Test("of two people at the same instant, one is told", arguments: TestEngine.available)
    func sameInstant(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            for round in 0..<3 {
                let act = RecordDecision(
                    candidacy: world.dossiers[round], version: 0, words: world.words(.retained, amount: 1_000_00))
                let told = await conflicts(
                    act, world.desk, [world.agent, world.colleague, world.agent, world.colleague])
                #expect(told == 3)
            }
            let granted = try await world.board(wave).granted
            #expect(granted == 3_000_00)
        }
    }

    /// How many of those who act at once are told that somebody else did.
    private func conflicts(_ act: RecordDecision, _ desk: Desk, _ people: [Principal]) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for person in people {
                group.addTask {
                    do {
                        _ = try await desk.perform(act, as: person)
                        return false
                    } catch {
                        return error is Conflict
                    }
                }
            }
            var told = 0
            for await isTold in group where isTold { told += 1 }
            return told
        }
    }

    // DECI-9
    @Test("a decision that departs from the proposal says why", arguments: TestEngine.available)
    func departure(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            let run = try await proposed(world, wave)
            #expect(run.result.grants.map(\.number) == [1, 2])
            var words = world.words(.refused)
            let act = RecordDecision(candidacy: world.dossiers[0], version: 0, words: words)
            let refused = try await world.refusal(act, as: world.agent) as? Problems
            #expect(refused?.messages(for: "ecart").count == 1)
            words.departure = "Le local a été vendu depuis."
            let decision = try await world.decide(0, words)
            #expect(decision.departure == words.departure && decision.run == run.id)
            try await world.decide(1, world.words(.retained, amount: 1_000_00))
            try await world.decide(2, world.words(.waiting, rank: 1))
            try await world.writeTexts()
            try await world.notify(wave)
            let letters = try await world.candidacies.calls.letters(to: "porteur1@exemple.fr")
            #expect(!letters.contains { $0.text.contains("vendu") }, "never sent")
        }
    }

    // DECI-5
    @Test("a proposal becomes decisions, once it is still the last", arguments: TestEngine.available)
    func preparing(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 4) { world, wave in
            let run = try await proposed(world, wave)
            func prepare(_ run: SelectionRun.ID, reason: String = "L’enveloppe est épuisée.") -> PrepareDecisions {
                PrepareDecisions(
                    call: world.call.id, wave: wave.id, run: run, body: "Bureau", decidedOn: DecisionWorld.today,
                    deliberation: "", reason: reason)
            }
            #expect(try await world.refusal(prepare(SelectionRun.ID(3)), as: world.agent) is Problems)
            #expect(try await world.refusal(prepare(run.id, reason: ""), as: world.agent) is Problems)
            #expect(try await world.refusal(prepare(run.id), as: world.leads[0]) is Denied)
            #expect(try await world.desk.perform(prepare(run.id), as: world.agent) == 4)
            let lines = try await world.board(wave).lines
            #expect(lines.map { $0.decision?.outcome } == [.retained, .retained, .waiting, .refused])
            #expect(lines[2].decision?.rank == 1)
            #expect(lines[3].decision?.reasons == [.init("L’enveloppe est épuisée.")])
            _ = try await world.desk.perform(
                SaveSelectionScores(
                    call: world.call.id, wave: wave.id, version: 2, lines: [try world.line(1, 5)]), as: world.agent)
            #expect(try await world.refusal(prepare(run.id), as: world.agent) is Problems, "the scores changed")
        }
    }

    private func proposed(_ world: DecisionWorld, _ wave: CallWave) async throws -> SelectionRun {
        let known = try await world.board(wave).lines.count
        _ = try await world.desk.perform(
            SaveSelectionScores(
                call: world.call.id, wave: wave.id, version: 0,
                lines: try (1...known).map { try world.line($0, 20 - $0) }), as: world.agent)
        var rules = SelectionRules()
        rules.envelope = 2_000_00
        rules.reserve = 1
        _ = try await world.desk.perform(
            SetSelectionRules(call: world.call.id, wave: wave.id, version: 1, rules: rules), as: world.agent)
        let (call, agent) = (world.call, world.agent)
        let runner = try await world.database.read { try DecisionBoard.runner(agent, of: call, wave.id, $0) }
        return try await world.desk.perform(
            RecordSelectionRun(call: call.id, wave: wave.id, version: 2, runner: runner, result: runner.run()),
            as: agent)
    }
}

@Suite struct DecidedDossierTests {
    // DECI-1
    @Test("one dossier by itself is what its line of the board says", arguments: TestEngine.available)
    func oneByItself(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            try await world.told(wave)
            let board = try await world.board(wave)
            #expect(board.lines.count == 3)
            let (call, agent, lead, now) = (world.call, world.agent, world.leads[0], world.candidacies.clock.now)
            for line in board.lines {
                let one = try await world.database.read {
                    try DecidedDossier.of(call, line.candidacy.id, agent, at: now, $0)
                }
                #expect(one.line.candidacy == line.candidacy && one.line.deposit == line.deposit)
                #expect(one.line.decision == line.decision && one.line.depositor == line.depositor)
                #expect(one.line.commune == line.commune && one.line.entry?.score == line.entry?.score)
                #expect(one.wave.id == wave.id)
                await #expect(throws: Denied.self) {
                    try await world.database.read {
                        _ = try DecidedDossier.of(call, line.candidacy.id, lead, at: now, $0)
                    }
                }
            }
            // One of nowhere, and one whose limit has not passed: alike.
            let early = CandidacyWorld.closing - .hours(1)
            for (id, at) in [(Candidacy.ID(9), now), (world.dossiers[0], early)] {
                await #expect(throws: Missing.self) {
                    try await world.database.read { _ = try DecidedDossier.of(call, id, agent, at: at, $0) }
                }
            }
        }
    }
}
