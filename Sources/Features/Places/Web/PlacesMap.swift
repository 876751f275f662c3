extension SiteMap {
    /// The URLs of Places.
    static let places: [Route] = [
        .get("/api/v1/map/{z}/{x}/{y}", .everyone, MapTiles.serve).documented(MapTiles.operation)
    ]
}
