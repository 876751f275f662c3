/// Words made comparable: without accents, apostrophes or case, and reduced to their French stem.
///
/// The same folding serves every search, so that « L’Île-aux-Fruits », "ile aux fruits" and "ILE AUX FRUIT" meet, on both engines.
public enum Words {
    /// The words of a text, folded: lower case ASCII letters and digits only, elisions (`l'`, `d'`, `qu'`…) cut off.
    public static func folded(_ text: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        word.reserveCapacity(24)
        func close(elided: Bool) {
            if word.isEmpty { return }
            if !(elided && elisions.contains(word)) { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        func take(_ scalar: UInt32) {
            switch scalar {
            case 0x2019, 0x2BC: close(elided: true)
            // Joins « salarié·e·s »; what follows it is left out of the word by `stem`.
            case 0x300...0x36F, 0xAD, 0x200B...0x200D, 0xB7, 0x22C5: break
            default:
                if let letters = latin(scalar) { word += letters } else { close(elided: false) }
            }
        }
        var text = text
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case 0x30...0x39, 0x61...0x7A: word.append(byte)
                case 0x41...0x5A: word.append(byte + 32)
                case 0x27: close(elided: true)
                case 0x00...0x7F: close(elided: false)
                default:
                    // A `String` holds valid UTF-8: the lead byte tells how many follow.
                    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                    var scalar = UInt32(byte) & (0xFF >> UInt32(length + 1))
                    for next in bytes[(index + 1)..<min(index + length, bytes.count)] {
                        scalar = scalar << 6 | UInt32(next & 0x3F)
                    }
                    take(scalar)
                    index += length - 1
                }
                index += 1
            }
        }
        close(elided: false)
        return words
    }

    /// The folded words that a search looks for: without those that every text has, eight at most. Empty for « de la ».
    public static func searched(_ text: String) -> [String] {
        Array(folded(text).filter { !stopWords.contains($0) }.prefix(8))
    }

    /// One folded line, single spaces: for comparing names and addresses.
    public static func key(_ text: String) -> String {
        folded(text).joined(separator: " ")
    }

    /// A light French stem of a folded word: plurals, feminines and the commonest endings.
    public static func stem(_ word: String) -> String {
        var bytes = Array(word.utf8)
        guard bytes.count > 3, !bytes.contains(where: { $0 < 97 }) else { return word }
        func ends(_ suffix: StaticString) -> Bool {
            let count = suffix.utf8CodeUnitCount
            guard bytes.count > count else { return false }
            return suffix.withUTF8Buffer { bytes.suffix(count).elementsEqual($0) }
        }
        func swap(_ suffix: StaticString, _ replacement: StaticString, keeping minimum: Int) -> Bool {
            guard ends(suffix), bytes.count - suffix.utf8CodeUnitCount >= minimum else { return false }
            bytes.removeLast(suffix.utf8CodeUnitCount)
            replacement.withUTF8Buffer { bytes += $0 }
            return true
        }
        if ends("eaux") {
            _ = swap("eaux", "eau", keeping: 1)
        } else if ends("aux") {
            _ = swap("aux", "al", keeping: 2)
        }
        if ends("s"), bytes.count > 4, !ends("ss") { bytes.removeLast() }
        if ends("x"), bytes.count > 4, ends("eux") == false { bytes.removeLast() }
        for (suffix, replacement) in endings where swap(suffix, replacement, keeping: 3) { break }
        if bytes.count > 4, ends("e") { bytes.removeLast() }
        if bytes.count > 4, bytes[bytes.count - 1] == bytes[bytes.count - 2], bytes[bytes.count - 1] != 101 {
            bytes.removeLast()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Words too common to search by.
    public static let stopWords: Set<String> = [
        "a", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "ou", "par",
        "pour",
        "sur", "un", "une",
    ]

    private static let elisions: Set<[UInt8]> = Set(
        ["l", "d", "j", "m", "n", "s", "t", "c", "qu", "lorsqu", "puisqu", "jusqu"].map { Array($0.utf8) })

    private static let endings: [(StaticString, StaticString)] = [
        ("issement", "i"), ("atrice", "at"), ("ateur", "at"), ("ation", "at"), ("ition", "it"), ("ement", ""),
        ("euse", "eu"), ("eux", "eu"), ("eur", "eu"), ("ique", "iqu"), ("iste", "ist"), ("ive", "if"),
        ("iere", "ier"), ("ee", "e"),
    ]

    static func latin(_ scalar: UInt32) -> [UInt8]? {
        switch scalar {
        case 0xC0...0xC5, 0xE0...0xE5: [97]
        case 0xC6, 0xE6: [97, 101]
        case 0xC7, 0xE7: [99]
        case 0xC8...0xCB, 0xE8...0xEB: [101]
        case 0xCC...0xCF, 0xEC...0xEF: [105]
        case 0xD1, 0xF1: [110]
        case 0xD2...0xD6, 0xD8, 0xF2...0xF6, 0xF8: [111]
        case 0xD9...0xDC, 0xF9...0xFC: [117]
        case 0xDD, 0xFD, 0xFF, 0x178: [121]
        case 0xDF: [115, 115]
        case 0x152, 0x153: [111, 101]
        default: nil
        }
    }
}
