import Forms
import Maillage
import Markup

/// « Ce qui a changé depuis la vague précédente »: the answers that are not the same, before and after.
struct DossierChangesView: View {
    var changes: DossierChanges
    var call: Call
    /// The dossier that is read.
    var id: Candidacy.ID

    func render(into html: inout HTML) {
        let former = changes.former
        html.section(.id("changements")) { html in
            html.h2("Ce qui a changé depuis la vague précédente")
            html.p(.class("row")) { html in
                html.a(former.name, .href(Paths.dossier(former.candidacy)))
                if let label = call.wave(former.wave)?.label, !label.isEmpty { html.text(label) }
                html.add(InstructionBadge(dossier: former))
            }
            guard !changes.questions.isEmpty else {
                html.p("Les réponses sont les mêmes, question par question.")
                return
            }
            html.p(
                Format.count(changes.questions.count, "réponse a changé.", "réponses ont changé.")
                    + " Les autres sont les mêmes.")
            for question in changes.questions {
                html.h3(Format.typography(question.label))
                html.dl(.class("facts")) { html in
                    html.dt("Avant")
                    html.dd { render(question, changes.before, former.candidacy, into: &$0) }
                    html.dt("Maintenant")
                    html.dd { render(question, changes.after, id, into: &$0) }
                }
            }
        }
    }

    private func render(_ question: Question, _ state: FormState, _ id: Candidacy.ID, into html: inout HTML) {
        // An answer reads by the question it was given to, which the form of an earlier wave may have asked otherwise.
        let asked = state.compiled.form.question(question.key) ?? question
        html.add(
            AnswerRead(question: asked, value: state.answers[question.key]) { Paths.dossierFile(id, $0) })
    }
}

/// One answer, as it reads outside its dossier: a text, documents, or the word that there is none.
struct AnswerRead: View {
    var question: Question?
    var value: AnswerValue?
    var file: (CandidacyFile.ID) -> String

    init(question: Question?, value: AnswerValue?, file: @escaping (CandidacyFile.ID) -> String) {
        self.question = question
        self.value = value
        self.file = file
    }

    func render(into html: inout HTML) {
        if case .files(let files) = value, !files.isEmpty {
            html.add(AnswerFiles(files: files, links: .elsewhere(file)))
        } else if let question, let text = AnswerText.text(of: question, value) {
            html.paragraphs(text)
        } else {
            html.span("sans réponse", .class("muted"))
        }
    }
}
