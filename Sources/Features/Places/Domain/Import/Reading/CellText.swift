import Exchange

/// A cell made readable: blanks, markup, escapes and the words by which tools say "nothing".
struct CellText {
    /// The text, on one line unless it was markup with lines; empty when the cell says nothing.
    let text: String
    /// What was put right, nil when nothing was.
    let repair: String?

    private static let nothing: Set<String> = [
        "#n/a", "#ref!", "#value!", "#nom?", "#name?", "#div/0!", "null", "n/a", "nan", "none", "undefined", "na", "-",
        "--", "—",
        "–", ".", "?", "/", "@", "nc", "n/c", "0null",
    ]

    init(_ raw: String, keepsLines: Bool = false) {
        var isPlain = raw.utf8.first != 0x27
        var previous: UInt8 = 0x20
        var hasMarkup = false
        for byte in raw.utf8 {
            if byte < 0x21 {
                if byte != 0x20 || previous == 0x20 { isPlain = false }
            } else if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") {
                hasMarkup = true
            } else if byte >= 0xC4 || byte == 0xC2 || byte == 0x7F {
                isPlain = false
            }
            previous = byte
        }
        if isPlain, !hasMarkup, previous != 0x20, raw.utf8.count > 9 || Self.isSomething(raw) {
            (text, repair) = (raw, nil)
            return
        }
        self = Self.mended(raw, hasMarkup: hasMarkup, keepsLines: keepsLines)
    }

    /// Whether a short text begins like none of the words that say nothing.
    private static func isSomething(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        switch first {
        case 0x31...0x39, 0x42...0x4D, 0x4F...0x54, 0x56...0x5A, 0x61...0x6D, 0x6F...0x74, 0x76...0x7A: return true
        default: return false
        }
    }

    private init(text: String, repair: String?) {
        self.text = text
        self.repair = repair
    }

    private static func mended(_ raw: String, hasMarkup: Bool, keepsLines: Bool) -> CellText {
        var text = CSVWriter.unguarded(raw)
        var repair: String?
        if hasMarkup {
            let (unescaped, count) = EscapedBytes.decode(text)
            if count > 0 {
                text = unescaped
                repair = "bytes written as <e9> were decoded"
            }
            let plain = HTMLText.plain(text)
            if plain != text {
                // White space alone is no markup.
                if TextForm.oneLine(plain) != TextForm.oneLine(text) { repair = repair ?? "HTML was made into text" }
                text = plain
            }
        }
        text = keepsLines ? TextForm.paragraphs(text) : TextForm.oneLine(text)
        if text.utf8.count <= 9, nothing.contains(text.lowercased()) {
            return CellText(
                text: "", repair: text.utf8.first == UInt8(ascii: "#") || text.utf8.count > 2 ? "means nothing" : nil)
        }
        return CellText(text: text, repair: repair)
    }

    /// Whether a spreadsheet would take the text for a formula: it begins with `=`, `+`, `-` or `@` and is no number.
    static func looksLikeFormula(_ text: String) -> Bool {
        switch text.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            !text.utf8.dropFirst().allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 44 || $0 == 32 }
        default: false
        }
    }
}
