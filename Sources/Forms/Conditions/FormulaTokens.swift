import Exchange

/// Why a written condition or computation is refused. `offset` is in bytes of its UTF-8 text.
public struct SyntaxProblem: Error, Sendable, Equatable {
    /// Plain French.
    public let message: String
    public let offset: Int
}

enum FormulaToken: Equatable {
    case word(String)
    /// A dotted name: `budget.montant`.
    case path([String])
    case text(String)
    case number(ExactNumber)
    case date(CivilDate)
    case symbol(Character)
    case end
}

/// Cuts a condition into words; `Sources/Forms/Conditions/FormulaParser.swift` has the grammar.
struct FormulaLexer {
    /// Longest text of a condition, in bytes.
    static let maxBytes = 8_000

    private let bytes: [UInt8]
    private var index = 0
    private(set) var tokens: [(token: FormulaToken, offset: Int)] = []

    static func tokens(of text: String) throws(SyntaxProblem) -> [(token: FormulaToken, offset: Int)] {
        guard text.utf8.count <= maxBytes else {
            throw SyntaxProblem(message: "Cette condition dépasse \(maxBytes) octets.", offset: maxBytes)
        }
        var lexer = FormulaLexer(bytes: Array(text.utf8))
        try lexer.run()
        return lexer.tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run() throws(SyntaxProblem) {
        while true {
            skipBlanks()
            let start = index
            guard index < bytes.count else {
                tokens.append((.end, start))
                return
            }
            tokens.append((try next(), start))
        }
    }

    private func has(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        return text.withUTF8Buffer { bytes[index..<index + count].elementsEqual($0) }
    }

    /// Spaces of every width a keyboard or a word processor gives.
    private mutating func skipBlanks() {
        while index < bytes.count {
            if [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) {
                index += 1
            } else if has("\u{A0}") {
                index += 2
            } else if has("\u{202F}") || has("\u{2009}") {
                index += 3
            } else {
                return
            }
        }
    }

    private static let symbols: [(StaticString, Character)] = [
        ("!=", "≠"), ("<>", "≠"), ("≠", "≠"), ("<=", "≤"), ("≤", "≤"), (">=", "≥"), ("≥", "≥"), ("<", "<"), (">", ">"),
        ("=", "="), ("(", "("), (")", ")"), (",", ","), ("+", "+"), ("-", "-"), ("−", "-"), ("*", "*"), ("×", "*"),
        ("/", "/"), ("÷", "/"), ("%", "%"), ("€", "€"),
    ]

    private mutating func next() throws(SyntaxProblem) -> FormulaToken {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") {
            index += 1
            return .text(try quoted(until: "\""))
        }
        if has("«") {
            index += 2
            return .text(trimmed(try quoted(until: "»")))
        }
        if byte >= 48, byte <= 57 { return try number() }
        for (written, symbol) in Self.symbols where has(written) {
            index += written.utf8CodeUnitCount
            return .symbol(symbol)
        }
        return try name()
    }

    private mutating func quoted(until closing: StaticString) throws(SyntaxProblem) -> String {
        let start = index
        while index < bytes.count {
            if has(closing) {
                defer { index += closing.utf8CodeUnitCount }
                return String(decoding: bytes[start..<index], as: UTF8.self)
            }
            index += 1
        }
        throw SyntaxProblem(message: "Un guillemet n’est pas refermé.", offset: start)
    }

    private func trimmed(_ text: String) -> String {
        let blanks: Set<Character> = [" ", "\u{A0}", "\u{202F}", "\u{2009}"]
        return String(text.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
    }

    private mutating func number() throws(SyntaxProblem) -> FormulaToken {
        let start = index
        if index + 10 <= bytes.count,
            let date = CivilDate(iso: String(decoding: bytes[index..<index + 10], as: UTF8.self)),
            index + 10 == bytes.count || !(48...57).contains(bytes[index + 10])
        {
            index += 10
            return .date(date)
        }
        func skipDigits() { while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 { index += 1 } }
        skipDigits()
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), (48...57).contains(bytes[index + 1]) {
            index += 1
            skipDigits()
        }
        guard let value = ExactNumber(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw SyntaxProblem(message: "Ce nombre est trop grand, ou a plus de six décimales.", offset: start)
        }
        return .number(value)
    }

    private mutating func name() throws(SyntaxProblem) -> FormulaToken {
        let start = index
        var parts: [String] = []
        repeat {
            if !parts.isEmpty { index += 1 }
            var part: [UInt8] = []
            while index < bytes.count {
                let byte = bytes[index]
                if (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte == 95 {
                    part.append(byte)
                    index += 1
                } else if has("é") || has("è") || has("ê") {
                    // `répondu`, `maturité`, `début` may keep their accents.
                    part.append(UInt8(ascii: "e"))
                    index += 2
                } else {
                    break
                }
            }
            guard !part.isEmpty else {
                let message = index < bytes.count ? "Ce signe n’a pas de sens ici." : "Il manque un nom."
                throw SyntaxProblem(message: message, offset: max(start, index))
            }
            parts.append(String(decoding: part, as: UTF8.self))
        } while index < bytes.count && bytes[index] == UInt8(ascii: ".")
        return parts.count == 1 ? .word(parts[0]) : .path(parts)
    }
}
