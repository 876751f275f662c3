import Storage

/// The permanent identifier of one kind of thing. It says nothing of the thing, is never used again, and cannot be
/// mistaken for the identifier of another kind.
///
/// Stored as a 64-bit integer (time in its upper bits, chance in its lower ones, so that rows stay near each other);
/// written in addresses as 13 letters and digits of Crockford's base 32, in lower case.
public struct Identifier<Subject>: Hashable, Sendable, Comparable, Bindable {
    public let number: Int64

    public init(_ number: Int64) {
        self.number = number
    }

    /// Reads the written form; nil when it is not one. Upper case and the letters people confuse (i, l, o) are accepted.
    public init?(text: String) {
        guard let number = IdentifierText.number(text) else { return nil }
        self.number = number
    }

    public var value: Value { .integer(number) }

    public var text: String { IdentifierText.text(number) }

    public static func < (left: Identifier, right: Identifier) -> Bool {
        left.number < right.number
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String { text }
}

/// Crockford's base 32, 13 digits for 63 bits.
enum IdentifierText {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func text(_ number: Int64) -> String {
        // Thirteen bytes fit in a `String` without an allocation.
        String(unsafeUninitializedCapacity: 13) { characters in
            var rest = UInt64(bitPattern: number)
            for place in stride(from: 12, through: 0, by: -1) {
                characters[place] = digits[Int(rest & 31)]
                rest >>= 5
            }
            return 13
        }
    }

    static func number(_ text: String) -> Int64? {
        guard text.utf8.count == 13 else { return nil }
        var number: UInt64 = 0
        for (place, byte) in text.utf8.enumerated() {
            guard let digit = value(of: byte) else { return nil }
            if place == 0, digit > 7 { return nil }
            number = number << 5 | digit
        }
        return Int64(bitPattern: number)
    }

    private static func value(of byte: UInt8) -> UInt64? {
        let lower = byte >= 65 && byte <= 90 ? byte + 32 : byte
        switch lower {
        case UInt8(ascii: "o"): return 0
        case UInt8(ascii: "i"), UInt8(ascii: "l"): return 1
        default: return digits.firstIndex(of: lower).map(UInt64.init)
        }
    }
}
