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
                        let isGathered = section.key == Form.partners && reading.dossier.review.asksPartners
                        if isGathered {
                            let present = reading.dossier.review.parts.filter(\.isPresent)
                            let done = present.count { $0.partner.state == .committed }
                            html.add(
                                Badge(
                                    "\(done) sur \(Format.count(present.count, "partenaire engagé", "partenaires engagés"))",
                                    done == present.count && done > 0 ? .good : .warn))
                        } else if progress.blocking == 0 {
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
                        html.a(Format.typography(shortfall.about), .href(Self.link(shortfall.place, of: reading.id)))
                        html.text("\u{202F}: \(shortfall.message)")
                    }
                }
            }
        }
    }

    static func link(_ place: CandidacyShortfall.Place, of id: Candidacy.ID) -> String {
        switch place {
        case .question(let section, let key):
            // A rule that names no question leads to the section.
            key.isEmpty
                ? Paths.candidacySection(id, section)
                : Paths.candidacySection(id, section) + "#" + QuestionField.anchor(of: key)
        case .part(let partner, let section, let key):
            Paths.partSection(id, partner, section, query: [("verifier", "1")]) + "#" + QuestionField.anchor(of: key)
        case .partner: Paths.candidacy(id, .team)
        case .eligibility: Paths.candidacy(id, .check) + "#conditions"
        case .heading, .form: Paths.candidacy(id)
        }
    }
}
