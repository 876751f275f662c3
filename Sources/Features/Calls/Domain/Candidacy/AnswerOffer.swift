import Forms
import Storage

/// What an earlier candidacy has to offer to another: answers that its questions take as they are.
public struct AnswerOffer: Sendable {
    /// By the key of the question that would receive it.
    public let values: [String: AnswerValue]

    /// What one form's answers give to another form's questions: the same key, the key a question names as its source, or the same
    /// source of the network's own facts.
    public static func values(_ answers: Answers, of earlier: Form, for form: Form) -> [String: AnswerValue] {
        var part = form
        part.sections = form.sections.map { section in
            var section = section
            section.questions = section.questions.compactMap { question in
                switch question.kind {
                case .attachment, .sworn, .computed: return nil
                default: break
                }
                guard let key = match(question, in: earlier), answers[key] != nil else { return nil }
                var question = question
                question.prefill = .candidacy(key)
                return question
            }
            return section
        }
        let filled = FormPrefill.fill(part, Answers()) { source in
            guard case .candidacy(let key) = source, let value = answers[key], !value.isEmpty else { return nil }
            return .value(value)
        }
        return Dictionary(filled.filled.compactMap { key in filled.answers[key].map { (key, $0) } }) { first, _ in first
        }
    }

    private static func match(_ question: Question, in earlier: Form) -> String? {
        if earlier.question(question.key) != nil { return question.key }
        guard let source = question.prefill else { return nil }
        if case .candidacy(let key) = source { return earlier.question(key) == nil ? nil : key }
        return earlier.questions.first { $0.prefill == source }?.key
    }

    /// The caller has checked that its reader takes part in both.
    static func of(
        _ earlier: Candidacy, for candidacy: Candidacy, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> AnswerOffer {
        guard let own = try CallFormStore.form(candidacy.form, reader),
            let other = try CallFormStore.form(earlier.form, reader)
        else { throw Missing() }
        return AnswerOffer(
            values: values(earlier.answers, of: try shelf.compiled(other).form, for: try shelf.compiled(own).form))
    }

    /// The same for a reader of both; `Missing` when one is not theirs.
    public static func own(
        _ principal: Principal, _ earlier: Candidacy.ID, for candidacy: Candidacy, shelf: CandidacyFormShelf,
        _ reader: Reader
    ) throws -> (earlier: Candidacy, offer: AnswerOffer) {
        guard let source = try CandidacyStore.own(principal, earlier, reader),
            try CandidacyStore.own(principal, candidacy.id, reader) != nil
        else { throw Missing() }
        return (source, try of(source, for: candidacy, shelf: shelf, reader))
    }
}
