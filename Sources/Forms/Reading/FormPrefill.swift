import Exchange

/// First answers, from what is known already.
public enum FormPrefill {
    /// What a source holds.
    public enum Found: Sendable, Equatable {
        /// Texts as they would be typed; several for « several of ».
        case texts([String])
        case value(AnswerValue)
    }

    /// Fills the questions that have a source and no answer yet. What the question would refuse is left out: nobody wants
    /// to begin by correcting what a program wrote.
    ///
    /// - Parameters:
    ///   - lookup: what the named source holds; nil when it is empty or may not be known by who fills the form.
    /// - Returns: the answers, and the keys that were filled, in the order of the form.
    public static func fill(
        _ form: Form, _ answers: Answers, today: CivilDate? = nil, from lookup: (PrefillSource) -> Found?
    ) -> (answers: Answers, filled: [String]) {
        var filled = answers
        var keys: [String] = []
        for question in form.questions where answers[question.key] == nil {
            guard let source = question.prefill, let found = lookup(source) else { continue }
            let options = Set((question.kind.options ?? []).map(\.key))
            guard let value = value(found, of: question.kind, options),
                ValueCheck(kind: question.kind, options: options, today: today).problem(of: value) == nil
            else { continue }
            filled[question.key] = value
            if filled[question.key] != nil { keys.append(question.key) }
        }
        return (filled, keys)
    }

    private static func value(_ found: Found, of kind: QuestionKind, _ options: Set<String>) -> AnswerValue? {
        switch found {
        case .value(let value):
            let conversion = AnswerConversion.convert(value, to: kind)
            return conversion.outcome == .lost ? nil : conversion.value
        case .texts(let texts):
            // Of several choices, those this form knows too.
            if case .severalOf = kind {
                let known = texts.filter(options.contains)
                return FieldReading(kind: kind, texts: ["": known]).value()
            }
            guard texts.allSatisfy({ $0.utf8.count <= FormFields.maxAnswerBytes }) else { return nil }
            return FieldReading(kind: kind, texts: ["": texts]).value()
        }
    }
}
