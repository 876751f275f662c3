/// A published place that an import source gave and no longer gives, and of which nobody has said since whether it is still there.
public struct Disappearance: Sendable, Equatable {
    public let place: Place.ID
    public let slug: String
    public let name: String
    public let commune: String
    /// The name of the import source.
    public let source: String
    /// When the edition without it was imported.
    public let goneAt: Instant
    /// When its manager was last asked; nil when nobody was.
    public let askedAt: Instant?
    /// Whether somebody answers for the place, to whom to write.
    public internal(set) var hasManager = false

    public init(
        place: Place.ID, slug: String, name: String, commune: String, source: String, goneAt: Instant,
        askedAt: Instant?, hasManager: Bool = false
    ) {
        self.place = place
        self.slug = slug
        self.name = name
        self.commune = commune
        self.source = source
        self.goneAt = goneAt
        self.askedAt = askedAt
        self.hasManager = hasManager
    }

    /// A manager is not asked again before this.
    public static let askedEvery = Instant.Span.days(7)

    public func mayBeAsked(at now: Instant) -> Bool {
        hasManager && askedAt.map { now - $0 >= Self.askedEvery } ?? true
    }

    /// A source with how many of its places wait.
    public struct Count: Sendable, Equatable {
        public let source: String
        public let places: Int
        /// When its latest edition that lacked some was imported.
        public let latest: Instant

        public init(source: String, places: Int, latest: Instant) {
            self.source = source
            self.places = places
            self.latest = latest
        }
    }
}

/// What was decided of a disappearance.
public struct DisappearanceDecision: Sendable, Equatable {
    public typealias ID = Identifier<DisappearanceDecision>

    public enum Choice: String, Sendable, CaseIterable {
        case kept = "gardee"
        case asked = "demandee"
        case closed = "fermee"

        public var label: String {
            switch self {
            case .kept: "Gardé"
            case .asked: "Demandé au responsable"
            case .closed: "Marqué fermé"
            }
        }
    }

    public let id: ID
    public let place: Place.ID
    public let slug: String
    public let name: String
    public let source: String
    public let choice: Choice
    /// The change of the sheet that closed the place.
    let change: PlaceChange.ID?
    public let decidedAt: Instant
    let isUndone: Bool
}
