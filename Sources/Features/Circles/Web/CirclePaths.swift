extension Paths {
    public static let circles = "/cercles"
    public static func circle(_ slug: String) -> String { path("cercles", slug) }
}
