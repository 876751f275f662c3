import Exchange
import Geography

/// Reads rows by a layout. It remembers what it has already worked out, so it is used by one task at a time: the importer sees to
/// it.
final class RecordReader: @unchecked Sendable {
    let binding: LayoutBinding
    let gazetteer: Gazetteer
    var hours = HoursReader()
    private var codesRead: [SheetField: [String: [String]]] = [:]

    init(_ binding: LayoutBinding, _ gazetteer: Gazetteer) {
        self.binding = binding
        self.gazetteer = gazetteer
    }

    /// What is gathered of a row before it is settled.
    struct Draft {
        var record: IncomingRecord
        var place = PlaceDraft()
        var week = [String](repeating: "", count: 7)
        var hoursText = ""
        var hoursColumn = ""

        mutating func remark(_ column: String, _ value: String, _ reason: String) {
            record.remarks.append(.init(line: record.line, column: column, value: value, reason: reason))
        }

        mutating func add(_ codes: [String], to field: SheetField) {
            guard !codes.isEmpty else { return }
            record.values[field] = .codes((record.values[field]?.codes ?? []) + codes)
        }

        mutating func note(_ text: String, in field: SheetField) {
            let before = record.values[field]?.text ?? ""
            record.values[field] = .text(before.isEmpty ? text : before + "\n" + text)
        }
    }

    func record(_ row: SourceRow) -> IncomingRecord {
        var draft = Draft(record: IncomingRecord(line: row.line))
        draft.record.remarks = row.remarks
        if let fault = row.fault {
            draft.record.fault = .init(line: row.line, column: fault.column, value: "", reason: fault.reason)
            return draft.record
        }
        for (slot, column) in binding.layout.columns.enumerated() {
            guard slot < row.cells.count, let raw = row.cells[slot], !raw.isEmpty, let name = binding.names[slot] else {
                continue
            }
            read(raw, column.target, name, &draft)
        }
        finish(&draft)
        return draft.record
    }

    private func read(_ raw: String, _ target: PlaceLayout.Target, _ column: String, _ draft: inout Draft) {
        let keepsLines: Bool
        switch target {
        case .personal: return
        case .text(let field): keepsLines = field.definition.kind.isLongText
        case .more, .codes, .proseHours, .address: keepsLines = true
        default: keepsLines = false
        }
        let cell = CellText(raw, keepsLines: keepsLines)
        if let repair = cell.repair { draft.remark(column, raw, repair) }
        let text = cell.text
        if text.isEmpty { return }
        switch target {
        case .key: draft.record.key = String(text.prefix(200))
        case .text(let field): self.text(text, field, column, &draft)
        case .more(let field, let word): draft.note(word.isEmpty ? text : "\(word) : \(text)", in: field)
        case .codes(let field): codes(text, field, column, &draft)
        case .choice(let field): choice(text, field, column, &draft)
        case .flag(let field, let code): flag(text, field, code, column, &draft)
        case .email: email(text, column, &draft)
        case .phone: phone(text, column, &draft)
        case .siret: siret(text, column, &draft)
        case .rna: if let rna = try? SheetRules.rna(text) { draft.record.values[.rna] = .text(rna) }
        case .web(let field): web(text, field, column, &draft)
        case .link(let label, let host): link(text, label, host, column, &draft)
        case .address, .complement, .communeName, .communeCode, .postalCode, .departement, .latitude, .longitude,
            .latitudeLongitude, .geocoded:
            draft.place.take(text, target, column)
        case .hours: (draft.hoursText, draft.hoursColumn) = (text, column)
        case .weekday(let day): if day < 7 { (draft.week[day], draft.hoursColumn) = (text, column) }
        case .proseHours: prose(text, column, &draft)
        case .labels: labels(text, column, &draft)
        case .updated: updated(text, column, &draft)
        case .personal: break
        }
    }

    private func finish(_ draft: inout Draft) {
        for (field, value) in binding.layout.constants {
            switch value {
            case .codes(let codes): draft.add(codes, to: field)
            case .rows(let rows): draft.record.values[field] = .rows(rows + (draft.record.values[field]?.rows ?? []))
            default: if draft.record.values[field] == nil { draft.record.values[field] = value }
            }
        }
        settleHours(&draft)
        draft.place.settle(gazetteer, &draft.record)
        settleTexts(&draft)
        for (field, value) in draft.record.values {
            if case .codes(let codes) = value, let list = field.list {
                draft.record.values[field] = .codes(list.canonical(codes))
            }
        }
        guard !draft.record.name.isEmpty else {
            draft.record.fault = .init(
                line: draft.record.line, column: nameColumn, value: draft.record.key, reason: "the row names no place")
            return
        }
        draft.record.seal()
    }

