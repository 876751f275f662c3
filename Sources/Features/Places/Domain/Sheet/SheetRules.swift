import Exchange
import Geography

/// What a value of a field must be. `canonical` puts what people type in its one form; what cannot be is said in French.
public enum SheetRules {
    /// A value that is not acceptable, with the sentence for the person who typed it.
    public struct Refusal: Error, Sendable, Equatable {
        public let sentence: String
        /// For repeated groups: the row (from 0) and the column's name.
        public let row: Int?
        public let column: String?

        init(_ sentence: String, row: Int? = nil, column: String? = nil) {
            self.sentence = sentence
            self.row = row
            self.column = column
        }
    }

    /// The value in its canonical form, nil when there is nothing in it.
    public static func canonical(_ value: SheetValue, for field: SheetField) throws(Refusal) -> SheetValue? {
        let canonical = try checked(value, field.definition.kind)
        return canonical.isEmpty ? nil : canonical
    }

    /// What is wrong with a whole sheet: the rules between fields. Field by field rules are `canonical`'s.
    public static func problems(_ sheet: Sheet) -> Problems {
        var problems = Problems()
        if sheet.name.isEmpty { problems.add(SheetField.name.rawValue, "Donnez un nom au lieu.") }
        if let opened = sheet[.openedOn]?.text, let closed = sheet[.closedOn]?.text, closed < opened {
            problems.add(SheetField.closedOn.rawValue, "La fermeture précède l’ouverture.")
        }
        if sheet[.closedOn] != nil, sheet.maturity != .closed {
            problems.add(
                SheetField.closedOn.rawValue,
                "Une date de fermeture demande l’étape « Fermé »\u{202F}; videz-la ou changez l’étape.")
        }
        return problems
    }

    private static func checked(_ value: SheetValue, _ kind: SheetField.Kind) throws(Refusal) -> SheetValue {
        switch (kind, value) {
        case (.line(let limit), .text(let text)): .text(try line(text, limit))
        case (.longText(let limit), .text(let text)): .text(try longText(text, limit))
        case (.choice(let list), .text(let text)): .text(try choice(text, list))
        case (.choices(let list), .codes(let codes)): .codes(try choices(codes, list))
        case (.number(_, let limit), .number(let number)): .number(try inRange(number, limit))
        case (.flag, .flag(let flag)): flag ? .flag(true) : .text("")
        case (.partialDate, .text(let text)): .text(try partialDate(text))
        case (.openingHours, .text(let text)): .text(try openingHours(text))
        case (.email, .text(let text)): .text(try email(text))
        case (.phone, .text(let text)): .text(try phone(text))
        case (.webAddress, .text(let text)): .text(try webAddress(text))
        case (.siret, .text(let text)): .text(try siret(text))
        case (.rna, .text(let text)): .text(try rna(text))
        case (.rows(let columns, let limit), .rows(let rows)): .rows(try self.rows(rows, columns, limit))
        case (.fields, .codes(let codes)): .codes(SheetField.allCases.map(\.rawValue).filter(codes.contains))
        default: throw Refusal("Cette valeur n’est pas du genre attendu.")
        }
    }

    private static func rows(
        _ rows: [[String: String]], _ columns: [SheetField.Column], _ limit: Int
    ) throws(Refusal) -> [[String: String]] {
        var kept: [[String: String]] = []
        for (index, row) in rows.enumerated() {
            var clean: [String: String] = [:]
            for column in columns {
                let text: String
                do {
                    text = try cell(row[column.name] ?? "", column.kind)
                } catch {
                    throw Refusal(error.sentence, row: index, column: column.name)
                }
                if !text.isEmpty { clean[column.name] = text }
            }
            if clean.isEmpty { continue }
            for column in columns where column.isRequired && clean[column.name] == nil {
                throw Refusal("Remplissez « \(column.label) ».", row: index, column: column.name)
            }
            if (clean["latitude"] == nil) != (clean["longitude"] == nil) {
                throw Refusal("Donnez la latitude et la longitude, ou aucune des deux.", row: index, column: "latitude")
            }
            kept.append(clean)
        }
        guard kept.count <= limit else { throw Refusal("Pas plus de \(limit) lignes.") }
        return kept
    }

    /// The places, among the rows typed, of those that `canonical` keeps: the ones that say something.
    static func keptRows(of value: SheetValue, _ field: SheetField) -> [Int] {
        guard case .rows(let columns, _) = field.definition.kind, let rows = value.rows else { return [] }
        return rows.indices.filter { index in
            columns.contains { column in
                // What cannot be read has been refused by then: it is not nothing.
                let text = rows[index][column.name] ?? ""
                return (try? cell(text, column.kind)).map { !$0.isEmpty } ?? true
            }
        }
    }

    private static func cell(_ text: String, _ kind: SheetField.Column.Kind) throws(Refusal) -> String {
        switch kind {
        case .line(let limit): return try line(text, limit)
        case .webAddress: return try webAddress(text)
        case .date:
            let trimmed = TextForm.oneLine(text)
            guard trimmed.isEmpty || CivilDate(iso: trimmed) != nil else {
                throw Refusal("Écrivez la date comme 2026-10-16.")
            }
            return trimmed
        case .choice(let list): return try choice(text, list)
        case .number:
            let digits = text.filter { !$0.isWhitespace }
            guard digits.isEmpty || Double(digits.replacing(",", with: ".")) != nil else {
                throw Refusal("Écrivez un nombre.")
            }
            return digits.replacing(",", with: ".")
        case .commune: return try communeCode(text)
        case .latitude: return try degrees(text, within: 90)
        case .longitude: return try degrees(text, within: 180)
        case .openingHours: return try openingHours(text)
        }
    }

    private static func degrees(_ text: String, within limit: Double) throws(Refusal) -> String {
        let trimmed = TextForm.oneLine(text).replacing(",", with: ".")
        if trimmed.isEmpty { return "" }
        guard let value = Double(trimmed), value.isFinite, abs(value) <= limit else {
            throw Refusal("Écrivez des degrés décimaux, comme 50.4291.")
        }
        return Site.degrees(value)
    }
}
