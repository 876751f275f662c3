/// The readable end of a place's address: folded words joined by hyphens.
enum PlaceSlug {
    /// Addresses of other pages under the same path.
    private static let reserved: Set<String> = ["nouveau"]

    static func slug(of text: String) -> String {
        var slug = ""
        for word in Words.folded(text) {
            guard slug.utf8.count + word.utf8.count < 70 else { break }
            slug += (slug.isEmpty ? "" : "-") + word
        }
        return slug.isEmpty ? "lieu" : reserved.contains(slug) ? "lieu-" + slug : slug
    }
}
