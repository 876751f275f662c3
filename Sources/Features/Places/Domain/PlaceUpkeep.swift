import Storage

/// What waits for somebody: sheets to publish, sheets that nobody checked for long.
public enum PlaceUpkeep {
    public struct Line: Sendable, Equatable {
        public let slug: String
        public let name: String
        public let since: Instant
    }

    /// Sheets that wait to be published, oldest first; for the coordination only.
    public static func proposed(_ principal: Principal, limit: Int = 100, _ reader: Reader) throws -> [Line] {
        guard PlaceRights.mayModerate(principal) else { return [] }
        return try reader.all(
            """
            SELECT slug, name, created_at
            FROM place
            WHERE state = 'proposee'
            ORDER BY created_at, id
            LIMIT \(limit)
            """, line)
    }

    /// Published sheets that the principal keeps and that nobody checked for a year, the oldest first.
    public static func stale(_ principal: Principal, at now: Instant, limit: Int = 100, _ reader: Reader) throws
        -> [Line]
    {
        try reader.all(
            """
            SELECT slug, name, COALESCE(verified_at, updated_at) AS checked_at
            FROM place
            WHERE state = 'publiee'
                AND maturity <> 'ferme'
                AND COALESCE(verified_at, updated_at) < \(now - Place.checkedEvery)
                AND \(kept(by: principal))
            ORDER BY checked_at, id
            LIMIT \(limit)
            """, line)
    }

    private static func kept(by principal: Principal) -> SQL {
        if PlaceRights.mayModerate(principal) { return "1 = 1" }
        return "id IN \(list: principal.subjects(of: .place, holding: [.placeEditor, .placeManager]))"
    }

    private static func line(_ row: Row) throws -> Line {
        Line(slug: try row.text(0), name: try row.text(1), since: Instant(microseconds: try row.int(2)))
    }
}

extension PlaceStore {
    /// The places of a SIRET that the principal may know of.
    public static func ids(_ principal: Principal, siret: String, _ reader: Reader) throws -> [Place.ID] {
        try reader.all(
            """
            SELECT place.id
            FROM place
            WHERE place.siret = \(siret)
                AND place.state <> 'fusionnee'
                AND \(VisiblePlaces.to(principal))
            ORDER BY place.id
            LIMIT 10
            """
        ) { Place.ID(try $0.int(0)) }
    }
}

extension ProposalStore {
    /// The proposal that waits for this secret; nil once it is confirmed. The secret came by mail: who holds it may read it.
    public static func waiting(_ secret: Secret, _ reader: Reader) throws -> PlaceProposal? {
        try proposal(secretHash: secret.hash, reader).flatMap { $0.state == .unconfirmed ? $0 : nil }
    }
}
