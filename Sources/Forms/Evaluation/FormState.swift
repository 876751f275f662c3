/// The answers to a form and all that follows from them: what is shown, required, computed and wrong.
///
/// Setting an answer recomputes only what reads it, directly or not; the result is the same as from scratch. Answers to
/// hidden questions are kept, count for nothing, and count again when the question comes back.
public struct FormState: Sendable {
    public let compiled: CompiledForm
    public private(set) var answers: Answers
    public private(set) var environment: FormEnvironment

    var states: [QuestionState]
    private(set) var sectionShown: [Bool]
    /// Rules that are violated, in the form's order.
    private(set) var violated: [Bool]
    private(set) var sectionProgress: [FormProgress]
    private var dirty: [Bool]
    private var dirtyQuestions: [Bool]
    private var dirtyRules: [Bool]

    /// Evaluates everything.
    public init(
        _ compiled: CompiledForm, answers: Answers = Answers(), environment: FormEnvironment = FormEnvironment()
    ) {
        self.compiled = compiled
        self.answers = answers
        self.environment = environment
        states = Array(repeating: QuestionState(), count: compiled.questions.count)
        sectionShown = Array(repeating: false, count: compiled.sections.count)
        violated = Array(repeating: false, count: compiled.rules.count)
        sectionProgress = Array(repeating: FormProgress(), count: compiled.sections.count)
        dirty = Array(repeating: true, count: compiled.order.count)
        dirtyQuestions = Array(repeating: true, count: compiled.questions.count)
        dirtyRules = Array(repeating: true, count: compiled.rules.count)
        settle(from: 0)
    }

    /// Sets one answer; nil takes it away. A key that the form does not know is kept.
    public mutating func set(_ key: String, to value: AnswerValue?) {
        set([(key, value)])
    }

    /// Sets several answers at once.
    public mutating func set(_ changes: [(key: String, value: AnswerValue?)]) {
        var lowest = Int.max
        for (key, value) in changes {
            answers[key] = value
            guard let question = compiled.index[key] else { continue }
            let place = compiled.rank[compiled.sections.count + question]
            dirty[place] = true
            lowest = min(lowest, place)
            dirtyQuestions[question] = true
        }
        settle(from: lowest)
    }

    /// Changes what the form reads besides answers; everything is evaluated anew.
    public mutating func set(_ environment: FormEnvironment) {
        guard environment != self.environment else { return }
        self.environment = environment
        for place in dirty.indices { dirty[place] = true }
        for question in dirtyQuestions.indices { dirtyQuestions[question] = true }
        for rule in dirtyRules.indices { dirtyRules[rule] = true }
        settle(from: 0)
    }

    private mutating func settle(from lowest: Int) {
        if lowest < dirty.count {
            for place in lowest..<dirty.count where dirty[place] {
                dirty[place] = false
                let changed: Bool
                switch compiled.order[place] {
                case .section(let section): changed = settle(section: section)
                case .question(let question): changed = settle(question: question)
                }
                guard changed else { continue }
                for reader in compiled.dependents[place] { dirty[reader] = true }
                for check in compiled.checks[place] {
                    switch check {
                    case .question(let question): dirtyQuestions[question] = true
                    case .rule(let rule): dirtyRules[rule] = true
                    }
                }
            }
        }
        var sections: Set<Int> = []
        for question in dirtyQuestions.indices where dirtyQuestions[question] {
            dirtyQuestions[question] = false
            verify(question)
            sections.insert(compiled.questions[question].section)
        }
        for rule in dirtyRules.indices where dirtyRules[rule] {
            dirtyRules[rule] = false
            violated[rule] = violates(compiled.rules[rule])
        }
        for section in sections { sectionProgress[section] = progress(counting: section) }
    }

    private func suits(_ maturities: Set<String>) -> Bool {
        guard !maturities.isEmpty, let maturity = environment.maturity else { return true }
        return maturities.contains(maturity)
    }

