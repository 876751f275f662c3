import Crypto

/// 256 bits that nobody can guess: the reference of a session, of a sign-in link, of an invitation.
///
/// It is written as 43 characters of base64url; the database only ever holds its SHA-256. Printing one shows nothing.
public struct Secret: Sendable, Hashable {
    let bytes: [UInt8]

    static let size = 32

    public init(_ surroundings: Surroundings) {
        bytes = surroundings.secret(Self.size)
    }

    /// Bytes drawn from another secret: 32 of them.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the written form; nil when it is not exactly one.
    public init?(text: String) {
        guard text.utf8.count == 43 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.utf8 {
            guard let digit = Self.digit(byte) else { return nil }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        guard bits == 0 else { return nil }
        self.bytes = bytes
    }

    /// The written form, fit for addresses and cookies.
    public var text: String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(Self.alphabet[Int(bits >> UInt32(count) & 63)])
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { text.append(Self.alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// SHA-256, as stored.
    public var hash: [UInt8] { Array(SHA256.hash(data: bytes)) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 65...90: UInt32(byte) - 65
        case 97...122: UInt32(byte) - 71
        case 48...57: UInt32(byte) + 4
        case 45: 62
        case 95: 63
        default: nil
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Secret(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
