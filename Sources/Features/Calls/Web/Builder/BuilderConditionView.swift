import Forms
import Maillage
import Markup

/// A condition being composed: clauses, how they are joined, what that means in French, and the formula for those who want it.
struct BuilderConditionView: View {
    var condition: BuilderCondition
    /// Nil when the present condition says more than clauses can.
    var clauses: Clauses?
    var problems = Problems()
    var isPreview = false
    var formula: String?
    var tokens = FormTokens.sample

    var title: String {
        switch condition.target {
        case .question(_, .shown): "Quand demander cette question"
        case .question(_, .required): "Quand la réponse est obligatoire"
        case .section: "Quand montrer cette section"
        }
    }

    private var verb: String {
        switch condition.target {
        case .question(_, .shown): "Demandée si"
        case .question(_, .required): "Obligatoire si"
        case .section: "Montrée si"
        }
    }

    private var sentence: ConditionSentence { condition.reading.sentence(condition.table) }

    /// What the clauses on the page say; nil while one of them is unfinished.
    private var composed: Condition? {
        guard let clauses else { return condition.present }
        return (try? clauses.condition(in: condition.reading.form, table: condition.table)) ?? nil
    }

    func render(into html: inout HTML) {
        html.h1(title)
        html.p(Format.typography(condition.subject), .class("lead"))
        html.add(ErrorSummary(problems))
        html.p(.class("builder-rule"), .id("phrase"), .role("status")) { html in
            html.strong("En français\u{202F}: ")
            if let composed {
                html.text("\(verb.lowercased()) \(sentence.text(composed)).")
            } else if clauses?.list.isEmpty == true {
                html.text(condition.isRequirement ? "jamais obligatoire." : "toujours.")
            } else {
                html.text("la phrase s’affiche quand chaque ligne est complète.")
            }
        }
        if let clauses { renderClauses(clauses, into: &html) }
        renderFormula(into: &html)
        if condition.present != nil {
            html.actions { html in
                html.form(.method("post"), .action(condition.path)) { html in
                    html.add(HiddenField(tokens.token(condition.path)))
                    html.add(HiddenField("version", String(condition.reading.draft.version)))
                    html.submit(
                        condition.isRequirement ? "Ne plus l’exiger" : "Retirer la condition", name: "action",
                        value: "aucune", style: .danger)
                }
            }
        }
    }

    private func renderClauses(_ clauses: Clauses, into html: inout HTML) {
        html.form(
            .method("post"), .action(condition.path), .novalidate(), .class("form"), .data("phrase", "phrase")
        ) { html in
            html.add(HiddenField(tokens.token(condition.path)))
            html.add(HiddenField("version", String(condition.reading.draft.version)))
            // The first button answers the Enter key.
            html.button(
                "Voir la phrase", .type("submit"), .name("action"), .value("apercu"), .class("visually-hidden"),
                .tabindex(-1), .aria("hidden", true))
            if clauses.list.count > 1 {
                html.add(
                    Choice(
                        "lien", "Il faut que",
                        options: [
                            Option("toutes", "toutes ces lignes soient vraies (et)"),
                            Option("une", "au moins une de ces lignes soit vraie (ou)"),
                        ], value: clauses.joint.rawValue))
            } else {
                html.add(HiddenField("lien", clauses.joint.rawValue))
            }
            for (index, clause) in clauses.list.enumerated() {
                html.add(BuilderClauseView(condition: condition, clause: clause, index: index, problems: problems))
            }
            html.fieldset(.class("group")) { html in
                html.legend(clauses.list.isEmpty ? "Selon quelle réponse\u{202F}?" : "Ajouter une ligne")
                html.div(.class("inline")) { html in
                    html.add(
                        Select(
                            "nouveau", "Selon", options: options, value: nil))
                    html.submit("Ajouter", name: "action", value: "ajouter", style: .plain)
                }
            }
            html.actions { html in
                html.submit("Enregistrer la condition", name: "action", value: "enregistrer")
                if !clauses.list.isEmpty {
                    html.submit("Voir la phrase", name: "action", value: "apercu", style: .plain)
                }
                html.a("Revenir sans enregistrer", .href(condition.back))
            }
        }
    }