    private mutating func settle(section: Int) -> Bool {
        let compiledSection = compiled.sections[section]
        let shown =
            suits(compiledSection.maturities) && (compiledSection.shownIf.map { holds($0) == true } ?? true)
        defer { sectionShown[section] = shown }
        return shown != sectionShown[section]
    }

    private mutating func settle(question place: Int) -> Bool {
        var state = QuestionState()
        // Fields one by one: a copy of the whole compiled question would count references to all of them.
        state.shown =
            sectionShown[compiled.questions[place].section] && suits(compiled.questions[place].maturities)
            && (compiled.questions[place].shownIf.map { holds($0) == true } ?? true)
        if state.shown {
            if let formula = compiled.questions[place].formula {
                state.term = term(formula)
            } else if let value = answers[compiled.questions[place].question.key] {
                state.value = value
                state.term = Term.of(value, kind: compiled.questions[place].question.kind)
            }
            if !compiled.questions[place].columns.isEmpty {
                state.rows = rows(of: compiled.questions[place], state.value)
                state.totals = totals(of: compiled.questions[place], state.rows)
            }
        }
        // Requirement and problems belong to the checks that follow.
        let before = states[place]
        state.required = before.required
        state.problems = before.problems
        states[place] = state
        return !state.reads(as: before)
    }

    /// The rows of a table or group, its columns shown and computed.
    private func rows(of known: CompiledQuestion, _ value: AnswerValue?) -> [RowState] {
        var given: [AnswerRow] = []
        if case .rows(let rows) = value { given = rows }
        if let fixed = known.fixedRows {
            let answered = Dictionary(given.map { ($0.key, $0) }) { first, _ in first }
            return fixed.map { row(of: known, answered[$0.key] ?? AnswerRow($0.key)) }
        }
        return given.map { row(of: known, $0) }
    }

    private func row(of known: CompiledQuestion, _ answer: AnswerRow) -> RowState {
        var row = RowState(key: answer.key, cells: Array(repeating: CellState(), count: known.columns.count))
        for place in known.columnOrder {
            let column = known.columns[place]
            var cell = CellState()
            cell.shown = suits(column.maturities) && (column.shownIf.map { holds($0, row: row) == true } ?? true)
            if cell.shown {
                if let formula = column.formula {
                    cell.term = term(formula, row: row)
                } else if let value = answer.cells[column.question.key], !value.isEmpty {
                    cell.value = value
                    cell.term = Term.of(value, kind: column.question.kind)
                }
            }
            row.cells[place] = cell
        }
        return row
    }

    private func totals(of known: CompiledQuestion, _ rows: [RowState]) -> [Term] {
        known.columns.indices.map { column in
            rows.reduce(.number(.zero)) { Term.sum($0, $1.cells[column].term) }
        }
    }

    private mutating func verify(_ place: Int) {
        var required = false
        if states[place].shown {
            switch compiled.questions[place].question.requirement {
            case .optional: break
            case .required: required = true
            case .requiredIf: required = compiled.questions[place].requiredIf.map { holds($0) == true } ?? false
            }
        }
        states[place].required = required
        // What is shown, empty and not required has nothing wrong: most of a form, most of the time.
        if states[place].shown, required || states[place].value != nil || compiled.questions[place].formula != nil {
            states[place].problems = problems(at: place)
        } else if !states[place].problems.isEmpty {
            states[place].problems = []
        }
    }

    private func violates(_ rule: CompiledRule) -> Bool {
        if let when = rule.when, holds(when) != true { return false }
        return holds(rule.condition) == false
    }

    private func progress(counting section: Int) -> FormProgress {
        var progress = FormProgress()
        for place in compiled.sections[section].questions {
            let state = states[place]
            guard state.shown else { continue }
            progress.blocking += state.problems.count { $0.severity == .blocking }
            guard !compiled.questions[place].question.kind.isComputed else { continue }
            progress.shown += 1
            if state.isAnswered { progress.answered += 1 }
            guard state.required else { continue }
            progress.required += 1
            if state.isAnswered { progress.requiredAnswered += 1 }
        }
        return progress
    }
}
