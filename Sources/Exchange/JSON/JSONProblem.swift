/// Why JSON is refused, and where.
public struct JSONProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Sendable, Equatable {
        case unexpectedEnd
        /// A byte that cannot come here.
        case unexpectedByte(UInt8)
        case invalidNumber
        /// An unknown escape, or half of a surrogate pair.
        case invalidEscape
        /// A string or a file that is not UTF-8.
        case invalidUTF8
        case controlCharacter
        /// U+0000, which PostgreSQL cannot store and C libraries cut at.
        case nullCharacter
        case duplicateKey(String)
        case byteOrderMark
        /// Something follows the value.
        case trailingBytes
        case tooDeep(limit: Int)
        case tooLong(limit: Int)
        case tooManyValues(limit: Int)
        /// The file is not an array, or the named member is missing or not an array.
        case notTheAnnouncedArray(String)
    }

    public let kind: Kind
    /// The line, from 1.
    public let line: Int
    /// The byte in the line, from 1.
    public let column: Int

    public init(kind: Kind, line: Int, column: Int) {
        self.kind = kind
        self.line = line
        self.column = column
    }

    public var description: String { "line \(line), column \(column): \(reason)" }

    /// The reason without the place.
    public var reason: String {
        switch kind {
        case .unexpectedEnd: "the JSON ends too early"
        case .unexpectedByte(let byte): "unexpected \(Self.name(of: byte))"
        case .invalidNumber: "not a JSON number"
        case .invalidEscape: "not a JSON escape"
        case .invalidUTF8: "not UTF-8"
        case .controlCharacter: "a control character in a string"
        case .nullCharacter: "U+0000 in a string"
        case .duplicateKey(let key): "the member “\(key)” comes twice"
        case .byteOrderMark: "a byte order mark"
        case .trailingBytes: "something follows the JSON value"
        case .tooDeep(let limit): "nested deeper than \(limit)"
        case .tooLong(let limit): "longer than \(limit) bytes"
        case .tooManyValues(let limit): "more than \(limit) values"
        case .notTheAnnouncedArray(let name): "no array in \(name)"
        }
    }

    private static func name(of byte: UInt8) -> String {
        guard byte > 0x20, byte < 0x7F else { return "byte 0x" + String(byte, radix: 16, uppercase: true) }
        return "“\(Character(UnicodeScalar(byte)))”"
    }
}

/// What a JSON text may at most hold.
public struct JSONLimits: Sendable {
    /// Arrays and objects inside one another.
    public var depth: Int
    /// Bytes of one string or member name, as written.
    public var stringBytes: Int
    /// Values in all.
    public var values: Int
    /// Bytes of one streamed element, or of one member beside it.
    public var elementBytes: Int

    /// 64 levels, 4 MiB a string, 4 million values, 32 MiB a streamed element.
    public init(depth: Int = 64, stringBytes: Int = 4 << 20, values: Int = 4_000_000, elementBytes: Int = 32 << 20) {
        self.depth = depth
        self.stringBytes = stringBytes
        self.values = values
        self.elementBytes = elementBytes
    }
}

/// What to do with a leading EF BB BF, which RFC 8259 forbids to write and allows to ignore.
public enum ByteOrderMarkPolicy: Sendable { case refuse, skip }
