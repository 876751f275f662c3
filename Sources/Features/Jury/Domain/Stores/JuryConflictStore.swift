import Storage

/// The SQL of `jury_conflict`. A tie is kept once for a juror, a dossier and a nature: what was set aside stays so.
public enum JuryConflictStore {
    private static let columns: SQL = """
        id, jury_id, member_id, candidacy_id, nature, words, is_found, state, at, decided_at, decided_by, reason
        """

    /// All of a jury, those that wait first. The one who asks keeps the call or chairs.
    public static func conflicts(of jury: Jury.ID, _ reader: Reader) throws -> [JuryConflict] {
        try reader.all(
            """
            SELECT \(columns)
            FROM jury_conflict
            WHERE jury_id = \(jury)
            ORDER BY CASE state WHEN 'a_decider' THEN 0 ELSE 1 END, at, id
            """, read)
    }

    /// Those of one juror.
    public static func conflicts(of member: JuryMember.ID, _ reader: Reader) throws -> [JuryConflict] {
        try reader.all("SELECT \(columns) FROM jury_conflict WHERE member_id = \(member) ORDER BY at, id", read)
    }

    static func any(_ id: JuryConflict.ID, _ reader: Reader) throws -> JuryConflict? {
        try reader.one("SELECT \(columns) FROM jury_conflict WHERE id = \(id)", read)
    }

    /// A condition that holds when nothing keeps a juror from a dossier: no tie that stands, and no candidacy of their own in the
    /// call (JURY-8, JURY-9). Both are expressions of the statement.
    static func isClear(member: SQL, candidacy: SQL) -> SQL {
        """
        NOT EXISTS (
            SELECT 1
            FROM jury_conflict AS tie
            WHERE tie.member_id = \(member)
                AND tie.state <> 'ecarte'
                AND (tie.candidacy_id = \(candidacy) OR tie.nature = 'equipe'))
        """
    }

    /// Adds a tie that was not known; answers false when it was, whatever was decided of it.
    static func insert(_ conflict: JuryConflict, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            INSERT INTO jury_conflict (id, jury_id, member_id, candidacy_id, nature, words, is_found, state, at, decided_at,
                decided_by, reason)
            VALUES (\(conflict.id), \(conflict.jury), \(conflict.member), \(conflict.candidacy),
                \(conflict.nature.rawValue), \(conflict.words), \(conflict.isFound), \(conflict.state.rawValue),
                \(conflict.at), \(conflict.decidedAt), \(conflict.decidedBy), \(conflict.reason))
            ON CONFLICT (member_id, candidacy_id, nature) DO NOTHING
            """) == 1
    }

    static func settle(_ conflict: JuryConflict, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE jury_conflict
            SET state = \(conflict.state.rawValue),
                decided_at = \(conflict.decidedAt),
                decided_by = \(conflict.decidedBy),
                reason = \(conflict.reason)
            WHERE id = \(conflict.id)
            """)
    }

    private static func read(_ row: Row) throws -> JuryConflict {
        JuryConflict(
            id: JuryConflict.ID(try row.int(0)), jury: Jury.ID(try row.int(1)),
            member: JuryMember.ID(try row.int(2)), candidacy: Candidacy.ID(try row.int(3)),
            nature: JuryConflict.Nature(rawValue: try row.text(4)) ?? .other, words: try row.text(5),
            isFound: try row.bool(6), state: JuryConflict.State(rawValue: try row.text(7)) ?? .waiting,
            at: Instant(microseconds: try row.int(8)),
            decidedAt: try row.optionalInt(9).map { Instant(microseconds: $0) },
            decidedBy: try row.optionalInt(10).map { Account.ID($0) }, reason: try row.text(11))
    }
}
