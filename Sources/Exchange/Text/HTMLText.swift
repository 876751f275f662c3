/// Plain text out of a cell that holds HTML. The result is text to be escaped when shown, never markup.
public enum HTMLText {
    /// Drops tags, comments, `<script>` and `<style>` with their content; decodes entities; makes `<br>`, `<p>`, `<li>`,
    /// `<div>`, `<tr>` and titles into line feeds; squeezes blanks and drops empty lines.
    public static func plain(_ html: String) -> String {
        guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return html }
        var html = html
        return html.withUTF8 { input in
            var text = PlainTextBuilder()
            var index = 0
            while index < input.count {
                switch input[index] {
                case UInt8(ascii: "<"): index = skipTag(input, from: index, &text)
                case UInt8(ascii: "&"):
                    if let (scalars, next) = HTMLEntity.decode(input, at: index) {
                        for scalar in scalars { text.append(scalar) }
                        index = next
                    } else {
                        text.append(byte: input[index])
                        index += 1
                    }
                default:
                    text.append(byte: input[index])
                    index += 1
                }
            }
            return text.finished()
        }
    }

    private static let lineTags: Set<String> = [
        "br", "p", "li", "ul", "ol", "div", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote",
        "section", "article", "dt", "dd",
    ]

    /// Passes one tag; a `<` that opens none is text.
    private static func skipTag(
        _ input: UnsafeBufferPointer<UInt8>, from start: Int, _ text: inout PlainTextBuilder
    ) -> Int {
        var index = start + 1
        if matches(input, at: index, "!--") {
            return find(input, from: index + 3, "-->").map { $0 + 3 } ?? input.count
        }
        let isClosing = index < input.count && input[index] == UInt8(ascii: "/")
        if isClosing { index += 1 }
        guard index < input.count, isLetter(input[index]) || input[index] == UInt8(ascii: "!") else {
            text.append(byte: UInt8(ascii: "<"))
            return start + 1
        }
        let nameStart = index
        let nameLimit = min(input.count, nameStart + 16)
        while index < nameLimit, isLetter(input[index]) || isDigit(input[index]) { index += 1 }
        let name = String(decoding: input[nameStart..<index], as: UTF8.self).lowercased()
        guard let end = tagEnd(input, from: index) else {
            // `a <b` cut at the end of a cell: nothing shows that it was a tag.
            text.append(byte: UInt8(ascii: "<"))
            return start + 1
        }
        if lineTags.contains(name) { text.breakLine() }
        if !isClosing, name == "script" || name == "style" {
            return find(input, from: end, "</\(name)").flatMap { tagEnd(input, from: $0) } ?? input.count
        }
        return end
    }

    /// The index after the `>` that ends a tag, outside quoted attributes.
    private static func tagEnd(_ input: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var quote: UInt8?
        // A tag of more than 4 KiB is a mistake; the bound keeps `<<<<<` linear.
        for index in start..<max(start, min(input.count, start + 4_096)) {
            let byte = input[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            }
        }
        return nil
    }

    private static func find(_ input: UnsafeBufferPointer<UInt8>, from start: Int, _ word: String) -> Int? {
        let first = word.utf8.first
        var index = start
        while index < input.count {
            if input[index] == first, matches(input, at: index, word) { return index }
            index += 1
        }
        return nil
    }

    private static func matches(_ input: UnsafeBufferPointer<UInt8>, at start: Int, _ word: String) -> Bool {
        var index = start
        for byte in word.utf8 {
            guard index < input.count else { return false }
            let found = input[index]
            guard found == byte || (isLetter(found) && found | 0x20 == byte) else { return false }
            index += 1
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// Gathers text, squeezing blanks: one space between words, one line feed between lines.
struct PlainTextBuilder {
    private var bytes: [UInt8] = []
    private var pendingSpace = false
    private var pendingBreak = false

    mutating func append(_ scalar: UnicodeScalar) {
        var utf8: [UInt8] = []
        UTF8Bytes.append(scalar, to: &utf8)
        for byte in utf8 { append(byte: byte) }
    }

    mutating func append(byte: UInt8) {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: pendingSpace = true
        case 0..<0x20: return
        default:
            if pendingBreak, !bytes.isEmpty {
                bytes.append(0x0A)
            } else if pendingSpace, !bytes.isEmpty {
                bytes.append(0x20)
            }
            pendingBreak = false
            pendingSpace = false
            bytes.append(byte)
        }
    }

    mutating func breakLine() { pendingBreak = true }

    func finished() -> String { String(decoding: bytes, as: UTF8.self) }
}
