/// Which words a text may use.
enum OpeningVocabulary: Sendable {
    /// The syntax, with lenient spellings of days, months and hours.
    case syntax
    /// French sentences: small words are understood, quotes and modifiers are not.
    case prose
}

struct OpeningToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case number(Int, digits: Int)
        case weekday(Int)
        case month(Int)
        case week, easter, publicHolidays, schoolHolidays
        case sun(SolarEvent)
        case state(OpeningState)
        /// `day`, `days`, `jour`.
        case dayUnit
        /// The `h` of `9h30`.
        case hourMark
        /// Noon or midnight, in words.
        case noon, midnight
        case comment(String)
        case colon, semicolon, comma, dash, plus, slash, pipes
        case openParenthesis, closeParenthesis, openBracket, closeBracket
        case end
    }

    let kind: Kind
    let offset: Int
    let text: String
}

/// Cuts a text into words, numbers and signs, by bytes.
enum OpeningTokenizer {
    static func tokens(of source: String, words: OpeningVocabulary) throws(OpeningHoursError) -> [OpeningToken] {
        let bytes = Array(source.utf8)
        var tokens: [OpeningToken] = []
        var index = 0
        while index < bytes.count {
            let start = index
            let byte = bytes[index]
            switch byte {
            case 48...57:
                var value = 0
                while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
                    // Nothing needs more than four digits: longer runs saturate and are refused by whoever reads them.
                    value = min(value * 10 + Int(bytes[index] - 48), 1_000_000)
                    index += 1
                }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                tokens.append(OpeningToken(kind: .number(value, digits: index - start), offset: start, text: text))
            case UInt8(ascii: "\"") where words == .syntax:
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
                guard index < bytes.count else { throw OpeningHoursError(offset: start, fault: .unclosedComment) }
                let text = String(decoding: bytes[start + 1..<index], as: UTF8.self)
                tokens.append(OpeningToken(kind: .comment(text), offset: start, text: text))
                index += 1
            case 65...90, 97...122:
                // A letter h that touches a number is the sign of the hour, whatever follows: 9h30, 9hà.
                if byte | 32 == UInt8(ascii: "h"), let last = tokens.last, case .number = last.kind,
                    last.offset + last.text.utf8.count == start
                {
                    index += 1
                    tokens.append(OpeningToken(kind: .hourMark, offset: start, text: "h"))
                } else {
                    try word(bytes, &index, words, &tokens)
                }
            default:
                if let width = space(bytes, index) {
                    index += width
                } else if let (kind, width) = sign(bytes, index) {
                    index += width
                    let text = String(decoding: bytes[start..<index], as: UTF8.self)
                    tokens.append(OpeningToken(kind: kind, offset: start, text: text))
                } else if let (text, width) = quoted(bytes, index), words == .syntax {
                    index += width
                    tokens.append(OpeningToken(kind: .comment(text), offset: start, text: text))
                } else if byte >= 0x80 {
                    try word(bytes, &index, words, &tokens)
                } else {
                    let text = String(decoding: [byte], as: UTF8.self)
                    throw OpeningHoursError(offset: start, fault: .unexpected(text))
                }
            }
        }
        tokens.append(OpeningToken(kind: .end, offset: bytes.count, text: "la fin"))
        return tokens
    }

    /// Width of a blank: ASCII ones, the no-break space, the spaces of U+2000 to U+200B, the narrow no-break space.
    private static func space(_ bytes: [UInt8], _ index: Int) -> Int? {
        switch bytes[index] {
        case 9, 10, 13, 32: return 1
        case 0xC2: return at(bytes, index + 1) == 0xA0 ? 2 : nil
        case 0xE2:
            guard at(bytes, index + 1) == 0x80, let third = at(bytes, index + 2) else { return nil }
            return third <= 0x8B || third == 0xAF ? 3 : nil
        default: return nil
        }
    }

    private static func sign(_ bytes: [UInt8], _ index: Int) -> (OpeningToken.Kind, Int)? {
        switch bytes[index] {
        case UInt8(ascii: ":"), UInt8(ascii: "."): return (.colon, 1)
        case UInt8(ascii: ";"): return (.semicolon, 1)
        case UInt8(ascii: ","), UInt8(ascii: "&"): return (.comma, 1)
        case UInt8(ascii: "-"), UInt8(ascii: "~"): return (.dash, 1)
        case UInt8(ascii: "+"): return (.plus, 1)
        case UInt8(ascii: "/"): return (.slash, 1)
        case UInt8(ascii: "("): return (.openParenthesis, 1)
        case UInt8(ascii: ")"): return (.closeParenthesis, 1)
        case UInt8(ascii: "["): return (.openBracket, 1)
        case UInt8(ascii: "]"): return (.closeBracket, 1)
        case UInt8(ascii: "|"): return at(bytes, index + 1) == UInt8(ascii: "|") ? (.pipes, 2) : nil
        case 0xE2:
            // U+2010 to U+2015, and the minus sign U+2212: dashes of all widths.
            if at(bytes, index + 1) == 0x80, let third = at(bytes, index + 2), (0x90...0x95).contains(third) {
                return (.dash, 3)
            }
            return at(bytes, index + 1) == 0x88 && at(bytes, index + 2) == 0x92 ? (.dash, 3) : nil
        default: return nil
        }
    }

    /// A comment in “ ” or « ».
    private static func quoted(_ bytes: [UInt8], _ index: Int) -> (String, Int)? {
        let pairs: [(open: [UInt8], close: [UInt8])] = [
            ([0xE2, 0x80, 0x9C], [0xE2, 0x80, 0x9D]), ([0xC2, 0xAB], [0xC2, 0xBB]),
        ]
        for pair in pairs where bytes[index...].starts(with: pair.open) {
            var close = index + pair.open.count
            while close < bytes.count, !bytes[close...].starts(with: pair.close) { close += 1 }
            guard close < bytes.count else { return nil }
            let text = String(decoding: bytes[(index + pair.open.count)..<close], as: UTF8.self)
            return (text.trimmedOfBlanks, close + pair.close.count - index)
        }
        return nil
    }

    private static func word(
        _ bytes: [UInt8], _ index: inout Int, _ words: OpeningVocabulary, _ tokens: inout [OpeningToken]
    ) throws(OpeningHoursError) {
        let start = index
        while index < bytes.count, isLetter(bytes[index]), space(bytes, index) == nil, sign(bytes, index) == nil {
            index += 1
        }
        // A byte that is neither a letter nor a sign would not advance: take it, the word will be refused.
        if index == start { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        switch OpeningLexicon.meaning(of: folded(bytes[start..<index]), words) {
        case .token(let kind): tokens.append(OpeningToken(kind: kind, offset: start, text: text))
        case .nothing: break
        case .everyDay:
            for kind in [OpeningToken.Kind.weekday(1), .dash, .weekday(7)] {
                tokens.append(OpeningToken(kind: kind, offset: start, text: text))
            }
        case nil: throw OpeningHoursError(offset: start, fault: .unknownWord(String(text.prefix(40))))
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 32 >= 97 && byte | 32 <= 122) || byte == UInt8(ascii: "'")
    }

    /// Lower-case ASCII, with the accents of French taken off; other letters become `?`.
    private static func folded(_ bytes: ArraySlice<UInt8>) -> String {
        var plain: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == 0xC3, index + 1 < bytes.endIndex {
                switch bytes[index + 1] | 0x20 {
                case 0xA0, 0xA2, 0xA4: plain.append(UInt8(ascii: "a"))
                case 0xA8...0xAB: plain.append(UInt8(ascii: "e"))
                case 0xAE, 0xAF: plain.append(UInt8(ascii: "i"))
                case 0xB4: plain.append(UInt8(ascii: "o"))
                case 0xB9, 0xBB: plain.append(UInt8(ascii: "u"))
                default: plain.append(UInt8(ascii: "?"))
                }
                index += 2
            } else {
                plain.append(byte >= 65 && byte <= 90 ? byte | 32 : byte < 0x80 ? byte : UInt8(ascii: "?"))
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func at(_ bytes: [UInt8], _ index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }
}

extension String {
    /// Without the spaces, tabs and no-break spaces at both ends.
    var trimmedOfBlanks: String {
        let blanks: Set<Character> = [" ", "\t", "\n", "\r", "\r\n", "\u{A0}", "\u{202F}"]
        var text = self[...]
        while let first = text.first, blanks.contains(first) { text.removeFirst() }
        while let last = text.last, blanks.contains(last) { text.removeLast() }
        return String(text)
    }
}
