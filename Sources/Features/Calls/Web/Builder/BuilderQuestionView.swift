import Forms
import Maillage
import Markup

/// The page of a question: what it says, who answers it, what is accepted.
struct BuilderQuestionView: View {
    var reading: BuilderReading
    var spot: QuestionSpot
    var question: Question
    var fields: Fields
    var problems = Problems()
    var tokens = FormTokens.sample

    private var paths: BuilderPaths { reading.paths }
    private var isComputed: Bool { question.kind.isComputed }

    func render(into html: inout HTML) {
        let table = spot.column == nil ? nil : reading.form.question(spot.question)
        html.p(.class("row")) { html in
            html.span(KindChoice.named(question.kind.word)?.name ?? "", .class("tag"))
            if let table { html.span("Colonne de «\u{202F}\(table.label)\u{202F}»", .class("muted")) }
        }
        html.h1(question.label.isEmpty ? "Question sans intitulé" : Format.typography(question.label))
        html.add(ErrorSummary(problems))
        html.div(.class("with-aside")) { html in
            html.div { html in
                html.writingForm(to: paths.question(spot), tokens) { html in
                    html.add(HiddenField("version", String(reading.draft.version)))
                    // The first button of a form answers the Enter key: it must not be one that moves a choice.
                    html.button(
                        "Enregistrer", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
                    renderWords(into: &html)
                    html.add(
                        BuilderKindFields(question: question, fields: fields, problems: problems, reading: reading))
                    if !isComputed { renderWho(into: &html) }
                    renderMore(into: &html)
                    html.actions { html in
                        html.submit("Enregistrer")
                        html.submit("Enregistrer et rester ici", name: "suite", value: "ici", style: .plain)
                        html.a("Revenir sans enregistrer", .href(back))
                    }
                }
                if question.kind.hasRows {
                    html.add(BuilderColumnsView(reading: reading, question: question, tokens: tokens))
                }
            }
            html.aside(.aria("label", "Cette question")) { html in renderAside(into: &html) }
        }
    }

    private var back: String {
        let place = (reading.form.section(of: spot.question)?.key ?? "") + "." + spot.question
        return spot.column == nil ? paths.overview(at: place) : paths.question(QuestionSpot(spot.question))
    }

    private func renderWords(into html: inout HTML) {
        html.add(
            TextField(
                "libelle", "La question", value: fields["libelle"], error: problems.message("libelle"),
                maximumLength: 300))
        html.add(
            TextArea(
                "aide", "Aide à la réponse", value: fields["aide"],
                help: "Ce qu’il faut savoir pour répondre, affiché sous la question.", error: problems.message("aide"),
                isRequired: false, rows: 2, recommendedLength: 300))
        if !isComputed {
            html.add(
                TextField(
                    "exemple", "Exemple de réponse", value: fields["exemple"], error: problems.message("exemple"),
                    isRequired: false, maximumLength: 300))
        }
    }

    private func renderWho(into html: inout HTML) {
        var options = [
            Option("non", "Facultative"), Option("oui", "Obligatoire", help: "À remplir avant le dépôt."),
        ]
        if case .requiredIf(let condition) = question.requirement {
            options.append(
                Option(
                    "si", "Obligatoire selon le cas",
                    help: "Si \(reading.sentence(spot.column == nil ? nil : spot.question).text(condition))."))
        }
        html.add(Choice("obligatoire", "La réponse est", options: options, value: fields["obligatoire"]))
        if spot.column == nil {
            html.add(HiddenField("etapes_vues", "1"))
            BuilderText.stages(Set(fields.values("etapes")), reading, into: &html)
        }
    }

    private func renderMore(into html: inout HTML) {
        html.details(.class("builder-more")) { html in
            html.summary("Pour aller plus loin")
            if spot.column == nil, !isComputed {
                html.add(
                    Select(
                        "source", "Remplir d’avance avec", options: Self.sources(question), value: fields["source"],
                        prompt: "Rien", help: "Le candidat relit et corrige toujours.", isRequired: false))
            }
            html.p { html in
                html.text("Nom de cette question dans les formules et les exports\u{202F}: ")
                html.code(spot.description)
                html.text(". Il ne change jamais\u{202F}: les réponses sont rangées sous ce nom.")
            }
        }
    }

    /// What is known already and may be a first answer, by the name of its source.
    static func sources(_ question: Question) -> [Option] {
        var list = [
            Option("place.nom", "Le nom du lieu"), Option("place.commune", "La commune du lieu"),
            Option("place.adresse", "L’adresse du lieu"), Option("structure.nom", "Le nom de la structure porteuse"),
            Option("structure.siret", "Le SIRET de la structure"),
            Option("account.nom", "Le nom de la personne connectée"),
            Option("account.courriel", "Le courriel de la personne connectée"),
        ]
        if let present = question.prefill?.description, !list.contains(where: { $0.value == present }) {
            list.append(Option(present, present))
        }
        return list
    }

    private func renderAside(into html: inout HTML) {
        let sentence = reading.sentence(spot.column == nil ? nil : spot.question)
        html.section(.class("card")) { html in
            html.h2("Quand la demander")
            BuilderText.condition(
                question.shownIf, "Toujours demandée.", "Demandée si", paths.condition(spot, .shown), sentence,
                into: &html)
            if !isComputed {
                let required =
                    if case .requiredIf(let condition) = question.requirement { condition } else { Condition?.none }
                BuilderText.condition(
                    required, "La rendre obligatoire dans certains cas seulement\u{202F}?", "Obligatoire si",
                    paths.condition(spot, .required), sentence, into: &html)
            }
        }
        let section = reading.form.section(of: spot.question)?.key ?? ""
        let place = section + "." + spot.description
        let hints = WritingHints(reading.form).hints.filter { $0.place == place }
        let issues = FormCheck.issues(of: reading.form).filter { $0.place == place }
        if !hints.isEmpty || !issues.isEmpty {
            html.section(.class("card")) { html in
                html.h2("À regarder")
                for issue in issues { html.p(issue.message, .class("error")) }
                for hint in hints { html.p("Conseil\u{202F}: \(hint.message)") }
            }
        }
        html.section(.class("card")) { html in
            html.h2("Comme le candidat la voit")
            html.add(BuilderSample(question: question))
        }
        html.p { $0.a("Demander autre chose (changer de nature)", .href(paths.kind(spot))) }
    }
}

/// A question as candidates see it, that sends nothing.
struct BuilderSample: View {
    var question: Question

    func render(into html: inout HTML) {
        // What is wide scrolls here: inside, where nothing is enabled, the keyboard reaches nothing.
        html.div(.class("builder-sample"), .tabindex(0), .role("region"), .aria("label", "Aperçu")) { html in
            html.fieldset(.disabled(true)) { html in
                html.legend("Aperçu", .class("visually-hidden"))
                var field = QuestionField(
                    question, isRequired: question.requirement == .required, fields: Fields(), name: "apercu")
                field.rows = question.kind.fixedRows == nil ? ["l1"] : []
                field.titleLevel = 3
                html.add(field)
            }
        }
    }
}
