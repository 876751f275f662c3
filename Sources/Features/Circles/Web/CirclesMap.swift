extension SiteMap {
    /// The URLs of Circles.
    static let circles: [Route] = []
}
