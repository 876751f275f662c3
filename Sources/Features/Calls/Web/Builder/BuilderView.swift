import Forms
import Maillage
import Markup

/// The form being written: its sections and questions in order, what is wrong with it, and what may be done.
struct BuilderView: View {
    var reading: BuilderReading
    var problems = Problems()
    var tokens = FormTokens.sample

    private var form: Form { reading.form }
    private var paths: BuilderPaths { reading.paths }

    func render(into html: inout HTML) {
        let issues = FormCheck.issues(of: form)
        let hints = WritingHints(form, maturity: reading.maturity.isEmpty ? nil : reading.maturity)
        html.p(.class("row")) { html in
            html.add(Badge("Brouillon du formulaire", .warn))
            html.span(reading.stageWords, .class("muted"))
        }
        html.h1(form.title.isEmpty ? "Formulaire sans titre" : Format.typography(form.title))
        html.p(.class("lead")) { html in
            html.text(reading.call.call.title + ". ")
            html.a("Changer le titre et l’introduction", .href(paths.heading))
        }
        html.add(ErrorSummary(problems, reassurance: ""))
        renderToolbar(issues, into: &html)
        html.div(.class("with-aside")) { html in
            html.div { html in
                if form.sections.isEmpty { renderFirstSteps(into: &html) }
                for (index, section) in form.sections.enumerated() {
                    html.add(
                        BuilderSectionView(
                            reading: reading, section: section, index: index, issues: issues, hints: hints.hints,
                            tokens: tokens))
                }
                html.p(.class("actions")) { html in
                    html.a(.href(paths.newSection), .class("button")) { html in
                        html.add(Icon.plus)
                        html.text("Ajouter une section")
                    }
                    html.a("Copier d’un modèle ou d’un autre appel", .href(paths.copy), .class("button"))
                }
                html.add(BuilderRulesView(reading: reading, issues: issues, tokens: tokens))
            }
            html.aside(.aria("label", "Le formulaire")) { html in
                renderIssues(issues, into: &html)
                renderMeasures(hints, into: &html)
                renderPages(into: &html)
            }
        }
    }

    private func renderToolbar(_ issues: [FormIssue], into html: inout HTML) {
        html.div(.class("builder-bar")) { html in
            html.p { html in
                html.text("Dernier geste\u{202F}: \(reading.draft.step.words)")
                html.span(
                    ", \(reading.name(reading.draft.step)), \(Format.ago(reading.draft.step.at, reading.call.now)).",
                    .class("muted"))
            }
            if let neighbour = reading.neighbour {
                html.p(
                    "\(reading.name(neighbour)) travaille aussi sur ce formulaire\u{202F}: vous pouvez continuer, chacun sur ses questions.",
                    .class("builder-neighbour"))
            }
            html.div(.class("row")) { html in
                quick("Annuler", "annuler", isEnabled: reading.draft.step.former > 0, &html)
                quick("Rétablir", "retablir", isEnabled: reading.draft.step.later > 0, &html)
                html.a("Essayer comme un candidat", .href(paths.preview), .class("button"))
                html.a(
                    reading.call.call.state == .draft ? "Enregistrer comme dossier" : "Publier les changements",
                    .href(paths.filing), .class("button button-primary"))
            }
        }
    }

    private func quick(_ label: String, _ action: String, isEnabled: Bool, _ html: inout HTML) {
        html.form(.method("post"), .action(paths.overview)) { html in
            html.add(HiddenField(tokens.token(paths.overview)))
            html.add(HiddenField("version", String(reading.draft.version)))
            html.button(
                label, .type("submit"), .name("action"), .value(action), .class("button"), .disabled(!isEnabled))
        }
    }

    private func renderFirstSteps(into html: inout HTML) {
        html.add(
            EmptyState(
                "Le formulaire est vide",
                "Commencez par une section («\u{202F}Le projet\u{202F}», «\u{202F}Le budget\u{202F}»…), puis ajoutez-y des questions.",
                actions: [
                    (
                        "Ajouter la première section",
                        Link(path: "appels", reading.call.slug, "formulaire", paths.stage, "section")
                    ),
                    (
                        "Copier d’un modèle",
                        Link(path: "appels", reading.call.slug, "formulaire", paths.stage, "copier")
                    ),
                ]))
    }

    private func renderIssues(_ issues: [FormIssue], into html: inout HTML) {
        html.section(.class("card", issues.isEmpty ? nil : "card-warn"), .id("points")) { html in
            guard !issues.isEmpty else {
                html.h2("Rien à corriger")
                html.p("Le formulaire tient debout\u{202F}: il peut être enregistré.")
                return
            }
            html.h2(Format.count(issues.count, "point à corriger", "points à corriger"))
            html.ul { html in
                for issue in issues.prefix(30) {
                    html.li { html in
                        html.a(BuilderWords.place(issue.place, form), .href(paths.spot(issue.place, in: form)))
                        html.text("\u{202F}: \(issue.message)")
                    }
                }
            }
            if issues.count > 30 { html.p("Et \(issues.count - 30) autres.") }
        }
    }

    private func renderMeasures(_ hints: WritingHints, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Pour qui répond")
            html.p(
                Format.count(hints.questions, "question", "questions") + ", dont "
                    + Format.count(hints.required, "obligatoire", "obligatoires") + "\u{202F}; environ "
                    + Format.duration(minutes: hints.minutes) + ".")
            let general = hints.hints.filter { !$0.place.contains(".") }
            if !general.isEmpty { html.ul { html in for hint in general { html.li(hint.message) } } }
        }
    }

    private func renderPages(into html: inout HTML) {
        html.nav(.class("card"), .aria("label", "Autres pages du formulaire")) { html in
            html.ul { html in
                html.li { $0.a("Historique des gestes", .href(paths.history)) }
                html.li { $0.a("Exporter ou importer un fichier", .href(paths.file)) }
                html.li { $0.a("Dossiers de l’appel", .href(Paths.call(reading.call.slug, CallSection.Name.forms))) }
            }
            html.details { html in
                html.summary("Abandonner ce brouillon")
                html.p("Le dossier en usage ne change pas. Le brouillon et son historique sont perdus.")
                html.writingButton(
                    "Abandonner le brouillon", to: paths.overview, tokens, style: .danger,
                    fields: [("action", "abandonner"), ("version", String(reading.draft.version))])
            }
        }
    }
}

/// Words of the builder's pages.
enum BuilderWords {
    /// A place of an issue by its label: the question, the section or the rule.
    static func place(_ place: String, _ form: Form) -> String {
        let parts = place.split(separator: ".").map(String.init)
        guard let first = parts.first else { return "Formulaire" }
        if first == "regles" { return "Règle" }
        guard let section = form.sections.first(where: { $0.key == first }) else { return "Formulaire" }
        guard parts.count > 1 else { return section.title.isEmpty ? "Section sans titre" : section.title }
        let spot = QuestionSpot(parts[1], column: parts.count > 2 ? parts[2] : nil)
        // Two questions may share a key by mistake: the one of this section is meant.
        let own = section.questions.first { $0.key == parts[1] }
        let question = spot.column == nil ? own : own?.kind.columns.first { $0.key == spot.column }
        let label = question?.label ?? parts[1]
        return label.isEmpty ? "Question sans intitulé" : Format.typography(label)
    }
}
