import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/regle` and `…/regle/{rule}`: what several answers must satisfy together.
enum BuilderRulePages {
    static func showNew(_ visit: Visit) async throws -> Answer {
        page(visit, try await BuilderReading.find(visit), nil, Problems())
    }

    static func add(_ visit: Visit) async throws -> Answer {
        try await save(visit, try await BuilderReading.find(visit), nil)
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        return page(visit, reading, try found(visit, reading), Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        return try await save(visit, reading, try found(visit, reading))
    }

    private static func found(_ visit: Visit, _ reading: BuilderReading) throws -> FormRule {
        let key = try visit.parameter("rule")
        guard let rule = reading.form.rules.first(where: { $0.key == key }) else { throw Missing() }
        return rule
    }

    private static func save(_ visit: Visit, _ reading: BuilderReading, _ present: FormRule?) async throws -> Answer {
        var reader = BuilderRuleForm(visit.form, reading.form, present)
        guard let rule = reader.rule(), reader.problems.isEmpty else {
            return page(visit, reading, present, reader.problems)
        }
        let edit: FormEdit = present.map { .rule($0.key, rule) } ?? .addRule(rule)
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .edit(edit))
            return BuilderEdit.done(outcome, to: reading.paths.overview + "#regles")
        } catch let problems as Problems {
            return page(visit, reading, present, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return page(visit, fresh, present, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ rule: FormRule?, _ problems: Problems,
        _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let fields = visit.form.has("message") ? visit.form : BuilderRuleForm.fields(of: rule, reading.form)
        let view = BuilderRuleView(
            reading: reading, rule: rule, fields: fields, problems: problems, tokens: FormTokens(visit))
        let head = reading.head(view.title, problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }
}

/// A rule as its page sends it: two values compared, or a formula.
struct BuilderRuleForm {
    private let form: Fields
    private let definition: Form
    private let present: FormRule?
    private(set) var problems = Problems()

    init(_ form: Fields, _ definition: Form, _ present: FormRule?) {
        self.form = form
        self.definition = definition
        self.present = present
    }

    /// The comparisons, as a field carries them.
    static let comparisons: [(key: String, comparison: Condition.Comparison, words: String)] = [
        ("egal", .equal, "est égal à"), ("au_plus", .atMost, "est au plus"), ("au_moins", .atLeast, "est au moins"),
        ("moins", .less, "est moins que"), ("plus", .more, "est plus que"),
        ("different", .different, "est différent de"),
    ]

    mutating func rule() -> FormRule? {
        let message = BuilderText.line(form["message"], "message", limit: 300, &problems)
        if message.isEmpty {
            problems.add("message", "Écrivez ce que le candidat lira si la règle n’est pas respectée.")
        }
        let condition = condition()
        var when: Condition?
        if let text = form.text("quand") {
            do { when = try Condition(text) } catch { problems.add("quand", error.message) }
        }
        guard let condition else { return nil }
        return FormRule(
            present?.key ?? "", condition, when: when, message: message,
            severity: form["gravite"] == "remark" ? .remark : .blocking, questions: present?.questions ?? [])
    }

    private mutating func condition() -> Condition? {
        if form["maniere"] == "formule" {
            do {
                return try Condition(form["formule"] ?? "")
            } catch {
                problems.add("formule", error.message)
                return nil
            }
        }
        guard let left = form.text("gauche"), let first = try? Formula(left) else {
            problems.add("gauche", "Choisissez ce qui est comparé.")
            return nil
        }
        guard let verb = Self.comparisons.first(where: { $0.key == form["comparaison"] }) else {
            problems.add("comparaison", "Choisissez la comparaison.")
            return nil
        }
        if let right = form.text("droite") {
            guard let second = try? Formula(right) else {
                problems.add("droite", "Choisissez à quoi on le compare.")
                return nil
            }
            return .comparison(first, verb.comparison, second)
        }
        guard let number = number(near: left) else { return nil }
        return .comparison(first, verb.comparison, .number(number))
    }

    /// The value typed: an amount, a percentage or a number.
    private mutating func number(near left: String) -> ExactNumber? {
        guard let text = form.text("valeur") else {
            problems.add("valeur", "Choisissez une question, ou donnez une valeur.")
            return nil
        }
        let isPercent = text.hasSuffix("%") || BuilderRuleForm.isRatio(left, definition)
        if isPercent {
            let figure = String(text.filter { $0 != "%" && !$0.isWhitespace })
            if let number = FrenchReading.number(figure), let hundred = ExactNumber(100) {
                return number.divided(by: hundred)
            }
        } else if let cents = FrenchReading.cents(text), let number = ExactNumber(cents: cents) {
            return number
        }
        problems.add("valeur", "«\u{202F}\(text)\u{202F}» n’est pas un nombre.")
        return nil
    }

    static func isRatio(_ key: String, _ form: Form) -> Bool {
        if case .computed(_, unit: .percent) = form.question(key)?.kind { true } else { false }
    }

    /// What may be compared: amounts, numbers, computations, totals of tables.
    static func values(_ form: Form) -> [Option] {
        var list: [Option] = []
        for question in form.questions {
            switch question.kind {
            case .number, .money, .computed: list.append(Option(question.key, question.label))
            case .group, .table:
                for column in question.kind.columns {
                    switch column.kind {
                    case .number, .money, .computed:
                        list.append(
                            Option(
                                "\(question.key).\(column.key)", "\(question.label)\u{202F}: total de \(column.label)"))
                    default: break
                    }
                }
                list.append(Option("\(question.key).lignes", "\(question.label)\u{202F}: nombre de lignes"))
            case .period: list.append(Option("\(question.key).jours", "\(question.label)\u{202F}: nombre de jours"))
            default: break
            }
        }
        return list
    }

    /// The rule as the fields of its page.
    static func fields(of rule: FormRule?, _ form: Form) -> Fields {
        var list: [(String, String)] = [
            ("message", rule?.message ?? ""), ("gravite", rule?.severity.rawValue ?? "blocking"),
            ("quand", rule?.when?.description ?? ""), ("formule", rule?.condition.description ?? ""),
        ]
        if let (left, verb, right) = simple(rule?.condition, form) {
            list += [("maniere", "simple"), ("gauche", left), ("comparaison", verb)]
            switch right {
            case .number(let number):
                let text = isRatio(left, form) ? number.multiplied(by: ExactNumber(100) ?? .zero) : number
                let sign = isRatio(left, form) ? " %" : ""
                list.append(("valeur", (text ?? number).description.replacing(".", with: ",") + sign))
            default: list.append(("droite", right.description))
            }
        } else {
            list.append(("maniere", rule == nil ? "simple" : "formule"))
        }
        return Fields(list.map { Fields.Field(name: $0.0, value: $0.1) })
    }

    private static func simple(_ condition: Condition?, _ form: Form) -> (String, String, Formula)? {
        guard case .comparison(let left, let comparison, let right) = condition,
            let verb = comparisons.first(where: { $0.comparison == comparison })
        else { return nil }
        let known = Set(values(form).map(\.value))
        guard known.contains(left.description) else { return nil }
        switch right {
        case .number: return (left.description, verb.key, right)
        default: return known.contains(right.description) ? (left.description, verb.key, right) : nil
        }
    }
}

/// The page of a rule.
struct BuilderRuleView: View {
    var reading: BuilderReading
    var rule: FormRule?
    var fields: Fields
    var problems = Problems()
    var tokens = FormTokens.sample

    var title: String { rule == nil ? "Ajouter une règle" : "Règle entre les réponses" }

    func render(into html: inout HTML) {
        let values = BuilderRuleForm.values(reading.form)
        html.h1(title)
        html.add(ErrorSummary(problems))
        if let rule {
            let sentence = reading.sentence()
            html.p(.class("builder-rule")) { html in
                html.strong("En français\u{202F}: ")
                html.text("respectée si \(sentence.text(rule.condition))")
                html.text(rule.when.map { ", quand \(sentence.text($0))." } ?? ".")
            }
        }
        let action = rule.map { reading.paths.rule($0.key) } ?? reading.paths.newRule
        html.writingForm(to: action, tokens) { html in
            html.add(HiddenField("version", String(reading.draft.version)))
            html.add(
                TextField(
                    "message", "Ce que le candidat lit si la règle n’est pas respectée", value: fields["message"],
                    help: "Par exemple\u{202F}: Le total des produits doit être égal au total des charges.",
                    error: problems.message("message"), maximumLength: 300))
            html.add(
                Choice(
                    "maniere", "La règle compare",
                    options: [
                        Option(
                            "simple", "deux valeurs",
                            help: "Un total, un montant ou un calcul, à un autre ou à un nombre."),
                        Option("formule", "autre chose", help: "Avec une formule, écrite plus bas."),
                    ], value: fields["maniere"] ?? "simple"))
            html.group("Deux valeurs") { html in
                html.add(
                    Select(
                        "gauche", "Cette valeur", options: values, value: fields["gauche"],
                        error: problems.message("gauche")))
                html.add(
                    Select(
                        "comparaison", "Comparaison",
                        options: BuilderRuleForm.comparisons.map { Option($0.key, $0.words) },
                        value: fields["comparaison"], error: problems.message("comparaison")))
                html.add(
                    Select(
                        "droite", "Cette autre valeur", options: values, value: fields["droite"],
                        prompt: "Un nombre, écrit ci-dessous", error: problems.message("droite")))
                html.add(
                    TextField(
                        "valeur", "ou ce nombre", value: fields["valeur"],
                        help: "Par exemple 75\u{202F}000, ou 80\u{202F}%.",
                        error: problems.message("valeur"), isRequired: false, isShort: true, inputMode: "decimal"))
            }
            html.details(
                .class("builder-more"),
                .open(
                    fields["maniere"] == "formule" || fields.text("quand") != nil || problems.message("formule") != nil
                        || problems.message("quand") != nil)
            ) { html in
                html.summary("Avec une formule")
                html.add(
                    TextArea(
                        "formule", "La règle est respectée si", value: fields["formule"],
                        help: "Par exemple charges.montant = produits.montant.", error: problems.message("formule"),
                        isRequired: false, rows: 2))
                html.add(
                    TextArea(
                        "quand", "Elle ne s’applique que si", value: fields["quand"],
                        help: "Vide\u{202F}: toujours. Par exemple maturite = \"ouvert\".",
                        error: problems.message("quand"),
                        isRequired: false, rows: 2))
                html.add(BuilderNames(form: reading.form))
            }
            html.add(
                Choice(
                    "gravite", "Si elle n’est pas respectée",
                    options: [
                        Option("blocking", "le dépôt attend que ce soit corrigé"),
                        Option("remark", "une remarque s’affiche, rien n’est bloqué"),
                    ], value: fields["gravite"]))
            html.actions { html in
                html.submit("Enregistrer la règle")
                html.a("Revenir sans enregistrer", .href(reading.paths.overview + "#regles"))
            }
        }
    }
}
