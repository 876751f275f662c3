import Markup

/// Every link out, a function. Features add theirs in an extension, beside their pages.
public enum Paths {
    public static let home = "/"
    public static let accessibility = "/accessibilite"
    public static let legal = "/mentions-legales"
    public static let privacy = "/donnees-personnelles"
    public static let source = "/code-source"
    public static let serviceState = "/etat"
    public static let openAPI = "/openapi.json"

    /// Where to sign in, and where to go then.
    public static func signIn(then target: String? = nil) -> String {
        path("connexion", query: [("vers", target)])
    }

    /// A path of segments, each percent-encoded, with a query whose nil values are left out.
    public static func path(_ segments: String..., query: [(String, String?)] = []) -> String {
        var text = segments.isEmpty ? "/" : segments.map { "/" + encode($0) }.joined()
        var separator = "?"
        for (name, value) in query {
            guard let value else { continue }
            text += separator + encode(name) + "=" + encode(value)
            separator = "&"
        }
        return text
    }

    static func encode(_ text: String) -> String {
        PercentEncoding.encode(text)
    }

    /// The text when it is a path of this site that a redirection may follow, nil otherwise.
    ///
    /// One slash, then neither a slash nor a backslash (which browsers read as one), and no control anywhere: browsers drop
    /// tabs and line ends, so `/\t/host` would leave the site.
    public static func local(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 2_048, text.utf8.first == UInt8(ascii: "/") else { return nil }
        let second = text.utf8.dropFirst().first
        guard second != UInt8(ascii: "/"), second != UInt8(ascii: "\\") else { return nil }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? text : nil
    }
}
