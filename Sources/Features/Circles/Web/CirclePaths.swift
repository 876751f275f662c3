extension Paths {
    public static let circles = "/cercles"
    static let newCircle = "/cercles/nouveau"
    public static func circle(_ slug: String) -> String { path("cercles", slug) }
}
