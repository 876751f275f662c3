import Exchange

/// What a page needs to show and hide questions and to add up totals while one types: `Sources/Public/form.js` evaluates
/// it, to the same result as `FormState`. The server decides in the end: the page only spares a round trip.
public enum FormSchema {
    /// One JSON object, safe inside a `<script type="application/json">`; its shape is described in docs/FORMS.md.
    ///
    /// - Parameter environment: what the page knows; of its zonings, only those the form names are written, and none
    ///   longer than `maxCommunes`, for which the page waits for the server.
    public static func json(_ compiled: CompiledForm, environment: FormEnvironment = FormEnvironment()) -> [UInt8] {
        var writer = JSONWriter(escapesMarkup: true)
        writer.value(value(compiled, environment))
        return writer.bytes
    }

    /// Longest zoning that is sent to a page.
    public static let maxCommunes = 500

    private static func value(_ compiled: CompiledForm, _ environment: FormEnvironment) -> JSONValue {
        var object = JSONObject([
            .init("key", .string(compiled.form.key)), .init("version", .number(JSONNumber(compiled.form.version))),
            .init("environment", self.environment(environment, of: compiled.form)),
        ])
        object.append(
            "sections",
            .array(
                zip(compiled.form.sections, compiled.sections).map { section, compiled in
                    fields([
                        ("key", .string(section.key)), ("maturities", texts(section.maturities)),
                        ("shownIf", compiled.shownIf.map(condition)),
                    ])
                }))
        object.append("questions", .array(compiled.questions.map(question)))
        object.append(
            "rules",
            .array(
                compiled.rules.map { rule in
                    fields([
                        ("key", .string(rule.rule.key)), ("condition", condition(rule.condition)),
                        ("when", rule.when.map(condition)), ("message", .string(rule.rule.message)),
                        ("severity", .string(rule.rule.severity.rawValue)),
                    ])
                }))
        object.append(
            "order",
            .array(
                compiled.order.map { node in
                    switch node {
                    case .section(let number): .number(JSONNumber(number))
                    case .question(let number): .number(JSONNumber(number + compiled.sections.count))
                    }
                }))
        return .object(object)
    }

    private static func fields(_ fields: [(String, JSONValue?)]) -> JSONValue {
        .object(JSONObject(fields.compactMap { name, value in value.map { .init(name, $0) } }))
    }

    private static func texts(_ texts: [String]) -> JSONValue? {
        texts.isEmpty ? nil : .array(texts.map { .string($0) })
    }

    private static func environment(_ environment: FormEnvironment, of form: Form) -> JSONValue {
        let named = FormWriter.object(form)
        let text = String(decoding: JSONWriter.bytes(of: .object(named)), as: UTF8.self)
        let zonings = environment.zonings.filter { $0.value.count <= maxCommunes && text.contains($0.key) }
            .sorted { $0.key < $1.key }
        return fields([
            ("maturity", environment.maturity.map { .string($0) }),
            ("legalForm", environment.legalForm.map { .string($0) }),
            ("placeCommune", environment.placeCommune.map { .string($0) }),
            ("today", environment.today.map { .number(JSONNumber($0.daysSince1970)) }),
            (
                "zonings",
                .object(JSONObject(zonings.map { .init($0.key, .array($0.value.sorted().map { .string($0) })) }))
            ),
        ])
    }

    private static func question(_ question: CompiledQuestion) -> JSONValue {
        var all: [(String, JSONValue?)] = [("section", .number(JSONNumber(question.section)))]
        all += common(
            question.question, shownIf: question.shownIf, requiredIf: question.requiredIf, formula: question.formula)
        if question.question.kind.hasRows {
            all.append(("rows", question.fixedRows.map { .array($0.map { .string($0.key) }) }))
            all.append(("columnOrder", .array(question.columnOrder.map { .number(JSONNumber($0)) })))
            all.append(
                (
                    "columns",
                    .array(
                        question.columns.map {
                            fields(
                                common($0.question, shownIf: $0.shownIf, requiredIf: $0.requiredIf, formula: $0.formula)
                            )
                        })
                ))
        }
        return fields(all)
    }

    private static func common(
        _ question: Question, shownIf: ResolvedCondition?, requiredIf: ResolvedCondition?, formula: Resolved?
    ) -> [(String, JSONValue?)] {
        var unit: JSONValue?
        if case .computed(_, let written) = question.kind { unit = .string(written.rawValue) }
        var decimals: JSONValue?
        if case .number(_, _, let count) = question.kind { decimals = .number(JSONNumber(count)) }
        let required = question.requirement == .required ? JSONValue.bool(true) : requiredIf.map(condition)
        return [
            ("key", .string(question.key)), ("kind", .string(question.kind.word)), ("decimals", decimals),
            ("maturities", texts(question.maturities)), ("required", required), ("shownIf", shownIf.map(condition)),
            ("formula", formula.map(expression)), ("unit", unit),
        ]
    }

    // MARK: Expressions as arrays

    private static func list(_ name: String, _ parts: [JSONValue]) -> JSONValue { .array([.string(name)] + parts) }
    private static func int(_ number: Int) -> JSONValue { .number(JSONNumber(number)) }

    static func expression(_ expression: Resolved) -> JSONValue {
        switch expression {
        case .constant(.number(let number)): list("number", [.string(String(number.millionths))])
        case .constant(.date(let date)): list("date", [int(date.daysSince1970)])
        case .constant(.text(let text)): list("text", [.string(text)])
        case .constant(.flag(let flag)): list("flag", [.bool(flag)])
        case .constant: list("empty", [])
        case .maturity: list("maturity", [])
        case .legalForm: list("legalForm", [])
        case .placeCommune: list("placeCommune", [])
        case .today: list("today", [])
        case .rowKey: list("rowKey", [])
        case .question(let place): list("question", [int(place)])
        case .part(let place, let part): list("part", [int(place), .string(part.rawValue)])
        case .column(let column): list("column", [int(column)])
        case .total(let place, let column): list("total", [int(place), int(column)])
        case .cell(let place, let row, let column): list("cell", [int(place), .string(row), int(column)])
        case .columnSum(let place, let column, let condition):
            list("columnSum", [int(place), int(column), self.condition(condition)])
        case .rowCount(let place, let condition):
            list("rowCount", [int(place), condition.map { self.condition($0) } ?? .null])
        case .sum(let parts): list("sum", [.array(parts.map { self.expression($0) })])
        case .least(let parts): list("min", [.array(parts.map { self.expression($0) })])
        case .greatest(let parts): list("max", [.array(parts.map { self.expression($0) })])
        case .arithmetic(let operation, let left, let right):
            list(operation.rawValue, [self.expression(left), self.expression(right)])
        }
    }

    static func condition(_ condition: ResolvedCondition) -> JSONValue {
        switch condition {
        case .constant(let flag): list("constant", [.bool(flag)])
        case .all(let parts): list("all", [.array(parts.map { self.condition($0) })])
        case .any(let parts): list("any", [.array(parts.map { self.condition($0) })])
        case .not(let part): list("not", [self.condition(part)])
        case .comparison(let left, let comparison, let right):
            list("compare", [expression(left), .string(comparison.rawValue), expression(right)])
        case .oneOf(let value, let texts): list("oneOf", [expression(value), .array(texts.map { .string($0) })])
        case .contains(let value, let text): list("contains", [expression(value), .string(text)])
        case .answered(let value): list("answered", [expression(value)])
        case .inZoning(let value, let name): list("inZoning", [expression(value), .string(name)])
        }
    }
}
