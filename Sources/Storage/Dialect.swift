/// The engine behind a database, and everything that differs between the two.
public enum Dialect: String, Sendable {
    case sqlite
    case postgres

    /// A migration's text for this engine. Migrations are written once, in SQLite's words: `INTEGER` is 64 bits,
    /// `REAL` a double, `BLOB` bytes, and tables end in `STRICT`. Words inside quotes are left alone.
    func schema(_ text: String) -> String {
        guard self == .postgres else { return text }
        var result = ""
        var word = ""
        var quoted = false
        func flush(_ word: inout String, _ result: inout String) {
            switch word {
            case "INTEGER": result += "BIGINT"
            case "REAL": result += "DOUBLE PRECISION"
            case "BLOB": result += "BYTEA"
            case "STRICT": break
            default: result += word
            }
            word = ""
        }
        for character in text {
            if !quoted, character.isLetter || character == "_" || character.isNumber {
                word.append(character)
                continue
            }
            flush(&word, &result)
            if character == "'" { quoted.toggle() }
            result.append(character)
        }
        flush(&word, &result)
        return result
    }
}
