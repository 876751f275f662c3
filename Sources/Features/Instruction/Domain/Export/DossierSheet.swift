import Exchange
import Forms

/// A question with rows, as a sheet of its own: each row says which dossier it is of.
public struct DossierSheet: Sendable {
    /// `feuille.` and the key of its question.
    public let key: String
    public let label: String
    public let columns: [(key: String, label: String)]
    private let question: String
    private let parts: [(column: String, part: String)]

    /// Of a question in each version of a form that asks it, the latest first.
    init?(_ versions: [Question]) {
        guard let question = versions.first, question.kind.hasRows else { return nil }
        self.question = question.key
        key = Self.prefix + question.key
        label = question.label
        var columns = Self.head
        var parts: [(column: String, part: String)] = []
        var known: Set<String> = []
        for column in versions.flatMap(\.kind.columns) where known.insert(column.key).inserted {
            for part in AnswerCells.parts(of: column) {
                parts.append((column.key, part.key))
                columns.append(
                    (
                        part.key.isEmpty ? column.key : column.key + "." + part.key,
                        part.label.isEmpty ? column.label : "\(column.label)\u{202F}: \(part.label)"
                    ))
            }
        }
        self.columns = columns
        self.parts = parts
    }

    static let prefix = "feuille."

    /// What names the dossier on each row, so that nobody has to look it up on another sheet.
    private static let head: [(key: String, label: String)] = [
        ("numero", "Récépissé n°"), ("structure", "Structure"), ("projet", "Projet"), ("rang", "Rang"),
        ("ligne", "Ligne"),
    ]

    /// The rows of a dossier, in its order.
    public func rows(of line: DossierLine) -> [[WorkbookCell]] {
        guard let state = line.state, case .rows(let rows) = state.answers[question] else { return [] }
        let asked = line.question(question)
        let columns = Dictionary((asked?.kind.columns ?? []).map { ($0.key, $0) }) { first, _ in first }
        return rows.enumerated().map { index, row -> [WorkbookCell] in
            let title = asked?.kind.fixedRows?.first { $0.key == row.key }?.label ?? ""
            let head: [WorkbookCell] = [
                .integer(line.instruction.number), .text(line.candidacy.structure), .text(line.candidacy.title),
                .integer(index + 1), title.isEmpty ? .empty : .text(title),
            ]
            return head
                + parts.map { column, part -> WorkbookCell in
                    if columns[column]?.kind.isComputed == true {
                        return state.number(question, row: row.key, column: column).map(AnswerCells.cell) ?? .empty
                    }
                    return AnswerCells.cell(row.cells[column], part, of: columns[column])
                }
        }
    }
}
