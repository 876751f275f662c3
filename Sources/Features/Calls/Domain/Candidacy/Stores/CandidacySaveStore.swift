import Forms
import Storage

/// One change of a draft: who, when, which questions, and what they held before it.
public struct CandidacySave: DraftSave, Equatable {
    public let candidacy: Candidacy.ID
    /// The version it made.
    public let version: Int
    /// The section that was written; empty for a change of the whole.
    public let section: String
    public let at: Instant
    public let account: Account.ID?
    public let keys: [String]
    /// What the questions of `keys` held before; those that held nothing are absent.
    public let former: Answers
}

/// The SQL of `candidacy_save`.
public enum CandidacySaveStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_save WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    /// The saves of a candidacy after a version, the newest first.
    public static func saves(
        of candidacy: Candidacy.ID, after version: Int = 0, limit: Int = 10_000, _ reader: Reader
    ) throws -> [CandidacySave] {
        try reader.all(
            """
            SELECT candidacy_id, version, section, at, account_id, question_keys, former
            FROM candidacy_save
            WHERE candidacy_id = \(candidacy)
                AND version > \(version)
            ORDER BY version DESC
            LIMIT \(limit)
            """
        ) { row in
            CandidacySave(
                candidacy: Candidacy.ID(try row.int(0)), version: Int(try row.int(1)), section: try row.text(2),
                at: Instant(microseconds: try row.int(3)), account: try row.optionalInt(4).map { Account.ID($0) },
                keys: try row.text(5).split(separator: " ").map(String.init),
                former: try Answers(document: Array(try row.text(6).utf8)))
        }
    }

    /// The answers as they stood at a version, and the questions changed since.
    ///
    /// - Parameter versions: the version at which a question is wanted, when it is not the one of all.
    static func answers(
        of candidacy: Candidacy, at version: Int, versions: [String: Int] = [:], _ reader: Reader
    ) throws -> (answers: Answers, touched: Set<String>) {
        let oldest = versions.values.reduce(version, min)
        guard oldest < candidacy.version else { return (candidacy.answers, []) }
        return DraftSaves.rewound(
            candidacy.answers, to: version, versions: versions,
            over: try saves(of: candidacy.id, after: oldest, reader))
    }

    /// Who wrote each question last, and when; questions nobody wrote are absent.
    public static func lastEdits(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [String: CandidacyLastEdit] {
        try DraftSaves.candidacies.lastEdits(of: candidacy.number, reader)
    }

    /// Answers its seal, for the journal.
    static func insert(_ save: CandidacySave, _ writer: Writer) throws -> String {
        try DraftSaves.candidacies.insert(save, of: save.candidacy.number, writer)
    }
}
