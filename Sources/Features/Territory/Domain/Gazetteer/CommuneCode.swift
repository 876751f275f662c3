/// INSEE codes and postal codes as numbers, for the columns of the gazetteer.
enum CommuneCode {
    /// Five characters of `0-9A-Z` as a number that sorts like the text; nil for anything else. Lower case is accepted.
    static func packed(_ code: some StringProtocol) -> UInt32? {
        var number: UInt32 = 0
        var count = 0
        for byte in code.utf8 {
            count += 1
            guard count <= 5 else { return nil }
            switch byte {
            case 0x30...0x39: number = number * 36 + UInt32(byte - 0x30)
            case 0x41...0x5A: number = number * 36 + UInt32(byte - 0x41) + 10
            case 0x61...0x7A: number = number * 36 + UInt32(byte - 0x61) + 10
            default: return nil
            }
        }
        return count == 5 ? number : nil
    }

    /// Five digits as a number; nil for anything else.
    static func postal(_ code: some StringProtocol) -> Int32? {
        var number: Int32 = 0
        var count = 0
        for byte in code.utf8 {
            count += 1
            guard count <= 5, byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int32(byte - 0x30)
        }
        return count == 5 ? number : nil
    }

    static func postalText(_ number: Int32) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
    }

    /// A code whose leading zero a spreadsheet ate: `1053` is `01053`. Nil when it is not that.
    static func restored(_ code: some StringProtocol) -> String? {
        guard code.utf8.count == 4, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return "0" + code
    }

    /// The département that a commune's code belongs to: two characters, or three overseas.
    static func departement(of code: some StringProtocol) -> String {
        String(code.prefix(code.hasPrefix("97") || code.hasPrefix("98") ? 3 : 2))
    }

    /// Whether a postal code begins like those of a département. Corsica's both begin with 20.
    static func isPostal(_ postalCode: some StringProtocol, of departement: String) -> Bool {
        departement.utf8.first == 0x32 && (departement == "2A" || departement == "2B")
            ? postalCode.hasPrefix("20") : postalCode.hasPrefix(departement)
    }
}
