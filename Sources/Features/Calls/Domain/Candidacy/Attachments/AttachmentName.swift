import Exchange

/// The name of a document as it is kept and shown: data, never a path (ATT-3).
public enum AttachmentName {
    /// In bytes, its end included.
    public static let longest = 200

    /// Composed, on one line, without control, invisible or direction characters, nor separators of folders; with the end that
    /// its bytes deserve, so that a name never promises another kind of file.
    public static func clean(_ name: String, _ kind: DocumentKind) -> String {
        let plain = TextForm.oneLine(
            String(name.prefix(2_000).map { $0 == "/" || $0 == "\\" || $0 == ":" ? "-" : $0 }))
        let lower = plain.lowercased()
        let known = kind.extensions.first { lower.hasSuffix("." + $0) }
        let end = "." + (known ?? kind.extensions.first ?? kind.rawValue)
        let stem = known == nil ? Substring(plain) : plain.dropLast(end.count)
        return shortened(stem.drop { $0 == "." || $0 == " " }, to: longest - end.utf8.count) + end
    }

    /// Whole characters only; a character of more than forty bytes is a pile of marks, and is left out.
    private static func shortened(_ stem: Substring, to limit: Int) -> String {
        var text = ""
        var length = 0
        for character in stem where character.utf8.count <= 40 {
            length += character.utf8.count
            guard length <= limit else { break }
            text.append(character)
        }
        return text.isEmpty ? "document" : text
    }
}
