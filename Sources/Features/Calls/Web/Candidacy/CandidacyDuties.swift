import Maillage
import Markup

/// « À vous : 3 questions », with a link to each, and what was said that is still open.
struct CandidacyDuties: View {
    var reading: CandidacyReading
    var company: CandidacyCompany

    func render(into html: inout HTML) {
        let duties = reading.dossier.review.duties(of: company.own, company.assignments)
        let open = company.remarks.filter(\.isOpen)
        if !duties.isEmpty {
            html.section(.class("card")) { html in
                html.h2("À vous\u{202F}: " + Format.count(duties.count, "question", "questions"))
                html.ul { html in
                    for duty in duties {
                        html.li { html in
                            html.a(
                                Format.typography(duty.question.label),
                                .href(
                                    Paths.candidacySection(reading.id, duty.section) + "#"
                                        + QuestionField.anchor(of: duty.question.key)))
                        }
                    }
                }
            }
        }
        guard !open.isEmpty else { return }
        let state = reading.dossier.review.state
        html.section(.class("card")) { html in
            html.h2(Format.count(open.count, "commentaire ouvert", "commentaires ouverts"))
            html.ul { html in
                for key in Set(open.map(\.question)).sorted() {
                    guard let section = reading.dossier.review.section(of: key) else { continue }
                    let label = state.compiled.form.question(key)?.label ?? key
                    html.li { html in
                        html.a(
                            Format.typography(label),
                            .href(
                                Paths.candidacySection(reading.id, section) + "#" + QuestionField.anchor(of: key)))
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
}
