import Exchange
import Forms
import Maillage
import Markup

/// One question of a form as its control: every kind, with what is wrong beside it and what was typed kept.
struct QuestionField: View {
    var question: Question
    var isRequired: Bool
    /// What is shown in the control: the answer, or what was typed.
    var fields: Fields
    var problems: [AnswerProblem] = []
    /// Of a computed question.
    var computed: String?
    var rows: [String] = []
    /// Asks for one more row.
    var grows = false
    /// What the answers lead to: totals and computed cells.
    var state: FormState?
    /// Who wrote it last, what is said of it: written under the question.
    var foot: QuestionFoot?
    /// The text comes from the address of the page, and is not saved.
    var isProposed = false
    var mayWrite = true
    /// What is attached to a question that asks for documents, and where it is downloaded from.
    var files: [AnswerFile] = []
    var links: AnswerFileLinks?
    /// Of the title of a question that has one of its own: one under the heading above it.
    var titleLevel = 2
    /// The name of the control: the question's key, or `question.row.column` in a row.
    var name: String

    init(_ question: Question, isRequired: Bool, fields: Fields, name: String? = nil) {
        self.question = question
        self.isRequired = isRequired
        self.fields = fields
        self.name = name ?? question.key
    }

    /// Where a link to the question leads.
    static func anchor(of key: String) -> String { "question-" + key.replacing("_", with: "-") }

    private var label: String { Format.typography(question.label) }
    private var error: String? { problems.first { $0.row == nil }.map { Format.typography($0.message) } }
    private var value: String? { fields[name] }

