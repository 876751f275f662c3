import Exchange
import Geography
import Maillage

/// A place as one reader sees it: the sheet without what is kept from them, and what they may do.
struct PlaceReading: Sendable {
    var place: Place
    /// The part of the sheet this reader may see.
    var sheet: Sheet
    var circles: [Circle]
    /// The names of circles that claim it, for rights.
    var circleNumbers: [Int64]
    var neighbours: [(card: PlaceCard, metres: Double)] = []
    var outlines: [MultiPolygon] = []
    var photos: [PlacePhoto] = []
    /// What later features know of the place.
    var affairs: [PlaceAffair] = []
    var rights: Rights
    var now: Instant

    /// Which buttons are shown: the same functions as the acts ask.
    struct Rights: Sendable, Equatable {
        var edits = false
        var verifies = false
        var manages = false
        var moderates = false
        var invites = false
        var readsPrivate = false
        /// Answers for the place in person: the safe of its structure is theirs alone.
        var keepsSafe = false

        init() {}

        init(_ principal: Principal, _ place: Place, circles: [Int64]) {
            edits = PlaceRights.mayEdit(principal, place, circles: circles)
            verifies =
                place.state != .merged
                && (PlaceRights.belongs(principal, to: place.id) || PlaceRights.mayModerate(principal))
            manages = PlaceRights.manages(principal, place.id) && place.state != .merged
            moderates = PlaceRights.mayModerate(principal) && place.state != .merged
            invites = AccountRights.mayManageTeam(principal, of: Scope(.place, place.id.number))
            keepsSafe =
                principal.account != nil && principal.holds([.placeManager], on: Scope(.place, place.id.number))
            readsPrivate = PlaceRights.mayReadPrivateFields(principal, place.id)
        }

        var any: Bool { edits || verifies || manages || moderates || invites }
    }

    var name: String { sheet.name }
    var slug: String { place.slug }
    var sites: [Site] { sheet.sites }
    var point: Point? { sites.lazy.compactMap(\.point).first }

    /// The civil time of the network.
    var localTime: CivilTime { CivilZone.paris.local(now.microseconds) }

    /// `Ouvert jusqu’à 18 h`; nil when nothing can be said.
    var openSentence: String? {
        guard place.sheet.maturity.receives, let hours = sheet.openingHours, !hours.isDoubtful else { return nil }
        return hours.sentence(at: localTime)
    }

    var isOpenNow: Bool {
        guard place.sheet.maturity.receives, let hours = sheet.openingHours, !hours.isDoubtful else { return false }
        return hours.state(at: localTime).state == .open
    }
}

extension PlaceReading {
    /// The place at an address, if this visitor may know of it.
    ///
    /// Throws `Moved` when the address is an old one, `Missing` alike for what is hidden and for what never was.
    static func find(_ visit: Visit) async throws -> PlaceReading {
        let slug = try visit.parameter("slug")
        let (principal, now) = (visit.principal, visit.now)
        let reading = try await visit.read { reader -> PlaceReading in
            let found =
                try PlaceStore.place(principal, slug: slug, reader)
                ?? Place.ID(text: slug).flatMap { try PlaceStore.place(principal, $0, reader) }
            guard let place = found else { throw Missing() }
            if place.state == .merged {
                guard let into = place.mergedInto, let kept = try PlaceStore.place(principal, into, reader) else {
                    throw Missing()
                }
                throw Moved(to: Paths.place(kept.slug))
            }
            if place.slug != slug { throw Moved(to: Paths.place(place.slug)) }
            let numbers = try PlaceStore.circles(of: place.id, reader)
            let rights = Rights(principal, place, circles: numbers)
            let known = try CircleStore.all(reader)
            return PlaceReading(
                place: place, sheet: rights.readsPrivate ? place.sheet : place.sheet.publicPart,
                circles: numbers.compactMap { number in known.first { $0.id.number == number } },
                circleNumbers: numbers,
                rights: rights, now: now)
        }
        return reading
    }
}
