extension SiteMap {
    /// The URLs of Places.
    static let places: [Route] = []
}
