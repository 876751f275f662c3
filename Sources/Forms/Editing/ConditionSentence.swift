import Exchange

/// Conditions and computations as one says them, with the labels of the questions instead of their keys.
public struct ConditionSentence {
    private let form: Form
    /// The columns of the row in which the condition stands; empty outside a table.
    private let columns: [Question]
    private let maturities: [String: String]

    /// - Parameters:
    ///   - table: the group or table of which the condition is a column's.
    ///   - maturities: what each maturity is called; its key when it is not here.
    public init(_ form: Form, table: String? = nil, maturities: [String: String] = [:]) {
        self.form = form
        columns = table.flatMap { form.question($0)?.kind.columns } ?? []
        self.maturities = maturities
    }

    /// `« Aide demandée » est au moins 75 000 € et « Statut » est « Association »`
    public func text(_ condition: Condition) -> String { Self.contracted(written(condition, inside: 0)).narrow }

    /// A computation: `la somme de « Montant » dans « Charges »`.
    public func text(_ formula: Formula) -> String { Self.contracted(words(formula, near: nil)).narrow }

    /// « de le » is « du », outside what people wrote between guillemets.
    private static func contracted(_ text: String) -> String {
        var depth = 0
        var result = ""
        var rest = Substring(text)
        while let first = rest.first {
            if first == "«" { depth += 1 }
            if first == "»" { depth -= 1 }
            if depth == 0, rest.hasPrefix(" de le ") {
                result += " du "
                rest = rest.dropFirst(7)
                continue
            }
            result.append(first)
            rest = rest.dropFirst()
        }
        return result
    }

    private func written(_ condition: Condition, inside level: Int) -> String {
        switch condition {
        case .constant(let flag): return flag ? "toujours" : "jamais"
        case .all(let parts):
            let text = parts.map { written($0, inside: 2) }.joined(separator: " et ")
            return level >= 2 ? "(\(text))" : text
        case .any(let parts):
            let text = parts.map { written($0, inside: 1) }.joined(separator: " ou ")
            return level >= 1 ? "(\(text))" : text
        case .not(let part): return denied(part)
        case .comparison(let left, let comparison, let right): return compared(left, comparison, right)
        case .oneOf(let value, let texts): return among(value, texts, "est ", " ou ")
        case .contains(let reference, let key): return "\(name(reference)) comprend \(label(key, of: reference))"
        case .answered(let reference): return "\(name(reference)) a une réponse"
        case .empty(let reference): return "\(name(reference)) est sans réponse"
        case .inZoning(let value, let zoning): return "\(words(value, near: nil)) est dans le zonage « \(zoning) »"
        }
    }

    private func denied(_ part: Condition) -> String {
        switch part {
        case .contains(let reference, let key): "\(name(reference)) ne comprend pas \(label(key, of: reference))"
        case .oneOf(let value, let texts): among(value, texts, "n’est ni ", " ni ")
        case .answered(let reference): "\(name(reference)) est sans réponse"
        case .empty(let reference): "\(name(reference)) a une réponse"
        case .comparison(let left, .equal, let right): compared(left, .different, right)
        case .comparison(let left, .different, let right): compared(left, .equal, right)
        case .inZoning(let value, let zoning): "\(words(value, near: nil)) n’est pas dans le zonage « \(zoning) »"
        default: "il n’est pas vrai que \(written(part, inside: 2))"
        }
    }

    private func compared(_ left: Formula, _ comparison: Condition.Comparison, _ right: Formula) -> String {
        let subject = words(left, near: right)
        if case .flag(let flag) = right, comparison == .equal || comparison == .different {
            return "\(subject) est \((comparison == .equal) == flag ? "oui" : "non")"
        }
        let isNumber = if case .number = right { true } else { false }
        let verb =
            switch comparison {
            case .equal: isNumber ? "vaut" : "est"
            case .different: isNumber ? "ne vaut pas" : "n’est pas"
            case .less: isDate(right) ? "est avant" : "est moins de"
            case .atMost: isDate(right) ? "est au plus tard" : "est au plus"
            case .more: isDate(right) ? "est après" : "dépasse"
            case .atLeast: isDate(right) ? "est à partir de" : "est au moins"
            }
        return "\(subject) \(verb) \(words(right, near: left))"
    }

    private func isDate(_ formula: Formula) -> Bool {
        switch formula {
        case .date, .today: true
        default: false
        }
    }

