import Forms

/// What one partner answers: its own copy of the sections that each partner fills.
public struct CandidacyPart: Sendable {
    public let partner: CandidacyPartner
    public let state: FormState

    /// Whether it counts: a partner that left keeps its answers, which are read and never added up.
    public var isPresent: Bool { partner.state != .left }

    /// What prevents this part from being committed.
    public var problems: [AnswerProblem] { state.problems.filter { $0.severity == .blocking } }

    public var isComplete: Bool { problems.isEmpty }

    /// The section of a question; the first one for a rule that names none.
    public func section(of question: String) -> String? {
        let sections = state.compiled.form.sections
        return sections.first { $0.questions.contains { $0.key == question } }?.key ?? sections.first?.key
    }

    /// The parts of a candidacy, in the order the partners came.
    static func all(
        _ partners: [CandidacyPartner], _ compiled: CompiledForm?, _ environment: FormEnvironment
    ) -> [CandidacyPart] {
        guard let compiled else { return [] }
        return partners.map {
            CandidacyPart(
                partner: $0, state: FormState(compiled, answers: $0.answers, environment: environment))
        }
    }

    /// The lead's answers with what the present partners answered, as the lead's form reads it.
    static func gathered(_ answers: Answers, _ parts: [CandidacyPart]) -> Answers {
        var answers = answers
        let present = parts.filter(\.isPresent)
        answers[Form.partners] = .rows(
            present.map { $0.state.partnerRow($0.partner.id.text, name: $0.partner.name) })
        return answers
    }
}

/// Where a total comes from: what each present partner answered to one question of its part.
public struct PartFigure: Sendable {
    public struct Line: Sendable, Equatable {
        public let partner: CandidacyPartner.ID
        public let name: String
        public let value: AnswerValue
    }

    /// As the group of the partners asks it.
    public let question: Question
    public let lines: [Line]
    /// The partners that have not answered it.
    public let missing: [String]

    /// The figures a computed question of the lead's form adds up; empty when it reads no part (CAND-32).
    static func of(_ question: Question, _ form: Form, _ parts: [CandidacyPart]) -> [PartFigure] {
        guard let columns = form.question(Form.partners)?.kind.columns else { return [] }
        let present = parts.filter(\.isPresent)
        return question.partnerFigures.compactMap { key in
            guard let column = columns.first(where: { $0.key == key }) else { return nil }
            var lines: [Line] = []
            var missing: [String] = []
            for part in present {
                let row = part.state.partnerRow(part.partner.id.text, name: part.partner.name)
                if let value = row.cells[key] {
                    lines.append(Line(partner: part.partner.id, name: part.partner.name, value: value))
                } else {
                    missing.append(part.partner.name)
                }
            }
            return PartFigure(question: column, lines: lines, missing: missing)
        }
    }
}
