import Crypto

/// What somebody at the machine reads on its console, and types into the page that makes the first account (ACC-60).
///
/// Sixty bits, new at each start of the program, kept in its memory alone; of several nodes, those of the network. Printing one
/// shows nothing.
public struct FirstAccountCode: Sendable {
    /// The letters of the code, without what separates them.
    private let letters: [UInt8]

    /// Crockford's alphabet: no letter that is read as a figure.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 12

    public init(_ surroundings: Surroundings) {
        self.init(bytes: surroundings.secret(Self.length))
    }

    /// The code that bytes nobody can guess stand for: twelve at least.
    public init(bytes: [UInt8]) {
        letters = bytes.prefix(Self.length).map { Self.alphabet[Int($0) % Self.alphabet.count] }
    }

    /// As it is shown: `K7QM-2XFD-9TRA`.
    public var text: String {
        stride(from: 0, to: Self.length, by: 4)
            .map { String(decoding: letters[$0..<min($0 + 4, letters.count)], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// Whether the code was typed, in capitals or not, with or without what separates its letters; `O` is read as zero, `I` and
    /// `L` as one. The time it takes says nothing of where the first difference is.
    public func matches(_ typed: String) -> Bool {
        guard typed.utf8.count <= 100 else { return false }
        var read: [UInt8] = []
        for byte in typed.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): read.append(Self.meant(byte - 32))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): read.append(Self.meant(byte))
            case UInt8(ascii: "0")...UInt8(ascii: "9"): read.append(byte)
            default: continue
            }
        }
        return Bytes.areEqual(Array(SHA256.hash(data: read)), Array(SHA256.hash(data: letters)))
    }

    private static func meant(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        default: letter
        }
    }
}

extension FirstAccountCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "FirstAccountCode(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
