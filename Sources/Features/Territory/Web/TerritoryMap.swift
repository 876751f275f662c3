extension SiteMap {
    /// The URLs of Territory.
    static let territory: [Route] = []
}
