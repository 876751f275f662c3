import Forms
import Maillage
import Markup

/// The page that adds a question: what it says, and what is given in answer.
struct BuilderNewQuestionView: View {
    var reading: BuilderReading
    var form: Fields
    var problems = Problems()
    var tokens = FormTokens.sample

    private var table: Question? { form.text("tableau").flatMap { reading.form.question($0) } }
    var title: String {
        table.map { "Ajouter une colonne à «\u{202F}\($0.label)\u{202F}»" } ?? "Ajouter une question"
    }

    func render(into html: inout HTML) {
        html.h1(title)
        html.add(ErrorSummary(problems))
        html.writingForm(to: reading.paths.newQuestion, tokens) { html in
            html.add(HiddenField("version", String(reading.draft.version)))
            html.add(
                TextField(
                    "libelle", table == nil ? "La question" : "L’intitulé de la colonne", value: form["libelle"],
                    help: "Telle que le candidat la lira. Courte, une seule chose à la fois.",
                    error: problems.message("libelle"), maximumLength: 300))
            html.add(
                BuilderKindChoice(
                    chosen: form["nature"], isColumn: table != nil, error: problems.message("nature")))
            html.add(
                CheckBox(
                    "obligatoire", "La réponse est obligatoire", isChecked: form.has("obligatoire"),
                    help: "Demandez peu\u{202F}: chaque réponse obligatoire retient des candidats."))
            if let table {
                html.add(HiddenField("tableau", table.key))
            } else {
                html.add(
                    Select(
                        "section", "Dans quelle section",
                        options: reading.form.sections.map { Option($0.key, $0.title) },
                        value: form["section"], prompt: nil))
                if let after = form.text("apres") { html.add(HiddenField("apres", after)) }
            }
            html.actions { html in
                html.submit("Ajouter et préciser", name: "suite", value: "preciser")
                html.submit("Ajouter et revenir à la liste", name: "suite", value: "formulaire", style: .plain)
                html.a("Annuler", .href(reading.paths.overview))
            }
        }
    }
}

/// The kinds of question as a choice, family by family, each with an example.
struct BuilderKindChoice: View {
    var chosen: String?
    var isColumn: Bool
    var error: String?

    func render(into html: inout HTML) {
        html.fieldset(.class("field", error == nil ? nil : "has-error")) { html in
            html.legend("Ce que le candidat donne")
            if let error { html.span(error, .class("error"), .id(FieldFrame.id(of: "nature") + "-erreur")) }
            html.div(.class("builder-kinds")) { html in
                var number = 0
                for family in KindChoice.families {
                    let offered = family.choices.filter { choice in !isColumn || KindChoice.columns.contains(choice) }
                    if offered.isEmpty { continue }
                    html.fieldset(.class("builder-family")) { html in
                        html.legend(family.title)
                        for choice in offered {
                            number += 1
                            render(choice, isFirst: number == 1, &html)
                        }
                    }
                }
            }
        }
    }

    private func render(_ choice: KindChoice, isFirst: Bool, _ html: inout HTML) {
        let id = FieldFrame.id(of: "nature") + (isFirst ? "" : "-" + choice.word)
        html.div(.class("choice")) { html in
            html.input(
                .type("radio"), .id(id), .name("nature"), .value(choice.word), .checked(choice.word == chosen),
                .required(true), .aria("describedby", id + "-note"))
            html.label(.for(id)) { html in
                html.strong(choice.name)
                html.span(.class("help"), .id(id + "-note")) { html in
                    html.text(choice.explanation + " ")
                    html.em(choice.example)
                }
            }
        }
    }
}
