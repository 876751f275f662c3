/// The engine behind a database, and everything that differs between the two.
public enum Dialect: String, Sendable {
    case sqlite
    case postgres

    /// A migration's text for this engine. Migrations are written once, in SQLite's words: `INTEGER` is 64 bits,
    /// `REAL` a double, `BLOB` bytes, and tables end in `STRICT` (and may be `WITHOUT ROWID`). Words inside quotes and
    /// comments are left alone. On PostgreSQL a `TEXT` column gets `COLLATE "C"`, so that both engines sort by bytes.
    func schema(_ text: String) -> String {
        guard self == .postgres else { return text }
        var translation = SchemaTranslation(text)
        return translation.run()
    }
}

/// Reads a script as bytes, word by word, and writes it in PostgreSQL's words.
private struct SchemaTranslation {
    private let text: [UInt8]
    private var index = 0
    private var output: [UInt8] = []
    /// The last word, to tell `x TEXT` (a column) from `CAST(x AS TEXT)`.
    private var previous = ""

    init(_ text: String) {
        self.text = Array(text.utf8)
        output.reserveCapacity(self.text.count * 5 / 4)
    }

    mutating func run() -> String {
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                copyQuoted(byte)
            } else if byte == UInt8(ascii: "-"), index + 1 < text.count, text[index + 1] == byte {
                while index < text.count, text[index] != UInt8(ascii: "\n") { copy() }
            } else if Self.isWord(byte) {
                translate(takeWord())
            } else {
                copy()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func copy() {
        output.append(text[index])
        index += 1
    }

    private mutating func copyQuoted(_ quote: UInt8) {
        copy()
        while index < text.count {
            let byte = text[index]
            copy()
            if byte == quote { return }
        }
    }

    private mutating func takeWord() -> String {
        let start = index
        while index < text.count, Self.isWord(text[index]) { index += 1 }
        return String(decoding: text[start..<index], as: UTF8.self)
    }

    private mutating func translate(_ word: String) {
        let before = previous
        previous = word
        switch word {
        case "INTEGER": write("BIGINT")
        case "REAL": write("DOUBLE PRECISION")
        case "BLOB": write("BYTEA")
        case "TEXT" where before != "AS": write("TEXT COLLATE \"C\"")
        case "STRICT": dropComma()
        case "WITHOUT":
            let mark = index
            while index < text.count, !Self.isWord(text[index]) { index += 1 }
            if takeWord() == "ROWID" {
                dropComma()
            } else {
                index = mark
                write(word)
            }
        default: write(word)
        }
    }

    private mutating func write(_ word: String) {
        output.append(contentsOf: word.utf8)
    }

    /// Removes what separated a dropped table option from the one before it.
    private mutating func dropComma() {
        var end = output.count
        while end > 0, output[end - 1] <= 0x20 { end -= 1 }
        if end > 0, output[end - 1] == UInt8(ascii: ",") { output.removeSubrange((end - 1)...) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
