import Forms
import Maillage

/// What a condition decides: the page that composes it is the same for all.
struct BuilderCondition: Sendable {
    enum Role: String, Sendable {
        case shown = "affichee"
        case required = "obligatoire"
    }

    enum Target: Sendable, Equatable {
        case question(QuestionSpot, Role)
        case section(String)
    }

    var target: Target
    var reading: BuilderReading

    /// The group or table whose rows the condition reads.
    var table: String? {
        if case .question(let spot, _) = target, spot.column != nil { spot.question } else { nil }
    }

    var path: String {
        switch target {
        case .question(let spot, let role): reading.paths.condition(spot, role)
        case .section(let key): reading.paths.sectionCondition(key)
        }
    }

    /// Where one comes back to.
    var back: String {
        switch target {
        case .question(let spot, _): reading.paths.question(spot)
        case .section(let key): reading.paths.section(key)
        }
    }

    var subject: String {
        switch target {
        case .question(let spot, _): reading.form.question(at: spot)?.label ?? ""
        case .section(let key): reading.form.sections.first { $0.key == key }?.title ?? ""
        }
    }

    var isRequirement: Bool { if case .question(_, .required) = target { true } else { false } }

    /// The condition there is.
    var present: Condition? {
        switch target {
        case .question(let spot, .shown): return reading.form.question(at: spot)?.shownIf
        case .question(let spot, .required):
            guard case .requiredIf(let condition) = reading.form.question(at: spot)?.requirement else { return nil }
            return condition
        case .section(let key): return reading.form.sections.first { $0.key == key }?.shownIf
        }
    }

    /// The edit that puts another condition, or none; nil when the spot is gone.
    func edit(_ condition: Condition?) -> FormEdit? {
        switch target {
        case .question(let spot, let role):
            guard var question = reading.form.question(at: spot) else { return nil }
            switch role {
            case .shown: question.shownIf = condition
            case .required: question.requirement = condition.map { .requiredIf($0) } ?? .optional
            }
            return .question(spot, question)
        case .section(let key):
            guard let section = reading.form.sections.first(where: { $0.key == key }) else { return nil }
            return .section(
                key, title: section.title, intro: section.intro, maturities: section.maturities, shownIf: condition)
        }
    }

    /// What a clause may look at: other columns of the row, then the questions that can be compared, in order.
    var subjects: [(value: String, label: String, kind: QuestionKind)] {
        var list: [(String, String, QuestionKind)] = []
        var own: String?
        if case .question(let spot, _) = target {
            own = spot.column ?? spot.question
            if spot.column != nil {
                for column in reading.form.question(spot.question)?.kind.columns ?? [] where column.key != own {
                    list.append((column.key, "Colonne\u{202F}: \(column.label)", column.kind))
                }
            }
        }
        for question in reading.form.questions where !question.kind.hasRows && question.key != own {
            if case .sworn = question.kind { continue }
            if list.contains(where: { $0.0 == question.key }) { continue }
            list.append((question.key, question.label, question.kind))
        }
        return list
    }

    /// The kind of what a clause looks at; nil for the maturity and the legal form.
    func kind(of subject: Clause.Subject) -> QuestionKind? {
        guard case .question(let key) = subject else { return nil }
        return subjects.first { $0.value == key }?.kind
    }
}
