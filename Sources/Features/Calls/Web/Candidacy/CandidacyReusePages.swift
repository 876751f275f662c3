import Forms
import Maillage
import Markup

/// `/candidatures/{id}/reprise`: « Reprendre mes réponses de… », with the choice of each.
enum CandidacyReusePages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await CandidacyReading.find(visit), visit.query.text("de"), Problems())
    }

    static func take(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let from = visit.form.text("de")
        guard let earlier = from.flatMap({ Candidacy.ID(text: $0) }) else { throw Missing() }
        do {
            let changed = try await visit.perform(
                TakeOverAnswers(
                    candidacy: reading.id, version: visit.form.int("version") ?? 0, earlier: earlier,
                    keys: visit.form.values("reponse"), shelf: visit.reception.forms))
            return .done(
                Format.count(changed.count, "réponse reprise", "réponses reprises")
                    + "\u{202F}: relisez-les, l’historique garde ce qu’il y avait avant.",
                to: Paths.candidacy(reading.id))
        } catch let problems as Problems {
            return try await page(visit, reading, from, problems)
        } catch is Conflict {
            return try await page(
                visit, try await CandidacyReading.find(visit), from,
                Problems("", "Le dossier a changé entre-temps\u{202F}: vérifiez vos choix, puis recommencez."))
        }
    }

    private static func page(
        _ visit: Visit, _ reading: CandidacyReading, _ from: String?, _ problems: Problems
    ) async throws -> Answer {
        let (principal, shelf, candidacy) = (visit.principal, visit.reception.forms, reading.candidacy)
        let id = from.flatMap { Candidacy.ID(text: $0) }
        let (others, chosen) = try await visit.read { reader in
            (
                try CandidacyStore.own(principal, reader).filter { $0.id != candidacy.id && $0.channel == .online },
                try id.map { try AnswerOffer.own(principal, $0, for: candidacy, shelf: shelf, reader) }
            )
        }
        var view = CandidacyReuseView(reading: reading, others: others)
        view.chosen = chosen?.earlier
        view.values = chosen?.offer.values ?? [:]
        view.problems = problems
        view.ticked = visit.form.has("de") ? Set(visit.form.values("reponse")) : nil
        view.tokens = FormTokens(visit)
        return visit.page(
            reading.head("Reprendre des réponses", crumb: "Reprise", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct CandidacyReuseView: View {
    var reading: CandidacyReading
    var others: [Candidacy]
    var chosen: Candidacy?
    var values: [String: AnswerValue] = [:]
    var problems = Problems()
    /// What was ticked; nil for what is proposed.
    var ticked: Set<String>?
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Reprendre des réponses")
        html.p(reading.candidacy.name, .class("lead"))
        html.add(ErrorSummary(problems))
        guard let chosen else {
            renderChoice(into: &html)
            return
        }
        html.p("Reprendre de «\u{A0}\(chosen.name)\u{A0}», modifiée \(Format.ago(chosen.updatedAt, reading.now)).")
        let sections = reading.dossier.review.state.compiled.form.sections.filter { section in
            reading.dossier.mayWrite(section.key, at: reading.now) && section.questions.contains { isOffered($0) }
        }
        guard !sections.isEmpty else {
            html.add(
                EmptyState(
                    "Rien à reprendre",
                    "Aucune question n’est commune aux deux dossiers, ou vos réponses sont déjà les mêmes."))
            return
        }
        html.p(
            "Ce qui est vide ici est coché. Ce que vous avez déjà écrit ne l’est pas\u{202F}: cochez-le pour le remplacer. "
                + "Pièces jointes et attestations se donnent à nouveau.")
        html.writingForm(to: Paths.candidacy(reading.id, .reuse), tokens) { html in
            html.add(HiddenField("de", chosen.id.text))
            html.add(HiddenField("version", String(reading.candidacy.version)))
            for section in sections {
                html.fieldset(.class("group")) { html in
                    html.legend(section.title)
                    for question in section.questions where isOffered(question) { renderLine(question, into: &html) }
                }
            }
            html.actions { html in
                html.submit("Reprendre les réponses cochées")
                html.a("Revenir à la candidature", .href(Paths.candidacy(reading.id)))
            }
        }
    }

    private func isOffered(_ question: Question) -> Bool {
        guard let value = values[question.key] else { return false }
        return value != reading.candidacy.answers[question.key]
    }

    private func renderLine(_ question: Question, into html: inout HTML) {
        let id = "reprise-" + question.key.replacing("_", with: "-")
        let own = AnswerText.text(of: question, reading.candidacy.answers[question.key])
        let isTicked = ticked?.contains(question.key) ?? (own == nil)
        html.div(.class("choice")) { html in
            html.input(.type("checkbox"), .id(id), .name("reponse"), .value(question.key), .checked(isTicked))
            html.label(.for(id)) { html in
                html.strong(Format.typography(question.label))
                html.span(
                    Format.excerpt(AnswerText.text(of: question, values[question.key]) ?? "", limit: 300),
                    .class("help"))
                if let own {
                    html.span("Remplacerait\u{202F}: " + Format.excerpt(own, limit: 300), .class("help"))
                }
            }
        }
    }

    private func renderChoice(into html: inout HTML) {
        guard !others.isEmpty else {
            html.add(
                EmptyState(
                    "Aucune autre candidature",
                    "Vos prochaines candidatures pourront reprendre les réponses de celle-ci."))
            return
        }
        html.p("De quelle candidature\u{202F}? Vous choisirez ensuite chaque réponse.")
        html.ul { html in
            for other in others {
                html.li { html in
                    html.a(other.name, .href(Paths.candidacyReuse(reading.id, from: other.id)))
                    html.text(
                        ", \(other.state.label.lowercased()), modifiée \(Format.ago(other.updatedAt, reading.now))")
                    if let place = other.place, place == reading.candidacy.place { html.text(", même lieu") }
                }
            }
        }
    }
}
