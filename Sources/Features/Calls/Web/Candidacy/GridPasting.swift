import Exchange
import Forms
import Maillage

/// A block copied from a spreadsheet, placed in a table: what every cell understands is placed, what it does not is told, nothing
/// is guessed.
struct GridPasting {
    /// A cell that was not placed.
    struct Rejection: Equatable {
        /// The line of the block, from 1.
        var line: Int
        /// The title of the column; empty for a whole line.
        var column: String
        var text: String
        /// Plain French.
        var reason: String
    }

    /// Characters of a block.
    static let longest = 200_000

    /// The cells to write, by their names in the form.
    private(set) var cells: [(name: String, value: String)] = []
    /// Rows that are needed besides those there were.
    private(set) var added: [String] = []
    private(set) var rejections: [Rejection] = []

    private let question: Question
    private let columns: [Question]
    private var taken: Set<String>

    /// - Parameter taken: keys of the rows in which something stands already; the block goes after them.
    /// - Throws: `Problems` when the block is too long or holds nothing.
    init(_ text: String, into question: Question, taken: [String]) throws {
        guard text.utf8.count < Self.longest else {
            throw Problems(
                "\(QuestionRows.paste).\(question.key)",
                "Ce collage est trop long (\(Self.longest / 1_000)\u{A0}ko au plus)\u{202F}: rien n’a été changé.")
        }
        self.question = question
        self.taken = Set(taken)
        columns = question.kind.columns.filter { !$0.kind.isComputed }
        let lines = Self.lines(of: text)
        guard !lines.isEmpty else {
            throw Problems("\(QuestionRows.paste).\(question.key)", "Collez d’abord des lignes copiées d’un tableur.")
        }
        if let rows = question.kind.fixedRows { placeFixed(lines, rows) } else { placeFree(lines) }
    }

    // MARK: Reading

    /// Cells between tabs, lines between line ends; a cell in quotes may hold both. Empty lines at the end are dropped.
    static func lines(of text: String) -> [[String]] {
        var lines: [[String]] = [[]]
        var cell: [UInt8] = []
        var isQuoted = false
        var bytes = Array(text.utf8)[...]
        func end(_ cell: inout [UInt8], _ lines: inout [[String]]) {
            lines[lines.count - 1].append(String(decoding: cell, as: UTF8.self))
            cell = []
        }
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && bytes.first == UInt8(ascii: "\""):
                bytes.removeFirst()
                cell.append(byte)
            case UInt8(ascii: "\"") where isQuoted: isQuoted = false
            case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
            case _ where isQuoted: cell.append(byte)
            case 0x09: end(&cell, &lines)
            case 0x0D where bytes.first == 0x0A: continue
            case 0x0A, 0x0D:
                end(&cell, &lines)
                lines.append([])
            default: cell.append(byte)
            }
        }
        end(&cell, &lines)
        while let last = lines.last, last.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { lines.removeLast() }
        return lines
    }

    /// What the cell would hold: the text to type; nil with the reason when the column does not understand it.
    static func value(_ text: String, for column: Question) -> (value: String?, reason: String) {
        let bare = trimmed(text)
        switch column.kind {
        case .money:
            return FrenchReading.cents(bare) == nil ? (nil, "ce n’est pas un montant") : (bare, "")
        case .number:
            return FrenchReading.number(bare) == nil ? (nil, "ce n’est pas un nombre") : (bare, "")
        case .date:
            return FrenchReading.date(bare).map { ($0.description, "") } ?? (nil, "ce n’est pas une date")
        case .yesNo, .oneOf:
            let options = QuestionGrid.options(of: column.kind)
            let found = options.first { same($0.label, bare) || same($0.value, bare) }
            return found.map { ($0.value, "") } ?? (nil, "ce choix n’existe pas")
        default: return (bare, "")
        }
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func same(_ one: String, _ other: String) -> Bool {
        func bare(_ text: String) -> String {
            trimmed(text).lowercased().filter { $0 != "\u{202F}" && $0 != "\u{A0}" && $0 != " " }
        }
        return bare(one) == bare(other)
    }

    // MARK: Placing

    private mutating func place(_ text: String, _ row: String, _ column: Question, line: Int) {
        guard !text.allSatisfy(\.isWhitespace) else { return }
        let (value, reason) = Self.value(text, for: column)
        if let value {
            cells.append((name: "\(question.key).\(row).\(column.key)", value: value))
        } else {
            reject(line, column.label, text, reason)
        }
    }

    private mutating func reject(_ line: Int, _ column: String, _ text: String, _ reason: String) {
        guard rejections.count < 100 else { return }
        rejections.append(Rejection(line: line, column: column, text: String(text.prefix(80)), reason: reason))
    }

    /// Whether a line only names the columns.
    private func isTitle(_ line: [String]) -> Bool {
        line.contains { cell in columns.contains { Self.same($0.label, cell) } }
    }

    private mutating func placeFree(_ lines: [[String]]) {
        let most = question.kind.rowBounds?.upperBound ?? 1
        var number = 0
        for (index, line) in lines.enumerated() where !(index == 0 && isTitle(line)) {
            guard taken.count < most else {
                reject(index + 1, "", line.joined(separator: " "), "le tableau a \(most) lignes au plus")
                continue
            }
            repeat { number += 1 } while taken.contains("l\(number)")
            let row = "l\(number)"
            taken.insert(row)
            added.append(row)
            fill(line[...], row, line: index + 1)
        }
    }

    private mutating func placeFixed(_ lines: [[String]], _ rows: [TableRow]) {
        var next = 0
        for (index, line) in lines.enumerated() where !(index == 0 && isTitle(line)) {
            if line.count > columns.count {
                let title = line[0]
                guard let row = rows.first(where: { Self.names($0, title) }) else {
                    reject(index + 1, "", title, "aucune ligne du tableau ne porte cet intitulé")
                    continue
                }
                fill(line.dropFirst(), row.key, line: index + 1)
            } else if next < rows.count {
                fill(line[...], rows[next].key, line: index + 1)
                next += 1
            } else {
                reject(index + 1, "", line.joined(separator: " "), "le tableau n’a que \(rows.count) lignes")
            }
        }
    }

    /// The whole title of a row, or the number it begins with: `60`.
    private static func names(_ row: TableRow, _ title: String) -> Bool {
        same(row.label, title) || same(row.key, String(trimmed(title).prefix { !$0.isWhitespace }))
    }

    private mutating func fill(_ line: ArraySlice<String>, _ row: String, line number: Int) {
        for (column, text) in zip(columns, line) { place(text, row, column, line: number) }
        for text in line.dropFirst(columns.count) where !text.allSatisfy(\.isWhitespace) {
            reject(number, "", text, "le tableau n’a que \(columns.count) colonnes")
        }
    }
}
