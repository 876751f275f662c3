import Exchange
import Storage

/// The SQL of `place` and of what is drawn from its document (`place_site`, `place_slug`). Nobody else names these columns.
public enum PlaceStore {
    /// The columns of `read`, in its order.
    static let columns: SQL = """
        place.id, place.slug, place.state, place.visibility, place.facts, place.origins, place.version, place.created_at,
            place.updated_at, place.verified_at, place.merged_into
        """

    static func read(_ row: Row) throws -> Place {
        try stored(row).place()
    }

    private static func stored(_ row: Row) throws -> StoredPlace {
        StoredPlace(
            id: Place.ID(try row.int(0)),
            slug: try row.text(1),
            state: try row.text(2),
            visibility: try row.text(3),
            facts: try row.text(4),
            origins: try row.text(5),
            version: Int(try row.int(6)),
            createdAt: Instant(microseconds: try row.int(7)),
            updatedAt: Instant(microseconds: try row.int(8)),
            verifiedAt: try row.optionalInt(9).map { Instant(microseconds: $0) },
            mergedInto: try row.optionalInt(10).map { Place.ID($0) })
    }

    /// The place of an identifier, if the principal may know of it.
    public static func place(_ principal: Principal, _ id: Place.ID, _ reader: Reader) throws -> Place? {
        try reader.one(
            """
            SELECT \(columns)
            FROM place
            WHERE place.id = \(id)
                AND \(VisiblePlaces.to(principal))
            """, read)
    }

    /// The place of a slug, present or past, if the principal may know of it. `place.slug` tells the present one.
    public static func place(_ principal: Principal, slug: String, _ reader: Reader) throws -> Place? {
        try reader.one(
            """
            SELECT \(columns)
            FROM place
            WHERE place.slug = \(slug)
                AND \(VisiblePlaces.to(principal))
            """, read)
            ?? reader.one(
                """
                SELECT \(columns)
                FROM place_slug
                JOIN place ON place.id = place_slug.place_id
                WHERE place_slug.slug = \(slug)
                    AND \(VisiblePlaces.to(principal))
                """, read)
    }

    /// The places of some identifiers that the principal may know of, in the order asked.
    public static func places(_ principal: Principal, _ ids: [Place.ID], _ reader: Reader) throws -> [Place] {
        let found = try reader.all(
            """
            SELECT \(columns)
            FROM place
            WHERE place.id IN \(list: ids.map(\.number))
                AND \(VisiblePlaces.to(principal))
            """, read)
        let byID = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { byID[$0] }
    }

    /// Any place, for an act that has yet to ask whether the one who acts may know of it.
    static func any(_ id: Place.ID, _ reader: Reader) throws -> Place? {
        try reader.one("SELECT \(columns) FROM place WHERE place.id = \(id)", read)
    }

    /// Places by identifier after a given one, whoever may see them: for views that keep their own rights (`Directory`).
    static func batch(after id: Place.ID, limit: Int, _ reader: Reader) throws -> [StoredPlace] {
        try reader.all(
            """
            SELECT \(columns)
            FROM place
            WHERE place.id > \(id)
            ORDER BY place.id
            LIMIT \(limit)
            """, stored)
    }

    /// The circles a place belongs to now, the main one first.
    public static func circles(of id: Place.ID, _ reader: Reader) throws -> [Int64] {
        try reader.all(
            """
            SELECT circle_id
            FROM place_circle
            WHERE place_id = \(id)
                AND until IS NULL
            ORDER BY is_main DESC, circle_id
            """
        ) { try $0.int(0) }
    }

    static func insert(_ place: Place, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO place (id, slug, name, state, visibility, maturity, siret, rna, facts, origins, version, created_at,
                updated_at, verified_at, merged_into)
            VALUES (\(place.id), \(place.slug), \(place.sheet.name), \(place.state.rawValue), \(place.visibility.rawValue),
                \(place.sheet.maturity.rawValue), \(place.sheet[.siret]?.text), \(place.sheet[.rna]?.text),
                \(place.sheet.json), \(place.origins.json), \(place.version), \(place.createdAt),
                \(place.updatedAt), \(place.verifiedAt), \(place.mergedInto))
            """)
        try insertSites(of: place, writer)
    }

    /// Writes the place again, if nobody did since `place.version - 1`; throws `Conflict` otherwise.
    static func update(_ place: Place, replacing former: Place, _ writer: Writer) throws {
        // Who may see a sheet and when it was checked change more often than what it says: its documents are then left alone.
        let documents: SQL =
            place.sheet == former.sheet && place.origins == former.origins
            ? ""
            : """
                name = \(place.sheet.name),
                maturity = \(place.sheet.maturity.rawValue),
                siret = \(place.sheet[.siret]?.text),
                rna = \(place.sheet[.rna]?.text),
                facts = \(place.sheet.json),
                origins = \(place.origins.json),
            """
        let changed = try writer.run(
            """
            UPDATE place
            SET \(documents)
                slug = \(place.slug),
                state = \(place.state.rawValue),
                visibility = \(place.visibility.rawValue),
                version = \(place.version),
                updated_at = \(place.updatedAt),
                verified_at = \(place.verifiedAt),
                merged_into = \(place.mergedInto)
            WHERE id = \(place.id)
                AND version = \(former.version)
            """)
        guard changed == 1 else { throw Conflict(current: former.version) }
        if place.sheet[.sites] != former.sheet[.sites] {
            try writer.run("DELETE FROM place_site WHERE place_id = \(place.id)")
            try insertSites(of: place, writer)
        }
        if place.slug != former.slug {
            try writer.run(
                """
                INSERT INTO place_slug (slug, place_id, since)
                VALUES (\(former.slug), \(place.id), \(place.updatedAt))
                ON CONFLICT (slug) DO UPDATE SET place_id = excluded.place_id, since = excluded.since
                """)
            try writer.run("DELETE FROM place_slug WHERE slug = \(place.slug)")
        }
    }

    private static func insertSites(of place: Place, _ writer: Writer) throws {
        for (rank, site) in place.sheet.sites.enumerated() {
            try writer.run(
                """
                INSERT INTO place_site (place_id, rank, label, address, complement, postal_code, commune, commune_name,
                    latitude, longitude, precision)
                VALUES (\(place.id), \(rank), \(site.label), \(site.address), \(site.complement), \(site.postalCode),
                    \(site.commune), \(site.communeName), \(site.point?.latitude), \(site.point?.longitude),
                    \(site.precision))
                """)
        }
    }

    /// A free slug made of the name, and of the commune or a number when others have it.
    static func freeSlug(for sheet: Sheet, _ reader: Reader) throws -> String {
        let base = PlaceSlug.slug(of: sheet.name)
        var candidates = [base]
        if let commune = sheet.sites.first?.communeName, !commune.isEmpty {
            candidates.append(PlaceSlug.slug(of: sheet.name + " " + commune))
        }
        for candidate in candidates where try isFree(candidate, reader) { return candidate }
        let stem = candidates[candidates.count - 1]
        var step = 1
        var number = 2
        while try !isFree("\(stem)-\(number)", reader) {
            step = min(step * 2, 1_024)
            number += step
        }
        return "\(stem)-\(number)"
    }

    /// Whether a slug belongs to no place now nor before, or to this one only.
    static func isFree(_ slug: String, for place: Place.ID = Place.ID(0), _ reader: Reader) throws -> Bool {
        try !reader.exists(
            """
            SELECT 1 FROM place WHERE slug = \(slug) AND id <> \(place)
            UNION ALL
            SELECT 1 FROM place_slug WHERE slug = \(slug) AND place_id <> \(place)
            """)
    }
}
