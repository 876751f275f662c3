import Exchange

/// The answers of a draft moved to another version of its form, with what that changes for who writes it.
public struct AnswerMigration: Sendable, Equatable {
    /// One thing to tell, about one question.
    public struct Note: Sendable, Equatable {
        public enum Kind: String, Sendable, Equatable {
            /// The question is new, and asked.
            case added
            /// The question is gone; the answer is kept, and counts for nothing.
            case removed
            /// The answer was put in its new form.
            case converted
            /// The answer no longer suits and is shown as it was, to be given again.
            case toReview
            /// The question is asked otherwise; the answer stands.
            case changed
        }

        public let question: String
        public let kind: Kind
        /// Plain French.
        public let message: String
    }

    public let answers: Answers
    /// In the order of the new version; what is gone last.
    public let notes: [Note]

    /// Nothing is erased: what no longer suits stays in the answers.
    public init(_ answers: Answers, from old: Form, to new: Form) {
        var moved = answers
        var notes: [Note] = []
        func note(_ question: String, _ kind: Note.Kind, _ message: String) {
            notes.append(Note(question: question, kind: kind, message: message.narrow))
        }
        let changes = Dictionary(grouping: FormDifference.between(old, new)) {
            String($0.key.prefix { $0 != "." })
        }
        for question in new.questions {
            let name = "« \(question.label) »"
            guard let before = old.question(question.key) else {
                note(question.key, .added, "Nouvelle question : \(name).")
                continue
            }
            let own = changes[question.key] ?? []
            guard let value = answers[question.key] else {
                if before.requirement != question.requirement, question.requirement != .optional {
                    note(question.key, .changed, "\(name) est maintenant à remplir.")
                }
                continue
            }
            let conversion = AnswerConversion.convert(value, to: question.kind)
            moved[question.key] = conversion.value
            switch conversion.outcome {
            case .converted:
                note(question.key, .converted, "Votre réponse à \(name) a été reprise sous une autre forme.")
            case .lost: note(question.key, .toReview, "Votre réponse à \(name) ne convient plus : elle est à redonner.")
            case .kept:
                if Self.isRefused(conversion.value, question), !Self.isRefused(value, before) {
                    note(question.key, .toReview, "Votre réponse à \(name) est à revoir : la question a changé.")
                } else if let change = own.first(where: { $0.kind != .moved && $0.kind != .help }) {
                    note(question.key, .changed, change.message)
                }
            }
        }
        for question in old.questions where new.question(question.key) == nil && answers[question.key] != nil {
            note(
                question.key, .removed,
                "« \(question.label) » n’est plus demandé ; votre réponse est gardée et ne compte plus.")
        }
        self.answers = moved
        self.notes = notes
    }

    private static func isRefused(_ value: AnswerValue, _ question: Question) -> Bool {
        ValueCheck(kind: question.kind, options: Set((question.kind.options ?? []).map(\.key)), today: nil)
            .problem(of: value) != nil
    }
}

/// Puts an answer into the type that another kind of question keeps.
enum AnswerConversion {
    enum Outcome { case kept, converted, lost }

    static func convert(_ value: AnswerValue, to kind: QuestionKind) -> (value: AnswerValue, outcome: Outcome) {
        if case .rows(let rows) = value, kind.hasRows { return convert(rows, to: kind) }
        if AnswerTypes.accepts(value, for: kind) { return (value, .kept) }
        if let converted = converted(value, to: kind) { return (converted, .converted) }
        if case .unread = value { return (value, .kept) }
        // A text can be shown in any field; what is composed stays what it was.
        if let text = text(of: value) { return (.unread(text), .lost) }
        return (value, .lost)
    }

    private static func converted(_ value: AnswerValue, to kind: QuestionKind) -> AnswerValue? {
        switch (kind, value) {
        case (.money, .number(let number)): return number.decimals <= 2 ? .money(number.cents) : nil
        case (.number, .money(let cents)): return ExactNumber(cents: cents).map { .number($0) }
        case (.severalOf, .text(let key)): return .choices([key])
        case (.oneOf, .choices(let keys)): return keys.count == 1 ? .text(keys[0]) : nil
        case (.oneOf(let options), .flag(let flag)):
            let key = flag ? "oui" : "non"
            return options.contains { $0.key == key } ? .text(key) : nil
        case (.period, .date(let date)): return .period(from: date, to: nil)
        case (.date, .period(let from, _)): return from.map { .date($0) }
        case (.commune, .address), (.address, .address): return value
        default: break
        }
        guard let text = text(of: value) else { return nil }
        switch kind {
        case .shortText, .longText: return .text(text)
        case .number, .money, .date, .yesNo, .email, .phone, .url, .siret, .rna:
            let read = FieldReading(kind: kind, texts: ["": [text]]).value()
            guard let read, ValueCheck(kind: kind, options: [], today: nil).problem(of: read)?.kind != .unread else {
                return nil
            }
            return read
        default: return nil
        }
    }

    /// The answer as one text; nil for what is composed.
    private static func text(of value: AnswerValue) -> String? {
        switch value {
        case .text(let text), .unread(let text): text
        case .flag(let flag): flag ? "oui" : "non"
        case .number(let number): FrenchText.number(number)
        case .money(let cents): FrenchText.euros(cents)
        case .date(let date): FrenchText.date(date)
        default: nil
        }
    }

    private static func convert(_ rows: [AnswerRow], to kind: QuestionKind) -> (value: AnswerValue, outcome: Outcome) {
        var outcome = Outcome.kept
        let columns = Dictionary(kind.columns.map { ($0.key, $0) }) { first, _ in first }
        let converted = rows.map { row in
            var row = row
            for (key, value) in row.cells {
                guard let column = columns[key] else { continue }
                let cell = convert(value, to: column.kind)
                row.cells[key] = cell.value
                if cell.outcome == .lost || outcome == .kept { outcome = cell.outcome }
            }
            return row
        }
        return (.rows(converted), outcome)
    }
}
