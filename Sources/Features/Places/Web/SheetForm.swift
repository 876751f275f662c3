import Exchange
import Geography
import Maillage

/// A sheet as the fields of a form, and back. Names are those of the sheet: `nom`, `services`, `implantations.0.adresse`.
enum SheetForm {
    /// Names the fields that a form shows: those it does not show are left alone.
    static let shown = "champs"

    /// What a form shows for a sheet.
    static func fields(of sheet: Sheet, _ fields: [SheetField]) -> Fields {
        var all: [Fields.Field] = []
        func put(_ name: String, _ value: String) { all.append(Fields.Field(name: name, value: value)) }
        for field in fields {
            guard let value = sheet[field] else { continue }
            let name = field.rawValue
            switch value {
            case .text(let text): put(name, text)
            case .number(let number): put(name, String(number))
            case .flag(let flag): if flag { put(name, "oui") }
            case .codes(let codes): for code in codes { put(name, code) }
            case .rows(let rows):
                for (index, row) in rows.enumerated() {
                    for (column, cell) in row.sorted(by: { $0.key < $1.key }) {
                        put("\(name).\(index).\(column)", cell)
                    }
                }
            }
            if field == .hours { all += WeekForm.fields(of: value.text ?? "") }
        }
        return Fields(all)
    }

    /// How many rows of a group the form holds.
    static func rowCount(_ field: SheetField, in form: Fields) -> Int {
        let prefix = field.rawValue + "."
        var count = 0
        for one in form.all where one.name.hasPrefix(prefix) {
            let rest = one.name.dropFirst(prefix.count).prefix { $0 != "." }
            if let index = WrittenNumber.whole(rest.utf8), index < 100 { count = max(count, index + 1) }
        }
        return count
    }

    /// What somebody changed from `base`, among the fields the form showed. What cannot be read goes to `problems`.
    static func changes(
        in form: Fields, allowed: [SheetField], from base: Sheet, problems: inout Problems
    ) -> [SheetField: SheetValue?] {
        let shown = Set(form.values(Self.shown))
        var changes: [SheetField: SheetValue?] = [:]
        for field in allowed where shown.contains(field.rawValue) {
            guard let read = value(of: field, in: form, base: base, problems: &problems) else { continue }
            let typed = read.isEmpty ? nil : read
            // What cannot be put in its canonical form is a change; the act says what is wrong with it.
            let canonical = typed.flatMap { value in (try? SheetRules.canonical(value, for: field)) ?? value }
            let isSame = canonical == base[field] || (canonical == .flag(false) && base[field] == nil)
            if !isSame { changes[field] = .some(typed) }
        }
        return changes
    }

    /// Nil when it could not be read, or was not touched.
    private static func value(
        of field: SheetField, in form: Fields, base: Sheet, problems: inout Problems
    ) -> SheetValue? {
        let name = field.rawValue
        switch field.definition.kind {
        case .choices, .fields: return .codes(form.values(name).filter { !$0.isEmpty })
        case .flag: return .flag(form.has(name))
        case .number:
            guard let text = form.text(name) else { return .text("") }
            let digits = text.filter { !$0.isWhitespace }
            guard let number = Int(digits) else {
                problems.add(name, "Écrivez un nombre entier.")
                return nil
            }
            return .number(number)
        case .rows(let columns, let limit):
            let count = min(rowCount(field, in: form), limit + 5)
            let former = base.rows(field)
            return .rows(
                (0..<count).map { index in
                    row(index, columns, "\(name).\(index).", former.indices.contains(index) ? former[index] : [:], form)
                })
        case .openingHours:
            return WeekForm.value(in: form, base: base.text(field), problems: &problems).map { .text($0) }
        default: return .text(form[name] ?? "")
        }
    }