    private var help: String? {
        var parts = question.help.isEmpty ? [] : [Format.typography(question.help)]
        if !question.example.isEmpty { parts.append("Par exemple\u{202F}: \(Format.typography(question.example))") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    func render(into html: inout HTML) {
        let isWhole = name == question.key
        html.div(
            .id(Self.anchor(of: name.replacing(".", with: "-"))), .tabindex(-1), .class(isWhole ? "asked" : nil),
            .data("question", isWhole ? name : nil), .data("required", isWhole && isRequired ? "" : nil),
            .hidden(isWhole && state?.isShown(name) == false)
        ) { html in
            if isProposed { html.p { $0.add(Badge("Prérempli par le lien, pas encore enregistré", .info)) } }
            control(into: &html)
            if let foot { html.add(foot) }
        }
    }

    private func control(into html: inout HTML) {
        switch question.kind {
        case .shortText: html.add(line())
        case .longText(let limit):
            html.add(
                TextArea(
                    name, label, value: value, help: help, error: error, isRequired: isRequired,
                    rows: limit > 1_000 ? 10 : 5, recommendedLength: limit))
        case .number: html.add(line(isShort: true, inputMode: "decimal"))
        case .money: html.add(line(suffix: " (en euros)", isShort: true, inputMode: "decimal"))
        case .date(let earliest, let latest):
            html.add(
                DateField(
                    name, label, value: value, help: help, error: error, isRequired: isRequired,
                    earliest: earliest?.description, latest: latest?.description))
        case .period: period(into: &html)
        case .yesNo:
            html.add(
                Choice(
                    name, label, options: [Option("oui", "Oui"), Option("non", "Non")], value: value, help: help,
                    error: error, isRequired: isRequired))
        case .oneOf(let options): oneOf(options, into: &html)
        case .severalOf(let options, _, _):
            // Boxes that are all empty send nothing: this says that they were there.
            html.add(HiddenField(name, ""))
            html.add(
                CheckList(
                    name, label, options: options.map { Option($0.key, Format.typography($0.label)) },
                    values: Set(fields.values(name)), help: help, error: error, isRequired: isRequired))
        case .commune: html.add(commune(label, isRequired: isRequired))
        case .address: address(into: &html)
        case .siret, .rna: html.add(line(isShort: true))
        case .email: html.add(line(kind: .email, autocomplete: "email"))
        case .phone: html.add(line(kind: .tel, autocomplete: "tel"))
        case .url: html.add(line(kind: .url, autocomplete: "url"))
        case .place: place(into: &html)
        case .person: person(into: &html)
        case .attachment: attachment(into: &html)
        case .group, .table: html.add(QuestionRows(field: self))
        case .computed:
            html.dl(.class("facts")) { html in
                html.dt(label)
                html.dd { html in
                    html.output(computed ?? "se calcule quand vos réponses le permettent", .data("output", name))
                }
            }
            if let help { html.span(help, .class("help")) }
            if let error { html.span(error, .class("error")) }
        case .sworn(let text, let version):
            html.fieldset(.class("group")) { html in
                html.legend(label)
                html.p(Format.typography(text))
                html.add(HiddenField(name, ""))
                html.add(
                    CheckBox(
                        name, "Je le certifie", isChecked: fields.values(name).contains(String(version)),
                        value: String(version), help: help, error: error, isRequired: isRequired))
            }
        }
    }

    private func line(
        kind: TextField.Kind = .text, suffix: String = "", isShort: Bool = false, inputMode: String? = nil,
        autocomplete: String? = nil
    ) -> TextField {
        TextField(
            name, label + suffix, value: value, help: help, error: error, isRequired: isRequired, kind: kind,
            autocomplete: autocomplete, isShort: isShort, inputMode: inputMode)
    }

    private func oneOf(_ options: [QuestionOption], into html: inout HTML) {
        let choices = options.map { Option($0.key, Format.typography($0.label)) }
        if choices.count > 7 {
            html.add(
                Select(name, label, options: choices, value: value, help: help, error: error, isRequired: isRequired))
        } else {
            html.add(
                Choice(name, label, options: choices, value: value, help: help, error: error, isRequired: isRequired))
        }
    }

    private func period(into html: inout HTML) {
        html.fieldset(.class("group")) { html in
            html.legend(label)
            notes(into: &html)
            html.div(.class("inline")) { html in
                html.add(DateField(name + ".debut", "Du", value: fields[name + ".debut"], isRequired: isRequired))
                html.add(DateField(name + ".fin", "Au", value: fields[name + ".fin"], isRequired: isRequired))
            }
        }
    }

    private func commune(_ label: String, isRequired: Bool) -> TextField {
        TextField(
            name + ".commune", label, value: fields[name + ".commune"], help: help, error: error,
            isRequired: isRequired,
            suggestions: "commune")
    }

    private func address(into html: inout HTML) {
        html.fieldset(.class("group")) { html in
            html.legend(label)
            notes(into: &html)
            html.add(
                TextField(
                    name + ".rue", "Numéro et rue", value: fields[name + ".rue"], isRequired: false,
                    autocomplete: "address-line1"))
            html.add(
                TextField(
                    name + ".code_postal", "Code postal", value: fields[name + ".code_postal"], isRequired: false,
                    autocomplete: "postal-code", isShort: true, inputMode: "numeric"))
            html.add(
                TextField(
                    name + ".commune", "Commune", value: fields[name + ".commune"], isRequired: isRequired,
                    suggestions: "commune"))
        }
    }

    private func place(into html: inout HTML) {
        if let code = fields[name + ".nom_code"], !code.isEmpty { html.add(HiddenField(name + ".nom_code", code)) }
        html.add(
            TextField(
                name + ".nom", label, value: fields[name + ".nom"], help: help, error: error, isRequired: isRequired))
    }

    private func person(into html: inout HTML) {
        html.fieldset(.class("group")) { html in
            html.legend(label)
            notes(into: &html)
            html.div(.class("inline")) { html in
                html.add(part("prenom", "Prénom", autocomplete: "given-name"))
                html.add(part("nom", "Nom", autocomplete: "family-name"))
            }
            html.add(part("role", "Fonction", autocomplete: "organization-title"))
            html.add(part("courriel", "Courriel", kind: .email, autocomplete: "email"))
            html.add(part("telephone", "Téléphone", kind: .tel, autocomplete: "tel"))
        }
    }

    private func part(
        _ part: String, _ label: String, kind: TextField.Kind = .text, autocomplete: String
    ) -> TextField {
        let full = "\(name).\(part)"
        return TextField(
            full, label, value: fields[full], isRequired: isRequired && part == "nom", kind: kind,
            autocomplete: autocomplete)
    }

    /// Help and error of a group of controls.
    private func notes(into html: inout HTML) {
        if let help { html.span(help, .class("help")) }
        if let error { html.span(error, .class("error"), .id(FieldFrame.id(of: name) + "-erreur")) }
    }

    private func attachment(into html: inout HTML) {
        html.section { html in
            if titleLevel == 2 { html.h2(label) } else { html.h3(label) }
            notes(into: &html)
            html.add(
                AttachmentControl(question: question, label: label, files: files, links: links, mayWrite: mayWrite))
        }
    }
}
