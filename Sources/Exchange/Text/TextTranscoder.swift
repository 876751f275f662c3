/// Makes chunks of a file of unknown encoding into UTF-8, as they come, without byte order mark.
///
/// A byte order mark decides for UTF-8 or UTF-16. Without one, each well-formed UTF-8 character is kept and each other
/// byte is read as Windows-1252: a stream cannot wait for its end to choose, and a French text in Windows-1252 hardly
/// ever spells UTF-8 by chance. `TextEncoding.decode` looks at the whole and chooses better.
public struct TextTranscoder: Sendable {
    /// What the file is taken for; nil before its first bytes. In `finish`, `utf8` becomes `windows1252` when there were
    /// more stray bytes than accents.
    public private(set) var encoding: TextEncoding?
    /// The bytes read another way than the encoding says.
    public private(set) var repairedBytes = 0
    /// The well-formed characters beyond ASCII.
    private(set) var accents = 0
    /// The bytes of a character, or of a byte order mark, cut by the end of a chunk.
    private var held: [UInt8] = []
    private var highSurrogate: UInt32?

    public init() {}

    /// The next bytes, in UTF-8.
    public mutating func feed(_ chunk: [UInt8]) -> [UInt8] {
        held.isEmpty ? convert(chunk, atEnd: false) : convert(held + chunk, atEnd: false)
    }

    /// What was held back, now that no byte follows.
    public mutating func finish() -> [UInt8] { convert(held, atEnd: true) }

    private mutating func convert(_ bytes: [UInt8], atEnd: Bool) -> [UInt8] {
        held = []
        var start = 0
        if encoding == nil {
            guard atEnd || bytes.count >= 3 else {
                held = bytes
                return []
            }
            start = decide(bytes)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { input in
            let rest = UnsafeBufferPointer(rebasing: input[start...])
            switch encoding {
            case .utf16LittleEndian: convertUTF16(rest, low: 0, high: 1, atEnd: atEnd, to: &output)
            case .utf16BigEndian: convertUTF16(rest, low: 1, high: 0, atEnd: atEnd, to: &output)
            default: convertUTF8(rest, atEnd: atEnd, to: &output)
            }
        }
        return output
    }

    /// Reads the byte order mark; answers its length.
    private mutating func decide(_ bytes: [UInt8]) -> Int {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            encoding = .utf8WithMark
            return 3
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            encoding = .utf16LittleEndian
            return 2
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            encoding = .utf16BigEndian
            return 2
        }
        encoding = .utf8
        return 0
    }

    private mutating func convertUTF8(_ input: UnsafeBufferPointer<UInt8>, atEnd: Bool, to output: inout [UInt8]) {
        var index = 0
        var kept = 0
        while index < input.count {
            if input[index] < 0x80 {
                index += 1
                continue
            }
            switch UTF8Bytes.sequence(in: input, at: index) {
            case .valid(let length):
                accents += 1
                index += length
                continue
            case .cut where !atEnd:
                output.append(contentsOf: input[kept..<index])
                held = Array(input[index...])
                return
            case .cut, .invalid:
                output.append(contentsOf: input[kept..<index])
                _ = Windows1252.append(input[index], to: &output)
                repairedBytes += 1
                index += 1
                kept = index
            }
        }
        output.append(contentsOf: input[kept...])
        if atEnd, encoding == .utf8, repairedBytes > accents { encoding = .windows1252 }
    }

    private mutating func convertUTF16(
        _ input: UnsafeBufferPointer<UInt8>, low: Int, high: Int, atEnd: Bool, to output: inout [UInt8]
    ) {
        var index = 0
        while index + 1 < input.count {
            let unit = UInt32(input[index + high]) << 8 | UInt32(input[index + low])
            index += 2
            if let first = highSurrogate {
                highSurrogate = nil
                if (0xDC00...0xDFFF).contains(unit),
                    let scalar = UnicodeScalar(0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00))
                {
                    UTF8Bytes.append(scalar, to: &output)
                    continue
                }
                replace(2, in: &output)
            }
            if (0xD800...0xDBFF).contains(unit) {
                highSurrogate = unit
            } else if let scalar = UnicodeScalar(unit) {
                UTF8Bytes.append(scalar, to: &output)
            } else {
                replace(2, in: &output)
            }
        }
        guard atEnd else {
            held = Array(input[index...])
            return
        }
        if highSurrogate != nil { replace(2, in: &output) }
        highSurrogate = nil
        if index < input.count { replace(1, in: &output) }
    }

    private mutating func replace(_ bytes: Int, in output: inout [UInt8]) {
        UTF8Bytes.append("\u{FFFD}", to: &output)
        repairedBytes += bytes
    }
}
