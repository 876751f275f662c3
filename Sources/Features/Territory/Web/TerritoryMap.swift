extension SiteMap {
    /// The URLs of Territory.
    static let territory: [Route] = [
        .get("/carte/contours.json", .everyone, ContourFiles.serve),
        .get("/territoires/recherche", .everyone, TerritorySearch.serve),
    ]
}
