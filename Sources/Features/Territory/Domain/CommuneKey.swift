/// Names of communes made comparable, byte by byte: the register holds tens of thousands, and files name them all over again.
///
/// `Saint-Omer`, `ST OMER CEDEX` and `st-omer` are one; so are `L'Abergement-Clémenciat` and `L ABERGEMENT CLEMENCIAT`,
/// `Paris 5e Arrondissement` and `PARIS 05`.
enum CommuneKey {
    /// Appends the key of a name: lower-case ASCII words between single spaces.
    /// - Returns: whether the name said CEDEX, which is a way of delivering and not a place.
    @discardableResult
    static func append(_ name: String, to out: inout [UInt8]) -> Bool {
        let origin = out.count
        var word = origin
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: out.append(UInt8(scalar.value))
            case 0x41...0x5A: out.append(UInt8(scalar.value) + 32)
            case 0x300...0x36F, 0xAD, 0x200B...0x200D: continue
            default:
                if scalar.value > 0x7F, let letters = Words.latin(scalar.value) {
                    out += letters
                } else if close(&out, origin, &word, slash: scalar.value == 0x2F) {
                    return true
                }
            }
        }
        let isCedex = close(&out, origin, &word, slash: false)
        if !isCedex, out.count > origin, out[out.count - 1] == 0x20 { out.removeLast() }
        return isCedex
    }

    /// The words that people leave out or write differently: two names that differ only by them are near.
    static func appendLoose(_ key: some Sequence<UInt8>, to out: inout [UInt8]) {
        var start = out.count
        func close(_ out: inout [UInt8]) {
            if isSmall(out[start...]) { out.removeSubrange(start...) }
            start = out.count
        }
        for byte in key {
            if byte == 0x20 { close(&out) } else { out.append(byte) }
        }
        close(&out)
    }

    /// Ends the word that began at `word`; true when it is CEDEX and nothing more counts.
    private static func close(_ out: inout [UInt8], _ origin: Int, _ word: inout Int, slash: Bool) -> Bool {
        let length = out.count - word
        if length == 0 { return false }
        switch (length, out[word]) {
        case (1, 0x73) where slash: out += [0x75, 0x72]
        case (1, 0x63), (1, 0x64), (1, 0x6A), (1, 0x6C), (1, 0x6D), (1, 0x6E), (1, 0x73), (1, 0x74):
            out.removeSubrange(word...)
            return false
        case (2, 0x73) where out[word + 1] == 0x74: replace(&out, word, "saint")
        case (3, 0x73) where out[word...].elementsEqual("ste".utf8): replace(&out, word, "sainte")
        case (3, 0x73) where out[word...].elementsEqual("sts".utf8): replace(&out, word, "saints")
        case (2, 0x71) where out[word + 1] == 0x75:
            out.removeSubrange(word...)
            return false
        case (5, 0x63) where out[word...].elementsEqual("cedex".utf8):
            out.removeSubrange(max(origin, word - 1)...)
            return true
        case (14, 0x61) where out[word...].elementsEqual("arrondissement".utf8):
            out.removeSubrange(word...)
            return false
        case (_, 0x30...0x39): number(&out, word)
        default: break
        }
        out.append(0x20)
        word = out.count
        return false
    }

    private static func replace(_ out: inout [UInt8], _ word: Int, _ text: StaticString) {
        out.removeSubrange(word...)
        text.withUTF8Buffer { out += $0 }
    }

    /// `05`, `5e`, `5eme` and `5ème` are `5`.
    private static func number(_ out: inout [UInt8], _ word: Int) {
        let digits = out[word...].prefix { $0 < 0x3A }
        let suffix = out[digits.endIndex...]
        if suffix.count <= 3, ["e", "er", "re", "nd", "eme", "ere"].contains(where: { suffix.elementsEqual($0.utf8) }) {
            out.removeSubrange(digits.endIndex...)
        }
        while out.count - word > 1, out[word] == 0x30 { out.remove(at: word) }
    }

    private static func isSmall(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count <= 4 else { return false }
        return small.contains { word.elementsEqual($0.utf8) }
    }

    private static let small = [
        "le", "la", "les", "lez", "de", "du", "des", "en", "et", "sur", "sous", "au", "aux", "a", "ur",
    ]
}
