import Storage

/// The SQL of `place_photo` and `place_photo_size`. Nobody else names these columns.
public enum PlacePhotoStore {
    private static let columns: SQL = """
        place_photo.id, place_photo.place_id, place_photo.rank, place_photo.alternative, place_photo.credit,
            place_photo.licence, place_photo.added_at, place_photo.added_by, place_photo.removed_at
        """

    /// The photos shown of a place, the cover first. The one who asks has been let in to the place before.
    public static func photos(of place: Place.ID, _ reader: Reader) throws -> [PlacePhoto] {
        try photos(of: [place], reader)[place] ?? []
    }

    /// The photos shown of several places, in two statements however many there are.
    public static func photos(of places: [Place.ID], _ reader: Reader) throws -> [Place.ID: [PlacePhoto]] {
        guard !places.isEmpty else { return [:] }
        let found = try reader.all(
            """
            SELECT \(columns)
            FROM place_photo
            WHERE place_photo.place_id IN \(list: places.map(\.number))
                AND place_photo.removed_at IS NULL
            ORDER BY place_photo.rank, place_photo.id
            """, read)
        return Dictionary(grouping: try withSizes(found, reader), by: \.place)
    }

    /// A photo of a place, removed or not; nil when it is another place's.
    public static func photo(_ id: PlacePhoto.ID, of place: Place.ID, _ reader: Reader) throws -> PlacePhoto? {
        let found = try reader.one(
            """
            SELECT \(columns)
            FROM place_photo
            WHERE place_photo.id = \(id)
                AND place_photo.place_id = \(place)
            """, read)
        return try withSizes(found.map { [$0] } ?? [], reader).first
    }

    /// A photo of any place, removed or not.
    static func photo(_ id: PlacePhoto.ID, _ reader: Reader) throws -> PlacePhoto? {
        let found = try reader.one("SELECT \(columns) FROM place_photo WHERE place_photo.id = \(id)", read)
        return try withSizes(found.map { [$0] } ?? [], reader).first
    }

    /// Those removed since an instant and not erased yet, oldest first.
    static func removed(since instant: Instant, _ reader: Reader) throws -> [(id: PlacePhoto.ID, at: Instant)] {
        try reader.all(
            """
            SELECT id, removed_at
            FROM place_photo
            WHERE removed_at >= \(instant)
            ORDER BY removed_at, id
            """
        ) { (PlacePhoto.ID(try $0.int(0)), Instant(microseconds: try $0.int(1))) }
    }

