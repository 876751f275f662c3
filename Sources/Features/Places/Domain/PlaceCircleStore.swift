import Storage

/// The SQL of `place_circle`: which places belong to which circles, and since when.
public enum PlaceCircleStore {
    static func join(_ place: Place.ID, _ circle: Int64, isMain: Bool, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO place_circle (place_id, circle_id, is_main, since, until)
            VALUES (\(place), \(circle), \(isMain), \(now), NULL)
            """)
    }

    static func setMain(_ place: Place.ID, _ circle: Int64, isMain: Bool, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE place_circle
            SET is_main = \(isMain)
            WHERE place_id = \(place)
                AND circle_id = \(circle)
                AND until IS NULL
            """)
    }

    static func leave(_ place: Place.ID, _ circle: Int64, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE place_circle
            SET until = \(now)
            WHERE place_id = \(place)
                AND circle_id = \(circle)
                AND until IS NULL
            """)
    }

    /// The memberships in force of the places of a range of identifiers, the main one first: for views of the whole register.
    static func circles(
        after first: Place.ID, through last: Place.ID, _ reader: Reader
    ) throws -> [Place.ID: [Int64]] {
        var circles: [Place.ID: [Int64]] = [:]
        try reader.each(
            """
            SELECT place_id, circle_id
            FROM place_circle
            WHERE until IS NULL
                AND place_id > \(first)
                AND place_id <= \(last)
            ORDER BY place_id, is_main DESC, circle_id
            """
        ) { row in
            circles[Place.ID(try row.int(0)), default: []].append(try row.int(1))
            return true
        }
        return circles
    }

    /// The memberships in force of some places, the main one first.
    static func circles(of places: [Place.ID], _ reader: Reader) throws -> [Place.ID: [Int64]] {
        var circles: [Place.ID: [Int64]] = [:]
        guard !places.isEmpty else { return circles }
        try reader.each(
            """
            SELECT place_id, circle_id
            FROM place_circle
            WHERE until IS NULL
                AND place_id IN \(list: places.map(\.number))
            ORDER BY place_id, is_main DESC, circle_id
            """
        ) { row in
            circles[Place.ID(try row.int(0)), default: []].append(try row.int(1))
            return true
        }
        return circles
    }
}
