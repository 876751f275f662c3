import Exchange

extension Formula: CustomStringConvertible {
    /// The text that reads back as this expression.
    public var description: String { written(inside: 0) }

    /// - Parameter level: 0 alone, 1 beside `+` or `-`, 2 to the right of them or beside `*` or `/`, 3 to the right of those.
    fileprivate func written(inside level: Int) -> String {
        switch self {
        case .number(let value): return value.description
        case .date(let date): return date.description
        case .text(let text): return quoted(text)
        case .flag(let flag): return flag ? "oui" : "non"
        case .reference(let reference): return reference.description
        case .maturity: return "maturite"
        case .legalForm: return "forme_juridique"
        case .placeCommune: return "commune_du_lieu"
        case .today: return "aujourd_hui"
        case .rowKey: return "ligne"
        case .sum(let parts): return "somme(" + list(parts) + ")"
        case .least(let parts): return "min(" + list(parts) + ")"
        case .greatest(let parts): return "max(" + list(parts) + ")"
        case .columnSum(let table, let column, let condition):
            return "somme(\(table).\(column), avec \(condition))"
        case .rowCount(let table, let condition):
            guard let condition else { return "nombre(\(table))" }
            return "nombre(\(table), avec \(condition))"
        case .arithmetic(let operation, let left, let right):
            let own = operation == .plus || operation == .minus ? 1 : 2
            let text = "\(left.written(inside: own)) \(operation.rawValue) \(right.written(inside: own + 1))"
            return own < level ? "(\(text))" : text
        }
    }

    private func list(_ parts: [Formula]) -> String { parts.map(\.description).joined(separator: ", ") }
}

extension Condition: CustomStringConvertible {
    /// The text that reads back as this condition.
    public var description: String { written(inside: 0) }

    /// - Parameter level: 0 alone, 1 within « ou », 2 within « et » or after « non ».
    private func written(inside level: Int) -> String {
        switch self {
        case .constant(let flag): return flag ? "vrai" : "faux"
        case .all(let parts):
            let text = parts.map { $0.written(inside: 2) }.joined(separator: " et ")
            return level >= 2 ? "(\(text))" : text
        case .any(let parts):
            let text = parts.map { $0.written(inside: 1) }.joined(separator: " ou ")
            return level >= 1 ? "(\(text))" : text
        case .not(let part): return "non " + part.written(inside: 2)
        case .comparison(let left, let comparison, let right): return "\(left) \(comparison.rawValue) \(right)"
        case .oneOf(let value, let texts): return "\(value) dans (\(texts.map(quoted).joined(separator: ", ")))"
        case .contains(let reference, let text): return "\(reference) contient \(quoted(text))"
        case .answered(let reference): return "repondu(\(reference))"
        case .empty(let reference): return "vide(\(reference))"
        case .inZoning(let value, let name): return "\(value) dans zonage \(quoted(name))"
        }
    }
}

/// A text between quotes; one that holds a straight quote goes between guillemets.
private func quoted(_ text: String) -> String {
    text.utf8.contains(UInt8(ascii: "\"")) ? "« \(text) »" : "\"\(text)\""
}
