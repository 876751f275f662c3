import Storage

/// The readable end of a call's address: folded words joined by hyphens.
enum CallSlug {
    /// Addresses of other pages under the same path.
    private static let reserved: Set<String> = ["nouveau", "alertes", "mes-appels", "questions", "invitations"]

    static func slug(of text: String) -> String {
        var slug = ""
        for word in Words.folded(text) {
            guard slug.utf8.count + word.utf8.count < 70 else { break }
            slug += (slug.isEmpty ? "" : "-") + word
        }
        return slug.isEmpty ? "appel" : reserved.contains(slug) ? "appel-" + slug : slug
    }

    /// A slug that no call has.
    static func free(for title: String, _ reader: Reader) throws -> String {
        let stem = slug(of: title)
        guard try CallStore.isTaken(stem, reader) else { return stem }
        var step = 1
        var number = 2
        while try CallStore.isTaken("\(stem)-\(number)", reader) {
            step = min(step * 2, 1_024)
            number += step
        }
        return "\(stem)-\(number)"
    }
}
