import Exchange
import Maillage
import Selection

/// What followed the call of Lens-Liévin: a selection under constraints, decisions told at the same instant, a place that freed, an
/// appeal. What is decided is invented.
struct DemoDecisions {
    let writer: DemoWriter
    let call: Call
    let people: [String: Principal]
    let coordinator: Principal
    /// Of the call’s team since its instruction: answers the appeal, having recorded no decision.
    let funder: Principal

    private static let body = "Bureau communautaire"

    func build() async throws {
        guard let wave = call.settings.waves.first else { return }
        let board = try await board(wave)
        guard board.lines.count >= 3 else { return }
        try await select(wave, board)
        try await decide(wave, board)
        try await follow(wave, board)
    }

    private func on(_ year: Int, _ month: Int, _ day: Int, _ hour: Int) -> DemoWriter {
        writer.at(
            Instant(microseconds: CivilZone.paris.utc(of: CivilTime(date(year, month, day), minuteOfDay: hour * 60))))
    }

    private func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSince1970: 18_600)
    }

    private func board(_ wave: CallWave) async throws -> DecisionBoard {
        let (call, coordinator, now) = (call, coordinator, on(2020, 12, 1, 9).desk.surroundings.now())
        return try await writer.desk.database.read {
            try DecisionBoard.of(call, wave: wave.id, coordinator, at: now, $0)
        }
    }

    /// What the jury thought of each, by the start of its name; the others are left out of the selection.
    private static let scores: [(name: String, score: Int, amount: Int, tags: [String], commune: String)] = [
        ("L’Établi des Corons", 1_675, 2_000_000, ["QPV", "ouvert"], "Lens"),
        ("Une cantine au pied du terril", 1_420, 1_500_000, ["intention"], "Loos-en-Gohelle"),
        ("La Halle aux vélos", 1_435, 1_500_000, ["QPV", "émergence"], "Liévin"),
        ("La Ruche minière", 1_390, 1_200_000, ["QPV", "émergence"], "Lens"),
    ]

    private func select(_ wave: CallWave, _ board: DecisionBoard) async throws {
        let lines = board.lines.compactMap { line -> SaveSelectionScores.Line? in
            guard let known = Self.scores.first(where: { line.candidacy.name.hasPrefix($0.name) }),
                let score = ExactScore(known.score, over: 100)
            else { return nil }
            return SaveSelectionScores.Line(
                number: line.deposit.number, score: score, minimum: known.amount, maximum: known.amount,
                tags: known.tags, territory: known.commune)
        }
        let version = try await on(2020, 12, 1, 14).desk.perform(
            SaveSelectionScores(call: call.id, wave: wave.id, version: 0, lines: lines), as: coordinator
        ).version
        var rules = SelectionRules()
        rules.envelope = 3_500_000
        rules.quotas = [.init(.atLeast, 5_000, isShare: true, tag: "QPV")]
        rules.reserve = 1
        let plan = try await on(2020, 12, 1, 15).desk.perform(
            SetSelectionRules(call: call.id, wave: wave.id, version: version, rules: rules), as: coordinator)
        let (call, coordinator) = (call, coordinator)
        let runner = try await writer.desk.database.read {
            try DecisionBoard.runner(coordinator, of: call, wave.id, $0)
        }
        _ = try await on(2020, 12, 1, 16).desk.perform(
            RecordSelectionRun(
                call: call.id, wave: wave.id, version: plan.version, runner: runner, result: runner.run()),
            as: coordinator)
    }

    private func words(_ outcome: Decision.Outcome, _ day: CivilDate) -> RecordDecision.Words {
        var words = RecordDecision.Words(outcome, body: Self.body, on: day)
        words.deliberation = "20 B 0412"
        return words
    }

    private func decide(_ wave: CallWave, _ board: DecisionBoard) async throws {
        let day = date(2020, 12, 10)
        for line in board.lines {
            var words: RecordDecision.Words
            if line.candidacy.name.hasPrefix("L’Établi") {
                words = self.words(.retained, day)
                words.amount = 1_800_000
                words.conditions = "Le montant est ramené à 90 % de la demande."
            } else if line.candidacy.name.hasPrefix("La Halle") {
                words = self.words(.retained, day)
                words.amount = 1_500_000
            } else if line.candidacy.name.hasPrefix("Une cantine") {
                words = self.words(.waiting, day)
                words.rank = 1
            } else {
                words = self.words(.refused, day)
                words.reasons = [
                    .init("L’enveloppe est épuisée par les projets mieux notés."),
                    .init(question: "resume", "Dites qui tiendra l’atelier, et combien d’heures par semaine."),
                ]
            }
            _ = try await on(2020, 12, 11, 10).desk.perform(
                RecordDecision(candidacy: line.candidacy.id, version: 0, words: words), as: coordinator)
        }
        var texts = DecisionTexts.usual(for: call)
        texts.signatory = "Dominique Petit, vice-président (démo)"
        _ = try await on(2020, 12, 11, 11).desk.perform(SetDecisionTexts(texts: texts), as: coordinator)
        _ = try await on(2020, 12, 14, 9).desk.perform(
            NotifyDecisions(call: call.id, wave: wave.id, head: writer.office.head, shelf: writer.office.shelf),
            as: coordinator)
        _ = try await on(2020, 12, 16, 9).desk.perform(
            PublishResults(call: call.id, wave: wave.id), as: coordinator)
    }

    /// The envelope grows: the first of the list takes the place. One who was retained contests the amount, and is heard.
    private func follow(_ wave: CallWave, _ board: DecisionBoard) async throws {
        func line(_ start: String) -> DecisionBoard.Line? { board.lines.first { $0.candidacy.name.hasPrefix(start) } }
        let head = writer.office.head
        var rules = try await self.board(wave).plan?.rules ?? SelectionRules()
        rules.envelope = 5_000_000
        _ = try await on(2021, 1, 8, 17).desk.perform(
            SetSelectionRules(call: call.id, wave: wave.id, version: 2, rules: rules), as: coordinator)
        if let next = line("Une cantine") {
            var words = words(.retained, date(2021, 1, 14))
            words.deliberation = "21 B 0007"
            words.amount = 1_500_000
            _ = try await on(2021, 1, 15, 10).desk.perform(
                CallFromWaitingList(
                    candidacy: next.candidacy.id, version: 1, words: words, head: head, shelf: writer.office.shelf),
                as: coordinator)
        }
        guard let contested = line("L’Établi"), let lead = people["editor"] else { return }
        let appeal = try await on(2021, 1, 20, 19).desk.perform(
            LodgeAppeal(
                candidacy: contested.candidacy.id,
                grounds:
                    "Le devis de la toiture n’a pas été compté\u{202F}: les travaux ne tiennent pas à 18\u{202F}000\u{A0}€.",
                head: head), as: lead)
        var words = words(.retained, date(2021, 2, 4))
        words.deliberation = "21 B 0031"
        words.amount = 2_000_000
        _ = try await on(2021, 2, 5, 11).desk.perform(
            AnswerAppeal(
                appeal: appeal.id, answer: "Le devis avait été omis. Le montant demandé vous est accordé.",
                words: words, head: head, shelf: writer.office.shelf), as: funder)
    }
}
