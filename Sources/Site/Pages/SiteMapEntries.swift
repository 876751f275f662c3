import Maillage

/// What has a public page of its own, for search engines: calls with their règlement, circles, places. Only what a visitor sees.
enum SiteMapEntries {
    static func network(_ visit: Visit) async throws -> [String] {
        let (calls, circles) = try await visit.read { reader in
            (try CallListing.published(limit: 5_000, reader), try CircleStore.all(reader))
        }
        let directory = visit.reception.directory
        let places = directory.cards(directory.ids(PlaceQuery(), for: .visitor), for: .visitor)
        return calls.flatMap { [Paths.call($0.slug), Paths.call($0.slug, .rules)] }
            + circles.map { Paths.path("cercles", $0.slug) } + places.map { Paths.path("lieux", $0.slug) }
    }
}
