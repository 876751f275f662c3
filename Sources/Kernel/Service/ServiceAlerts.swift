import Storage

/// Something the operator was told of, and has not ended, or has.
public struct ServiceAlert: Sendable, Equatable {
    public let kind: AlertKind
    /// The node whose machine it is of; empty for what is of the whole network, or where one node serves it.
    public let node: String
    public let words: String
    public let raisedAt: Instant
    public let toldAt: Instant
    public let clearedAt: Instant?
}

/// The SQL of `service_alert`.
public enum ServiceAlerts {
    public static func open(_ reader: Reader) throws -> [ServiceAlert] {
        try reader.all(
            """
            SELECT kind, node, words, raised_at, told_at, cleared_at
            FROM service_alert
            WHERE cleared_at IS NULL
            ORDER BY raised_at, kind, node
            """, read
        ).compactMap(\.self)
    }

    /// The latest, open ones among them.
    public static func latest(_ limit: Int, _ reader: Reader) throws -> [ServiceAlert] {
        try reader.all(
            """
            SELECT kind, node, words, raised_at, told_at, cleared_at
            FROM service_alert
            ORDER BY raised_at DESC, kind, node
            LIMIT \(limit)
            """, read
        ).compactMap(\.self)
    }

    static func raise(
        _ finding: HealthFinding, of node: String, _ id: Identifier<ServiceAlert>, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO service_alert (id, kind, node, words, raised_at, told_at)
            VALUES (\(id), \(finding.kind.rawValue), \(node), \(finding.words), \(now), \(now))
            """)
    }

    static func remind(_ finding: HealthFinding, of node: String, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE service_alert
            SET words = \(finding.words),
                told_at = \(now)
            WHERE kind = \(finding.kind.rawValue)
                AND node = \(node)
                AND cleared_at IS NULL
            """)
    }

    static func clear(_ kind: AlertKind, of node: String, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE service_alert
            SET cleared_at = \(now)
            WHERE kind = \(kind.rawValue)
                AND node = \(node)
                AND cleared_at IS NULL
            """)
    }

    /// An alert of a later version of the program is nobody's.
    private static func read(_ row: Row) throws -> ServiceAlert? {
        guard let kind = AlertKind(rawValue: try row.text(0)) else { return nil }
        return ServiceAlert(
            kind: kind, node: try row.text(1), words: try row.text(2),
            raisedAt: Instant(microseconds: try row.int(3)), toldAt: Instant(microseconds: try row.int(4)),
            clearedAt: try row.optionalInt(5).map { Instant(microseconds: $0) })
    }
}
