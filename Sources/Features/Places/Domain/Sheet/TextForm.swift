import Exchange

/// Text as it is kept: composed (NFC), without control or direction characters, without needless white space.
public enum TextForm {
    /// Everything on one line.
    public static func oneLine(_ text: String) -> String {
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

    /// Lines kept, at most one empty line between two.
    public static func paragraphs(_ text: String) -> String {
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
