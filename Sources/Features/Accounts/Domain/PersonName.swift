/// A person's name as others will read it: one line, one alphabet, nothing invisible (ACC-2).
public struct PersonName: Sendable, Hashable {
    public let text: String

    /// What a closed account is called in histories.
    public static let formerMember = "Ancien membre"

    /// Throws `Problems` on the field `name`.
    public init(_ raw: String, field: String = "name") throws {
        guard raw.utf8.count <= 1_000 else { throw Problems(field, Self.tooLong) }
        let words = LookAlikes.folded(raw).split(whereSeparator: \.isWhitespace)
        let name = words.joined(separator: " ")
        guard !name.isEmpty else { throw Problems(field, "Indiquez votre nom.") }
        guard name.count <= 80 else { throw Problems(field, Self.tooLong) }
        guard !name.unicodeScalars.contains(where: LookAlikes.isInvisible) else {
            throw Problems(field, "Ce nom contient un caractère invisible\u{202F}: tapez-le à la main.")
        }
        guard LookAlikes.scripts(of: name).count <= 1 else {
            throw Problems(field, "Ce nom mélange des alphabets différents.")
        }
        guard name.contains(where: \.isLetter) else { throw Problems(field, "Indiquez un nom avec des lettres.") }
        let key = Words.key(name)
        guard key != Words.key(Self.formerMember), key != "maillage" else {
            throw Problems(field, "Ce nom est réservé.")
        }
        text = name
    }

    private static let tooLong = "Ce nom est trop long\u{202F}: 80 caractères au plus."
}
