import Storage

/// A circle of places: of a territory, or around a theme.
public struct Circle: Sendable, Equatable {
    public typealias ID = Identifier<Circle>

    public enum Kind: String, Sendable, CaseIterable {
        case territorial
        case thematic = "thematique"

        public var label: String {
            switch self {
            case .territorial: "Cercle territorial"
            case .thematic: "Cercle thématique"
            }
        }
    }

    public let id: ID
    public let slug: String
    /// Short and stable, as in files exchanged: `MEL`, `LEN`.
    public let code: String
    public let name: String
    public let kind: Kind
    public let summary: String
    public let rank: Int
}

/// The SQL of `circle`. Circles are public.
public enum CircleStore {
    public static func all(_ reader: Reader) throws -> [Circle] {
        try reader.all(
            """
            SELECT id, slug, code, name, kind, summary, rank
            FROM circle
            ORDER BY kind DESC, rank, id
            """, read)
    }

    public static func circle(slug: String, _ reader: Reader) throws -> Circle? {
        try reader.one(
            """
            SELECT id, slug, code, name, kind, summary, rank
            FROM circle
            WHERE slug = \(slug)
            """, read)
    }

    static func exists(_ id: Circle.ID, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM circle WHERE id = \(id)")
    }

    static func insert(_ circle: Circle, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO circle (id, slug, code, name, kind, summary, rank, created_at)
            VALUES (\(circle.id), \(circle.slug), \(circle.code), \(circle.name), \(circle.kind.rawValue), \(circle.summary),
                \(circle.rank), \(now))
            """)
    }

    private static func read(_ row: Row) throws -> Circle {
        Circle(
            id: Circle.ID(try row.int(0)),
            slug: try row.text(1),
            code: try row.text(2),
            name: try row.text(3),
            kind: Circle.Kind(rawValue: try row.text(4)) ?? .territorial,
            summary: try row.text(5),
            rank: Int(try row.int(6)))
    }
}
