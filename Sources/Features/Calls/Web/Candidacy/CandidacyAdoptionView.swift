import Forms
import Maillage
import Markup

/// « Ce qui a changé »: what a new version of the form means for this candidacy, before one moves to it.
struct CandidacyAdoptionView: View {
    var candidacy: Candidacy
    /// The version the candidacy answers.
    var form: Form
    /// The version in use.
    var newer: CallForm
    /// The amendment that brought it, when it is known.
    var reason: String?
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.section(.class("card card-warn"), .id("ce-qui-a-change")) { html in
            html.h2("Le dossier de l’appel a changé")
            if candidacy.depositedVersion > 0 {
                html.p(
                    "Ce que vous avez déposé ne change pas\u{202F}: votre dépôt garde la version à laquelle il répond. La nouvelle version "
                        + "ne sert que si vous voulez déposer à nouveau.")
            }
            if let reason { html.p("Motif\u{202F}: \(Format.typography(reason))") }
            // A form that cannot be read is said by the page that adopts it.
            if let new = try? newer.questions() {
                render(DraftAdoption(candidacy.answers, from: form, to: new), into: &html)
            }
            html.p("Rien n’est perdu\u{202F}: ce qui n’a plus sa place est gardé.")
            html.writingButton(
                "Passer à la nouvelle version", to: Paths.candidacy(candidacy.id, .form), tokens, style: .primary)
        }
    }

    private func render(_ result: DraftAdoption, into html: inout HTML) {
        html.p(Format.count(result.kept, "réponse est gardée telle quelle.", "réponses sont gardées telles quelles."))
        list("À remplir ou à revoir", result.toAnswer, &html)
        list("Repris autrement", result.moved, &html)
        list("Plus demandé", result.removed, &html)
    }

    private func list(_ title: String, _ notes: [AnswerMigration.Note], _ html: inout HTML) {
        guard !notes.isEmpty else { return }
        html.h3(title)
        html.ul { html in for note in notes { html.li(Format.typography(note.message)) } }
    }
}
