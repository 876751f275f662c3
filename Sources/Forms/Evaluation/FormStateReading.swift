/// What pages, checks and exports ask a state.
extension FormState {
    private func state(_ key: String) -> QuestionState? { compiled.index[key].map { states[$0] } }

    /// Whether the question is asked now; false for a key that the form does not know.
    public func isShown(_ key: String) -> Bool { state(key)?.shown ?? false }

    public func isSectionShown(_ key: String) -> Bool { compiled.sectionIndex[key].map { sectionShown[$0] } ?? false }

    public func isRequired(_ key: String) -> Bool { state(key)?.required ?? false }

    /// Whether there is an answer that was understood, to a question that is shown.
    public func isAnswered(_ key: String) -> Bool { state(key)?.isAnswered ?? false }

    /// The number of a computed question; nil while an answer it needs is missing, or when it is out of range.
    public func computed(_ key: String) -> ExactNumber? { state(key)?.term.number }

    /// The sum of a column of a group or table that is shown.
    public func total(_ key: String, _ column: String) -> ExactNumber? {
        guard let place = compiled.index[key], let number = compiled.questions[place].columnIndex[column],
            number < states[place].totals.count
        else { return nil }
        return states[place].totals[number].number
    }

    /// The rows of a group or table as they are to be shown: those of a fixed table all stand, answered or not.
    public func rows(_ key: String) -> [String] { state(key)?.rows.map(\.key) ?? [] }

    /// Whether a cell is asked for; false outside a table.
    public func isCellShown(_ key: String, row: String, column: String) -> Bool {
        cell(key, row, column)?.shown ?? false
    }

    /// The number in a cell, entered or computed.
    public func number(_ key: String, row: String, column: String) -> ExactNumber? {
        cell(key, row, column)?.term.number
    }

    private func cell(_ key: String, _ row: String, _ column: String) -> CellState? {
        guard let place = compiled.index[key], let number = compiled.questions[place].columnIndex[column] else {
            return nil
        }
        return states[place].rows.first { $0.key == row }?.cells[number]
    }

    /// Whether the rule is violated now.
    public func isViolated(_ rule: String) -> Bool {
        compiled.rules.indices.contains { violated[$0] && compiled.rules[$0].rule.key == rule }
    }

    /// All that is to be said, in the order of the form; rules last.
    public var problems: [AnswerProblem] {
        states.flatMap(\.problems) + violatedRules.map { Self.problem(of: $0, beside: $0.rule.questions.first) }
    }

    /// What is to be said beside one question, rules included.
    public func problems(of key: String) -> [AnswerProblem] {
        guard let place = compiled.index[key] else { return [] }
        return states[place].problems
            + violatedRules.filter { $0.questions.contains(place) }.map { Self.problem(of: $0, beside: key) }
    }

    private var violatedRules: [CompiledRule] {
        compiled.rules.indices.filter { violated[$0] }.map { compiled.rules[$0] }
    }

    private static func problem(of rule: CompiledRule, beside key: String?) -> AnswerProblem {
        AnswerProblem(
            question: key ?? "", kind: .rule(rule.rule.key), severity: rule.rule.severity, message: rule.rule.message)
    }

    /// Whether nothing prevents the deposit.
    public var isComplete: Bool {
        !compiled.rules.indices.contains { violated[$0] && compiled.rules[$0].rule.severity == .blocking }
            && sectionProgress.allSatisfy { $0.blocking == 0 }
    }

    /// How far a section has come; zero everywhere for a key that the form does not know.
    public func progress(of section: String) -> FormProgress {
        compiled.sectionIndex[section].map { sectionProgress[$0] } ?? FormProgress()
    }

    /// How far the whole has come; violated rules count among what blocks.
    public var progress: FormProgress {
        var total = sectionProgress.reduce(FormProgress(), +)
        total.blocking += violatedRules.count { $0.rule.severity == .blocking }
        return total
    }

    /// Keys of answers that the form does not know, or that are hidden: kept, and counting for nothing.
    public var dormantKeys: [String] { answers.keys.filter { !isShown($0) } }
}

extension FormState: Equatable {
    /// Same form, answers and consequences.
    public static func == (left: FormState, right: FormState) -> Bool {
        left.compiled.form == right.compiled.form && left.answers == right.answers
            && left.environment == right.environment && left.states == right.states
            && left.sectionShown == right.sectionShown && left.violated == right.violated
            && left.sectionProgress == right.sectionProgress
    }
}