    private var nameColumn: String {
        for (slot, column) in binding.layout.columns.enumerated() {
            if case .text(.name) = column.target { return binding.names[slot] ?? column.names[0] }
        }
        return "nom"
    }

    /// Cuts what is too long, and keeps the whole of a long summary as the description.
    private func settleTexts(_ draft: inout Draft) {
        for field in [SheetField.summary, .name, .hoursNote, .description, .structure, .otherFamily] {
            guard let text = draft.record.values[field]?.text, let limit = field.definition.kind.limit,
                text.utf8.count > limit, text.count > limit
            else { continue }
            if field == .summary, draft.record.values[.description] == nil {
                draft.record.values[.description] = .text(text)
            }
            draft.record.values[field] = .text(text.prefix(limit - 1).trimmedEnd + "…")
            draft.remark(field.rawValue, text, "longer than \(limit) characters: cut")
        }
    }

    // MARK: Words

    private func text(_ text: String, _ field: SheetField, _ column: String, _ draft: inout Draft) {
        guard draft.record.values[field] == nil else { return }
        if field == .name {
            if text == "0" { return }
            if CellText.looksLikeFormula(text) {
                draft.remark(column, text, "begins like a spreadsheet formula: kept as text")
            }
            draft.record.values[.name] = .text(text)
            return
        }
        do {
            if let value = try SheetRules.canonical(
                .text(field.definition.kind.limit == nil ? text : clipped(text, field)), for: field)
            {
                draft.record.values[field] = value
            }
        } catch {
            draft.remark(column, text, "not acceptable as “\(field.rawValue)”: left out")
        }
    }

    private func clipped(_ text: String, _ field: SheetField) -> String {
        guard let limit = field.definition.kind.limit, text.utf8.count > limit, text.count > limit else { return text }
        return text.prefix(limit - 1).trimmedEnd + "…"
    }

    private func codes(_ text: String, _ field: SheetField, _ column: String, _ draft: inout Draft) {
        if let known = codesRead[field]?[text] {
            draft.add(known, to: field)
            return
        }
        let (codes, unknown) = CodeWords.read(text, field)
        for word in unknown {
            draft.remark(column, word, "not a word of our list “\(field.list?.name ?? field.rawValue)”: left out")
        }
        if unknown.isEmpty, (codesRead[field]?.count ?? 0) < 4_096 { codesRead[field, default: [:]][text] = codes }
        switch field.definition.kind {
        case .choice: if let first = codes.first { draft.record.values[field] = .text(first) }
        default: draft.add(codes, to: field)
        }
    }

    private func choice(_ text: String, _ field: SheetField, _ column: String, _ draft: inout Draft) {
        guard let code = field.list?.code(for: text) else {
            return draft.remark(
                column, text, "not a word of our list “\(field.list?.name ?? field.rawValue)”: left out")
        }
        draft.record.values[field] = .text(code)
    }

    /// `Oui, sur rendez-vous` means yes; `Non` and everything else add nothing.
    private func flag(_ text: String, _ field: SheetField, _ code: String, _ column: String, _ draft: inout Draft) {
        switch Words.folded(text).first {
        case "oui", "o", "true", "vrai", "1", "yes": draft.add([code], to: field)
        case "non", "n", "false", "faux", "0", "no": break
        default: draft.remark(column, text, "neither Oui nor Non: left out")
        }
    }

    private func labels(_ text: String, _ column: String, _ draft: inout Draft) {
        var rows = draft.record.values[.labels]?.rows ?? []
        for part in CodeWords.labels(text) {
            let label = PlaceImportWords.labels[Words.key(part.name)] ?? part.name
            guard label.utf8.count > 1 else {
                draft.remark(column, part.name, "a letter that the file does not explain: left out")
                continue
            }
            guard rows.count < 20, !rows.contains(where: { Words.key($0["label"] ?? "") == Words.key(label) }) else {
                continue
            }
            var row = ["label": String(label.prefix(120))]
            if let since = part.since { row["du"] = since }
            rows.append(row)
        }
        if !rows.isEmpty { draft.record.values[.labels] = .rows(rows) }
    }

    private func updated(_ text: String, _ column: String, _ draft: inout Draft) {
        guard let day = CodeWords.day(text) else { return draft.remark(column, text, "not a date: left out") }
        draft.record.datedOn = day.description
    }
}

extension SheetField.Kind {
    var isLongText: Bool { if case .longText = self { true } else { false } }

    /// The longest text, in characters.
    var limit: Int? {
        switch self {
        case .line(let limit), .longText(let limit): limit
        default: nil
        }
    }
}

extension SheetField {
    /// The reference list of the field's values.
    var list: ReferenceList? {
        switch definition.kind {
        case .choice(let list), .choices(let list): list
        default: nil
        }
    }
}

extension Substring {
    var trimmedEnd: String {
        var rest = self
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
