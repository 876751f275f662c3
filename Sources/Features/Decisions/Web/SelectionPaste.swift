import Maillage
import Selection

/// Scores and amounts as they are typed or pasted from a spreadsheet: one dossier a line, cells by tab or semicolon.
enum SelectionPaste {
    static let columns = "n° du récépissé ; note ; montant minimum ; montant maximum ; étiquettes ; territoire"
    private static let most = 5_000

    /// What could be read; what could not is said with its line and its words, and nothing is guessed.
    static func read(_ text: String, _ problems: inout Problems) -> [SaveSelectionScores.Line] {
        var lines: [SaveSelectionScores.Line] = []
        let rows = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        if rows.count > most {
            problems.add("notes", "Le collage compte plus de \(Format.number(most)) lignes.")
            return []
        }
        for (index, row) in rows.enumerated() {
            let cells = cells(row)
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            // The first line of a spreadsheet may name its columns.
            if index == 0, number(cells[0]) == nil, ScoreText.read(cells.dropFirst().first ?? "") == nil { continue }
            // A dossier that nobody scored yet.
            if cells.dropFirst().prefix(5).allSatisfy(\.isEmpty) { continue }
            if let line = line(cells, "Ligne \(index + 1)\u{202F}: ", &problems) { lines.append(line) }
        }
        return lines
    }

    private static func cells(_ row: Substring) -> [String] {
        let separator: Character = row.contains("\t") ? "\t" : ";"
        return row.split(separator: separator, omittingEmptySubsequences: false).map { cell in
            String(cell.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
    }

    private static func line(
        _ cells: [String], _ place: String, _ problems: inout Problems
    ) -> SaveSelectionScores.Line? {
        func cell(_ index: Int) -> String { index < cells.count ? cells[index] : "" }
        let before = problems.list.count
        let number = number(cell(0))
        if number == nil { problems.add("notes", place + "«\u{A0}\(cell(0))\u{A0}» n’est pas un numéro de récépissé.") }
        let score = ScoreText.read(cell(1))
        if score == nil { problems.add("notes", place + "«\u{A0}\(cell(1))\u{A0}» n’est pas une note.") }
        let minimum = WrittenAmount.cents(cell(2))
        if minimum == nil { problems.add("notes", place + "«\u{A0}\(cell(2))\u{A0}» n’est pas un montant.") }
        let maximum = cell(3).isEmpty ? minimum : WrittenAmount.cents(cell(3))
        if maximum == nil, !cell(3).isEmpty {
            problems.add("notes", place + "«\u{A0}\(cell(3))\u{A0}» n’est pas un montant.")
        }
        guard problems.list.count == before, let number, let score, let minimum, let maximum else { return nil }
        let tags = cell(4).split(separator: ",").map { String($0.drop { $0.isWhitespace }) }
        return SaveSelectionScores.Line(
            number: number, score: score, minimum: minimum, maximum: maximum, tags: tags, territory: cell(5))
    }

    private static func number(_ text: String) -> Int? {
        let digits = text.hasPrefix("n°") ? text.dropFirst(2).drop { $0.isWhitespace } : text[...]
        return WrittenNumber.whole(digits.utf8)
    }

    /// Numbers of receipts separated by commas or spaces; nil when one is not a number.
    static func numbers(_ text: String) -> [Int]? {
        var numbers: [Int] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            guard let number = number(String(word)) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// What is kept, as it would be typed; dossiers without a score keep their line. `scores` stand for those that are kept.
    static func write(_ lines: [DecisionBoard.Line], scores: [Candidacy.ID: ExactScore]? = nil) -> String {
        lines.map { line in
            let name = Format.excerpt(line.candidacy.name, limit: 40).replacing(";", with: ",")
            let score = scores.map { $0[line.candidacy.id] } ?? line.entry?.score
            let number = "\(line.deposit.number)"
            let cells = [
                score.map(ScoreText.words) ?? "", line.entry.map { WrittenAmount.text($0.minimum) } ?? "",
                line.entry.map { WrittenAmount.text($0.maximum) } ?? "",
                line.entry?.tags.joined(separator: ", ") ?? "", line.entry?.territory ?? "",
            ]
            return ([number] + cells + [name]).joined(separator: " ; ")
        }.joined(separator: "\n")
    }
}