    /// Every photo of a place that is not erased, with the moment when it was removed, if it was.
    public static func presence(of place: Place.ID, _ reader: Reader) throws -> [PlacePhoto.ID: Instant?] {
        Dictionary(
            try reader.all(
                """
                SELECT id, removed_at
                FROM place_photo
                WHERE place_id = \(place)
                ORDER BY id
                """
            ) { (PlacePhoto.ID(try $0.int(0)), try $0.optionalInt(1).map { Instant(microseconds: $0) }) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The file of one width of a photo shown, if the principal may know of its place; `isPublic` when everybody may.
    public static func file(
        _ principal: Principal, _ id: PlacePhoto.ID, width: Int, _ reader: Reader
    ) throws -> (file: FileDigest, isPublic: Bool)? {
        let found = try reader.one(
            """
            SELECT place_photo_size.file, place.state, place.visibility
            FROM place_photo
            JOIN place_photo_size ON place_photo_size.photo_id = place_photo.id
            JOIN place ON place.id = place_photo.place_id
            WHERE place_photo.id = \(id)
                AND place_photo.removed_at IS NULL
                AND place_photo_size.width = \(width)
                AND \(VisiblePlaces.to(principal))
            """
        ) { (file: FileDigest(text: try $0.text(0)), state: try $0.text(1), visibility: try $0.text(2)) }
        guard let found, let file = found.file else { return nil }
        let isPublic =
            found.visibility == Place.Visibility.everyone.rawValue
            && [Place.State.published.rawValue, Place.State.merged.rawValue].contains(found.state)
        return (file, isPublic)
    }

    /// The files of photos, in the order of the photos, after one; of at most `limit` photos, removed or not.
    public static func files(
        of last: Int64, limit: Int, _ reader: Reader
    ) throws -> [(id: Int64, file: NamedFile)] {
        try reader.all(
            """
            SELECT photo_id, file, bytes
            FROM place_photo_size
            WHERE photo_id IN (
                SELECT id
                FROM place_photo
                WHERE id > \(last)
                ORDER BY id
                LIMIT \(limit))
            ORDER BY photo_id, width
            """
        ) { try NamedFile.read($0, of: "place_photo_size") }.compactMap { $0 }
    }

    /// Which of these files a photo names, removed or not.
    public static func named(_ files: [FileDigest], _ reader: Reader) throws -> Set<FileDigest> {
        guard !files.isEmpty else { return [] }
        return Set(
            try reader.all(
                """
                SELECT DISTINCT file
                FROM place_photo_size
                WHERE file IN \(list: files.map(\.text))
                ORDER BY file
                """
            ) { FileDigest(text: try $0.text(0)) }.compactMap { $0 })
    }

    static func insert(_ photo: PlacePhoto, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO place_photo (id, place_id, rank, alternative, credit, licence, added_at, added_by, removed_at)
            VALUES (\(photo.id), \(photo.place), \(photo.rank), \(photo.words.alternative), \(photo.words.credit),
                \(photo.words.licence.rawValue), \(photo.addedAt), \(photo.addedBy), \(photo.removedAt))
            """)
        for size in photo.sizes {
            try writer.run(
                """
                INSERT INTO place_photo_size (photo_id, width, height, file, bytes)
                VALUES (\(photo.id), \(size.width), \(size.height), \(size.file), \(size.bytes))
                """)
        }
    }

    static func update(_ photo: PlacePhoto, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE place_photo
            SET rank = \(photo.rank),
                alternative = \(photo.words.alternative),
                credit = \(photo.words.credit),
                licence = \(photo.words.licence.rawValue),
                removed_at = \(photo.removedAt)
            WHERE id = \(photo.id)
            """)
    }

    /// Gives the photos to another place, from a rank on.
    static func move(_ photos: [PlacePhoto], to place: Place.ID, from rank: Int, _ writer: Writer) throws {
        for (offset, photo) in photos.enumerated() {
            try writer.run(
                """
                UPDATE place_photo
                SET place_id = \(place),
                    rank = \(rank + offset)
                WHERE id = \(photo.id)
                """)
        }
    }

    /// Erases the photos removed before an instant; answers how many.
    static func erase(removedBefore limit: Instant, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            DELETE FROM place_photo_size
            WHERE photo_id IN (
                SELECT id
                FROM place_photo
                WHERE removed_at < \(limit))
            """)
        return try writer.run("DELETE FROM place_photo WHERE removed_at < \(limit)")
    }

    private static func read(_ row: Row) throws -> PlacePhoto {
        PlacePhoto(
            id: PlacePhoto.ID(try row.int(0)),
            place: Place.ID(try row.int(1)),
            rank: Int(try row.int(2)),
            words: PlacePhoto.Words(
                alternative: try row.text(3), credit: try row.text(4),
                licence: PhotoLicence(rawValue: try row.text(5)) ?? .reserved),
            sizes: [],
            addedAt: Instant(microseconds: try row.int(6)),
            addedBy: try row.optionalInt(7).map { Principal.ID($0) },
            removedAt: try row.optionalInt(8).map { Instant(microseconds: $0) })
    }

    private static func withSizes(_ photos: [PlacePhoto], _ reader: Reader) throws -> [PlacePhoto] {
        guard !photos.isEmpty else { return [] }
        let rows = try reader.all(
            """
            SELECT photo_id, width, height, file, bytes
            FROM place_photo_size
            WHERE photo_id IN \(list: photos.map(\.id.number))
            ORDER BY photo_id, width
            """
        ) {
            (
                photo: try $0.int(0), width: Int(try $0.int(1)), height: Int(try $0.int(2)),
                file: FileDigest(text: try $0.text(3)), bytes: Int(try $0.int(4))
            )
        }
        let sizes = Dictionary(grouping: rows, by: \.photo).mapValues { rows in
            rows.compactMap { row in
                row.file.map { PlacePhoto.Size(width: row.width, height: row.height, file: $0, bytes: row.bytes) }
            }
        }
        return photos.map { photo in
            PlacePhoto(
                id: photo.id, place: photo.place, rank: photo.rank, words: photo.words,
                sizes: sizes[photo.id.number] ?? [], addedAt: photo.addedAt, addedBy: photo.addedBy,
                removedAt: photo.removedAt)
        }
    }
}
