/// Something wrong with the definition of a form.
public struct FormIssue: Sendable, Equatable {
    public enum Kind: String, Sendable, Equatable {
        case invalidKey, duplicateKey, reservedKey, missingText, emptyChoices, impossibleBounds, tooMuch
        case unknownReference, wrongType, unknownOption, cycle, unreachable, refusedColumn, nothingAsked
    }

    /// Where: `section`, `section.question`, `section.question.column`, or `regles.rule`; empty for the whole form.
    public let place: String
    public let kind: Kind
    public let severity: FormSeverity
    /// Plain French.
    public let message: String

    public init(place: String, kind: Kind, severity: FormSeverity = .blocking, message: String) {
        self.place = place
        self.kind = kind
        self.severity = severity
        self.message = message
    }
}

/// A definition that is refused, with all that is wrong.
public struct FormIssues: Error, Sendable, Equatable {
    public let list: [FormIssue]

    public init(list: [FormIssue]) { self.list = list }
}

/// Checks the definition of a form when it is written.
public enum FormCheck {
    /// The most a form may hold.
    public static let maxQuestions = 2_000
    public static let maxOptions = 500
    public static let maxRows = 500

    /// All that is wrong, in the order of the form; empty when the form may be used. Cycles and unreachable questions are
    /// only sought once every reference means something.
    public static func issues(of form: Form) -> [FormIssue] {
        form.hasParts ? PartPass.issues(of: form) : issues(ofOne: form)
    }

    /// The same for a form that one respondent answers whole.
    static func issues(ofOne form: Form) -> [FormIssue] {
        var pass = DefinitionPass(form)
        pass.run()
        var types = TypePass(form)
        types.run()
        var issues = pass.issues + types.issues
        let unsound: Set<FormIssue.Kind> = [.duplicateKey, .unknownReference]
        if !issues.contains(where: { unsound.contains($0.kind) }) {
            let cycles = FormCycles.issues(of: form)
            issues += cycles
            if cycles.isEmpty {
                var reach = ReachPass(form)
                reach.run()
                issues += reach.issues
            }
        }
        return issues
    }
}