    private static func row(
        _ index: Int, _ columns: [SheetField.Column], _ prefix: String, _ former: [String: String], _ form: Fields
    ) -> [String: String] {
        var row: [String: String] = [:]
        for column in columns {
            if let text = form.text(prefix + column.name) { row[column.name] = text }
        }
        guard columns.contains(where: { $0.name == "commune_nom" }) else { return row }
        // The code belongs to the name: kept with it, chosen with it, or found again from it.
        row["commune"] = nil
        if let chosen = form.text(prefix + "commune_nom_code") {
            row["commune"] = chosen
        } else if row["commune_nom"] == former["commune_nom"], row["code_postal"] == former["code_postal"] {
            row["commune"] = former["commune"]
        }
        guard columns.contains(where: { $0.name == "latitude" }) else { return row }
        let hasMoved = ["adresse", "code_postal", "commune_nom"].contains { row[$0] != former[$0] }
        let isPlaced = row["latitude"] != former["latitude"] || row["longitude"] != former["longitude"]
        if let precision = SheetPlacing.precision(ofRow: index, row, in: form) {
            row["precision"] = precision
        } else if isPlaced {
            row["precision"] = row["latitude"] == nil ? nil : "manuel"
        } else if hasMoved {
            for name in ["latitude", "longitude", "precision"] { row[name] = nil }
        } else {
            row["precision"] = former["precision"]
        }
        if row.keys.allSatisfy({ $0 == "precision" }) { row = [:] }
        return row
    }
}

/// Opening hours in a form: a week of hours for most, the exact syntax for the others.
enum WeekForm {
    static let prefix = "horaires."
    static let holidays = "horaires.feries"

    static func name(_ day: Int, _ span: Int, _ end: String) -> String { "\(prefix)\(day).\(span).\(end)" }

    /// The hours as a week; nil when a week cannot say them.
    static func grid(_ text: String) -> WeekGrid? {
        if text.isEmpty { return WeekGrid() }
        return (try? OpeningHours(parsing: text)).flatMap { WeekGrid($0) }
    }

    static func fields(of text: String) -> [Fields.Field] {
        guard let grid = grid(text) else { return [] }
        var fields: [Fields.Field] = []
        for day in 1...7 {
            for (index, span) in grid[day].enumerated() {
                fields.append(Fields.Field(name: name(day, index, "de"), value: clock(span.start)))
                fields.append(Fields.Field(name: name(day, index, "a"), value: clock(span.end % 1_440)))
            }
        }
        if grid.isClosedOnPublicHolidays { fields.append(Fields.Field(name: holidays, value: "oui")) }
        return fields
    }

    private static func clock(_ minutes: Int) -> String {
        Format.twoDigits(minutes / 60) + ":" + Format.twoDigits(minutes % 60)
    }

    /// The hours that somebody typed, in the week or as a text; nil when they touched neither, or when it cannot be read.
    static func value(in form: Fields, base: String, problems: inout Problems) -> String? {
        let text = form.text("horaires") ?? ""
        let typedText = TextForm.oneLine(text) != base
        guard let former = grid(base) else { return typedText ? text : nil }
        guard let week = week(in: form, problems: &problems) else { return nil }
        let typedWeek = week != former
        switch (typedText, typedWeek) {
        case (true, true):
            problems.add(
                "horaires",
                "Les horaires sont changés à la fois dans la semaine et en texte\u{202F}: gardez l’un des deux.")
            return nil
        case (true, false): return text
        case (false, true): return week.syntax
        case (false, false): return nil
        }
    }

    private static func week(in form: Fields, problems: inout Problems) -> WeekGrid? {
        var grid = WeekGrid(isClosedOnPublicHolidays: form.has(holidays))
        var isRead = true
        for day in 1...7 {
            for span in 0..<WeekGrid.spansPerDay {
                let (from, to) = (form.text(name(day, span, "de")), form.text(name(day, span, "a")))
                if from == nil, to == nil { continue }
                guard let from = from.flatMap(minutes), let to = to.flatMap(minutes), from != to else {
                    problems.add(name(day, span, "de"), "Écrivez deux heures, comme 09:00 et 12:30.")
                    isRead = false
                    continue
                }
                grid[day].append(WeekGrid.Span(from, to))
            }
        }
        return isRead ? grid : nil
    }

    /// `09:00`, and `9h`, `9h30`, `9 h 30` for browsers without a field of hours.
    private static func minutes(_ text: String) -> Int? {
        let parts = text.split { $0 == ":" || $0 == "h" || $0 == "H" || $0 == " " || $0 == "\u{A0}" }
        guard let first = parts.first, parts.count <= 3, let hour = WrittenNumber.whole(first.utf8), hour <= 24 else {
            return nil
        }
        guard parts.count > 1 else { return hour == 24 ? 0 : hour * 60 }
        guard let minute = WrittenNumber.whole(parts[1].utf8), minute < 60, hour < 24 else { return nil }
        return hour * 60 + minute
    }
}
