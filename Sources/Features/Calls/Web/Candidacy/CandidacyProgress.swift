import Forms
import Maillage
import Markup

/// The sections with how far each has come.
struct CandidacyProgress: View {
    var reading: CandidacyReading

    func render(into html: inout HTML) {
        let state = reading.dossier.review.state
        let sections = state.compiled.form.sections.filter { state.isSectionShown($0.key) }
        html.section { html in
            html.h2("Le dossier")
            html.ol(.class("progress")) { html in
                for section in sections {
                    let progress = state.progress(of: section.key)
                    html.li { html in
                        html.a(section.title, .href(Paths.candidacySection(reading.id, section.key)))
                        html.text(" ")
                        if progress.blocking == 0 {
                            html.add(Badge("complet", .good))
                        } else {
                            html.add(
                                Badge(
                                    "\(Format.number(progress.requiredAnswered)) sur \(Format.number(progress.required))",
                                    .warn))
                        }
                    }
                }
            }
        }
    }
}

/// Everything that prevents the deposit, each line leading to its spot.
struct CandidacyShortfalls: View {
    var reading: CandidacyReading
    /// On the page that checks, an empty list is said.
    var saysNothing = false

    func render(into html: inout HTML) {
        let shortfalls = reading.dossier.review.shortfalls
        guard !shortfalls.isEmpty else {
            if saysNothing { html.p("Rien ne manque.") }
            return
        }
        html.section { html in
            html.h2("Il manque " + Format.count(shortfalls.count, "élément", "éléments"), .id("manque"))
            html.ul { html in
                for shortfall in shortfalls {
                    html.li { html in
                        html.a(Format.typography(shortfall.about), .href(link(shortfall.place)))
                        html.text("\u{202F}: \(shortfall.message)")
                    }
                }
            }
        }
    }

    private func link(_ place: CandidacyShortfall.Place) -> String {
        switch place {
        case .question(let section, let key):
            // A rule that names no question leads to the section.
            key.isEmpty
                ? Paths.candidacySection(reading.id, section)
                : Paths.candidacySection(reading.id, section) + "#" + QuestionField.anchor(of: key)
        case .partner: Paths.candidacy(reading.id, .team)
        case .heading, .form: Paths.candidacy(reading.id)
        }
    }
}
