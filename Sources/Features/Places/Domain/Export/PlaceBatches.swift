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
    private let withPhotos: Bool
    private let selection: Selection
    private var codes: [Int64: String]?
    private var position = 0
    private var last = Place.ID(Int64.min)
    private var isOver = false

    /// `page` makes the address of a slug; `onlyOpenData` keeps to `Place.isOpenData`; `withPhotos` reads
    /// them too.
    public init(
        _ database: Database, _ selection: Selection = .everything, onlyOpenData: Bool,
        withPhotos: Bool = false,
        page: @escaping @Sendable (_ slug: String) -> String
    ) {
        self.database = database
        self.selection = selection
        self.onlyOpenData = onlyOpenData
        self.withPhotos = withPhotos
        self.page = page
    }

    /// The next places; nil at the end. A batch may be empty.
    public mutating func next() async throws -> [PublicPlace]? {
        guard !isOver else { return nil }
        let codes = try await circleCodes()
        let withPhotos = withPhotos
        let places: [(place: Place, circles: [Int64], photos: [PlacePhoto])]
        switch selection {
        case .everything:
            let after = last
            places = try await database.scan { reader in
                try Self.whole(PlaceStore.published(after: after, limit: Self.size, reader), withPhotos, reader)
            }
            isOver = places.count < Self.size
            if let last = places.last { self.last = last.place.id }
        case .these(let ids):
            let slice = Array(ids[position..<min(position + Self.size, ids.count)])
            position += slice.count
            isOver = position >= ids.count
            places = try await database.scan { reader in
                let found = try PlaceStore.places(.visitor, slice, reader).filter { $0.state == .published }
                return try Self.whole(found, withPhotos, reader)
            }
        }
        let onlyOpenData = onlyOpenData
        return places.compactMap { place, circles, photos in
            guard !onlyOpenData || place.isOpenData else { return nil }
            var made = PublicPlace(place, circles: circles.compactMap { codes[$0] }, page: page)
            made.photos = photos
            return made
        }
    }

    /// One place, whatever its `isOpenData`.
    public static func one(
        _ place: Place, _ reader: Reader, page: (_ slug: String) -> String
    ) throws -> PublicPlace {
        let codes = try Self.codes(reader)
        var made = PublicPlace(
            place, circles: try PlaceStore.circles(of: place.id, reader).compactMap { codes[$0] }, page: page)
        made.photos = try PlacePhotoStore.photos(of: place.id, reader)
        return made
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

    private static func whole(
        _ places: [Place], _ withPhotos: Bool, _ reader: Reader
    ) throws -> [(place: Place, circles: [Int64], photos: [PlacePhoto])] {
        let circles = try PlaceCircleStore.circles(of: places.map(\.id), reader)
        let photos = withPhotos ? try PlacePhotoStore.photos(of: places.map(\.id), reader) : [:]
        return places.map { ($0, circles[$0.id] ?? [], photos[$0.id] ?? []) }
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
