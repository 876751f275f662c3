import Exchange

/// A value while a form is evaluated.
enum Term: Sendable, Equatable {
    case empty
    /// A computation left the range of `ExactNumber`.
    case tooLarge
    case number(ExactNumber)
    case date(CivilDate)
    case text(String)
    case flag(Bool)
    case keys([String])

    var number: ExactNumber? { if case .number(let number) = self { number } else { nil } }
    var isEmpty: Bool { self == .empty }

    /// The value of an answer where conditions and computations read it; empty when it is not of the question's type.
    static func of(_ value: AnswerValue?, kind: QuestionKind) -> Term {
        guard let value, AnswerTypes.accepts(value, for: kind) else { return .empty }
        switch value {
        case .text(let text):
            switch kind {
            // Prose, and what is written in many ways, is answered or not: nothing compares it.
            case .longText, .phone, .url: return .empty
            default: return .text(text)
            }
        case .flag(let flag): return .flag(flag)
        case .number(let number): return .number(number)
        case .money(let cents): return ExactNumber(cents: cents).map { .number($0) } ?? .tooLarge
        case .date(let date): return .date(date)
        case .choices(let keys): return .keys(keys)
        case .address(let address): return address.communeCode.map { .text($0) } ?? .empty
        case .place(let place): return place.id.map { .text($0) } ?? .empty
        case .period, .person, .files, .rows, .sworn, .unread: return .empty
        }
    }

    /// What an expression gives: empty counts for zero beside a number; dividing by zero gives nothing.
    static func arithmetic(_ operation: Formula.Operation, _ left: Term, _ right: Term) -> Term {
        if left == .tooLarge || right == .tooLarge { return .tooLarge }
        switch operation {
        case .plus, .minus:
            if left.isEmpty, right.isEmpty { return .empty }
            let first = left.number ?? .zero
            let second = right.number ?? .zero
            let result = operation == .plus ? first.adding(second) : first.subtracting(second)
            return result.map { .number($0) } ?? .tooLarge
        case .times:
            guard let first = left.number, let second = right.number else { return .empty }
            return first.multiplied(by: second).map { .number($0) } ?? .tooLarge
        case .over:
            guard let first = left.number, let second = right.number, second != .zero else { return .empty }
            return first.divided(by: second).map { .number($0) } ?? .tooLarge
        }
    }

    /// The sum so far with one more term; empty counts for zero.
    static func sum(_ sum: Term, _ term: Term) -> Term {
        switch (sum, term) {
        case (.tooLarge, _), (_, .tooLarge): .tooLarge
        case (.number(let left), .number(let right)): left.adding(right).map { .number($0) } ?? .tooLarge
        default: sum
        }
    }

    /// Nil when either side is missing.
    static func compare(_ left: Term, _ comparison: Condition.Comparison, _ right: Term) -> Bool? {
        switch (left, right) {
        case (.number(let first), .number(let second)): return holds(comparison, first, second)
        case (.date(let first), .date(let second)): return holds(comparison, first, second)
        case (.text(let first), .text(let second)): return equal(comparison, first == second)
        case (.flag(let first), .flag(let second)): return equal(comparison, first == second)
        default: return nil
        }
    }

    private static func equal(_ comparison: Condition.Comparison, _ same: Bool) -> Bool? {
        switch comparison {
        case .equal: same
        case .different: !same
        default: nil
        }
    }

    private static func holds<Value: Comparable>(
        _ comparison: Condition.Comparison, _ left: Value, _ right: Value
    ) -> Bool {
        switch comparison {
        case .equal: left == right
        case .different: left != right
        case .less: left < right
        case .atMost: left <= right
        case .more: left > right
        case .atLeast: left >= right
        }
    }
}

enum AnswerTypes {
    /// Whether an answer is of the type a kind of question keeps.
    static func accepts(_ value: AnswerValue, for kind: QuestionKind) -> Bool {
        switch (kind, value) {
        case (.shortText, .text), (.longText, .text), (.oneOf, .text), (.siret, .text), (.rna, .text), (.email, .text),
            (.phone, .text), (.url, .text), (.number, .number), (.money, .money), (.date, .date), (.period, .period),
            (.yesNo, .flag), (.severalOf, .choices), (.commune, .address), (.address, .address), (.place, .place),
            (.person, .person), (.attachment, .files), (.group, .rows), (.table, .rows), (.sworn, .sworn):
            true
        default: false
        }
    }
}
