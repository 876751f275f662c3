import Exchange
import HTTPTypes
import Maillage
import Storage

/// What people and programs subscribe to: news of places, and the hours of one.
enum PlaceFeeds {
    /// How many places a feed tells.
    static let length = 50

    /// `/lieux.atom`
    static func places(_ visit: Visit) async throws -> Answer {
        let base = visit.reception.settings.baseURL
        return try await feed(
            visit, PlaceQuery(), title: "Lieux nouveaux et modifiés", address: base + "/lieux.atom",
            page: base + Paths.path("lieux"))
    }

    /// `/cercles/{slug}.atom`
    static func circle(_ visit: Visit) async throws -> Answer {
        let slug = try visit.parameter("slug")
        guard let circle = try await visit.read({ try CircleStore.circle(slug: slug, $0) }) else { throw Missing() }
        var query = PlaceQuery()
        query.facets[.circle] = [circle.id.text]
        let page = visit.reception.settings.baseURL + Paths.path("cercles", circle.slug)
        return try await feed(visit, query, title: circle.name, address: page + ".atom", page: page)
    }

    private static func feed(
        _ visit: Visit, _ query: PlaceQuery, title: String, address: String, page: String
    ) async throws -> Answer {
        let settings = visit.reception.settings
        var query = query
        query.sort = .updated
        query.limit = length
        let step = visit.reception.directory.walk(query, after: nil, for: .visitor)
        var batches = PlaceBatches(
            visit.reception.database, .these(step.found.map(\.card.id)), onlyOpenData: false, page: visit.placePage)
        var entries: [AtomFeed.Entry] = []
        while let places = try await batches.next() {
            for place in places {
                entries.append(
                    AtomFeed.Entry(
                        // The page's address may change, this one never does.
                        id: settings.baseURL + Paths.path("api", "v1", "places", place.id.text),
                        title: place.sheet.name,
                        updated: place.updatedAt.microseconds, published: place.createdAt.microseconds,
                        link: place.page,
                        summary: summary(place),
                        categories: place.sheet.codes(.families).map(ReferenceList.families.label)))
            }
        }
        let feed = AtomFeed(
            id: address, title: "\(settings.networkName)\u{202F}: \(title)", address: address, page: page,
            author: settings.networkName, entries: entries)
        return Answer(type: AtomFeed.mediaType, bytes: feed.bytes()).openData()
    }

    private static func summary(_ place: PublicPlace) -> String? {
        let parts = [place.site?.communeName ?? "", place.sheet.text(.summary)].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "\u{A0}– ")
    }

    /// `/lieux/{slug}.ics`: opening hours, and the stops of a place that moves.
    static func calendar(_ visit: Visit) async throws -> Answer {
        let found = try await published(visit) { $0 + ".ics" }
        guard case .place(let place) = found else { return found.redirection }
        let today = visit.reception.directory.zone.local(visit.now.microseconds).date
        let events = PlaceCalendar(place, today: today, host: host(visit)).events()
        let writer = ICalendarWriter(name: place.sheet.name)
        return Answer.file(writer.bytes(events), type: ICalendarWriter.mediaType, savedAs: "\(place.slug).ics")
            .openData()
    }

    /// `/lieux/{slug}/qr.svg`: a code that leads to the page, to print and hang on the door.
    static func code(_ visit: Visit) async throws -> Answer {
        let found = try await published(visit) { $0 + "/qr.svg" }
        guard case .place(let place) = found else { return found.redirection }
        let code = try QRCode(place.page)
        return Answer(
            type: "image/svg+xml", bytes: code.svg(title: "Code QR\u{202F}: page de \(place.sheet.name)")
        ).openData()
    }

    private enum Found {
        case place(PublicPlace)
        case moved(to: String)

        var redirection: Answer {
            switch self {
            case .place: Answer(status: .ok)
            case .moved(let path): .moved(to: path)
            }
        }
    }

    /// The public place of the address, or where it went. Throws `Missing` for what the public may not know.
    private static func published(_ visit: Visit, _ suffixed: @escaping (String) -> String) async throws -> Found {
        let slug = try visit.parameter("slug")
        let page = visit.placePage
        return try await visit.read { reader in
            guard var place = try PlaceStore.place(.visitor, slug: slug, reader) else { throw Missing() }
            if let kept = place.mergedInto {
                guard let kept = try PlaceStore.place(.visitor, kept, reader) else { throw Missing() }
                place = kept
            }
            guard place.state == .published else { throw Missing() }
            if place.slug != slug { return .moved(to: suffixed(Paths.path("lieux", place.slug))) }
            return .place(try PlaceBatches.one(place, reader, page: page))
        }
    }

    /// The name of the site, for identifiers.
    private static func host(_ visit: Visit) -> String {
        let address = visit.reception.settings.baseURL
        let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        return String(rest.prefix { $0 != ":" && $0 != "/" })
    }
}
