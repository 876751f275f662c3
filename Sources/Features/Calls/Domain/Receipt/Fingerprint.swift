import Crypto

/// The SHA-256 of some bytes, written as 64 hexadecimal digits in lower case.
public struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// The fingerprint of bytes in memory.
    public init(of content: some Sequence<UInt8>) {
        bytes = Array(SHA256.hash(data: Array(content)))
    }

    /// Nil unless there are 32 bytes.
    public init?(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 32 else { return nil }
    }

    /// Reads the written form; nil when it is not exactly one: capitals are refused, so that a text has one writing.
    public init?(text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var read: [UInt8] = []
        for place in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1]) else { return nil }
            read.append(high << 4 | low)
        }
        bytes = read
    }

    public var text: String {
        var digits: [UInt8] = []
        for byte in bytes { digits += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]] }
        return String(decoding: digits, as: UTF8.self)
    }

    /// `a1b2 c3d4 …`: by groups of eight, for people who compare on paper.
    public var grouped: String {
        let digits = Array(text.utf8)
        return stride(from: 0, to: 64, by: 8)
            .map { String(decoding: digits[$0..<$0 + 8], as: UTF8.self) }
            .joined(separator: " ")
    }

    public var description: String { text }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
    }

    /// A fingerprint that is made while the bytes pass by, for files too large for memory.
    public struct Gathering {
        private var hash = SHA256()
        /// How many bytes passed.
        public private(set) var count = 0

        public init() {}

        public mutating func take(_ bytes: some Collection<UInt8>) {
            hash.update(data: Array(bytes))
            count += bytes.count
        }

        public func finish() -> Fingerprint {
            Fingerprint(digest: Array(hash.finalize()))
        }
    }

    private init(digest: [UInt8]) { bytes = digest }
}
