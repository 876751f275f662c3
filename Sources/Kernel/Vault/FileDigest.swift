import Crypto
import Storage

/// The SHA-256 of a file's bytes: its name in the vault, and the proof that it is whole.
public struct FileDigest: Hashable, Sendable, Bindable, CustomStringConvertible {
    /// Sixty-four lower-case hexadecimal digits.
    public let text: String

    /// Reads the written form; nil when it is not one, so that no path is ever made of something else.
    public init?(text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    init(_ digest: SHA256.Digest) {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        for byte in digest {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The digest of bytes in memory.
    public init(of bytes: some Sequence<UInt8>) {
        self.init(SHA256.hash(data: Array(bytes)))
    }

    public var value: Value { .text(text) }
    public var description: String { text }

    /// The two folders the file lies in.
    var folders: (first: String, second: String) {
        (String(text.prefix(2)), String(text.dropFirst(2).prefix(2)))
    }
}
