import Exchange

/// The JSON of a form. What has its ordinary value is left out, so that the file stays short.
enum FormWriter {
    /// An object that grows in order.
    private struct Members {
        var object = JSONObject()

        mutating func text(_ name: String, _ text: String) { if !text.isEmpty { object.append(name, .string(text)) } }
        mutating func int(_ name: String, _ value: Int?) {
            if let value { object.append(name, .number(JSONNumber(value))) }
        }
        mutating func texts(_ name: String, _ texts: [String]) {
            if !texts.isEmpty { object.append(name, .array(texts.map { .string($0) })) }
        }
    }

    static func object(_ form: Form) -> JSONObject {
        var members = Members()
        members.text("format", FormFile.format)
        members.int("formatVersion", FormFile.formatVersion)
        members.text("key", form.key)
        members.text("title", form.title)
        members.int("version", form.version)
        members.text("intro", form.intro)
        members.object.append("sections", .array(form.sections.map { .object(section($0)) }))
        if !form.rules.isEmpty { members.object.append("rules", .array(form.rules.map { .object(rule($0)) })) }
        return members.object
    }

    private static func section(_ section: FormSection) -> JSONObject {
        var members = Members()
        members.text("key", section.key)
        members.text("title", section.title)
        members.text("intro", section.intro)
        members.texts("maturities", section.maturities)
        members.text("shownIf", section.shownIf?.description ?? "")
        if section.answeredBy != .lead { members.text("answeredBy", section.answeredBy.rawValue) }
        members.object.append("questions", .array(section.questions.map { .object(question($0)) }))
        return members.object
    }

    private static func rule(_ rule: FormRule) -> JSONObject {
        var members = Members()
        members.text("key", rule.key)
        members.text("condition", rule.condition.description)
        members.text("when", rule.when?.description ?? "")
        members.text("message", rule.message)
        if rule.severity != .blocking { members.text("severity", rule.severity.rawValue) }
        members.texts("questions", rule.questions)
        return members.object
    }

    static func question(_ question: Question) -> JSONObject {
        var members = Members()
        members.text("key", question.key)
        members.text("label", question.label)
        members.text("kind", question.kind.word)
        members.text("help", question.help)
        members.text("example", question.example)
        switch question.requirement {
        case .optional: break
        case .required: members.object.append("required", .bool(true))
        case .requiredIf(let condition): members.text("required", condition.description)
        }
        members.text("shownIf", question.shownIf?.description ?? "")
        members.texts("maturities", question.maturities)
        members.text("prefill", question.prefill?.description ?? "")
        limits(question.kind, to: &members)
        return members.object
    }

    private static func limits(_ kind: QuestionKind, to members: inout Members) {
        switch kind {
        case .shortText(let limit), .longText(let limit): members.int("maxLength", limit)
        case .number(let least, let most, let decimals):
            if let least { members.text("min", least.description) }
            if let most { members.text("max", most.description) }
            if decimals > 0 { members.int("decimals", decimals) }
        case .money(let least, let most):
            members.int("minCents", least)
            members.int("maxCents", most)
        case .date(let least, let most):
            members.text("min", least?.description ?? "")
            members.text("max", most?.description ?? "")
        case .period(let days): members.int("maxDays", days)
        case .oneOf(let options): members.object.append("options", pairs(options.map { ($0.key, $0.label) }))
        case .severalOf(let options, let least, let most):
            members.int("minChoices", least)
            members.int("maxChoices", most)
            members.object.append("options", pairs(options.map { ($0.key, $0.label) }))
        case .attachment(let rules):
            members.texts("accepted", rules.accepted.map(\.rawValue))
            members.int("maxBytes", rules.maxBytes)
            members.int("maxCount", rules.maxCount)
            members.int("validMonths", rules.validMonths)
        case .group(let columns, let least, let most):
            members.int("minRows", least)
            members.int("maxRows", most)
            members.object.append("columns", .array(columns.map { .object(question($0)) }))
        case .table(let layout):
            switch layout.rows {
            case .fixed(let rows): members.object.append("rows", pairs(rows.map { ($0.key, $0.label) }))
            case .free(let least, let most):
                members.int("minRows", least)
                members.int("maxRows", most)
            }
            members.texts("totals", layout.totals)
            members.object.append("columns", .array(layout.columns.map { .object(question($0)) }))
        case .computed(let formula, let unit):
            members.text("formula", formula.description)
            members.text("unit", unit.rawValue)
        case .sworn(let text, let version):
            members.text("text", text)
            members.int("textVersion", version)
        case .yesNo, .commune, .address, .siret, .rna, .email, .phone, .url, .place, .person: break
        }
    }

    private static func pairs(_ pairs: [(key: String, label: String)]) -> JSONValue {
        .array(
            pairs.map {
                .object(JSONObject([.init("key", .string($0.key)), .init("label", .string($0.label))]))
            })
    }
}
