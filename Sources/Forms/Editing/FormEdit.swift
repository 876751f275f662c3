/// Where a question stands: its key, and that of its column when it is one of a group or table.
public struct QuestionSpot: Sendable, Hashable, CustomStringConvertible {
    public let question: String
    public let column: String?

    public init(_ question: String, column: String? = nil) {
        self.question = question
        self.column = column
    }

    /// Reads `question` or `question.column`; nil when it is neither.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ FormKey.isKey($0) }) else { return nil }
        question = String(parts[0])
        column = parts.count == 2 ? String(parts[1]) : nil
    }

    public var description: String { column.map { question + "." + $0 } ?? question }
}

/// One thing that whoever writes a form does to it. `FormEditing.apply` says what becomes of the form.
public enum FormEdit: Sendable, Equatable {
    public enum Direction: String, Sendable, Equatable {
        case up = "haut"
        case down = "bas"
    }

    case head(title: String, intro: String)
    /// A new section, empty, after another; at the end when nil.
    case addSection(title: String, after: String?)
    case section(String, title: String, intro: String, maturities: [String], shownIf: Condition?)
    case moveSection(String, Direction)
    /// With all its questions.
    case removeSection(String)
    /// A section of another form, with its questions, and what they read when the form lacks it.
    case copySection(String, from: Form)
    /// A new question, its key made from its label when it is empty; at the end of the section when `after` is nil.
    case addQuestion(Question, section: String, after: String?)
    case addColumn(Question, to: String)
    /// The question as it is to be; its key stays.
    case question(QuestionSpot, Question)
    /// Up from the first of a section is the end of the section before; columns stay in their table.
    case moveQuestion(QuestionSpot, Direction)
    /// To another section, or another place of the same: before a question, or at the end.
    case placeQuestion(String, section: String, before: String?)
    case duplicateQuestion(QuestionSpot)
    case removeQuestion(QuestionSpot)
    /// Questions of another form, with those that they read when the form lacks them.
    case copyQuestions([String], from: Form, section: String)
    /// A new rule, its key made from its message when it is empty.
    case addRule(FormRule)
    case rule(String, FormRule)
    case removeRule(String)
    /// Another form altogether: a file, a former version. The key of the form stays.
    case replace(Form, words: String)
}

/// Why an edit cannot be done, in plain French.
public struct FormEditRefusal: Error, Sendable, Equatable {
    public let message: String

    init(_ message: String) { self.message = message.narrow }
}

/// A form after an edit.
public struct EditedForm: Sendable, Equatable {
    public let form: Form
    /// What was done, in French, for the history: « Question « Montant » ajoutée ».
    public let words: String
    /// The section, question, column or rule concerned, as `FormIssue.place` writes it; empty for the form.
    public let place: String
    /// Labels of what reads a question or section that was removed, and now reads nothing.
    public let orphans: [String]

    init(_ form: Form, _ words: String, place: String = "", orphans: [String] = []) {
        self.form = form
        self.words = words.narrow
        self.place = place
        self.orphans = orphans
    }
}
