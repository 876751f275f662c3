import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/questions`: anybody asks; the team answers for everybody.
enum CallQuestionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func ask(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        do {
            _ = try await visit.perform(
                AskCallQuestion(call: reading.call.id, question: visit.form["question"] ?? "", from: visit.origin))
            return .done(
                "Merci\u{202F}! Votre question est transmise. La réponse sera publiée sur la page de l’appel.",
                to: Paths.call(reading.slug))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func answer(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let id = try visit.identifier("question", of: CallQuestion.ID.self)
        do {
            let isDismissed = visit.form.text("action") == "ecarter"
            if !isDismissed, visit.form.text("reponse") == nil {
                throw Problems("reponse", "Écrivez la réponse, ou écartez la question.")
            }
            _ = try await visit.perform(
                AnswerCallQuestion(
                    question: id, wording: visit.form["question"] ?? "",
                    answer: isDismissed ? "" : visit.form["reponse"] ?? "", head: visit.head))
            return .done(
                isDismissed ? "La question est écartée." : "La réponse est publiée.",
                to: Paths.call(reading.slug, .questions))
        } catch let problems as Problems {
            return try await page(visit, problems, answering: id)
        }
    }

    private static func page(
        _ visit: Visit, _ problems: Problems, answering: CallQuestion.ID? = nil
    ) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        guard reading.call.state != .draft else { throw Missing() }
        let id = reading.call.id
        var view = CallQuestionsView(
            reading: reading, form: visit.form, problems: problems, tokens: FormTokens(visit))
        view.answering = answering
        if reading.mayEdit { view.waiting = try await visit.read { try CallQuestionStore.waiting(on: id, $0) } }
        var head = reading.head("Questions")
        head.hasErrors = !problems.isEmpty
        head.scripts = ["counter.js"]
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The form to ask, and for the team the questions that wait.
struct CallQuestionsView: View {
    var reading: CallReading
    var waiting: [CallQuestion] = []
    var form: Fields
    var problems: Problems
    var answering: CallQuestion.ID?
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Questions sur l’appel")
        html.p(reading.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        if reading.mayEdit { renderWaiting(into: &html) }
        if reading.phase == .open || reading.phase == .coming {
            html.section { html in
                html.h2("Poser une question")
                html.p(
                    "La réponse sera publiée pour tout le monde, sans votre nom. N’écrivez rien de personnel ici.")
                html.writingForm(to: Paths.call(reading.slug, .questions), tokens) { html in
                    html.add(
                        TextArea(
                            "question", "Votre question", value: answering == nil ? form["question"] : nil,
                            error: answering == nil ? problems.message("question") : nil, rows: 4,
                            recommendedLength: 1_500))
                    html.actions { $0.submit("Envoyer la question") }
                }
            }
        } else {
            html.p("Cet appel n’est plus ouvert aux questions.")
        }
        html.add(CallPublishedAnswers(reading: reading))
    }

    private func renderWaiting(into html: inout HTML) {
        html.section { html in
            html.h2("À traiter")
            if waiting.isEmpty { html.p("Aucune question n’attend.", .class("muted")) }
            for question in waiting {
                let isThis = question.id == answering
                html.writingForm(to: Paths.callQuestion(reading.slug, question.id), tokens) { html in
                    html.group("Question du \(Format.moment(question.askedAt))") { html in
                        html.add(
                            TextArea(
                                "question", "La question, telle qu’elle sera publiée",
                                value: isThis ? form["question"] : question.question, rows: 3))
                        html.add(
                            TextArea(
                                "reponse", "La réponse, pour tout le monde", value: isThis ? form["reponse"] : nil,
                                error: isThis ? problems.message("reponse") : nil, rows: 4))
                        html.actions { html in
                            html.submit("Publier la réponse", name: "action", value: "publier")
                            html.submit("Écarter la question", name: "action", value: "ecarter", style: .quiet)
                        }
                    }
                }
            }
        }
    }
}

/// The answers already given.
struct CallPublishedAnswers: View {
    var reading: CallReading

    func render(into html: inout HTML) {
        guard !reading.questions.isEmpty else { return }
        html.section { html in
            html.h2("Déjà répondu")
            for question in reading.questions {
                html.details(.class("question")) { html in
                    html.summary(Format.typography(question.question))
                    html.add(PlainProse(text: question.answer))
                    if let at = question.answeredAt { html.p("Réponse du \(Format.day(at)).", .class("muted")) }
                }
            }
        }
    }
}
