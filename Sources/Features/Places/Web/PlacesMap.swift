extension SiteMap {
    /// The URLs of Places.
    static let places: [Route] = [
        .get("/lieux", .everyone, PlaceListPages.show).shared(),
        .get("/lieux/{slug}", .everyone, PlacePages.show).shared(),
        .post("/lieux/{slug}/verification", .signedIn, PlacePages.verify),

        .get("/api/v1/map/{z}/{x}/{y}", .everyone, MapTiles.serve).documented(MapTiles.operation),
        .get("/carte", .everyone, MapPage.serve).shared().embeddable(),
        .get("/carte/lieux/{id}", .everyone, MapPage.place),
        .get("/territoires", .everyone, TerritoryPages.index).shared(),
        .get("/territoires/{code}", .everyone, TerritoryPages.show).shared(),
    ]
}
