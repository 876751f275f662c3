import Exchange
import Forms
import Maillage

/// What the page of a question sends, read into the question; and the question as fields, to show it.
struct BuilderQuestionForm {
    private let form: Fields
    private let present: Question
    private(set) var problems = Problems()

    init(_ form: Fields, _ present: Question) {
        self.form = form
        self.present = present
    }

    /// An option, row or column is being moved: the page is shown again after the save.
    static func moves(_ form: Fields) -> Bool {
        ["choix_haut", "choix_bas", "ligne_haut", "ligne_bas"].contains { form.text($0) != nil }
    }

    mutating func question() -> Question {
        var question = present
        question.label = line("libelle", limit: 300)
        if question.label.isEmpty { problems.add("libelle", "Écrivez la question telle que le candidat la lira.") }
        question.help = long("aide", limit: 2_000)
        question.example = line("exemple", limit: 300)
        switch form["obligatoire"] ?? "non" {
        case "oui": question.requirement = .required
        case "si":
            if case .requiredIf = present.requirement {} else { question.requirement = .required }
        default: question.requirement = .optional
        }
        if form.has("etapes_vues") {
            question.maturities = form.values("etapes").filter { ReferenceList.maturities.contains($0) }
        }
        if let source = form["source"] {
            question.prefill = source.isEmpty ? nil : PrefillSource(source) ?? present.prefill
        }
        question.kind = kind()
        return question
    }

    private mutating func kind() -> QuestionKind {
        switch present.kind {
        case .shortText(let limit): .shortText(maxLength: whole("longueur", 1...2_000) ?? limit)
        case .longText(let limit): .longText(maxLength: whole("longueur", 1...50_000) ?? limit)
        case .number:
            .number(min: number("min"), max: number("max"), decimals: whole("decimales", 0...6) ?? 0)
        case .money: .money(min: cents("min"), max: cents("max"))
        case .date: .date(min: date("min"), max: date("max"))
        case .period: .period(maxDays: whole("jours", 1...20_000))
        case .oneOf(let options): .oneOf(self.options(options))
        case .severalOf(let options, _, _):
            .severalOf(self.options(options), min: whole("choix_min", 0...500), max: whole("choix_max", 1...500))
        case .attachment(let rules): .attachment(attachment(rules))
        case .group(let columns, _, let most):
            .group(
                columns: columns, minRows: whole("lignes_min", 0...500) ?? 0,
                maxRows: whole("lignes_max", 1...500) ?? most)
        case .table(let layout): .table(table(layout))
        case .computed(let formula, _):
            .computed(
                self.formula(formula), unit: ComputedUnit(rawValue: form["unite"] ?? "") ?? .number)
        case .sworn(let text, let version): sworn(text, version)
        case .yesNo, .commune, .address, .siret, .rna, .email, .phone, .url, .place, .person: present.kind
        }
    }

    // MARK: Parts

    /// The options as they were reworded and moved, without those emptied, and the new ones.
    private mutating func options(_ present: [QuestionOption]) -> [QuestionOption] {
        let kept = entries(
            present.map { ($0.key, $0.label) }, field: "choix", added: "choix_nouveaux", fallback: "choix")
        if kept.isEmpty { problems.add("choix_nouveaux", "Écrivez au moins deux choix, un par ligne.") }
        return kept.map { QuestionOption($0.key, $0.label) }
    }

    private mutating func entries(
        _ present: [(key: String, label: String)], field: String, added: String, fallback: String
    ) -> [(key: String, label: String)] {
        var list: [(key: String, label: String)] = []
        for entry in present {
            let name = "\(field).\(entry.key)"
            let label = form[name] == nil ? entry.label : line(name, limit: 300)
            if !label.isEmpty { list.append((entry.key, label)) }
        }
        if let key = form.text(field + "_haut"), let place = list.firstIndex(where: { $0.key == key }), place > 0 {
            list.swapAt(place, place - 1)
        }
        if let key = form.text(field + "_bas"), let place = list.firstIndex(where: { $0.key == key }),
            place + 1 < list.count
        {
            list.swapAt(place, place + 1)
        }
        var taken = Set(present.map(\.key))
        for text in (form[added] ?? "").split(whereSeparator: \.isNewline) {
            let label = TextForm.oneLine(String(text))
            guard !label.isEmpty, !list.contains(where: { $0.label == label }) else { continue }
            guard list.count < 500, label.count <= 300 else {
                problems.add(added, "Cinq cents lignes au plus, de trois cents caractères chacune.")
                break
            }
            let key = FormKey.proposed(from: label, taken: taken, fallback: fallback)
            taken.insert(key)
            list.append((key, label))
        }
        return list
    }

    private mutating func attachment(_ present: AttachmentRules) -> AttachmentRules {
        var rules = present
        rules.accepted = FileFamily.allCases.filter { form.values("accepte").contains($0.rawValue) }
        if rules.accepted.isEmpty { problems.add("accepte", "Choisissez au moins une sorte de fichier.") }
        rules.maxBytes = (whole("poids", 1...200) ?? present.maxBytes / 1_000_000) * 1_000_000
        rules.maxCount = whole("nombre", 1...50) ?? 1
        rules.validMonths = whole("validite", 1...120)
        return rules
    }

