import Exchange

/// Fields of a web form to answers, and back. The names are described in docs/FORMS.md.
public enum FormFields {
    /// The most one answer may weigh, in bytes as sent; a cell counts as an answer.
    public static let maxAnswerBytes = 200_000
    /// The most all the fields may weigh together.
    public static let maxBytes = 4_000_000

    /// What a list of fields says.
    public struct Reading: Sendable {
        /// New answers, in the order of the form, for the questions that had a field; nil takes an answer away.
        public internal(set) var changes: [(key: String, value: AnswerValue?)] = []
        /// Answers that are too heavy to be kept: the former ones stay.
        public internal(set) var refused: [AnswerProblem] = []
        /// Names that belong to no question, at most 20.
        public internal(set) var unknown: [String] = []
    }

    /// The fields weigh more than `maxBytes` together: nothing was read.
    public struct TooHeavy: Error, Sendable, Equatable {
        public let bytes: Int
        /// Plain French.
        public var message: String {
            let sent = max(bytes / 1_000_000, 1)
            return
                "Cet envoi pèse \(sent) Mo, c’est plus que les \(maxBytes / 1_000_000) Mo permis : rien n’a été changé."
                .narrow
        }
    }

    /// Reads fields. Questions without any field keep their answers; hidden questions are read like the others.
    ///
    /// - Parameters:
    ///   - fields: names and texts, in the order they came.
    ///   - current: the answers so far; cells that had no field are taken from there.
    public static func read(
        _ fields: [URLEncodedForm.Field], form: Form, current: Answers = Answers()
    ) throws(TooHeavy) -> Reading {
        let bytes = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard bytes <= maxBytes else { throw TooHeavy(bytes: bytes) }
        var reading = Reading()
        var byQuestion: [String: [(path: [String], text: String)]] = [:]
        let kinds = Dictionary(form.questions.map { ($0.key, $0.kind) }) { first, _ in first }
        for field in fields {
            let parts = field.name.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false).map(
                String.init)
            guard let key = parts.first, let kind = kinds[key], isPath(parts.dropFirst(), of: kind) else {
                if reading.unknown.count < 20 { reading.unknown.append(String(field.name.prefix(100))) }
                continue
            }
            byQuestion[key, default: []].append((Array(parts.dropFirst()), field.value))
        }
        for question in form.questions {
            guard let own = byQuestion[question.key] else { continue }
            read(question, own, current[question.key], &reading)
        }
        return reading
    }

    private static func read(
        _ question: Question, _ fields: [(path: [String], text: String)], _ current: AnswerValue?,
        _ reading: inout Reading
    ) {
        switch question.kind {
        case .computed, .attachment: return
        case .group, .table:
            guard let value = RowReading(question, current).read(fields, &reading.refused) else { return }
            reading.changes.append((question.key, value))
        default:
            let texts = byPart(fields)
            guard texts.values.joined().allSatisfy({ $0.utf8.count <= maxAnswerBytes }) else {
                reading.refused.append(tooHeavy(question.key))
                return
            }
            reading.changes.append((question.key, FieldReading(kind: question.kind, texts: texts).value()))
        }
    }

    /// Whether a question of this kind has a field of this name.
    private static func isPath(_ path: ArraySlice<String>, of kind: QuestionKind) -> Bool {
        guard path.allSatisfy({ !$0.isEmpty }) else { return false }
        guard kind.hasRows else { return FieldReading.parts(of: kind).contains(path.joined(separator: ".")) }
        if path.count == 1 { return path.first == Resolved.Part.rows.rawValue }
        guard let row = path.first, FormKey.isName(row), let name = path.dropFirst().first,
            let column = kind.columns.first(where: { $0.key == name })
        else { return false }
        return FieldReading.parts(of: column.kind).contains(path.dropFirst(2).joined(separator: "."))
    }

    static func byPart(_ fields: [(path: [String], text: String)]) -> [String: [String]] {
        var texts: [String: [String]] = [:]
        for field in fields { texts[field.path.joined(separator: "."), default: []].append(field.text) }
        return texts
    }

    static func tooHeavy(_ question: String, row: String? = nil, column: String? = nil) -> AnswerProblem {
        AnswerProblem(
            question: question, row: row, column: column, kind: .invalid,
            message:
                "Ce texte est trop lourd pour être gardé (\(maxAnswerBytes / 1_000) ko au plus) : rien n’a été changé."
                .narrow)
    }

    /// The fields that show an answer: those of a question's inputs, in order, with their texts as people type them.
    public static func fields(of question: Question, _ value: AnswerValue?) -> [URLEncodedForm.Field] {
        guard question.kind.hasRows else { return FieldWriting.fields(question.key, question.kind, value) }
        var rows: [AnswerRow] = []
        if case .rows(let given) = value { rows = given }
        if let fixed = question.kind.fixedRows {
            rows = fixed.map { row in rows.first { $0.key == row.key } ?? AnswerRow(row.key) }
        }
        return rows.flatMap { row in
            [URLEncodedForm.Field(question.key + ".lignes", row.key)]
                + question.kind.columns.flatMap { column in
                    FieldWriting.fields(
                        [question.key, row.key, column.key].joined(separator: "."), column.kind, row.cells[column.key])
                }
        }
    }
}

/// Reads the rows of a group or table.
private struct RowReading {
    private let question: Question
    private let columns: [String: Question]
    private var rows: [AnswerRow] = []

    init(_ question: Question, _ current: AnswerValue?) {
        self.question = question
        columns = Dictionary(question.kind.columns.map { ($0.key, $0) }) { first, _ in first }
        if case .rows(let rows) = current { self.rows = rows }
    }

    /// Nil in the outer sense when no field was one of this table.
    consuming func read(
        _ fields: [(path: [String], text: String)], _ refused: inout [AnswerProblem]
    ) -> AnswerValue?? {
        var listed: [String]?
        var order: [String] = []
        var cells: [String: [String: [(path: [String], text: String)]]] = [:]
        for (path, text) in fields {
            if path == [Resolved.Part.rows.rawValue] {
                let key = FieldReading.oneLine(text)
                if FormKey.isName(key), listed?.contains(key) != true, (listed?.count ?? 0) < FormCheck.maxRows {
                    listed = (listed ?? []) + [key]
                } else if listed == nil {
                    listed = []
                }
            } else if path.count >= 2 {
                if cells[path[0]] == nil {
                    guard order.count < FormCheck.maxRows else { continue }
                    order.append(path[0])
                }
                cells[path[0], default: [:]][path[1], default: []].append((Array(path.dropFirst(2)), text))
            }
        }
        guard listed != nil || !order.isEmpty else { return nil }
        var known = Dictionary(rows.map { ($0.key, $0) }) { first, _ in first }
        let kept = listed ?? rows.map(\.key) + order.filter { known[$0] == nil }
        for row in order {
            var cellsOfRow = known[row]?.cells ?? [:]
            for (column, own) in cells[row] ?? [:] {
                guard let kind = columns[column]?.kind, !kind.isComputed else { continue }
                let texts = FormFields.byPart(own)
                guard texts.values.joined().allSatisfy({ $0.utf8.count <= FormFields.maxAnswerBytes }) else {
                    refused.append(FormFields.tooHeavy(question.key, row: row, column: column))
                    continue
                }
                cellsOfRow[column] = FieldReading(kind: kind, texts: texts).value()
            }
            known[row] = AnswerRow(row, cellsOfRow)
        }
        let result = kept.prefix(FormCheck.maxRows).map { known[$0] ?? AnswerRow($0) }
        let value = AnswerValue.rows(Array(result))
        return .some(value.isEmpty ? nil : value)
    }
}
