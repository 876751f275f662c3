/// Writes CSV records as bytes, safely for the people who open them in a spreadsheet.
///
/// Cells are quoted when they hold a comma, a semicolon, a tab, a quote, a line end or outer blanks, whatever the separator is: a
/// spreadsheet that takes each of them for one splits no cell, and begins none with a sign in the middle of a text. Lines end in
/// CRLF (RFC 4180).
///
/// A spreadsheet runs a cell that begins with `=` `+` `-` `@`, a tab or a line end, or a full-width `＝` `＋` `－` `＠`,
/// as a formula (OWASP, "CSV Injection"). Such a cell gets a leading apostrophe, unless it is a plain number
/// (`-1.5`, `+3`, `-2,5e3`). `unguarded` removes that apostrophe again when our own files come back.
public struct CSVWriter: Sendable {
    /// What has been written and not yet taken.
    public private(set) var bytes: [UInt8] = []
    private let separator: UInt8
    private let guardsFormulas: Bool
    private var isFirst = true

    /// - Parameter byteOrderMark: writes EF BB BF first, without which Excel reads UTF-8 as Windows-1252.
    public init(separator: UInt8 = UInt8(ascii: ","), byteOrderMark: Bool = false, guardsFormulas: Bool = true) {
        self.separator = separator
        self.guardsFormulas = guardsFormulas
        if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    }

    /// Writes one record.
    public mutating func record(_ cells: some Sequence<String>) {
        for cell in cells { self.cell(cell) }
        endRecord()
    }

    /// Writes one cell of the current record.
    public mutating func cell(_ text: String) {
        if !isFirst { bytes.append(separator) }
        isFirst = false
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Closes the current record.
    public mutating func endRecord() {
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
        isFirst = true
    }

    /// Hands over what was written since the last call, so that a long file goes out by pieces.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// The text of a cell that this writer guarded, as it was given: `'=A1` becomes `=A1`, all else is unchanged.
    public static func unguarded(_ cell: String) -> String {
        guard cell.utf8.first == 0x27 else { return cell }
        var rest = String(cell.dropFirst())
        return rest.withUTF8 { isFormula($0) } ? rest : cell
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        let isGuarded = guardsFormulas && Self.isFormula(text)
        var quotes = text.first == .space || text.last == .space
        if !quotes { quotes = text.contains { $0 == separator || Self.isQuoted($0) } }
        if quotes { bytes.append(.quote) }
        if isGuarded { bytes.append(0x27) }
        if quotes {
            for byte in text {
                if byte == .quote { bytes.append(.quote) }
                bytes.append(byte)
            }
            bytes.append(.quote)
        } else {
            bytes.append(contentsOf: text)
        }
    }

    private static func isQuoted(_ byte: UInt8) -> Bool {
        switch byte {
        case .quote, UInt8(ascii: ","), UInt8(ascii: ";"), .tab, .lineFeed, .carriageReturn: true
        default: false
        }
    }

    private static func isFormula(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch text.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), .tab, .carriageReturn, .lineFeed: return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isNumber(text)
        case 0xEF:
            // U+FF1D, U+FF0B, U+FF0D are EF BC 9D, 8B, 8D; U+FF20 is EF BC A0.
            guard text.count >= 3, text[1] == 0xBC else { return false }
            return [0x9D, 0x8B, 0x8D, 0xA0].contains(text[2])
        default: return false
        }
    }

    /// A sign, digits, at most one `.` or `,` with digits after it, and an exponent.
    private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 1
        func digits() -> Bool {
            let start = index
            while index < text.count, text[index] >= 0x30, text[index] <= 0x39 { index += 1 }
            return index > start
        }
        guard digits() else { return false }
        if index < text.count, text[index] == 0x2E || text[index] == 0x2C {
            index += 1
            guard digits() else { return false }
        }
        if index < text.count, text[index] | 0x20 == 0x65 {
            index += 1
            if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
            guard digits() else { return false }
        }
        return index == text.count
    }
}
