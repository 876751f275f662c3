import Storage

/// An e-mail address in its one normal form, so that two ways of typing the same address are the same account (ACC-1).
///
/// Full-width letters become plain ones, everything is lower case, the domain is in ASCII (punycode). Invisible and
/// direction-changing characters and letters of other alphabets that look alike are refused.
public struct EmailAddress: Sendable, Hashable, Bindable, CustomStringConvertible {
    public let text: String

    public var value: Value { .text(text) }
    public var description: String { text }

    /// Throws `Problems` on the field `email`, with what is wrong in French.
    public init(_ raw: String, field: String = "email") throws {
        guard raw.utf8.count <= 1_000 else { throw Problems(field, Self.tooLong) }
        let folded = LookAlikes.folded(raw)
        let trimmed = folded.trimmingSpaces()
        guard !trimmed.isEmpty else { throw Problems(field, "Indiquez votre adresse électronique.") }
        guard !trimmed.unicodeScalars.contains(where: LookAlikes.isInvisible) else {
            throw Problems(field, "Cette adresse contient un caractère invisible\u{202F}: tapez-la à la main.")
        }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Problems(field, Self.shape) }
        let local = String(parts[0]).lowercased()
        guard !local.isEmpty, Self.isLocalPart(local) else {
            throw Problems(field, local.allSatisfy(\.isASCII) ? Self.shape : Self.letters)
        }
        guard let domain = DomainName.ascii(String(parts[1]).lowercased()) else {
            throw Problems(field, Self.shape)
        }
        let whole = local + "@" + domain
        guard local.utf8.count <= 64, whole.utf8.count <= 254 else { throw Problems(field, Self.tooLong) }
        text = whole
    }

    /// An address read back from the database, where it is already in its normal form.
    init(stored: String) {
        text = stored
    }

    static let shape = "Cette adresse n’a pas la forme attendue, par exemple prenom.nom@exemple.fr."
    static let letters = "Avant l’arobase, seuls les lettres sans accent, les chiffres et . _ - + sont acceptés."
    static let tooLong = "Cette adresse est trop longue."

    /// The unquoted form of RFC 5321 (dot-atom).
    private static func isLocalPart(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.first != 46, bytes.last != 46 else { return false }
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 46, previous == 46 { return false }
            switch byte {
            case 97...122, 48...57, 46: break
            case _ where "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte): break
            default: return false
            }
            previous = byte
        }
        return true
    }
}

extension String {
    /// Without the spaces, tabs and line ends around it.
    func trimmingSpaces() -> String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
