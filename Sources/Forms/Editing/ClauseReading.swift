import Exchange

extension Clause {
    /// The condition of a clause.
    func condition(in form: Form, table: String?) throws(Unreadable) -> Condition {
        switch subject {
        case .maturity: return try among(.maturity)
        case .legalForm: return try among(.legalForm)
        case .question(let key):
            let column = table.flatMap { form.question(at: QuestionSpot($0, column: key)) }
            guard let question = column ?? form.question(key) else {
                throw Unreadable(message: "Choisissez une question.")
            }
            guard Clause.tests(for: question.kind).contains(test) else {
                throw Unreadable(message: "« \(question.label) » ne se compare pas ainsi.")
            }
            return try condition(on: Reference(key), question)
        }
    }

    private func condition(on reference: Reference, _ question: Question) throws(Unreadable) -> Condition {
        let value = Formula.reference(reference)
        switch test {
        case .isYes: return .comparison(value, .equal, .flag(true))
        case .isNo: return .comparison(value, .equal, .flag(false))
        case .answered: return .answered(reference)
        case .empty: return .empty(reference)
        case .isAmong, .isNot: return try among(value, question.kind.options)
        case .includes, .excludes:
            let keys = try known(question.kind.options)
            let parts = keys.map { Condition.contains(reference, $0) }
            let any: Condition = parts.count == 1 ? parts[0] : .any(parts)
            return test == .includes ? any : .not(any)
        case .inZoning, .outsideZoning:
            let name = try text()
            let inside = Condition.inZoning(value, name)
            return test == .inZoning ? inside : .not(inside)
        case .equals: return .comparison(value, .equal, try operand(question.kind))
        case .differs: return .comparison(value, .different, try operand(question.kind))
        case .atLeast: return .comparison(value, .atLeast, try operand(question.kind))
        case .atMost: return .comparison(value, .atMost, try operand(question.kind))
        case .more: return .comparison(value, .more, try operand(question.kind))
        case .less: return .comparison(value, .less, try operand(question.kind))
        }
    }

    private func among(_ value: Formula, _ options: [QuestionOption]? = nil) throws(Unreadable) -> Condition {
        guard test == .isAmong || test == .isNot else {
            throw Unreadable(message: "Choisissez « est » ou « n’est pas ».")
        }
        let keys = try known(options)
        if keys.count == 1 { return .comparison(value, test == .isAmong ? .equal : .different, .text(keys[0])) }
        return test == .isAmong ? .oneOf(value, keys) : .not(.oneOf(value, keys))
    }

    /// The values, all of them options when the options are known.
    private func known(_ options: [QuestionOption]?) throws(Unreadable) -> [String] {
        let keys = values.filter { !$0.isEmpty }
        guard !keys.isEmpty else { throw Unreadable(message: "Choisissez au moins une réponse.") }
        if let options, let odd = keys.first(where: { key in !options.contains { $0.key == key } }) {
            throw Unreadable(message: "« \(odd) » n’est pas un choix de cette question.")
        }
        return keys
    }

    private func text() throws(Unreadable) -> String {
        guard let text = values.first.map({ $0.trimmed }), !text.isEmpty else {
            throw Unreadable(message: "Donnez une valeur.")
        }
        return text
    }

    private func operand(_ kind: QuestionKind) throws(Unreadable) -> Formula {
        let text = try text()
        switch kind {
        case .date:
            guard let date = FrenchReading.date(text) else {
                throw Unreadable(message: "« \(text) » n’est pas une date : écrivez par exemple 16/10/2026.")
            }
            return .date(date)
        case .money, .computed(_, unit: .money):
            guard let cents = FrenchReading.cents(text), let number = ExactNumber(cents: cents) else {
                throw Unreadable(message: "« \(text) » n’est pas un montant : écrivez par exemple 12 500.")
            }
            return .number(number)
        case .computed(_, unit: .percent):
            let figure = text.hasSuffix("%") ? String(text.dropLast()).trimmed : text
            guard let number = FrenchReading.number(figure), let hundred = ExactNumber(100),
                let ratio = number.divided(by: hundred)
            else { throw Unreadable(message: "« \(text) » n’est pas un pourcentage : écrivez par exemple 80 %.") }
            return .number(ratio)
        default:
            guard let number = FrenchReading.number(text) else {
                throw Unreadable(message: "« \(text) » n’est pas un nombre.")
            }
            return .number(number)
        }
    }
}

