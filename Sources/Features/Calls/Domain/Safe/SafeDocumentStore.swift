import Exchange
import Forms
import Storage

/// The SQL of `safe_document`. The one who asks keeps the safe: see `SafeRights`.
public enum SafeDocumentStore {
    private static let columns: SQL = """
        id, place_id, kind, name, family, size, digest, dated_on, valid_until, added_at, added_by
        """

    /// The documents of some safes that the principal keeps, by kind, the newest first; none of the others'.
    public static func documents(_ principal: Principal, of places: [Place.ID], _ reader: Reader) throws
        -> [SafeDocument]
    {
        let own = places.filter { SafeRights.keeps(principal, $0) }
        guard !own.isEmpty else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM safe_document
            WHERE place_id IN \(list: own.map(\.number))
                AND removed_at IS NULL
            ORDER BY place_id, kind, id DESC
            """, read)
    }

    /// A document of a safe that the principal keeps; nil for any other, as for none.
    public static func document(_ principal: Principal, _ id: SafeDocument.ID, _ reader: Reader) throws -> SafeDocument?
    {
        let found = try reader.one(
            """
            SELECT \(columns)
            FROM safe_document
            WHERE id = \(id)
                AND removed_at IS NULL
            """, read)
        return found.flatMap { SafeRights.keeps(principal, $0.place) ? $0 : nil }
    }

    /// How many a safe holds, and how many bytes.
    static func weight(of place: Place.ID, _ reader: Reader) throws -> (count: Int, bytes: Int) {
        (
            try reader.count("SELECT COUNT(*) FROM safe_document WHERE place_id = \(place) AND removed_at IS NULL"),
            try reader.count(
                """
                SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT)
                FROM safe_document
                WHERE place_id = \(place)
                    AND removed_at IS NULL
                """)
        )
    }

    /// The files that rows keep in the vault, in the order of the rows, after one.
    static func files(
        of last: Int64, at now: Instant, limit: Int, _ reader: Reader
    ) throws -> [(id: Int64, file: NamedFile)] {
        try reader.all(
            """
            SELECT id, digest, size
            FROM safe_document
            WHERE id > \(last)
                AND (removed_at IS NULL OR removed_at > \(now - AttachmentLimits.grace))
            ORDER BY id
            LIMIT \(limit)
            """
        ) { try NamedFile.read($0, of: "safe_document") }.compactMap { $0 }
    }

    /// Which of these files a row keeps.
    static func named(_ files: [FileDigest], at now: Instant, _ reader: Reader) throws -> Set<FileDigest> {
        guard !files.isEmpty else { return [] }
        return Set(
            try reader.all(
                """
                SELECT DISTINCT digest
                FROM safe_document
                WHERE digest IN \(list: files.map(\.text))
                    AND (removed_at IS NULL OR removed_at > \(now - AttachmentLimits.grace))
                ORDER BY digest
                """
            ) { FileDigest(text: try $0.text(0)) }.compactMap { $0 })
    }

    static func insert(_ document: SafeDocument, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO safe_document (id, place_id, kind, name, family, size, digest, dated_on, valid_until, added_at,
                added_by)
            VALUES (\(document.id), \(document.place), \(document.kind.rawValue), \(document.name),
                \(document.family.rawValue), \(document.size), \(document.digest), \(document.datedOn?.description ?? ""),
                \(document.validUntil?.description ?? ""), \(document.addedAt), \(document.addedBy))
            """)
    }

    static func update(_ document: SafeDocument, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE safe_document
            SET kind = \(document.kind.rawValue),
                dated_on = \(document.datedOn?.description ?? ""),
                valid_until = \(document.validUntil?.description ?? "")
            WHERE id = \(document.id)
            """)
    }

    /// Answers false when it is not there.
    @discardableResult
    static func remove(_ id: SafeDocument.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE safe_document
            SET removed_at = \(now)
            WHERE id = \(id)
                AND removed_at IS NULL
            """) > 0
    }

    /// Those taken out since an instant, oldest first.
    static func removed(since instant: Instant, _ reader: Reader) throws -> [(id: SafeDocument.ID, at: Instant)] {
        try reader.all(
            """
            SELECT id, removed_at
            FROM safe_document
            WHERE removed_at >= \(instant)
            ORDER BY removed_at, id
            """
        ) { (SafeDocument.ID(try $0.int(0)), Instant(microseconds: try $0.int(1))) }
    }

    private static func read(_ row: Row) throws -> SafeDocument {
        guard let digest = FileDigest(text: try row.text(6)) else {
            throw StorageError.unavailable("a digest of safe_document is not one")
        }
        return SafeDocument(
            id: SafeDocument.ID(try row.int(0)), place: Place.ID(try row.int(1)),
            kind: SafeDocument.Kind(rawValue: try row.text(2)) ?? .other, name: try row.text(3),
            family: FileFamily(rawValue: try row.text(4)) ?? .pdf, size: Int(try row.int(5)), digest: digest,
            datedOn: CivilDate(iso: try row.text(7)), validUntil: CivilDate(iso: try row.text(8)),
            addedAt: Instant(microseconds: try row.int(9)), addedBy: try row.optionalInt(10).map { Account.ID($0) })
    }
}
