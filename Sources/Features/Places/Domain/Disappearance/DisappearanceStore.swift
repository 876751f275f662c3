import Storage

/// The SQL of `disappearance_decision`, and of the places it is about. For the coordination only.
public enum DisappearanceStore {
    /// Which rows of `import_key` joined with `place` wait for a decision: the place is published and open, no other row of the
    /// source still gives it, and since it went neither a person checked its sheet nor the coordination decided.
    static let isPending: SQL = """
        import_key.gone_at IS NOT NULL
            AND place.state = 'publiee'
            AND place.maturity <> 'ferme'
            AND (place.verified_at IS NULL OR place.verified_at < import_key.gone_at)
            AND NOT EXISTS (
                SELECT 1
                FROM import_key AS present
                WHERE present.place_id = place.id
                    AND present.source = import_key.source
                    AND present.gone_at IS NULL)
            AND NOT EXISTS (
                SELECT 1
                FROM disappearance_decision
                WHERE disappearance_decision.place_id = place.id
                    AND disappearance_decision.source = import_key.source
                    AND disappearance_decision.choice <> 'demandee'
                    AND disappearance_decision.undone_at IS NULL
                    AND disappearance_decision.decided_at >= import_key.gone_at)
        """

    /// The sources that lack places, the latest edition first.
    public static func counts(_ principal: Principal, _ reader: Reader) throws -> [Disappearance.Count] {
        guard PlaceRights.mayModerate(principal) else { return [] }
        return try reader.all(
            """
            SELECT import_key.source, COUNT(DISTINCT place.id), MAX(import_key.gone_at)
            FROM import_key
            JOIN place ON place.id = import_key.place_id
            WHERE \(isPending)
            GROUP BY import_key.source
            ORDER BY MAX(import_key.gone_at) DESC, import_key.source
            """
        ) { row in
            Disappearance.Count(
                source: try row.text(0), places: Int(try row.int(1)), latest: Instant(microseconds: try row.int(2)))
        }
    }

    /// The places that a source no longer gives, the latest edition first, then by name.
    public static func pending(
        _ principal: Principal, of source: String, limit: Int = 100, offset: Int = 0, at now: Instant,
        _ reader: Reader
    ) throws -> [Disappearance] {
        guard PlaceRights.mayModerate(principal) else { return [] }
        return try rows("import_key.source = \(source)", limit: limit, offset: offset, at: now, reader)
    }

    static func pending(_ place: Place.ID, of source: String, at now: Instant, _ reader: Reader) throws
        -> Disappearance?
    {
        try rows(
            "import_key.source = \(source) AND import_key.place_id = \(place)", limit: 1, offset: 0, at: now, reader
        ).first
    }

    private static func rows(
        _ condition: SQL, limit: Int, offset: Int, at now: Instant, _ reader: Reader
    ) throws -> [Disappearance] {
        var found = try reader.all(
            """
            SELECT place.id, place.slug, place.name, COALESCE(MAX(place_site.commune_name), ''), import_key.source,
                MAX(import_key.gone_at),
                (SELECT MAX(asked.decided_at)
                    FROM disappearance_decision AS asked
                    WHERE asked.place_id = place.id
                        AND asked.source = import_key.source
                        AND asked.choice = 'demandee')
            FROM import_key
            JOIN place ON place.id = import_key.place_id
            LEFT JOIN place_site ON place_site.place_id = place.id AND place_site.rank = 0
            WHERE \(condition)
                AND \(isPending)
            GROUP BY place.id, place.slug, place.name, import_key.source
            ORDER BY MAX(import_key.gone_at) DESC, place.name, place.id
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            Disappearance(
                place: Place.ID(try row.int(0)), slug: try row.text(1), name: try row.text(2),
                commune: try row.text(3), source: try row.text(4), goneAt: Instant(microseconds: try row.int(5)),
                askedAt: try row.optionalInt(6).map { Instant(microseconds: $0) })
        }
        let managed = try RoleGrantStore.held(
            .placeManager, of: .place, among: found.map(\.place.number), at: now, reader)
        for index in found.indices { found[index].hasManager = managed.contains(found[index].place.number) }
        return found
    }

    /// The decisions since a moment that can still be undone, newest first.
    public static func recent(
        _ principal: Principal, since: Instant, limit: Int = 100, _ reader: Reader
    ) throws -> [DisappearanceDecision] {
        guard PlaceRights.mayModerate(principal) else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM disappearance_decision
            JOIN place ON place.id = disappearance_decision.place_id
            WHERE disappearance_decision.decided_at >= \(since)
                AND disappearance_decision.undone_at IS NULL
                AND disappearance_decision.choice <> 'demandee'
            ORDER BY disappearance_decision.decided_at DESC, disappearance_decision.id DESC
            LIMIT \(limit)
            """, read)
    }

    static func decision(_ id: DisappearanceDecision.ID, _ reader: Reader) throws -> DisappearanceDecision? {
        try reader.one(
            """
            SELECT \(columns)
            FROM disappearance_decision
            JOIN place ON place.id = disappearance_decision.place_id
            WHERE disappearance_decision.id = \(id)
            """, read)
    }

    private static let columns: SQL = """
        disappearance_decision.id, disappearance_decision.place_id, place.slug, place.name,
            disappearance_decision.source, disappearance_decision.choice, disappearance_decision.change_id,
            disappearance_decision.decided_at, disappearance_decision.undone_at
        """

    private static func read(_ row: Row) throws -> DisappearanceDecision {
        DisappearanceDecision(
            id: DisappearanceDecision.ID(try row.int(0)), place: Place.ID(try row.int(1)), slug: try row.text(2),
            name: try row.text(3), source: try row.text(4),
            choice: DisappearanceDecision.Choice(rawValue: try row.text(5)) ?? .kept,
            change: try row.optionalInt(6).map { PlaceChange.ID($0) },
            decidedAt: Instant(microseconds: try row.int(7)), isUndone: !row.isNull(8))
    }

    static func insert(
        _ id: DisappearanceDecision.ID, _ gone: Disappearance, _ choice: DisappearanceDecision.Choice,
        change: PlaceChange.ID?, by account: Principal.ID?, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO disappearance_decision (id, place_id, source, choice, change_id, decided_at, decided_by)
            VALUES (\(id), \(gone.place), \(gone.source), \(choice.rawValue), \(change), \(now), \(account))
            """)
    }

    static func markUndone(
        _ id: DisappearanceDecision.ID, by account: Principal.ID?, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            UPDATE disappearance_decision
            SET undone_at = \(now),
                undone_by = \(account)
            WHERE id = \(id)
            """)
    }
}