extension Clause {
    /// The clause of a condition; nil when it says more. Needs no form: values are written so that they read back.
    init?(_ condition: Condition) {
        switch condition {
        case .comparison(let left, let comparison, let right):
            guard let subject = Clause.subject(left) else { return nil }
            self.init(subject, .answered)
            guard let (test, values) = Clause.test(comparison, right, subject) else { return nil }
            self.test = test
            self.values = values
        case .oneOf(let value, let texts):
            guard let subject = Clause.subject(value) else { return nil }
            self.init(subject, .isAmong, texts)
        case .contains(let reference, let key):
            guard reference.path.isEmpty else { return nil }
            self.init(.question(reference.key), .includes, [key])
        case .any(let parts):
            // « comprend a ou comprend b » of one question is one clause.
            var keys: [String] = []
            var subject: String?
            for part in parts {
                guard case .contains(let reference, let key) = part, reference.path.isEmpty,
                    subject ?? reference.key == reference.key
                else { return nil }
                subject = reference.key
                keys.append(key)
            }
            guard let subject, keys.count > 1 else { return nil }
            self.init(.question(subject), .includes, keys)
        case .answered(let reference):
            guard reference.path.isEmpty else { return nil }
            self.init(.question(reference.key), .answered)
        case .empty(let reference):
            guard reference.path.isEmpty else { return nil }
            self.init(.question(reference.key), .empty)
        case .inZoning(let value, let name):
            guard let subject = Clause.subject(value) else { return nil }
            self.init(subject, .inZoning, [name])
        case .not(let part):
            guard var clause = Clause(part) else { return nil }
            switch clause.test {
            case .isAmong: clause.test = .isNot
            case .includes: clause.test = .excludes
            case .inZoning: clause.test = .outsideZoning
            default: return nil
            }
            self = clause
        case .constant, .all: return nil
        }
    }

    /// The same with its value as people write it: a ratio as a percentage.
    func written(in form: Form, table: String?) -> Clause {
        guard case .question(let key) = subject, test.needsValue,
            let question = table.flatMap({ form.question(at: QuestionSpot($0, column: key)) }) ?? form.question(key),
            case .computed(_, unit: .percent) = question.kind, let text = values.first,
            let ratio = FrenchReading.number(text)
        else { return self }
        return Clause(subject, test, [FrenchText.percent(ratio)])
    }

    private static func subject(_ formula: Formula) -> Subject? {
        switch formula {
        case .reference(let reference): reference.path.isEmpty ? .question(reference.key) : nil
        case .maturity: .maturity
        case .legalForm: .legalForm
        default: nil
        }
    }

    private static func test(
        _ comparison: Condition.Comparison, _ right: Formula, _ subject: Subject
    ) -> (Test, [String])? {
        switch (right, comparison) {
        case (.flag(let flag), .equal): return (flag ? .isYes : .isNo, [])
        case (.text(let text), .equal): return (.isAmong, [text])
        case (.text(let text), .different): return (.isNot, [text])
        case (.number(let number), _): return (ordered(comparison), [FrenchText.number(number)])
        case (.date(let date), _): return (ordered(comparison), [FrenchText.date(date)])
        default: return nil
        }
    }

    private static func ordered(_ comparison: Condition.Comparison) -> Test {
        switch comparison {
        case .equal: .equals
        case .different: .differs
        case .less: .less
        case .atMost: .atMost
        case .more: .more
        case .atLeast: .atLeast
        }
    }
}

extension String {
    var trimmed: String {
        let tail = drop { $0.isWhitespace }
        guard let last = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(tail[...last])
    }
}