    private var options: [Option] {
        var list = condition.subjects.map { Option($0.value, Format.excerpt($0.label, limit: 90)) }
        if condition.reading.maturity.isEmpty { list.append(Option("maturite", "L’étape du projet")) }
        list.append(Option("forme_juridique", "La forme juridique de la structure"))
        return list
    }

    private func renderFormula(into html: inout HTML) {
        html.details(.class("builder-more"), .open(clauses == nil || problems.message("formule") != nil)) { html in
            html.summary("Écrire la formule (pour les cas difficiles)")
            html.writingForm(to: condition.path, tokens) { html in
                html.add(HiddenField("version", String(condition.reading.draft.version)))
                html.add(
                    TextArea(
                        "formule", "Formule", value: formula ?? composed?.description,
                        help: "Par exemple montant ≥ 75000 et (statut = \"association\" ou non aide).",
                        error: problems.message("formule"), isRequired: false, rows: 3))
                html.add(BuilderNames(form: condition.reading.form))
                html.actions { $0.submit("Enregistrer la formule", name: "action", value: "formule", style: .plain) }
            }
        }
    }
}

/// One clause: what is looked at, the comparison, the value, fitted to the kind of the question.
struct BuilderClauseView: View {
    var condition: BuilderCondition
    var clause: Clause
    var index: Int
    var problems: Problems

    private var subject: String { clause.subject.description }

    private var label: String {
        switch clause.subject {
        case .maturity: "L’étape du projet"
        case .legalForm: "La forme juridique de la structure"
        case .question(let key): condition.subjects.first { $0.value == key }?.label ?? key
        }
    }

    private var tests: [Clause.Test] {
        condition.kind(of: clause.subject).map { Clause.tests(for: $0) } ?? [.isAmong, .isNot]
    }

    func render(into html: inout HTML) {
        html.fieldset(.class("row-form builder-clause")) { html in
            html.legend(Format.typography(label))
            html.add(HiddenField("sujet.\(index)", subject))
            html.div(.class("inline")) { html in
                html.add(
                    Select(
                        "test.\(index)", "Comparaison", options: tests.map { Option($0.rawValue, $0.words) },
                        value: tests.contains(clause.test) ? clause.test.rawValue : tests.first?.rawValue, prompt: nil))
                if choices == nil { value(&html) }
            }
            if let choices {
                html.add(
                    CheckList(
                        "valeur.\(index)", "Réponses",
                        options: choices.map { Option($0.key, Format.typography($0.label)) },
                        values: Set(clause.values), error: problems.message("valeur.\(index)"), isRequired: true))
            }
            html.submit("Retirer cette ligne", name: "action", value: "retirer\(index)", style: .quiet)
        }
    }

    /// The answers to choose among, when they are known.
    private var choices: [QuestionOption]? {
        switch clause.subject {
        case .maturity: BuilderReading.stages.map { QuestionOption($0.code, $0.label) }
        case .legalForm: StandardQuestions.legalForms
        case .question: condition.kind(of: clause.subject)?.options
        }
    }

    private func value(_ html: inout HTML) {
        guard tests.contains(where: \.needsValue) else { return }
        let name = "valeur.\(index)"
        let text = clause.values.first
        switch condition.kind(of: clause.subject) {
        case .date:
            let iso = text.flatMap { FrenchReading.date($0)?.description } ?? text
            html.add(DateField(name, "Date", value: iso, error: problems.message(name), isRequired: false))
        case .commune, .address:
            html.add(
                TextField(
                    name, "Nom du zonage", value: text, help: "Par exemple QPV 2024.", error: problems.message(name),
                    isRequired: false))
        default:
            html.add(
                TextField(
                    name, "Valeur", value: text, error: problems.message(name), isShort: true,
                    inputMode: "decimal"))
        }
    }
}
