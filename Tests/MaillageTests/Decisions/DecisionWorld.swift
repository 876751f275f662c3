import Exchange
import Selection
import Storage
import Testing
import Workbench

@testable import Maillage

/// A wave that closed on several deposited dossiers, with two people of the call.
struct DecisionWorld: RefusingWorld {
    let candidacies: CandidacyWorld
    /// In the order of their receipts, from 1.
    let dossiers: [Candidacy.ID]
    let leads: [Principal]
    let agent: Principal
    let colleague: Principal

    var desk: Desk { candidacies.desk }
    var database: Database { candidacies.database }
    var call: Call { candidacies.call }
    var head: LetterHead { candidacies.head }

    static let today = CivilDate(year: 2026, month: 10, day: 23) ?? CivilDate(daysSince1970: 0)

    static func on(
        _ engine: TestEngine, dossiers count: Int = 3, isSealed: Bool = false,
        _ body: (DecisionWorld, CallWave) async throws -> Void
    ) async throws {
        try await CandidacyWorld.on(engine, isSealed: isSealed) { world in
            var ids: [Candidacy.ID] = []
            var leads: [Principal] = []
            for number in 1...count {
                let lead = try await world.person("porteur\(number)")
                leads.append(lead)
                ids.append(
                    try await world.deposit(try await world.complete(by: lead), number, by: lead).deposit.candidacy)
            }
            let agent = try await world.calls.coordinator("agent")
            let colleague = try await world.calls.coordinator("collegue")
            world.goTo(CandidacyWorld.closing + .days(1))
            let wave = try #require(world.call.settings.waves.first)
            try await body(
                DecisionWorld(
                    candidacies: world, dossiers: ids, leads: leads, agent: agent, colleague: colleague), wave)
        }
    }

    func line(_ number: Int, _ score: Int, _ amount: Int = 1_000_00, _ tags: [String] = []) throws
        -> SaveSelectionScores.Line
    {
        SaveSelectionScores.Line(
            number: number, score: try #require(ExactScore(score)), minimum: amount, maximum: amount, tags: tags,
            territory: "62498")
    }

    func words(_ outcome: Decision.Outcome, amount: Int? = nil, rank: Int? = nil) -> RecordDecision.Words {
        var words = RecordDecision.Words(outcome, body: "Bureau communautaire", on: Self.today)
        words.deliberation = "26 B 0412"
        words.amount = amount
        words.rank = rank
        if outcome == .refused {
            words.reasons = [.init("L’équipe reste à réunir."), .init(question: "resume", "Trop court.")]
        }
        return words
    }

    @discardableResult
    func decide(_ index: Int, _ words: RecordDecision.Words, at version: Int = 0) async throws -> Decision {
        try await desk.perform(
            RecordDecision(candidacy: dossiers[index], version: version, words: words), as: agent)
    }

    func writeTexts() async throws {
        var texts = DecisionTexts.usual(for: call)
        texts.signatory = "Camille Petit, présidente"
        _ = try await desk.perform(SetDecisionTexts(texts: texts), as: agent)
    }

    @discardableResult
    func notify(_ wave: CallWave) async throws -> NotifyDecisions.Notice {
        try await desk.perform(
            NotifyDecisions(call: call.id, wave: wave.id, head: head, shelf: candidacies.shelf), as: agent)
    }

    /// Retained, waiting, refused; texts written; told.
    func told(_ wave: CallWave) async throws {
        try await decide(0, words(.retained, amount: 5_000_00))
        try await decide(1, words(.waiting, rank: 1))
        try await decide(2, words(.refused))
        try await writeTexts()
        try await notify(wave)
    }

    func own(_ index: Int) async throws -> [Decision] {
        let (lead, id) = (leads[index], dossiers[index])
        return try await database.read { try DecisionStore.notified(lead, id, $0) }
    }

    func board(_ wave: CallWave) async throws -> DecisionBoard {
        let (call, agent, now) = (call, agent, candidacies.clock.now)
        return try await database.read { try DecisionBoard.of(call, wave: wave.id, agent, at: now, $0) }
    }

    func traces() async throws -> [Int] {
        let tables: [SQL] = [
            "selection_plan", "selection_entry", "selection_run", "decision", "decision_reason", "decision_letter",
            "decision_appeal", "decision_publication", "result_consent",
        ]
        let before = try await candidacies.traces()
        return try await database.read { reader in
            try before + tables.map { try reader.count("SELECT COUNT(*) FROM \($0)") } + [
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM decision"),
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM selection_plan"),
                try reader.count("SELECT COUNT(*) FROM decision WHERE notified_at IS NOT NULL"),
                try reader.count("SELECT COUNT(*) FROM decision WHERE superseded_at IS NOT NULL"),
                try reader.count("SELECT COUNT(*) FROM decision_appeal WHERE state = 'depose'"),
            ]
        }
    }
}
