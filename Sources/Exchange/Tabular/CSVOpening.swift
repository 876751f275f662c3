/// What the first bytes of a CSV file tell: where its records start and how its cells are separated.
struct CSVOpening {
    /// Where the first record starts, after a byte order mark and a `sep=;` line.
    var start = 0
    /// How many lines were skipped before it.
    var skippedLines = 0
    var separator: UInt8 = .comma

    /// Nil when the first line is not whole yet and more bytes may come.
    init?(_ bytes: [UInt8], atEnd: Bool) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        guard let end = Self.lineEnd(in: bytes, from: start) ?? (atEnd ? bytes.count : nil) else { return nil }
        if let declared = Self.declaration(bytes[start..<end]) {
            var next = end
            if next < bytes.count, bytes[next] == .carriageReturn {
                // The line feed of a CRLF may still be to come: it would count as a line of its own.
                guard next + 1 < bytes.count || atEnd else { return nil }
                next += 1
            }
            if next < bytes.count, bytes[next] == .lineFeed { next += 1 }
            start = next
            skippedLines = 1
            separator = declared
            return
        }
        // Before the comma, which prose uses too: `Nom, prénom;Adresse`.
        var best = 0
        for candidate: UInt8 in [.semicolon, .tab, .bar, .comma] {
            let count = Self.count(candidate, in: bytes[start..<end])
            if count > best { (best, separator) = (count, candidate) }
        }
    }

    /// The end of the first line outside quotes that is not blank.
    private static func lineEnd(in bytes: [UInt8], from start: Int) -> Int? {
        var quoted = false
        var blank = true
        for index in start..<bytes.count {
            switch bytes[index] {
            case .quote:
                quoted.toggle()
                blank = false
            case .lineFeed, .carriageReturn: if !quoted, !blank { return index }
            default: blank = false
            }
        }
        return nil
    }

    private static func declaration(_ line: ArraySlice<UInt8>) -> UInt8? {
        guard line.count == 5, line.starts(with: [0x73, 0x65, 0x70, 0x3D]), let last = line.last else { return nil }
        return last
    }

    private static func count(_ candidate: UInt8, in line: ArraySlice<UInt8>) -> Int {
        var quoted = false
        var count = 0
        for byte in line {
            if byte == .quote { quoted.toggle() } else if byte == candidate, !quoted { count += 1 }
        }
        return count
    }
}
