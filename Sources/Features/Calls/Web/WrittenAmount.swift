/// Amounts and rates as people type them, read into cents and basis points without a floating point.
enum WrittenAmount {
    /// `80 000`, `1 500,50 €`, `1500.5` in cents; nil when it is not an amount of at most eleven digits.
    static func cents(_ text: String) -> Int? { hundredths(text, ignoring: "€") }

    /// `70`, `37,5 %` in basis points.
    static func points(_ text: String) -> Int? { hundredths(text, ignoring: "%") }

    private static func hundredths(_ text: String, ignoring sign: Unicode.Scalar) -> Int? {
        var whole = 0
        var digits = 0
        var decimals = -1
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 48...57:
                if decimals < 0 {
                    digits += 1
                } else {
                    decimals += 1
                    guard decimals <= 2 else { return nil }
                }
                guard digits <= 11 else { return nil }
                whole = whole * 10 + Int(scalar.value - 48)
            case 0x2C, 0x2E:
                guard decimals < 0, digits > 0 else { return nil }
                decimals = 0
            case 0x20, 0xA0, 0x202F, 0x2009: continue
            case sign.value: continue
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        for _ in max(decimals, 0)..<2 { whole *= 10 }
        return whole
    }

    /// `80000` or `80000,50`, for the value of a field.
    static func text(_ hundredths: Int) -> String {
        let rest = hundredths % 100
        return "\(hundredths / 100)" + (rest == 0 ? "" : (rest < 10 ? ",0" : ",") + "\(rest)")
    }
}
