import Forms
import Maillage
import Markup

/// The first page of the builder: with what to begin.
struct BuilderStartView: View {
    var call: CallReading
    var maturity: String
    var problems = Problems()
    var tokens = FormTokens.sample

    private var present: CallForm? { call.forms.first { $0.maturity == maturity } }

    func render(into html: inout HTML) {
        let paths = BuilderPaths(slug: call.slug, maturity: maturity)
        html.h1("Composer le formulaire")
        html.p("\(call.call.title) – \(BuilderReading.words(of: maturity).lowercased())", .class("lead"))
        html.add(ErrorSummary(problems, reassurance: ""))
        if [.closed, .cancelled].contains(call.phase) {
            html.p("Cet appel est clos ou annulé\u{202F}: son formulaire ne change plus.")
            html.p { $0.a("Retour aux sections", .href(Paths.call(call.slug, .edit))) }
            return
        }
        html.p(
            "Vous composez un brouillon, que seule votre équipe voit. Rien ne change pour les candidats tant que vous ne l’avez pas "
                + "enregistré comme dossier de l’appel. Chaque geste s’annule.")
        html.ul(.class("cards")) { html in
            if let present {
                card(
                    "Reprendre le dossier en usage", "«\u{202F}\(present.title)\u{202F}», version \(present.version).",
                    "Reprendre ce dossier", "", paths, isFirst: true, &html)
            }
            card(
                "Partir d’une page blanche", "Vous ajoutez les sections et les questions une à une.",
                "Commencer à vide", "vide", paths, isFirst: present == nil, &html)
            for sample in BuilderPages.samples {
                card(
                    sample.form.title,
                    sample.words + " " + Format.count(sample.form.questions.count, "question.", "questions."),
                    "Partir de ce modèle", sample.key, paths, isFirst: false, &html)
            }
        }
        html.p {
            $0.a("Retour aux sections de l’appel", .href(Paths.call(call.slug, .edit)))
        }
    }

    private func card(
        _ title: String, _ words: String, _ button: String, _ start: String, _ paths: BuilderPaths, isFirst: Bool,
        _ html: inout HTML
    ) {
        html.li(.class("card")) { html in
            html.h2(Format.typography(title))
            html.p(Format.typography(words))
            html.form(.method("post"), .action(paths.overview)) { html in
                html.add(HiddenField(tokens.token(paths.overview)))
                html.add(HiddenField("depart", start))
                html.button(.type("submit"), .class("button", isFirst ? "button-primary" : nil)) { html in
                    html.text(button)
                    html.span("\u{202F}: \(title)", .class("visually-hidden"))
                }
            }
        }
    }
}
