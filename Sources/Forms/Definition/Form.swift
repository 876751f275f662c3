/// A form as data: a version of its questions, in order, in sections, with the rules that bind them.
///
/// `FormCheck.issues(of:)` says whether it holds together; `CompiledForm` evaluates it; `FormFile` reads and writes it.
public struct Form: Sendable, Equatable {
    /// Stable name of the form, the same in all its versions.
    public var key: String
    public var title: String
    /// Grows by one each time the questions change; an answered form keeps the version it was answered with.
    public var version: Int
    /// A few sentences before the first section; empty when there is nothing to say.
    public var intro: String
    public var sections: [FormSection]
    public var rules: [FormRule]

    public init(
        key: String, title: String, version: Int = 1, intro: String = "", sections: [FormSection] = [],
        rules: [FormRule] = []
    ) {
        self.key = key
        self.title = title
        self.version = version
        self.intro = intro
        self.sections = sections
        self.rules = rules
    }

    /// All the questions, in order; the columns of groups and tables are inside them.
    public var questions: [Question] { sections.flatMap(\.questions) }

    /// Whether a question asks for documents.
    public var asksForFiles: Bool {
        questions.contains { if case .attachment = $0.kind { true } else { false } }
    }

    /// The question of this key; columns are not looked into.
    public func question(_ key: String) -> Question? {
        for section in sections {
            for question in section.questions where question.key == key { return question }
        }
        return nil
    }
}

/// A part of a form, with its title.
public struct FormSection: Sendable, Equatable {
    public var key: String
    public var title: String
    public var intro: String
    /// The maturities that see it, by their keys; all when empty.
    public var maturities: [String]
    public var shownIf: Condition?
    public var questions: [Question]
    /// Who answers: the one who carries the candidacy, or each partner for itself (see `Form.partForm`).
    public var answeredBy: FormRespondent

    public init(
        _ key: String, _ title: String, intro: String = "", maturities: [String] = [], shownIf: Condition? = nil,
        questions: [Question] = [], answeredBy: FormRespondent = .lead
    ) {
        self.key = key
        self.title = title
        self.intro = intro
        self.maturities = maturities
        self.shownIf = shownIf
        self.questions = questions
        self.answeredBy = answeredBy
    }
}

/// Who answers a section.
public enum FormRespondent: String, Sendable, Equatable, CaseIterable {
    /// Whoever carries the candidacy, once for all.
    case lead
    /// Each partner, in its own part.
    case partners
}

/// How much a problem weighs.
public enum FormSeverity: String, Sendable, Equatable {
    /// To be put right before the deposit.
    case blocking
    /// Worth a look; prevents nothing.
    case remark
}

/// What several answers must satisfy together, with the sentence that says so.
public struct FormRule: Sendable, Equatable {
    public var key: String
    /// Violated when it is false; an answer it needs and does not have makes it neither true nor false.
    public var condition: Condition
    /// Restricts when the rule applies; always when nil.
    public var when: Condition?
    /// Plain French, for whoever answers.
    public var message: String
    public var severity: FormSeverity
    /// The questions beside which the message is shown; those the condition reads when empty.
    public var questions: [String]

    public init(
        _ key: String, _ condition: Condition, when: Condition? = nil, message: String,
        severity: FormSeverity = .blocking, questions: [String] = []
    ) {
        self.key = key
        self.condition = condition
        self.when = when
        self.message = message
        self.severity = severity
        self.questions = questions
    }
}
