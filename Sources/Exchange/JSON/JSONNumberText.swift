/// The grammar of JSON numbers, and their value.
enum JSONNumberText {
    /// The end of the number that starts here; nil when none does.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        func skipDigits() -> Bool {
            let first = index
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
            return index > first
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index < bytes.count, bytes[index] == 0x30 {
            index += 1
            // `012` is not a number: a zero stands alone.
            if index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { return nil }
        } else {
            guard skipDigits() else { return nil }
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard skipDigits() else { return nil }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
            guard skipDigits() else { return nil }
        }
        return index
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    /// The nearest `Double`. Up to 15 digits and no exponent, one exact division gives it (Clinger's fast path).
    static func double(_ text: String) -> Double? {
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var isNegative = false
        var afterPoint = false
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39:
                digits += 1
                guard digits <= 15 else { return Double(text) }
                mantissa = mantissa * 10 + UInt64(byte - 0x30)
                if afterPoint { decimals += 1 }
            case UInt8(ascii: "."): afterPoint = true
            case UInt8(ascii: "-") where digits == 0: isNegative = true
            default: return Double(text)
            }
        }
        let value = Double(mantissa) / powers[decimals]
        return isNegative ? -value : value
    }
}