    private func among(_ value: Formula, _ texts: [String], _ verb: String, _ joint: String) -> String {
        let labels = texts.map { words(.text($0), near: value) }
        return "\(words(value, near: nil)) \(verb)\(labels.joined(separator: joint))"
    }

    // MARK: Values

    /// - Parameter other: what it is compared with, which says how a number or a text is to be read.
    private func words(_ formula: Formula, near other: Formula?) -> String {
        switch formula {
        case .number(let number): return self.number(number, near: other)
        case .date(let date): return "le \(FrenchText.date(date))"
        case .text(let text): return self.text(text, near: other)
        case .flag(let flag): return flag ? "oui" : "non"
        case .reference(let reference): return name(reference)
        case .maturity: return "l’étape du projet"
        case .legalForm: return "la forme juridique"
        case .placeCommune: return "la commune du lieu"
        case .today: return "aujourd’hui"
        case .rowKey: return "la ligne"
        case .sum(let parts): return "la somme de " + list(parts)
        case .least(let parts): return "le plus petit de " + list(parts)
        case .greatest(let parts): return "le plus grand de " + list(parts)
        case .columnSum(let table, let column, let condition):
            let inner = ConditionSentence(form, table: table, maturities: maturities)
            return "la somme de \(name(Reference(table, column))) où \(inner.written(condition, inside: 0))"
        case .rowCount(let table, let condition):
            let inner = ConditionSentence(form, table: table, maturities: maturities)
            let what = "le nombre de lignes de \(name(Reference(table)))"
            return condition.map { "\(what) où \(inner.written($0, inside: 0))" } ?? what
        case .arithmetic(let operation, let left, let right):
            let sign =
                switch operation {
                case .plus: "+"
                case .minus: "−"
                case .times: "×"
                case .over: "÷"
                }
            return "\(operand(left)) \(sign) \(operand(right))"
        }
    }

    private func operand(_ formula: Formula) -> String {
        if case .arithmetic = formula { return "(\(words(formula, near: nil)))" }
        return words(formula, near: nil)
    }

    private func list(_ parts: [Formula]) -> String { parts.map { words($0, near: nil) }.joined(separator: ", ") }

    private func number(_ number: ExactNumber, near other: Formula?) -> String {
        if case .reference(let reference) = other {
            switch question(reference)?.kind {
            case .money: return FrenchText.euros(number.cents)
            case .computed(_, unit: .money): return FrenchText.euros(number.cents)
            case .computed(_, unit: .percent): return FrenchText.percent(number)
            default: break
            }
        }
        return FrenchText.number(number)
    }

    private func text(_ text: String, near other: Formula?) -> String {
        switch other {
        case .reference(let reference): return label(text, of: reference)
        case .maturity: return "« \(maturities[text] ?? text) »"
        case .legalForm:
            return "« \(StandardQuestions.legalForms.first { $0.key == text }?.label ?? text) »"
        case .rowKey: return "« \(text) »"
        default: return "« \(text) »"
        }
    }

    private func label(_ key: String, of reference: Reference) -> String {
        "« \(question(reference)?.kind.options?.first { $0.key == key }?.label ?? key) »"
    }

    private func name(_ reference: Reference) -> String {
        if reference.path.isEmpty, let column = columns.first(where: { $0.key == reference.key }) {
            return "« \(column.label) »"
        }
        guard let question = form.question(reference.key) else { return "« \(reference) » (inconnue)" }
        let title = "« \(question.label) »"
        guard let part = reference.path.last else { return title }
        switch part {
        case "debut": return "le début de \(title)"
        case "fin": return "la fin de \(title)"
        case "jours": return "le nombre de jours de \(title)"
        case "lignes": return "le nombre de lignes de \(title)"
        default: break
        }
        let column = question.kind.columns.first { $0.key == part }?.label ?? part
        if reference.path.count == 2 {
            let row = question.kind.fixedRows?.first { $0.key == reference.path[0] }?.label ?? reference.path[0]
            return "« \(column) » de la ligne « \(row) » de \(title)"
        }
        return "le total de « \(column) » dans \(title)"
    }

    /// The question or column that a reference ends at.
    private func question(_ reference: Reference) -> Question? {
        if reference.path.isEmpty, let column = columns.first(where: { $0.key == reference.key }) { return column }
        guard let question = form.question(reference.key) else { return nil }
        guard let part = reference.path.last else { return question }
        return question.kind.columns.first { $0.key == part }
    }
}
