/// The encodings that files of the network come in.
public enum TextEncoding: String, Sendable, Equatable {
    case utf8 = "UTF-8"
    case utf8WithMark = "UTF-8 with byte order mark"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case windows1252 = "Windows-1252"
}

/// A file made into text, with what had to be decided to do so.
public struct DecodedText: Sendable, Equatable {
    /// Valid UTF-8, without byte order mark.
    public let utf8: [UInt8]
    /// What the file was taken for.
    public let encoding: TextEncoding
    /// The bytes of the file that did not belong to that encoding and were read another way: in UTF-8, a stray byte
    /// as Windows-1252; in UTF-16, half a pair as U+FFFD; in Windows-1252, the five unassigned bytes as U+FFFD.
    public let repairedBytes: Int

    public init(utf8: [UInt8], encoding: TextEncoding, repairedBytes: Int) {
        self.utf8 = utf8
        self.encoding = encoding
        self.repairedBytes = repairedBytes
    }

    public var text: String { String(decoding: utf8, as: UTF8.self) }
}

extension TextEncoding {
    /// Decides the encoding of a whole file and decodes it: a byte order mark wins; else UTF-8 if it is valid, or if
    /// it has more well-formed accents than stray bytes; else Windows-1252.
    public static func decode(_ bytes: [UInt8]) -> DecodedText {
        var transcoder = TextTranscoder()
        var utf8 = transcoder.feed(bytes)
        utf8 += transcoder.finish()
        let isUnmarked = transcoder.encoding == .utf8 || transcoder.encoding == .windows1252
        guard isUnmarked, transcoder.repairedBytes > transcoder.accents else {
            return DecodedText(
                utf8: utf8, encoding: transcoder.encoding ?? .utf8, repairedBytes: transcoder.repairedBytes)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count + bytes.count / 8)
        var unassigned = 0
        for byte in bytes { unassigned += Windows1252.append(byte, to: &decoded) ? 0 : 1 }
        return DecodedText(utf8: decoded, encoding: .windows1252, repairedBytes: unassigned)
    }
}

/// Windows-1252, as the WHATWG names it and French files use it.
enum Windows1252 {
    /// 0x80 to 0x9F; the rest is ISO 8859-1. Zero where nothing is assigned.
    private static let upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// The character of a byte; nil for the five unassigned ones.
    static func scalar(_ byte: UInt8) -> UnicodeScalar? {
        guard (0x80...0x9F).contains(byte) else { return UnicodeScalar(byte) }
        let code = upper[Int(byte - 0x80)]
        return code == 0 ? nil : UnicodeScalar(code)
    }

    /// Appends the character in UTF-8, U+FFFD for an unassigned byte; false in that case.
    static func append(_ byte: UInt8, to utf8: inout [UInt8]) -> Bool {
        if byte < 0x80 {
            utf8.append(byte)
            return true
        }
        let scalar = scalar(byte)
        UTF8Bytes.append(scalar ?? "\u{FFFD}", to: &utf8)
        return scalar != nil
    }
}

/// UTF-8 as bytes.
enum UTF8Bytes {
    static func append(_ scalar: UnicodeScalar, to utf8: inout [UInt8]) {
        let code = scalar.value
        if code < 0x80 {
            utf8.append(UInt8(truncatingIfNeeded: code))
            return
        }
        if code < 0x800 {
            utf8.append(0xC0 | UInt8(truncatingIfNeeded: code >> 6))
        } else {
            if code < 0x10000 {
                utf8.append(0xE0 | UInt8(truncatingIfNeeded: code >> 12))
            } else {
                utf8.append(0xF0 | UInt8(truncatingIfNeeded: code >> 18))
                utf8.append(0x80 | UInt8(truncatingIfNeeded: code >> 12) & 0x3F)
            }
            utf8.append(0x80 | UInt8(truncatingIfNeeded: code >> 6) & 0x3F)
        }
        utf8.append(0x80 | UInt8(truncatingIfNeeded: code) & 0x3F)
    }

    /// What the bytes at `index` are.
    enum Sequence: Equatable {
        /// A well-formed character of so many bytes (Unicode, table 3-7).
        case valid(Int)
        case invalid
        /// Well-formed so far, and the bytes end.
        case cut
    }

    static func sequence(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Sequence {
        let first = bytes[index]
        let length: Int
        switch first {
        case 0..<0x80: return .valid(1)
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return .invalid
        }
        for offset in 1..<length {
            guard index + offset < bytes.count else { return .cut }
            let range: ClosedRange<UInt8> =
                switch (offset, first) {
                case (1, 0xE0): 0xA0...0xBF
                case (1, 0xED): 0x80...0x9F
                case (1, 0xF0): 0x90...0xBF
                case (1, 0xF4): 0x80...0x8F
                default: 0x80...0xBF
                }
            guard range.contains(bytes[index + offset]) else { return .invalid }
        }
        return .valid(length)
    }
}
