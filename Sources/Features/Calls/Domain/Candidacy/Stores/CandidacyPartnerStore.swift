import Forms
import Storage

/// The SQL of `candidacy_partner`.
public enum CandidacyPartnerStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_partner WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    /// A condition on a row that names its partner: of that one's part, or of the lead's side when it is nil.
    static func isSide(_ part: CandidacyPartner.ID?) -> SQL {
        guard let part else { return "partner_id IS NULL" }
        return "partner_id = \(part)"
    }

    /// The partners of a candidacy, those who left included, in the order they came.
    public static func partners(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [CandidacyPartner] {
        try list("candidacy_id = \(candidacy)", reader)
    }

    /// Those of several candidacies, by candidacy.
    static func partners(of candidacies: [Candidacy.ID], _ reader: Reader) throws -> [CandidacyPartner] {
        try list("candidacy_id IN \(list: candidacies.map(\.number))", reader)
    }

    static func any(_ id: CandidacyPartner.ID, _ reader: Reader) throws -> CandidacyPartner? {
        try list("id = \(id)", reader).first
    }

    /// Whether the partners of a candidacy are still as they were read.
    static func areUnchanged(
        _ partners: [CandidacyPartner], of candidacy: Candidacy.ID, _ reader: Reader
    ) throws -> Bool {
        let found = try reader.all(
            "SELECT id, version, state FROM candidacy_partner WHERE candidacy_id = \(candidacy) ORDER BY id"
        ) { (id: try $0.int(0), version: try $0.int(1), state: try $0.text(2)) }
        return found.count == partners.count
            && zip(found, partners).allSatisfy { row, partner in
                row.id == partner.id.number && row.version == Int64(partner.version)
                    && row.state == partner.state.rawValue
            }
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [CandidacyPartner] {
        try reader.all(
            """
            SELECT id, candidacy_id, name, state, version, answers, committed_at, committed_by, left_at
            FROM candidacy_partner
            WHERE \(condition)
            ORDER BY id
            LIMIT 10000
            """
        ) { row in
            CandidacyPartner(
                id: CandidacyPartner.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)), name: try row.text(2),
                state: CandidacyPartner.State(rawValue: try row.text(3)) ?? .invited, version: Int(try row.int(4)),
                answers: try Answers(document: Array(try row.text(5).utf8)),
                committedAt: try row.optionalInt(6).map { Instant(microseconds: $0) },
                committedBy: try row.optionalInt(7).map { Account.ID($0) },
                leftAt: try row.optionalInt(8).map { Instant(microseconds: $0) })
        }
    }

    static func insert(_ partner: CandidacyPartner, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_partner (id, candidacy_id, name, state, version, answers)
            VALUES (\(partner.id), \(partner.candidacy), \(partner.name), \(partner.state.rawValue), \(partner.version),
                \(CandidacyStore.document(partner.answers)))
            """)
    }

    /// Writes the partner again, if its part is still at `version`; throws `Conflict` otherwise.
    static func update(_ partner: CandidacyPartner, at version: Int, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE candidacy_partner
            SET state = \(partner.state.rawValue),
                version = \(partner.version),
                answers = \(CandidacyStore.document(partner.answers)),
                committed_at = \(partner.committedAt),
                committed_by = \(partner.committedBy),
                left_at = \(partner.leftAt)
            WHERE id = \(partner.id)
                AND version = \(version)
            """)
        guard changed == 1 else { throw Conflict(current: version) }
    }
}
