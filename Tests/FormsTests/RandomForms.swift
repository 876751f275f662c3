import Exchange

@testable import Forms

/// Forms and answers made by chance, well formed by construction: each question reads earlier ones only.
struct RandomForms {
    var chance: Chance

    init(_ seed: UInt64) { chance = Chance(seed) }

    private static let keys = ["a", "b", "c"]

    mutating func form(questions count: Int, sections: Int = 4, conditions: Int = 70) -> Form {
        var form = Form(key: "hasard", title: "Hasard")
        var earlier: [Question] = []
        for number in 0..<sections {
            var section = FormSection("s\(number)", "Section \(number)")
            if number > 0, Int.random(in: 0..<3, using: &chance) == 0 { section.shownIf = condition(earlier) }
            if Int.random(in: 0..<4, using: &chance) == 0 { section.maturities = ["m1", "m2"] }
            for _ in 0..<count / sections {
                var question = Question("q\(earlier.count)", "Question", kind(earlier))
                if !earlier.isEmpty, Int.random(in: 0..<100, using: &chance) < conditions {
                    question.shownIf = condition(earlier)
                }
                if !earlier.isEmpty, Int.random(in: 0..<3, using: &chance) == 0 {
                    question.requirement = .requiredIf(condition(earlier))
                } else if Int.random(in: 0..<3, using: &chance) == 0 {
                    question.requirement = .required
                }
                if Int.random(in: 0..<8, using: &chance) == 0 { question.maturities = ["m1"] }
                section.questions.append(question)
                earlier.append(question)
            }
            form.sections.append(section)
        }
        for number in 0..<max(count / 10, 1) {
            form.rules.append(FormRule("r\(number)", condition(earlier), message: "Règle"))
        }
        return form
    }

    private mutating func kind(_ earlier: [Question]) -> QuestionKind {
        let options = Self.keys.map { QuestionOption($0, $0) }
        switch Int.random(in: 0..<(earlier.isEmpty ? 8 : 11), using: &chance) {
        case 0: return .shortText()
        case 1, 2: return .number(min: ExactNumber(-5), max: ExactNumber(50))
        case 3: return .money()
        case 4: return .yesNo
        case 5: return .oneOf(options)
        case 6: return .severalOf(options)
        case 7: return .date()
        case 8, 9:
            return .computed(number(earlier, depth: 2), unit: .number)
        default:
            return .table(
                TableLayout(
                    columns: [
                        Question("x", "X", .number()),
                        Question("y", "Y", .money(), .requiredIf(condition(earlier)), shownIf: condition(earlier)),
                        Question(
                            "z", "Z",
                            .computed(
                                .arithmetic(.times, .reference(Reference("x")), number(earlier, depth: 1)),
                                unit: .number)),
                    ],
                    rows: Bool.random(using: &chance)
                        ? .free(min: 0, max: 3) : .fixed([TableRow("1", "Un"), TableRow("2", "Deux")]),
                    totals: ["z"]))
        }
    }

    private mutating func number(_ earlier: [Question], depth: Int) -> Formula {
        guard depth > 0, let question = earlier.randomElement(using: &chance) else {
            return .number(ExactNumber(Int.random(in: -3...9, using: &chance)) ?? .zero)
        }
        switch question.kind {
        case .number, .money, .computed:
            let reference = Formula.reference(Reference(question.key))
            switch Int.random(in: 0..<5, using: &chance) {
            case 0: return .sum([reference, number(earlier, depth: depth - 1)])
            case 1: return .arithmetic(.minus, reference, number(earlier, depth: depth - 1))
            case 2: return .arithmetic(.over, reference, number(earlier, depth: depth - 1))
            case 3: return .greatest([reference, number(earlier, depth: depth - 1)])
            default: return reference
            }
        case .table:
            switch Int.random(in: 0..<3, using: &chance) {
            case 0: return .reference(Reference(question.key, "z"))
            case 1:
                return .columnSum(
                    table: question.key, column: "x",
                    where: .comparison(.reference(Reference("x")), .more, .number(ExactNumber(2) ?? .zero)))
            default: return .rowCount(table: question.key, where: nil)
            }
        default: return number(earlier, depth: depth - 1)
        }
    }

    mutating func condition(_ earlier: [Question], depth: Int = 2) -> Condition {
        guard let question = earlier.randomElement(using: &chance) else { return .constant(true) }
        if depth > 0, Int.random(in: 0..<3, using: &chance) == 0 {
            let parts = [condition(earlier, depth: depth - 1), condition(earlier, depth: depth - 1)]
            switch Int.random(in: 0..<3, using: &chance) {
            case 0: return .all(parts)
            case 1: return .any(parts)
            default: return .not(parts[0])
            }
        }
        let reference = Reference(question.key)
        let key = Self.keys.randomElement(using: &chance) ?? "a"
        switch question.kind {
        case .number, .money, .computed, .table:
            let comparison: [Condition.Comparison] = [.equal, .different, .less, .atMost, .more, .atLeast]
            return .comparison(
                number([question], depth: 1), comparison.randomElement(using: &chance) ?? .equal,
                .number(ExactNumber(Int.random(in: 0...9, using: &chance)) ?? .zero))
        case .yesNo: return .comparison(.reference(reference), .equal, .flag(Bool.random(using: &chance)))
        case .oneOf:
            return Bool.random(using: &chance)
                ? .comparison(.reference(reference), .equal, .text(key)) : .oneOf(.reference(reference), [key, "b"])
        case .severalOf: return .contains(reference, key)
        case .date: return .comparison(.reference(reference), .less, .today)
        default: return Bool.random(using: &chance) ? .answered(reference) : .empty(reference)
        }
    }

    mutating func answer(to question: Question) -> AnswerValue? {
        if Int.random(in: 0..<6, using: &chance) == 0 { return nil }
        if Int.random(in: 0..<20, using: &chance) == 0 { return .unread("n’importe quoi") }
        let key = Self.keys.randomElement(using: &chance) ?? "a"
        switch question.kind {
        case .number: return ExactNumber(Int.random(in: -10...60, using: &chance)).map { .number($0) }
        case .money: return .money(Int.random(in: -3...30, using: &chance) * 50)
        case .yesNo: return .flag(Bool.random(using: &chance))
        case .oneOf: return .text(key)
        case .severalOf: return .choices(Self.keys.filter { _ in Bool.random(using: &chance) })
        case .date: return .date(CivilDate(daysSince1970: Int.random(in: 18_000..<18_010, using: &chance)))
        case .table(let layout):
            var keys = ["1", "2"]
            if case .free = layout.rows { keys = ["r1", "r2", "r3"] }
            return .rows(
                keys.map { row in
                    var cells: [String: AnswerValue] = [:]
                    for column in layout.columns where !column.kind.isComputed {
                        if let value = answer(to: column) { cells[column.key] = value }
                    }
                    return AnswerRow(row, cells)
                })
        case .computed: return .text("ignoré")
        default: return .text(key)
        }
    }

    mutating func environment() -> FormEnvironment {
        FormEnvironment(
            maturity: ["m1", "m2", nil].randomElement(using: &chance) ?? nil,
            today: CivilDate(daysSince1970: 18_005))
    }
}
