import Exchange

/// Answers as people read them: on check pages, receipts and printed files.
public enum AnswerText {
    /// An answer in French; several lines for rows, one « label : answer » for each cell that has something.
    ///
    /// A choice is written with its label as this form has it; one that the form no longer has, with its key.
    public static func text(_ value: AnswerValue, for question: Question) -> String {
        switch value {
        case .text(let text):
            return question.kind.options?.first { $0.key == text }?.label ?? text
        case .flag(let flag): return flag ? "Oui" : "Non"
        case .number(let number): return FrenchText.number(number)
        case .money(let cents): return FrenchText.euros(cents)
        case .date(let date): return FrenchText.date(date)
        case .period(let from, let to):
            switch (from, to) {
            case (let from?, let to?): return "du \(FrenchText.date(from)) au \(FrenchText.date(to))"
            case (let from?, nil): return "à partir du \(FrenchText.date(from))"
            case (nil, let to?): return "jusqu’au \(FrenchText.date(to))"
            case (nil, nil): return ""
            }
        case .choices(let keys):
            return keys.map { key in question.kind.options?.first { $0.key == key }?.label ?? key }
                .joined(separator: ", ")
        case .address(let address):
            let city = [address.postalCode, address.commune].filter { !$0.isEmpty }.joined(separator: " ")
            return [address.street, city].filter { !$0.isEmpty }.joined(separator: ", ")
        case .place(let place): return place.name.isEmpty ? place.id ?? "" : place.name
        case .person(let person):
            let name = [person.firstName, person.name].filter { !$0.isEmpty }.joined(separator: " ")
            return [name, person.role, person.email, person.phone].filter { !$0.isEmpty }.joined(separator: ", ")
        case .files(let files): return files.map(\.name).joined(separator: ", ")
        case .sworn(let version): return "Signé (texte \(version))"
        case .unread(let text): return text
        case .rows(let rows): return rows.compactMap { line($0, of: question) }.joined(separator: "\n")
        }
    }

    private static func line(_ row: AnswerRow, of question: Question) -> String? {
        let cells = question.kind.columns.compactMap { column -> String? in
            guard let value = row.cells[column.key], !value.isEmpty else { return nil }
            return "\(column.label)\u{202F}: \(text(value, for: column))"
        }
        guard !cells.isEmpty else { return nil }
        let label = question.kind.fixedRows?.first { $0.key == row.key }?.label
        return (label.map { $0 + " – " } ?? "") + cells.joined(separator: "\u{202F}; ")
    }

    /// A number computed by the form, in its unit: euros, a percentage to the tenth, or as it is.
    public static func text(_ number: ExactNumber, unit: ComputedUnit) -> String {
        switch unit {
        case .number: FrenchText.number(number)
        case .money: FrenchText.euros(number.cents)
        case .percent: FrenchText.percent(number)
        }
    }
}
