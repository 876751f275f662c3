import Storage

/// Somebody who is to read a dossier.
public struct JuryReading: Sendable, Equatable {
    public let member: JuryMember.ID
    public let candidacy: Candidacy.ID
    public let isByHand: Bool
}

/// The SQL of `jury_assignment`. An assignment that ends keeps its row.
public enum JuryAssignmentStore {
    /// Those of a jury that stand, in a stable order.
    public static func readings(of jury: Jury.ID, _ reader: Reader) throws -> [JuryReading] {
        try reader.all(
            """
            SELECT member_id, candidacy_id, is_by_hand
            FROM jury_assignment
            WHERE jury_id = \(jury)
                AND ended_at IS NULL
            ORDER BY candidacy_id, member_id
            """
        ) { row in
            JuryReading(
                member: JuryMember.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
                isByHand: try row.bool(2))
        }
    }

    /// The dossiers a juror may open now: assigned to them, or any once the session opened the notes; never one a tie keeps them
    /// from (JURY-8).
    static func readable(by member: JuryMember, isRevealed: Bool, among ids: [Candidacy.ID], _ reader: Reader) throws
        -> Set<Candidacy.ID>
    {
        let assigned: SQL =
            isRevealed
            ? "1 = 1"
            : """
            EXISTS (
                SELECT 1
                FROM jury_assignment
                WHERE jury_assignment.member_id = \(member.id)
                    AND jury_assignment.candidacy_id = candidacy.id
                    AND jury_assignment.ended_at IS NULL)
            """
        return Set(
            try reader.all(
                """
                SELECT candidacy.id
                FROM candidacy
                WHERE candidacy.id IN \(list: ids.map(\.number))
                    AND \(assigned)
                    AND \(JuryConflictStore.isClear(member: "\(member.id)", candidacy: "candidacy.id"))
                ORDER BY candidacy.id
                """
            ) { Candidacy.ID(try $0.int(0)) })
    }

    static func put(_ reading: JuryReading, in jury: Jury.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_assignment (member_id, candidacy_id, jury_id, is_by_hand, at)
            VALUES (\(reading.member), \(reading.candidacy), \(jury), \(reading.isByHand), \(now))
            ON CONFLICT (member_id, candidacy_id) DO UPDATE
            SET is_by_hand = \(reading.isByHand),
                at = \(now),
                ended_at = NULL
            """)
    }

    static func end(
        _ member: JuryMember.ID, _ candidacy: Candidacy.ID, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            UPDATE jury_assignment
            SET ended_at = \(now)
            WHERE member_id = \(member)
                AND candidacy_id = \(candidacy)
                AND ended_at IS NULL
            """)
    }

    /// Those of a juror who leaves; answers how many were given back.
    static func endAll(of member: JuryMember.ID, at now: Instant, _ writer: Writer) throws -> Int {
        try writer.run(
            "UPDATE jury_assignment SET ended_at = \(now) WHERE member_id = \(member) AND ended_at IS NULL")
    }
}
