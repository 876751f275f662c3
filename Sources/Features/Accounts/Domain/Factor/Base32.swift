/// RFC 4648 § 6, upper case and without padding: what authenticators take a secret in, and what people copy by hand.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> UInt32(count) & 31)])
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(5 - count) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// What somebody typed, in its one form: upper case, without spaces nor hyphens, the digits that are taken for letters made
    /// letters. Nil when another character is in it, or when it is longer than `limit`.
    static func normal(_ typed: String, limit: Int) -> String? {
        guard typed.utf8.count <= limit * 4 else { return nil }
        var text: [UInt8] = []
        for scalar in LookAlikes.folded(typed).unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0x2D, 0x2010, 0x2011, 0x2013: continue
            case 0x30: text.append(UInt8(ascii: "O"))
            case 0x31: text.append(UInt8(ascii: "I"))
            case 0x38: text.append(UInt8(ascii: "B"))
            case 0x32...0x37, 0x41...0x5A: text.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0x61...0x7A: text.append(UInt8(truncatingIfNeeded: scalar.value - 32))
            default: return nil
            }
        }
        return text.count <= limit ? String(decoding: text, as: UTF8.self) : nil
    }

    /// In groups of four, as people read and copy.
    static func grouped(_ text: String, by separator: String) -> String {
        var grouped = ""
        for (place, character) in text.enumerated() {
            if place > 0, place % 4 == 0 { grouped += separator }
            grouped.append(character)
        }
        return grouped
    }
}
