import Exchange

/// Text as it is kept: composed (NFC), without control or direction characters, without needless white space.
public enum TextForm {
    /// Everything on one line.
    public static func oneLine(_ text: String) -> String {
        if isClean(text) { return text }
        var clean = String.UnicodeScalarView()
        var gap = false
        for scalar in ComposedText.nfc(text).unicodeScalars {
            if scalar.properties.isWhitespace || isControl(scalar) {
                gap = gap || !isInvisible(scalar)
                continue
            }
            if gap, !clean.isEmpty { clean.append(" ") }
            gap = false
            clean.append(scalar)
        }
        return String(clean)
    }

    /// Whether a text is surely in this form already: printable ASCII and the composed letters of Latin-1, single inner spaces.
    private static func isClean(_ text: String) -> Bool {
        var previous: UInt8 = 0x20
        for byte in text.utf8 {
            switch byte {
            case 0x20: if previous == 0x20 { return false }
            case 0x21...0x7E, 0xC3: break
            case 0x80...0xBF: if previous != 0xC3 { return false }
            default: return false
            }
            previous = byte
        }
        return previous != 0x20 || text.isEmpty
    }

    /// Lines kept, at most one empty line between two.
    public static func paragraphs(_ text: String) -> String {
        if isClean(text) { return text }
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let clean = oneLine(String(line))
            if clean.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(clean)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || isInvisible(scalar)
    }

    /// Zero-width and direction characters: they change what a text seems to say.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0xAD: true
        default: false
        }
    }
}
