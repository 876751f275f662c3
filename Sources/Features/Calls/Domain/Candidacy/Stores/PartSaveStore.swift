import Forms
import Storage

/// One change of a partner's part: who, when, which questions, and what they held before it.
public struct PartSave: DraftSave, Equatable {
    public let partner: CandidacyPartner.ID
    /// The version of the part that it made.
    public let version: Int
    public let section: String
    public let at: Instant
    public let account: Account.ID?
    public let keys: [String]
    /// What the questions of `keys` held before; those that held nothing are absent.
    public let former: Answers
}

/// The SQL of `candidacy_part_save`.
public enum PartSaveStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run(
            """
            DELETE FROM candidacy_part_save
            WHERE partner_id IN (
                SELECT id
                FROM candidacy_partner
                WHERE candidacy_id IN \(list: candidacies.map(\.number)))
            """)
    }

    /// The saves of several parts, the newest first.
    public static func saves(
        of partners: [CandidacyPartner.ID], after version: Int = 0, limit: Int = 10_000, _ reader: Reader
    ) throws -> [PartSave] {
        guard !partners.isEmpty else { return [] }
        return try reader.all(
            """
            SELECT partner_id, version, section, at, account_id, question_keys, former
            FROM candidacy_part_save
            WHERE partner_id IN \(list: partners.map(\.number))
                AND version > \(version)
            ORDER BY at DESC, version DESC
            LIMIT \(limit)
            """
        ) { row in
            PartSave(
                partner: CandidacyPartner.ID(try row.int(0)), version: Int(try row.int(1)), section: try row.text(2),
                at: Instant(microseconds: try row.int(3)), account: try row.optionalInt(4).map { Account.ID($0) },
                keys: try row.text(5).split(separator: " ").map(String.init),
                former: try Answers(document: Array(try row.text(6).utf8)))
        }
    }

    /// The answers of a part as they stood at a version, and the questions touched since.
    ///
    /// - Parameter versions: the version at which a question is wanted, when it is not the one of all.
    static func answers(
        of partner: CandidacyPartner, at version: Int, versions: [String: Int] = [:], _ reader: Reader
    ) throws -> (answers: Answers, touched: Set<String>) {
        let oldest = versions.values.reduce(version, min)
        guard oldest < partner.version else { return (partner.answers, []) }
        return DraftSaves.rewound(
            partner.answers, to: version, versions: versions,
            over: try saves(of: [partner.id], after: oldest, reader).sorted { $0.version > $1.version })
    }

    /// Who wrote each question last, and when; questions nobody wrote are absent.
    public static func lastEdits(of partner: CandidacyPartner.ID, _ reader: Reader) throws -> [String:
        CandidacyLastEdit]
    {
        try DraftSaves.parts.lastEdits(of: partner.number, reader)
    }

    /// Answers its seal, for the journal.
    static func insert(_ save: PartSave, _ writer: Writer) throws -> String {
        try DraftSaves.parts.insert(save, of: save.partner.number, writer)
    }
}
