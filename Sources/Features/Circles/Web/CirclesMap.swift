extension SiteMap {
    /// The URLs of Circles. Those that list places are with Places, which come later.
    static let circles: [Route] = [
        .get("/cercles/nouveau", .coordinator, NewCirclePages.new),
        .post("/cercles/nouveau", .coordinator, NewCirclePages.create),
        .get("/api/v1/circles", .everyone, CirclesAPI.list).documented(CirclesAPI.operation),
    ]
}
