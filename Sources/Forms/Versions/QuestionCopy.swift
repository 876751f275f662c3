/// A question taken from one form into another.
public struct QuestionCopy: Sendable, Equatable {
    /// The form with the question at the end of the section.
    public let form: Form
    /// The key it was given: its own, or its own and a number when the form had one already.
    public let key: String
    /// Questions that its conditions and computations read and that the form does not have, each followed by what it
    /// reads in its turn. The form is refused by `FormCheck` until they are copied too or the conditions changed.
    public let missing: [String]

    /// Nil when the source has no such question, or the form no such section.
    public init?(of key: String, from source: Form, into form: Form, section: String) {
        guard var question = source.question(key), let place = form.sections.firstIndex(where: { $0.key == section })
        else { return nil }
        var name = key
        var number = 2
        while form.question(name) != nil {
            name = String(key.prefix(56)) + "_" + String(number)
            number += 1
        }
        question.key = name
        var copy = form
        copy.sections[place].questions.append(question)
        var missing: [String] = []
        var waiting = Self.reads(of: question, in: source)
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            guard form.question(next) == nil, next != name, !missing.contains(next) else { continue }
            missing.append(next)
            if let further = source.question(next) { waiting += Self.reads(of: further, in: source) }
        }
        self.form = copy
        self.key = name
        self.missing = missing
    }

    /// All that a question reads, to be shown, required or computed.
    private static func reads(of question: Question, in form: Form) -> [String] {
        var found = FormCycles.reads(of: question, in: form)
        let own = Set(question.kind.columns.map(\.key))
        found += FormCycles.keys(question.requirement.condition?.mentions ?? [], in: form)
        for column in question.kind.columns {
            found += FormCycles.keys(column.requirement.condition?.mentions ?? [], in: form).filter {
                !own.contains($0)
            }
        }
        return found.filter { $0 != question.key }
    }
}
