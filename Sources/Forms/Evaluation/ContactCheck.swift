/// What e-mail addresses, phone numbers, web addresses and codes look like, byte by byte.
enum ContactCheck {
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func isLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
        guard !label.isEmpty, label.count <= 63, label.first != 45, label.last != 45 else { return false }
        // Letters of other alphabets are accepted as UTF-8: the mail system writes them in its own way.
        return label.allSatisfy { isDigit($0) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == 45 || $0 >= 128 }
    }

    private static func isHost(_ host: Substring) -> Bool {
        let labels = host.utf8.split(separator: 46, omittingEmptySubsequences: false)
        return labels.count >= 2 && host.utf8.count <= 253 && labels.allSatisfy(isLabel)
    }

    static func isEmail(_ text: String) -> Bool {
        guard text.utf8.count <= 254, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64 else { return false }
        let refused: Set<Character> = ["<", ">", "(", ")", "[", "]", ",", ";", ":", "\"", "\\"]
        return !parts[0].contains { refused.contains($0) } && isHost(parts[1])
    }

    static func isURL(_ text: String) -> Bool {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
        let rest: Substring
        if text.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            rest = text.dropFirst(7)
        } else {
            return false
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@"), !authority.contains("\\") else { return false }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first else { return false }
        if parts.count == 2, parts[1].isEmpty || parts[1].utf8.count > 5 || !parts[1].utf8.allSatisfy(isDigit) {
            return false
        }
        return isHost(host)
    }

    /// Digits, with `+` first or nowhere: 3 to 15 of them.
    static func isPhone(_ text: String) -> Bool {
        let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
        return (3...15).contains(digits.utf8.count) && digits.utf8.allSatisfy(isDigit)
    }

    static func isPostalCode(_ text: String) -> Bool { text.utf8.count == 5 && text.utf8.allSatisfy(isDigit) }

    /// Two digits, or 2A or 2B, then three digits.
    static func isCommuneCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(6))
        guard bytes.count == 5, isDigit(bytes[0]) else { return false }
        let second = isDigit(bytes[1]) || (bytes[0] == 50 && (bytes[1] == 65 || bytes[1] == 66))
        return second && bytes[2...].allSatisfy(isDigit)
    }
}
