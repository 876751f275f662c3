extension SiteMap {
    /// The URLs of Accounts.
    static let accounts: [Route] = []
}
