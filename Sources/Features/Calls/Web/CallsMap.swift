extension SiteMap {
    /// The URLs of Calls. Pages that tell the time left are kept a few seconds only.
    static let calls: [Route] = [
        .get("/appels", .everyone, CallListPages.show).shared(seconds: 5),
        .get("/appels.atom", .everyone, CallFeeds.atom).shared(seconds: 600),
        .get("/appels.ics", .everyone, CallFeeds.calendar).shared(seconds: 600),
        .get("/appels/{slug}", .everyone, CallPages.show).shared(seconds: 5),
        .get("/appels/{slug}.ics", .everyone, CallFeeds.one).shared(seconds: 600),
        .get("/appels/{slug}/reglement", .everyone, CallRulesPages.show).shared(seconds: 60),
        .get("/appels/{slug}/reglement.txt", .everyone, CallRulesPages.text).shared(seconds: 60),
        .get("/api/v1/calls", .everyone, CallsAPI.list).documented(CallsAPI.operation),
    ]
}
