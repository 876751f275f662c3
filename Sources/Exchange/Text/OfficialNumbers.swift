/// SIREN, SIRET and RNA numbers, as INSEE and the register of associations form them.
public enum OfficialNumbers {
    /// 14 digits whose Luhn sum holds. The establishments of La Poste (SIREN 356 000 000) follow a rule of their own:
    /// the plain sum of their digits is a multiple of five.
    public static func isSIRET(_ text: String) -> Bool {
        guard let digits = digits(text, count: 14), digits.contains(where: { $0 != 0 }) else { return false }
        if text.hasPrefix("356000000"), digits.reduce(0, +) % 5 == 0 { return true }
        return luhn(digits)
    }

    public static func isSIREN(_ text: String) -> Bool {
        guard let digits = digits(text, count: 9), digits.contains(where: { $0 != 0 }) else { return false }
        return luhn(digits)
    }

    /// `W` and nine characters, digits except for a few overseas and Corsican numbers.
    public static func isRNA(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[0] == UInt8(ascii: "W") else { return false }
        return bytes[1...].allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) }
    }

    private static func digits(_ text: String, count: Int) -> [Int]? {
        let bytes = Array(text.utf8)
        guard bytes.count == count, bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return bytes.map { Int($0) - 48 }
    }

    private static func luhn(_ digits: [Int]) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let doubled = index % 2 == 1 ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }
}
