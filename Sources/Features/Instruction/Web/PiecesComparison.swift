import Forms
import Maillage
import Markup

/// What a request reopened: each question before, and after once the answer was sent.
struct PiecesComparison: View {
    var request: PiecesRequest
    /// The form of the deposit; nil for what came on paper.
    var form: Form?
    /// What was told to the candidate of each question.
    var showsReasons = false
    /// The address of a document, for the one who reads.
    var file: (CandidacyFile.ID) -> String

    func render(into html: inout HTML) {
        for item in request.items {
            let question = form?.question(item.question)
            html.h3(Format.typography(question?.label ?? item.question))
            if showsReasons { html.p(Format.typography(item.reason), .class("muted")) }
            html.dl(.class("facts")) { html in
                html.dt("Avant")
                html.dd { $0.add(AnswerRead(question: question, value: request.former[item.question], file: file)) }
                guard request.state == .answered else { return }
                html.dt("Après")
                html.dd { html in
                    if request.former[item.question] == request.answers[item.question] {
                        html.text("inchangé")
                    } else {
                        html.add(AnswerRead(question: question, value: request.answers[item.question], file: file))
                    }
                }
            }
        }
    }
}
