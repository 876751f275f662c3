import Exchange

enum KindReader {
    /// The members of each kind of question, beside those of all questions.
    static let members: [String: Set<String>] = [
        "shortText": ["maxLength"], "longText": ["maxLength"], "number": ["min", "max", "decimals"],
        "money": ["minCents", "maxCents"], "date": ["min", "max"], "period": ["maxDays"], "yesNo": [],
        "oneOf": ["options"], "severalOf": ["options", "minChoices", "maxChoices"], "commune": [], "address": [],
        "siret": [], "rna": [], "email": [], "phone": [], "url": [], "place": [], "person": [],
        "attachment": ["accepted", "maxBytes", "maxCount", "validMonths"], "group": ["columns", "minRows", "maxRows"],
        "table": ["columns", "rows", "minRows", "maxRows", "totals"], "computed": ["formula", "unit"],
        "sworn": ["text", "textVersion"],
    ]
}

extension FormReader {
    /// The kind that a word names, with its limits; nil when a needed one is not understood.
    mutating func kind(_ word: String, _ object: JSONObject) -> QuestionKind? {
        switch word {
        case "shortText": return .shortText(maxLength: int(object, "maxLength") ?? 200)
        case "longText": return .longText(maxLength: int(object, "maxLength") ?? 1_500)
        case "number":
            return .number(
                min: number(object, "min"), max: number(object, "max"), decimals: int(object, "decimals") ?? 0)
        case "money": return .money(min: int(object, "minCents"), max: int(object, "maxCents"))
        case "date": return .date(min: date(object, "min"), max: date(object, "max"))
        case "period": return .period(maxDays: int(object, "maxDays"))
        case "yesNo": return .yesNo
        case "oneOf": return .oneOf(options(object))
        case "severalOf":
            return .severalOf(options(object), min: int(object, "minChoices"), max: int(object, "maxChoices"))
        case "commune": return .commune
        case "address": return .address
        case "siret": return .siret
        case "rna": return .rna
        case "email": return .email
        case "phone": return .phone
        case "url": return .url
        case "place": return .place
        case "person": return .person
        case "attachment": return attachment(object)
        case "group":
            return .group(
                columns: list(object, "columns", required: true) { $0.question($1) },
                minRows: int(object, "minRows") ?? 0,
                maxRows: int(object, "maxRows") ?? 20)
        case "table": return table(object)
        case "computed": return computed(object)
        case "sworn":
            return .sworn(text: text(object, "text", required: true), version: int(object, "textVersion") ?? 1)
        default: return nil
        }
    }

    private mutating func options(_ object: JSONObject) -> [QuestionOption] {
        list(object, "options", required: true) { $0.pair($1) }.map { QuestionOption($0.key, $0.label) }
    }

    private mutating func number(_ object: JSONObject, _ name: String) -> ExactNumber? {
        guard let value = object[name] else { return nil }
        if let text = value.string ?? value.int.map(String.init), let number = ExactNumber(text) { return number }
        add("« \(name) » doit être un nombre, entre guillemets s’il a des décimales.", member: name)
        return nil
    }

    private mutating func date(_ object: JSONObject, _ name: String) -> CivilDate? {
        let text = self.text(object, name)
        guard !text.isEmpty else { return nil }
        let date = CivilDate(iso: text)
        if date == nil { add("« \(text) » n’est pas une date (2020-10-16).", member: name) }
        return date
    }

    private mutating func attachment(_ object: JSONObject) -> QuestionKind {
        var accepted: [FileFamily] = []
        for word in texts(object, "accepted") {
            if let family = FileFamily(rawValue: word) {
                accepted.append(family)
            } else {
                add("« \(word) » n’est pas un format de fichier connu.", member: "accepted")
            }
        }
        return .attachment(
            AttachmentRules(
                object["accepted"] == nil ? [.pdf] : accepted, maxBytes: int(object, "maxBytes") ?? 20_000_000,
                maxCount: int(object, "maxCount") ?? 1, validMonths: int(object, "validMonths")))
    }

    private mutating func table(_ object: JSONObject) -> QuestionKind {
        let columns = list(object, "columns", required: true) { $0.question($1) }
        let rows: TableLayout.Rows
        if object["rows"] != nil {
            if object["minRows"] != nil || object["maxRows"] != nil {
                add("Un tableau a des lignes fixes (« rows ») ou libres (« minRows », « maxRows »), pas les deux.")
            }
            rows = .fixed(list(object, "rows") { $0.pair($1) }.map { TableRow($0.key, $0.label) })
        } else {
            rows = .free(min: int(object, "minRows") ?? 0, max: int(object, "maxRows") ?? 20)
        }
        return .table(TableLayout(columns: columns, rows: rows, totals: texts(object, "totals")))
    }

    private mutating func computed(_ object: JSONObject) -> QuestionKind? {
        let written = text(object, "formula", required: true)
        let word = text(object, "unit")
        let unit = word.isEmpty ? .number : ComputedUnit(rawValue: word)
        if unit == nil { add("« unit » vaut « number », « money » ou « percent ».", member: "unit") }
        guard !written.isEmpty, let unit else { return nil }
        do {
            return .computed(try Formula(written), unit: unit)
        } catch {
            add("Calcul « \(written) », après \(error.offset) octets : \(error.message)", member: "formula")
            return nil
        }
    }
}
