#if canImport(Glibc)
    import Glibc
#endif

/// What a password must be (ACC-8): 12 to 128 characters of any kind, at least 50 bits by the CNIL's count, and enough
/// left
/// once common words and what is known of the person are taken away.
public enum PasswordRules {
    static let length = 12...128
    static let bits = 50.0
    /// Characters that must remain beside known words, and how many different ones.
    static let remainder = 6
    static let different = 5

    /// Nil when the password is good, else what is wrong with it, in French. `known`: name, address, name of the
    /// network.
    public static func refusal(_ password: String, known: [String]) -> String? {
        guard password.utf8.count <= 1_024, password.count <= length.upperBound else {
            return "Le mot de passe est trop long\u{202F}: 128 caractères au plus."
        }
        guard password.count >= length.lowerBound else {
            return
                "Le mot de passe est trop court\u{202F}: il faut au moins 12 caractères. Une phrase convient très bien."
        }
        guard entropy(password) >= bits else {
            return
                "Ce mot de passe est trop facile à deviner\u{202F}: des chiffres seuls doivent être plus "
                + "nombreux. Ajoutez des lettres."
        }
        guard Set(password).count >= different else {
            return "Ce mot de passe répète trop les mêmes caractères."
        }
        let plain = plain(password)
        let own = known.flatMap { ownWords($0) }.sorted { $0.count > $1.count }
        let afterOwn = removing(own, from: plain)
        guard afterOwn.count >= remainder else {
            return "Ce mot de passe ressemble trop à votre nom, à votre adresse ou au nom du réseau."
        }
        let afterCommon = removing(commonWords, from: afterOwn)
        guard afterCommon.count >= remainder, !isSeries(afterCommon) else {
            return "Ce mot de passe est fait de mots trop courants, que les pirates essaient en premier."
        }
        return nil
    }

    /// The CNIL's count: length times the logarithm of the alphabet its characters come from (délibération 2022-100).
    static func entropy(_ password: String) -> Double {
        var lower = false
        var upper = false
        var digit = false
        var sign = false
        var accented = false
        for scalar in password.unicodeScalars {
            switch scalar.value {
            case 0x61...0x7A: lower = true
            case 0x41...0x5A: upper = true
            case 0x30...0x39: digit = true
            case 0...0x7F: sign = true
            default: accented = true
            }
        }
        let alphabet = (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (sign ? 33 : 0) + (accented ? 64 : 0)
        return alphabet == 0 ? 0 : Double(password.count) * log2(Double(alphabet))
    }

    /// Folded for comparison: no accents, no case, the usual replacements of letters undone, signs dropped.
    static func plain(_ password: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for character in password {
            switch character {
            case "@": bytes.append(97)
            case "$": bytes.append(115)
            case "€": bytes.append(101)
            case "!": bytes.append(105)
            default:
                let folded = Words.folded(String(character)).joined()
                if !folded.isEmpty {
                    bytes += Array(folded.utf8)
                } else if !character.isASCII, !character.isWhitespace {
                    // Letters of other alphabets weigh as themselves.
                    bytes += Array(String(character).utf8)
                }
            }
        }
        return bytes
    }

    private static let commonWords = CommonPasswords.words.map { Array($0.utf8) }.sorted { $0.count > $1.count }

    private static func ownWords(_ text: String) -> [[UInt8]] {
        let words = Words.folded(text).filter { $0.utf8.count >= 3 }.map { Array($0.utf8) }
        return words + [words.flatMap { $0 }].filter { !$0.isEmpty }
    }

    /// What is left once each word, also spelt with digits for letters, is cut out wherever it stands.
    private static func removing(_ words: [[UInt8]], from text: [UInt8]) -> [UInt8] {
        var rest = text
        for word in words {
            var index = 0
            while index + word.count <= rest.count {
                if zip(word, rest[index...]).allSatisfy({ alike($0, $1) }) {
                    rest.removeSubrange(index..<(index + word.count))
                } else {
                    index += 1
                }
            }
        }
        return rest
    }

    private static func alike(_ letter: UInt8, _ typed: UInt8) -> Bool {
        if letter == typed { return true }
        switch (letter, typed) {
        case (111, 48), (105, 49), (108, 49), (101, 51), (97, 52), (115, 53), (98, 56), (116, 55): return true
        default: return false
        }
    }

    /// Whether each character follows the one before it by the same step (`efghij`, `97531`, `zzzzzz`).
    private static func isSeries(_ bytes: [UInt8]) -> Bool {
        let steps = Set(zip(bytes, bytes.dropFirst()).map { Int($1) - Int($0) })
        guard let step = steps.first, steps.count == 1 else { return false }
        return abs(step) <= 2
    }
}
