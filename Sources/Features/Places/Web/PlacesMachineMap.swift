extension SiteMap {
    /// Places for programs: the machine interface, open files, feeds and calendars, and the page that tells of them.
    static let placesForMachines: [Route] = [
        .get("/api/v1/places", .everyone, PlacesAPI.list).documented(PlacesOperations.list),
        .get("/api/v1/places/{id}", .everyone, PlacesAPI.one).documented(PlacesOperations.one),
        .get("/api/v1/places.csv", .everyone, PlaceFiles.csv).documented(PlacesOperations.csv),
        .get("/api/v1/places.geojson", .everyone, PlaceFiles.geojson).documented(PlacesOperations.geojson),
        .get("/api/v1/places.xlsx", .everyone, PlaceFiles.xlsx).documented(PlacesOperations.xlsx),
        .get("/api/v1/mednum.csv", .everyone, PlaceFiles.mednum).documented(PlacesOperations.mednum),
        .get("/lieux.atom", .everyone, PlaceFeeds.places).shared(seconds: 600),
        .get("/cercles/{slug}.atom", .everyone, PlaceFeeds.circle).shared(seconds: 600),
        .get("/lieux/{slug}.ics", .everyone, PlaceFeeds.calendar).shared(seconds: 3_600),
        .get("/lieux/{slug}/qr.svg", .everyone, PlaceFeeds.code).shared(seconds: 3_600),
        .get("/donnees", .everyone, OpenDataPage.page).shared(seconds: 600),
    ]
}
