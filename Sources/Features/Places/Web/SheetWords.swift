import Maillage

/// Values of a sheet as people read them, on the place's page, in histories and in comparisons.
enum SheetWords {
    /// One text for any value; rows are one per line.
    static func text(_ value: SheetValue?, of field: SheetField) -> String {
        guard let value else { return "" }
        switch (field.definition.kind, value) {
        case (.choice(let list), .text(let code)): return list.label(code)
        case (.choices(let list), .codes(let codes)): return codes.map(list.label).joined(separator: ", ")
        case (.fields, .codes(let codes)):
            return codes.map { SheetField(rawValue: $0)?.label ?? $0 }.joined(separator: ", ")
        case (.number(let unit, _), .number(let number)): return Format.number(number) + Format.noBreak + unit
        case (.partialDate, .text(let text)): return Format.partialDate(text)
        case (.phone, .text(let text)): return Format.phone(text)
        case (.longText, .text(let text)): return Format.typography(text)
        case (.rows(let columns, _), .rows(let rows)):
            return rows.map { row($0, columns) }.joined(separator: "\n")
        case (_, .text(let text)): return text
        case (_, .number(let number)): return Format.number(number)
        case (_, .flag(let flag)): return flag ? "Oui" : "Non"
        case (_, .codes(let codes)): return codes.joined(separator: ", ")
        case (_, .rows(let rows)):
            return rows.map { $0.values.sorted().joined(separator: ", ") }.joined(separator: "\n")
        }
    }

    /// The cells of a row that say something, in the order of the columns.
    static func row(_ row: [String: String], _ columns: [SheetField.Column]) -> String {
        columns.compactMap { column in
            guard let cell = row[column.name], !cell.isEmpty else { return nil }
            switch column.kind {
            case .choice(let list): return list.label(cell)
            case .date: return Format.partialDate(cell)
            default: return cell
            }
        }
        .joined(separator: ", ")
    }

    /// An address on one line: `12 rue des Lilas, 62300 Lens`.
    static func address(_ site: Site) -> String {
        let town = [site.postalCode, site.communeName].filter { !$0.isEmpty }.joined(separator: " ")
        return [site.address, site.complement, town].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Where a value comes from: `saisi par une personne du réseau`, `import « datatourisme »`.
    static func source(_ source: String) -> String {
        source == Origin.person ? "saisie sur le site" : "import «\u{A0}\(source)\u{A0}»"
    }
}
