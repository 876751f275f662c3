import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/selection`: scores, constraints, and the set that serves the call best, with its reasons.
enum SelectionPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func saveScores(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let wave = try wave(visit, reading)
        return try await attempt(visit) {
            var problems = Problems()
            let lines = SelectionPaste.read(visit.form["notes"] ?? "", &problems)
            try problems.throwIfAny()
            _ = try await visit.perform(
                SaveSelectionScores(
                    call: reading.call.id, wave: wave, version: visit.form.int("version") ?? 0, lines: lines))
            return .done(
                Format.count(lines.count, "dossier noté", "dossiers notés") + ".",
                to: Paths.selection(reading.slug, wave))
        }
    }

    static func saveRules(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let wave = try wave(visit, reading)
        return try await attempt(visit) {
            var problems = Problems()
            let rules = SelectionRulesForm.read(visit.form, &problems)
            try problems.throwIfAny()
            _ = try await visit.perform(
                SetSelectionRules(
                    call: reading.call.id, wave: wave, version: visit.form.int("version") ?? 0, rules: rules))
            return .done("Les contraintes sont enregistrées.", to: Paths.selection(reading.slug, wave))
        }
    }

    static func run(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let wave = try wave(visit, reading)
        let (principal, call) = (visit.principal, reading.call)
        return try await attempt(visit) {
            // The search takes seconds: away from the threads that answer.
            let (runner, result) = try await visit.scan { reader in
                let runner = try DecisionBoard.runner(principal, of: call, wave, reader)
                guard !runner.lines.isEmpty else { throw Problems("notes", "Donnez d’abord les notes des dossiers.") }
                return (runner, runner.run())
            }
            _ = try await visit.perform(
                RecordSelectionRun(
                    call: call.id, wave: wave, version: visit.form.int("version") ?? 0, runner: runner, result: result))
            return .redirect(to: Paths.selection(reading.slug, wave) + "#proposition")
        }
    }

    static func wave(_ visit: Visit, _ reading: CallReading) throws -> CallWave.ID {
        guard let wave = visit.form.text("vague").flatMap({ CallWave.ID(text: $0) }), reading.call.wave(wave) != nil
        else {
            throw Missing()
        }
        return wave
    }

    private static func attempt(_ visit: Visit, _ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, Problems("", DecisionPages.conflictWords), isConflict: true)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems, isConflict: Bool = false) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let asked = (visit.form.text("vague") ?? visit.query.text("vague"))
        let wave = asked.flatMap { CallWave.ID(text: $0) }
        if asked != nil, wave == nil { throw Missing() }
        let (principal, call, now) = (visit.principal, reading.call, visit.now)
        let (board, scores) = try await visit.scan { reader in
            let board = try DecisionBoard.of(call, wave: wave, principal, at: now, reader)
            return (board, try JuryScores.of(principal, call, wave: board.wave.id, at: now, reader))
        }
        var head = reading.head("Sélection")
        head.hasErrors = !problems.isEmpty
        var coverage: SelectionCoverageView?
        if let result = board.runs.first?.result, result.outcome == .chosen {
            let figures = SelectionCoverage(board.lines, result.grants, visit.reception.gazetteer.present)
            let ground = try await ContourFiles.ground(visit.reception.atlas)
            coverage = SelectionCoverageView(coverage: figures, map: figures.map(ground))
        }
        let view = SelectionView(
            reading: reading, board: board, scores: scores, takesScores: visit.query["reprendre"] == "jury",
            coverage: coverage,
            problems: problems, form: isConflict ? Fields() : visit.form,
            tokens: FormTokens(visit))
        return visit.page(
            head, status: problems.isEmpty ? .ok : isConflict ? .conflict : .unprocessableContent, view)
    }
}

/// The constraints as a form has them.
enum SelectionRulesForm {
    static let quotas = 4

    static func read(_ form: Fields, _ problems: inout Problems) -> SelectionRules {
        var rules = SelectionRules()
        rules.envelope = amount(form, "enveloppe", &problems)
        rules.most = whole(form, "nombre", &problems)
        rules.perTerritory = whole(form, "par_territoire", &problems)
        rules.reserve = whole(form, "reserve", &problems) ?? 0
        if let text = form.text("seuil") {
            rules.threshold = ScoreText.read(text)
            if rules.threshold == nil { problems.add("seuil", "«\u{A0}\(text)\u{A0}» n’est pas une note.") }
        }
        for index in 1...quotas {
            let field = "quota-\(index)"
            guard let text = form.text(field) else { continue }
            let sense = SelectionRules.Quota.Sense(rawValue: form[field + "-sens"] ?? "") ?? .atLeast
            let (isShare, isMoney) = (text.contains("%"), form[field + "-quoi"] == "argent")
            let value =
                isShare
                ? WrittenAmount.points(text) : isMoney ? WrittenAmount.cents(text) : WrittenNumber.whole(text.utf8)
            guard let value else {
                let kind = isMoney ? "un montant" : "un nombre"
                problems.add(
                    field, "«\u{A0}\(text)\u{A0}» n’est ni \(kind), ni une part comme «\u{A0}50\u{A0}%\u{A0}».")
                continue
            }
            rules.quotas.append(
                SelectionRules.Quota(
                    sense, value, isShare: isShare, isMoney: isMoney, tag: form[field + "-etiquette"] ?? ""))
        }
        for (field, included) in [("retenus", true), ("ecartes", false)] {
            guard let text = form.text(field) else { continue }
            guard let numbers = SelectionPaste.numbers(text) else {
                problems.add(field, "Donnez des numéros de récépissés, séparés par des virgules.")
                continue
            }
            if included { rules.included = numbers } else { rules.excluded = numbers }
        }
        rules.reason = form["motif"] ?? ""
        return rules
    }

    private static func amount(_ form: Fields, _ field: String, _ problems: inout Problems) -> Int? {
        guard let text = form.text(field) else { return nil }
        let cents = WrittenAmount.cents(text)
        if cents == nil { problems.add(field, "«\u{A0}\(text)\u{A0}» n’est pas un montant.") }
        return cents
    }

    private static func whole(_ form: Fields, _ field: String, _ problems: inout Problems) -> Int? {
        guard let text = form.text(field) else { return nil }
        let number = WrittenNumber.whole(text.utf8)
        if number == nil { problems.add(field, "«\u{A0}\(text)\u{A0}» n’est pas un nombre entier.") }
        return number
    }
}
