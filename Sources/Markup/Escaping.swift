extension HTML {
    /// Appends text so that it can stand both between tags and inside a quoted attribute.
    ///
    /// `& < > " '` become entities; U+0000 and the other controls of C0 and C1, save tab and line ends, are left out
    /// (the HTML standard, § 13.1.4, forbids them and browsers disagree on them).
    mutating func writeEscaped(_ text: String) {
        var text = text
        text.withUTF8 { writeEscaped($0) }
    }

    mutating func writeEscaped(_ source: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var index = 0
        let count = source.count
        let care = Self.care.utf8Start
        while index < count {
            let byte = source[index]
            guard care[Int(byte)] == UInt8(ascii: "1") else {
                index += 1
                continue
            }
            if byte == 0xC2 {
                // The lead of U+0080…U+00BF: only its first half are controls; « » and no-break spaces stay.
                let isControl = index + 1 < count && source[index + 1] < 0xA0
                if !isControl {
                    index += 2
                    continue
                }
            }
            if start < index { write(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index])) }
            switch byte {
            case UInt8(ascii: "&"): write("&amp;")
            case UInt8(ascii: "<"): write("&lt;")
            case UInt8(ascii: ">"): write("&gt;")
            case UInt8(ascii: "\""): write("&quot;")
            case UInt8(ascii: "'"): write("&#39;")
            case 0xC2: index += 1
            default: break
            }
            index += 1
            start = index
        }
        if start < count { write(contentsOf: UnsafeBufferPointer(rebasing: source[start..<count])) }
    }

    /// One digit per byte value, `1` for those that cannot be copied without a look: five characters, controls, and 0xC2.
    ///
    /// A literal in constant memory: one load and no branch per byte of text.
    private static let care: StaticString = """
        1111111110011011111111111111111100100011000000000000000000001010\
        0000000000000000000000000000000000000000000000000000000000000001\
        0000000000000000000000000000000000000000000000000000000000000000\
        0010000000000000000000000000000000000000000000000000000000000000
        """

    /// Appends a whole number in decimal digits.
    mutating func write(number: Int) {
        if number < 0 { write(byte: UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { room in
            var position = room.count
            repeat {
                position -= 1
                room[position] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0 && position > 0
            write(contentsOf: UnsafeRawBufferPointer(rebasing: room[position...]).bindMemory(to: UInt8.self))
        }
    }

    /// Appends a decimal number with at most three digits after the point and no exponent, as SVG likes them.
    mutating func write(decimal: Double) {
        guard decimal.isFinite, decimal.magnitude < 1e15 else { return write(byte: UInt8(ascii: "0")) }
        let thousandths = Int((decimal.magnitude * 1000).rounded())
        if decimal < 0 && thousandths > 0 { write(byte: UInt8(ascii: "-")) }
        write(number: thousandths / 1000)
        var rest = thousandths % 1000
        guard rest > 0 else { return }
        write(byte: UInt8(ascii: "."))
        var unit = 100
        while rest > 0 {
            write(byte: UInt8(ascii: "0") + UInt8(rest / unit))
            rest %= unit
            unit /= 10
        }
    }
}

/// User text cut at its line ends, on bytes.
enum TextLines {
    /// Paragraphs, each a list of its lines; empty lines separate paragraphs and are not kept.
    static func paragraphs(of text: String) -> [[String]] {
        var paragraphs: [[String]] = []
        var lines: [String] = []
        // CR LF is one Character in Swift: cut on bytes, or Windows texts would never break.
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let kept = String(decoding: line, as: UTF8.self)
            if line.allSatisfy({ $0 <= 0x20 }) {
                if !lines.isEmpty { paragraphs.append(lines) }
                lines = []
            } else {
                lines.append(kept.utf8.last == 0x0D ? String(kept.unicodeScalars.dropLast()) : kept)
            }
        }
        if !lines.isEmpty { paragraphs.append(lines) }
        return paragraphs
    }
}
