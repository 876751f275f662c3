import Storage

/// The SQL of `jury_item` and `jury_move`: the session, dossier by dossier.
public enum JuryItemStore {
    /// In the order of the session. The one who asks keeps the call or sits.
    public static func items(of jury: Jury.ID, _ reader: Reader) throws -> [JuryItem] {
        try reader.all(
            """
            SELECT candidacy_id, place, audition_at, audition_words, begun_at, advice, words, advised_at, version
            FROM jury_item
            WHERE jury_id = \(jury)
            ORDER BY place, candidacy_id
            """
        ) { row in
            JuryItem(
                candidacy: Candidacy.ID(try row.int(0)), place: Int(try row.int(1)),
                auditionAt: try row.optionalInt(2).map { Instant(microseconds: $0) }, auditionWords: try row.text(3),
                begunAt: try row.optionalInt(4).map { Instant(microseconds: $0) },
                advice: try row.optionalText(5).flatMap { JuryAdvice(rawValue: $0) }, words: try row.text(6),
                advisedAt: try row.optionalInt(7).map { Instant(microseconds: $0) }, version: Int(try row.int(8)))
        }
    }

    static func insert(_ item: JuryItem, of jury: Jury.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_item (jury_id, candidacy_id, place, audition_at, audition_words, words, version)
            VALUES (\(jury), \(item.candidacy), \(item.place), \(item.auditionAt), \(item.auditionWords), \(item.words),
                \(item.version))
            """)
    }

    /// Writes an item one version further, if nobody did since; throws `Conflict` otherwise.
    static func update(_ item: JuryItem, of jury: Jury.ID, by account: Account.ID?, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE jury_item
            SET place = \(item.place),
                audition_at = \(item.auditionAt),
                audition_words = \(item.auditionWords),
                begun_at = \(item.begunAt),
                advice = \(item.advice?.rawValue),
                words = \(item.words),
                advised_at = \(item.advisedAt),
                advised_by = \(account),
                version = \(item.version + 1)
            WHERE jury_id = \(jury)
                AND candidacy_id = \(item.candidacy)
                AND version = \(item.version)
            """)
        guard changed == 1 else { throw Conflict(current: item.version) }
    }

    /// Those that stand, in the order they were made.
    public static func moves(of jury: Jury.ID, _ reader: Reader) throws -> [JuryMove] {
        try reader.all(
            """
            SELECT id, candidacy_id, position, reason, at, account_id
            FROM jury_move
            WHERE jury_id = \(jury)
                AND undone_at IS NULL
            ORDER BY at, id
            """
        ) { row in
            JuryMove(
                id: JuryMove.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
                position: Int(try row.int(2)), reason: try row.text(3), at: Instant(microseconds: try row.int(4)),
                by: try row.optionalInt(5).map { Account.ID($0) })
        }
    }

    static func insert(_ move: JuryMove, of jury: Jury.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_move (id, jury_id, candidacy_id, position, reason, at, account_id)
            VALUES (\(move.id), \(jury), \(move.candidacy), \(move.position), \(move.reason), \(move.at), \(move.by))
            """)
    }

    static func undo(_ move: JuryMove.ID, of jury: Jury.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE jury_move
            SET undone_at = \(now)
            WHERE id = \(move)
                AND jury_id = \(jury)
                AND undone_at IS NULL
            """) == 1
    }
}
