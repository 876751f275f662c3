/// French care of texts written by people.
extension Format {
    /// The text with French spaces and apostrophes: narrow no-break spaces before `; : ! ? »` and after `«`, `’`, `…`.
    ///
    /// Words that hold an address (`://`, `www.`, `@`) are left as they are; a colon without a space before it stays as it is
    /// (`10:30`), and nothing is added inside a word.
    static func typography(_ text: String) -> String {
        let source = Array(text.unicodeScalars)
        var output = String.UnicodeScalarView()
        var word = 0
        while word < source.count {
            var end = word
            while end < source.count, !isSpace(source[end]) { end += 1 }
            if end > word {
                let piece = source[word..<end]
                if holdsAddress(piece) {
                    output.append(contentsOf: piece)
                } else {
                    appendTypography(of: piece, to: &output)
                }
            }
            while end < source.count, isSpace(source[end]) {
                let next = end + 1 < source.count ? source[end + 1] : nil
                let isBreaking = source[end] == " " || source[end] == "\u{A0}"
                if isBreaking, let next, high.contains(next) || next == "»", isAlone(source, end + 1) {
                    output.append("\u{202F}")
                } else if isBreaking || source[end] == "\u{202F}", output.last == "\u{202F}",
                    output.dropLast().last == "«"
                {
                    // The space after « is already there, narrow.
                } else {
                    output.append(source[end])
                }
                end += 1
            }
            word = end
        }
        return String(output)
    }

    /// The first words of a text, on one line, at most `limit` characters, the last being `…` when something was cut.
    static func excerpt(_ text: String, limit: Int) -> String {
        var cut = ""
        var length = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            let size = word.count
            let needed = length == 0 ? size : length + 1 + size
            if needed > limit {
                if length == 0 { return String(word.prefix(max(limit - 1, 0))) + "…" }
                while let last = cut.last, ",;:.!?-–".contains(last) || last.isWhitespace { cut.removeLast() }
                while cut.count >= limit, let space = cut.lastIndex(of: " ") { cut = String(cut[..<space]) }
                return String(cut.prefix(max(limit - 1, 0))) + "…"
            }
            cut += (length == 0 ? "" : " ") + word
            length = needed
        }
        return cut
    }

    /// `03 20 00 00 00` from any French writing of a number; another number is given back as it came.
    static func phone(_ text: String) -> String {
        var digits = text.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }
        let isInternational = text.utf8.first { $0 > 0x20 } == UInt8(ascii: "+")
        if digits.starts(with: "0033".utf8) {
            digits.removeFirst(4)
        } else if isInternational, digits.starts(with: "33".utf8) {
            digits.removeFirst(2)
        } else if isInternational {
            return text
        }
        if digits.count == 9, digits.first != UInt8(ascii: "0") { digits.insert(UInt8(ascii: "0"), at: 0) }
        guard digits.count == 10, digits.first == UInt8(ascii: "0") else { return text }
        var pairs: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if index > 0 && index % 2 == 0 { pairs.append(contentsOf: noBreak.utf8) }
            pairs.append(digit)
        }
        return String(decoding: pairs, as: UTF8.self)
    }

    /// The signs that a narrow space precedes.
    private static let high: Set<Unicode.Scalar> = [";", ":", "!", "?"]

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar == "\u{A0}" || scalar == "\u{202F}"
    }

    /// True when the signs from here to the next space are only punctuation: ` ?!`, ` :`, not ` :home:`.
    private static func isAlone(_ source: [Unicode.Scalar], _ start: Int) -> Bool {
        var index = start
        while index < source.count, !isSpace(source[index]) {
            guard high.contains(source[index]) || "».,…)".unicodeScalars.contains(source[index]) else { return false }
            index += 1
        }
        return true
    }

    private static func holdsAddress(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
        if word.contains("@") { return true }
        let text = word.prefix(12).map { String($0).lowercased() }.joined()
        return text.contains("://") || text.contains("www.")
    }

    private static func appendTypography(of word: ArraySlice<Unicode.Scalar>, to output: inout String.UnicodeScalarView)
    {
        var index = word.startIndex
        while index < word.endIndex {
            let scalar = word[index]
            let before: Unicode.Scalar? = index > word.startIndex ? word[index - 1] : nil
            let after: Unicode.Scalar? = index + 1 < word.endIndex ? word[index + 1] : nil
            switch scalar {
            case "'":
                let isElision = before?.properties.isAlphabetic == true && after?.properties.isAlphabetic == true
                output.append(isElision ? "’" : "'")
            case "." where word[index...].starts(with: "...".unicodeScalars):
                output.append("…")
                while index + 1 < word.endIndex, word[index + 1] == "." { index += 1 }
            case "«":
                output.append("«")
                output.append("\u{202F}")
            case "»", ";", "!", "?":
                let endsWord = word[index...].allSatisfy { high.contains($0) || "».,…)".unicodeScalars.contains($0) }
                if endsWord, let before, !high.contains(before), !"(«".unicodeScalars.contains(before) {
                    output.append("\u{202F}")
                }
                output.append(scalar)
            default: output.append(scalar)
            }
            index += 1
        }
    }
}