    private mutating func table(_ present: TableLayout) -> TableLayout {
        var layout = present
        layout.totals = present.columns.map(\.key).filter { form.values("totaux").contains($0) }
        if form["lignes"] == "fixes" {
            let known = if case .fixed(let rows) = present.rows { rows } else { [TableRow]() }
            let rows = entries(
                known.map { ($0.key, $0.label) }, field: "ligne", added: "lignes_nouvelles", fallback: "ligne")
            if rows.isEmpty { problems.add("lignes_nouvelles", "Écrivez les lignes du tableau, une par ligne.") }
            layout.rows = .fixed(rows.map { TableRow($0.key, $0.label) })
        } else {
            layout.rows = .free(min: whole("lignes_min", 0...500) ?? 0, max: whole("lignes_max", 1...500) ?? 20)
        }
        return layout
    }

    private mutating func formula(_ present: Formula) -> Formula {
        guard let text = form.text("formule") else {
            problems.add("formule", "Écrivez le calcul.")
            return present
        }
        do {
            return try Formula(text)
        } catch {
            problems.add("formule", error.message)
            return present
        }
    }

    /// A statement whose words change is another statement: its version grows, so that nobody agreed to it yet.
    private mutating func sworn(_ present: String, _ version: Int) -> QuestionKind {
        let text = long("texte", limit: 5_000)
        if text.isEmpty { problems.add("texte", "Écrivez ce qui est certifié.") }
        return .sworn(text: text, version: text == present ? version : version + 1)
    }

    // MARK: Values

    private mutating func line(_ field: String, limit: Int) -> String {
        BuilderText.line(form[field], field, limit: limit, &problems)
    }

    private mutating func long(_ field: String, limit: Int) -> String {
        BuilderText.long(form[field], field, limit: limit, &problems)
    }

    private mutating func whole(_ field: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = form.text(field) else { return nil }
        guard let number = FrenchReading.number(text)?.whole, range.contains(number) else {
            problems.add(
                field,
                "Donnez un nombre entier de \(Format.number(range.lowerBound)) à \(Format.number(range.upperBound)).")
            return nil
        }
        return number
    }

    private mutating func number(_ field: String) -> ExactNumber? {
        guard let text = form.text(field) else { return nil }
        guard let number = FrenchReading.number(text) else {
            problems.add(field, "«\u{202F}\(text)\u{202F}» n’est pas un nombre.")
            return nil
        }
        return number
    }

    private mutating func cents(_ field: String) -> Int? {
        guard let text = form.text(field) else { return nil }
        guard let cents = FrenchReading.cents(text) else {
            problems.add(field, "«\u{202F}\(text)\u{202F}» n’est pas un montant\u{202F}: écrivez par exemple 12 500.")
            return nil
        }
        return cents
    }

    private mutating func date(_ field: String) -> CivilDate? {
        guard let text = form.text(field) else { return nil }
        guard let date = FrenchReading.date(text) else {
            problems.add(field, "«\u{202F}\(text)\u{202F}» n’est pas une date.")
            return nil
        }
        return date
    }
}

extension BuilderQuestionForm {
    /// The question as the fields of its page.
    static func fields(of question: Question) -> Fields {
        var list: [(String, String)] = [
            ("libelle", question.label), ("aide", question.help), ("exemple", question.example),
            ("source", question.prefill?.description ?? ""),
        ]
        switch question.requirement {
        case .optional: list.append(("obligatoire", "non"))
        case .required: list.append(("obligatoire", "oui"))
        case .requiredIf: list.append(("obligatoire", "si"))
        }
        list += question.maturities.map { ("etapes", $0) }
        list += kind(question.kind)
        return Fields(list.map { Fields.Field(name: $0.0, value: $0.1) })
    }

    private static func kind(_ kind: QuestionKind) -> [(String, String)] {
        func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }
        switch kind {
        case .shortText(let limit), .longText(let limit): return [("longueur", text(limit))]
        case .number(let least, let most, let decimals):
            return [
                ("min", least?.description.replacing(".", with: ",") ?? ""),
                ("max", most?.description.replacing(".", with: ",") ?? ""), ("decimales", text(decimals)),
            ]
        case .money(let least, let most):
            return [("min", least.map(WrittenAmount.text) ?? ""), ("max", most.map(WrittenAmount.text) ?? "")]
        case .date(let earliest, let latest):
            return [("min", earliest?.description ?? ""), ("max", latest?.description ?? "")]
        case .period(let days): return [("jours", text(days))]
        case .severalOf(_, let least, let most): return [("choix_min", text(least)), ("choix_max", text(most))]
        case .attachment(let rules):
            return rules.accepted.map { ("accepte", $0.rawValue) } + [
                ("poids", text(rules.maxBytes / 1_000_000)), ("nombre", text(rules.maxCount)),
                ("validite", text(rules.validMonths)),
            ]
        case .group(_, let least, let most): return [("lignes_min", text(least)), ("lignes_max", text(most))]
        case .table(let layout):
            var list = layout.totals.map { ("totaux", $0) }
            switch layout.rows {
            case .fixed: list.append(("lignes", "fixes"))
            case .free(let least, let most):
                list += [("lignes", "libres"), ("lignes_min", text(least)), ("lignes_max", text(most))]
            }
            return list
        case .computed(let formula, let unit): return [("formule", formula.description), ("unite", unit.rawValue)]
        case .sworn(let words, _): return [("texte", words)]
        case .oneOf, .yesNo, .commune, .address, .siret, .rna, .email, .phone, .url, .place, .person: return []
        }
    }
}
