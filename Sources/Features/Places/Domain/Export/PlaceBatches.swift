import Storage

/// Public places read batch after batch: a file of a hundred thousand takes the memory of a few hundred.
///
/// Each batch is one short read of its own, so that a slow reader holds no snapshot open: a place changed meanwhile comes
/// as it is when its turn comes, and never twice.
public struct PlaceBatches: Sendable {
    public enum Selection: Sendable {
        /// Every public place, in the order of identifiers.
        case everything
        /// These, in this order, those that are not public left out.
        case these([Place.ID])
    }

    public static let size = 250

    private let database: Database
    private let page: @Sendable (String) -> String
    private let onlyOpenData: Bool
    private let selection: Selection
    private var codes: [Int64: String]?
    private var position = 0
    private var last = Place.ID(Int64.min)
    private var isOver = false

    /// `page` makes the address of a slug; `onlyOpenData` keeps to `Place.isOpenData`.
    public init(
        _ database: Database, _ selection: Selection = .everything, onlyOpenData: Bool,
        page: @escaping @Sendable (_ slug: String) -> String
    ) {
        self.database = database
        self.selection = selection
        self.onlyOpenData = onlyOpenData
        self.page = page
    }

    /// The next places; nil at the end. A batch may be empty.
    public mutating func next() async throws -> [PublicPlace]? {
        guard !isOver else { return nil }
        let codes = try await circleCodes()
        let places: [(Place, [Int64])]
        switch selection {
        case .everything:
            let after = last
            places = try await database.scan { reader in
                try Self.withCircles(PlaceStore.published(after: after, limit: Self.size, reader), reader)
            }
            isOver = places.count < Self.size
            if let last = places.last { self.last = last.0.id }
        case .these(let ids):
            let slice = Array(ids[position..<min(position + Self.size, ids.count)])
            position += slice.count
            isOver = position >= ids.count
            places = try await database.scan { reader in
                let found = try PlaceStore.places(.visitor, slice, reader).filter { $0.state == .published }
                return try Self.withCircles(found, reader)
            }
        }
        let onlyOpenData = onlyOpenData
        return places.compactMap { place, circles in
            guard !onlyOpenData || place.isOpenData else { return nil }
            return PublicPlace(place, circles: circles.compactMap { codes[$0] }, page: page)
        }
    }

    /// One place, whatever its `isOpenData`.
    public static func one(
        _ place: Place, _ reader: Reader, page: (_ slug: String) -> String
    ) throws -> PublicPlace {
        let codes = try Self.codes(reader)
        return PublicPlace(
            place, circles: try PlaceStore.circles(of: place.id, reader).compactMap { codes[$0] }, page: page)
    }

    private mutating func circleCodes() async throws -> [Int64: String] {
        if let codes { return codes }
        let read = try await database.scan { try Self.codes($0) }
        codes = read
        return read
    }

    private static func codes(_ reader: Reader) throws -> [Int64: String] {
        Dictionary(
            try CircleStore.all(reader).map { ($0.id.number, $0.code) }, uniquingKeysWith: { first, _ in first })
    }

    private static func withCircles(_ places: [Place], _ reader: Reader) throws -> [(Place, [Int64])] {
        let circles = try PlaceCircleStore.circles(of: places.map(\.id), reader)
        return places.map { ($0, circles[$0.id] ?? []) }
    }
}

extension PlaceStore {
    /// Places published for everybody, by identifier, after a given one.
    static func published(after id: Place.ID, limit: Int, _ reader: Reader) throws -> [Place] {
        try reader.all(
            """
            SELECT \(columns)
            FROM place
            WHERE place.id > \(id)
                AND place.state = 'publiee'
                AND \(VisiblePlaces.to(.visitor))
            ORDER BY place.id
            LIMIT \(limit)
            """, read)
    }
}
