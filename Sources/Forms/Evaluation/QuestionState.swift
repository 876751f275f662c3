/// What a question has become under the answers given.
struct QuestionState: Sendable, Equatable {
    var shown = false
    var required = false
    /// The answer as far as it counts: nil while the question is hidden.
    var value: AnswerValue?
    /// What conditions and computations read of it.
    var term: Term = .empty
    var rows: [RowState] = []
    /// The sum of each column over the rows.
    var totals: [Term] = []
    var problems: [AnswerProblem] = []

    /// Whether there is an answer that was understood.
    var isAnswered: Bool {
        guard let value else { return false }
        switch value {
        case .unread: return false
        case .rows: return rows.contains(where: \.isAnswered)
        default: return true
        }
    }

    /// Whether what others read is the same.
    func reads(as other: QuestionState) -> Bool {
        shown == other.shown && term == other.term && value == other.value && totals == other.totals
            && rows == other.rows
    }
}

struct RowState: Sendable, Equatable {
    var key: String
    /// One for each column.
    var cells: [CellState]

    var isAnswered: Bool { cells.contains { $0.value != nil } }
}

struct CellState: Sendable, Equatable {
    var shown = false
    var value: AnswerValue?
    var term: Term = .empty
}

/// Something to say about an answer.
public struct AnswerProblem: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Required and not answered.
        case missing
        /// Typed, and not understood.
        case unread
        /// Understood, and not acceptable.
        case invalid
        /// A rule between several answers, by its key.
        case rule(String)
    }

    /// The question's key; empty for a rule that names none.
    public var question: String
    /// The cell, in a group or table.
    public var row: String?
    public var column: String?
    public var kind: Kind
    public var severity: FormSeverity
    /// Plain French.
    public var message: String

    public init(
        question: String, row: String? = nil, column: String? = nil, kind: Kind, severity: FormSeverity = .blocking,
        message: String
    ) {
        self.question = question
        self.row = row
        self.column = column
        self.kind = kind
        self.severity = severity
        self.message = message
    }

    /// The name of the field it is about: `budget.62.montant`.
    public var field: String { [question, row, column].compactMap(\.self).joined(separator: ".") }
}

/// How far the answering has come; of shown questions only, computed ones left out.
public struct FormProgress: Sendable, Equatable {
    public var shown = 0
    public var answered = 0
    public var required = 0
    public var requiredAnswered = 0
    /// Problems that prevent the deposit.
    public var blocking = 0

    public init() {}

    static func + (left: FormProgress, right: FormProgress) -> FormProgress {
        var sum = left
        sum.shown += right.shown
        sum.answered += right.answered
        sum.required += right.required
        sum.requiredAnswered += right.requiredAnswered
        sum.blocking += right.blocking
        return sum
    }
}
