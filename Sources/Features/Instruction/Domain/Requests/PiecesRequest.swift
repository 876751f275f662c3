import Forms

/// What a candidate is asked to add or correct after the limit: some questions of the dossier, each with its reason, until an
/// instant. What was deposited stays; both versions are kept (INST-13).
public struct PiecesRequest: Sendable, Equatable {
    public typealias ID = Identifier<PiecesRequest>

    public enum State: String, Sendable, CaseIterable {
        case open = "ouverte"
        case answered = "repondue"
        case expired = "expiree"
        case cancelled = "annulee"

        public var label: String {
            switch self {
            case .open: "En attente du candidat"
            case .answered: "Réponse reçue"
            case .expired: "Sans réponse à temps"
            case .cancelled: "Retirée"
            }
        }
    }

    public struct Item: Sendable, Equatable {
        /// The question's key in the form of the deposit.
        public let question: String
        public let reason: String

        public init(_ question: String, reason: String) {
            self.question = question
            self.reason = reason
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public var state: State
    /// What is said besides the reasons; may be empty.
    public let words: String
    /// An answer that comes after the limit is taken, and said to be late.
    public let takesLate: Bool
    public let askedAt: Instant
    public let askedBy: Account.ID?
    /// The first instant that is too late.
    public let closesAt: Instant
    public var remindedAt: Instant?
    /// Counts the saves of the answer.
    public var version: Int
    /// What these questions held when they were reopened.
    public let former: Answers
    /// What they hold now; what was sent, once it was.
    public var answers: Answers
    public var answeredAt: Instant?
    public var answeredBy: Account.ID?
    public var closedAt: Instant?
    public var items: [Item]

    public var keys: [String] { items.map(\.question) }
    public var isLate: Bool { answeredAt.map { $0 >= closesAt } ?? false }

    /// Whether the candidate may still write and send it: until the limit, and after it when late answers are taken and the
    /// dossier has no outcome yet.
    public func isWritable(_ instruction: InstructionState, at now: Instant) -> Bool {
        switch state {
        case .open: now < closesAt || takesLate
        case .expired: takesLate && instruction == .underReview
        case .answered, .cancelled: false
        }
    }

    /// The questions reopened, as a form of their own, in the order of the dossier.
    public func form(in form: Form) -> Form {
        let asked = Set(keys)
        return Form(
            key: form.key, title: form.title,
            sections: form.sections.compactMap { section in
                let questions = section.questions.filter { asked.contains($0.key) }
                return questions.isEmpty ? nil : FormSection(section.key, section.title, questions: questions)
            })
    }

    /// Whether a question may be asked again: all that people answer.
    public static func mayReopen(_ question: Question, in section: FormSection) -> Bool {
        if case .computed = question.kind { return false }
        return section.key != Form.partners
    }
}

/// The dossier as it stands: what was deposited, then what was added in answer to requests, in the order it came (INST-13).
public enum StandingAnswers {
    public static func of(_ deposited: Answers, _ requests: [PiecesRequest]) -> Answers {
        var answers = deposited
        for request in requests.filter({ $0.state == .answered }).sorted(by: {
            ($0.askedAt, $0.id) < ($1.askedAt, $1.id)
        }) {
            for key in request.keys { answers[key] = request.answers[key] }
        }
        return answers
    }
}
