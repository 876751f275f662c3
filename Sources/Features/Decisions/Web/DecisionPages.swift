import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/decisions`: what the competent body decided, dossier by dossier, until the press that tells everybody.
enum DecisionPages {
    static let conflictWords =
        "Quelqu’un d’autre a changé ceci entre-temps\u{202F}: rien de ce que vous avez envoyé n’est enregistré. Voici ce qui vaut "
        + "maintenant\u{202F}; reprenez à partir de là."

    static func list(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func prepare(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let wave = try SelectionPages.wave(visit, reading)
        let form = visit.form
        do {
            guard let run = form.text("calcul").flatMap({ SelectionRun.ID(text: $0) }) else { throw Missing() }
            let count = try await visit.perform(
                PrepareDecisions(
                    call: reading.call.id, wave: wave, run: run, body: form["instance"] ?? "",
                    decidedOn: try DecisionForm.day(form), deliberation: form["deliberation"] ?? "",
                    reason: form["motif"] ?? ""))
            return .done(
                Format.count(count, "décision préparée", "décisions préparées")
                    + "\u{202F}: relisez-les avant de notifier.",
                to: Paths.decisions(reading.slug, wave))
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, Problems("", conflictWords), isConflict: true)
        }
    }

    static func notify(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let wave = try SelectionPages.wave(visit, reading)
        do {
            let notice = try await visit.perform(
                NotifyDecisions(call: reading.call.id, wave: wave, head: visit.head, shelf: visit.reception.forms))
            let post =
                notice.toPost.isEmpty
                ? ""
                : " " + Format.count(notice.toPost.count, "courrier est à imprimer", "courriers sont à imprimer")
                    + " et à poster, depuis la page du dossier."
            return .done(
                Format.count(notice.told, "décision notifiée", "décisions notifiées") + "." + post,
                to: Paths.decisions(reading.slug, wave))
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, Problems("", conflictWords), isConflict: true)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems, isConflict: Bool = false) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let asked = visit.form.text("vague") ?? visit.query.text("vague")
        let wave = asked.flatMap { CallWave.ID(text: $0) }
        if asked != nil, wave == nil { throw Missing() }
        let (principal, call, now) = (visit.principal, reading.call, visit.now)
        let board = try await visit.scan { try DecisionBoard.of(call, wave: wave, principal, at: now, $0) }
        var head = reading.head("Décisions")
        head.hasErrors = !problems.isEmpty
        let view = DecisionsView(
            reading: reading, board: board, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            head, status: problems.isEmpty ? .ok : isConflict ? .conflict : .unprocessableContent, view)
    }
}

/// A decision as forms have it.
enum DecisionForm {
    static let reasons = 5

    static func day(_ form: Fields) throws -> CivilDate {
        guard let day = form.text("date").flatMap({ CivilDate(iso: $0) }) else {
            throw Problems("date", "Donnez la date de la décision.")
        }
        return day
    }

    static func words(_ form: Fields) throws -> RecordDecision.Words {
        var problems = Problems()
        guard let outcome = Decision.Outcome(rawValue: form["decision"] ?? "") else {
            throw Problems("decision", "Choisissez ce qui est décidé.")
        }
        var words = RecordDecision.Words(outcome, body: form["instance"] ?? "", on: try day(form))
        words.deliberation = form["deliberation"] ?? ""
        words.conditions = form["conditions"] ?? ""
        words.departure = form["ecart"] ?? ""
        if let text = form.text("montant") {
            words.amount = WrittenAmount.cents(text)
            if words.amount == nil { problems.add("montant", "«\u{A0}\(text)\u{A0}» n’est pas un montant.") }
        }
        if let text = form.text("rang") {
            words.rank = WrittenNumber.whole(text.utf8)
            if words.rank == nil { problems.add("rang", "«\u{A0}\(text)\u{A0}» n’est pas un rang.") }
        }
        for index in 1...reasons {
            guard let text = form.text("motif-\(index)") else { continue }
            words.reasons.append(Decision.Reason(question: form["motif-\(index)-question"] ?? "", text))
        }
        try problems.throwIfAny()
        return words
    }
}
