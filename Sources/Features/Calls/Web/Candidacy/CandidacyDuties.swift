import Forms
import Maillage
import Markup

/// « À vous : 3 questions », with a link to each, and what was said that is still open: of one side of the dossier.
struct CandidacyDuties: View {
    var side: DossierSide
    var company: CandidacyCompany

    func render(into html: inout HTML) {
        let duties = CandidacyReview.duties(of: company.own, in: side.state, company.assignments)
        let open = company.remarks.filter(\.isOpen)
        if !duties.isEmpty {
            html.section(.class("card")) { html in
                html.h2("À vous\u{202F}: " + Format.count(duties.count, "question", "questions"))
                html.ul { html in
                    for duty in duties { html.li { link(to: duty.question, in: duty.section, &$0) } }
                }
            }
        }
        guard !open.isEmpty else { return }
        let sections = side.state.compiled.form.sections
        html.section(.class("card")) { html in
            html.h2(Format.count(open.count, "commentaire ouvert", "commentaires ouverts"))
            html.ul { html in
                for key in Set(open.map(\.question)).sorted() {
                    guard let section = sections.first(where: { $0.questions.contains { $0.key == key } }),
                        let question = section.questions.first(where: { $0.key == key })
                    else { continue }
                    html.li { html in
                        link(to: question, in: section.key, &html)
                        html.text(
                            ", "
                                + Format.list(
                                    Set(open.filter { $0.question == key }.map { company.name(of: $0.author) }).sorted()
                                ))
                    }
                }
            }
        }
    }

    private func link(to question: Question, in section: String, _ html: inout HTML) {
        html.a(
            Format.typography(question.label),
            .href(side.section(section) + "#" + QuestionField.anchor(of: question.key)))
    }
}
