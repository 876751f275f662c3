import Forms
import Storage

/// One change of a draft: who, when, which questions, and what they held before it.
public struct CandidacySave: Sendable, Equatable {
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

/// The last time a question was written.
public struct CandidacyLastEdit: Sendable, Equatable {
    /// The version it made.
    public let version: Int
    public let at: Instant
    public let account: Account.ID?
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
        var answers = candidacy.answers
        var touched: Set<String> = []
        let oldest = versions.values.reduce(version, min)
        guard oldest < candidacy.version else { return (answers, touched) }
        for save in try saves(of: candidacy.id, after: oldest, reader) {
            for key in save.keys where save.version > versions[key] ?? version {
                answers[key] = save.former[key]
                touched.insert(key)
            }
        }
        return (answers, touched)
    }

    /// Who wrote each question last, and when; questions nobody wrote are absent.
    public static func lastEdits(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [String: CandidacyLastEdit] {
        let saves = try reader.all(
            """
            SELECT version, at, account_id, question_keys
            FROM candidacy_save
            WHERE candidacy_id = \(candidacy)
            ORDER BY version DESC
            LIMIT 20000
            """
        ) { row in
            (
                edit: CandidacyLastEdit(
                    version: Int(try row.int(0)), at: Instant(microseconds: try row.int(1)),
                    account: try row.optionalInt(2).map { Account.ID($0) }),
                keys: try row.text(3).split(separator: " ").map(String.init)
            )
        }
        var last: [String: CandidacyLastEdit] = [:]
        for (edit, keys) in saves { for key in keys where last[key] == nil { last[key] = edit } }
        return last
    }

    /// Answers its seal, for the journal.
    static func insert(_ save: CandidacySave, _ writer: Writer) throws -> String {
        let previous = try writer.one(
            """
            SELECT seal
            FROM candidacy_save
            WHERE candidacy_id = \(save.candidacy)
            ORDER BY version DESC
            LIMIT 1
            """
        ) { try $0.text(0) }
        let former = CandidacyStore.document(save.former)
        let seal = SaveSeal.next(
            after: previous ?? "", version: save.version, section: save.section, at: save.at, account: save.account,
            keys: save.keys, former: former)
        try writer.run(
            """
            INSERT INTO candidacy_save (candidacy_id, version, section, at, account_id, question_keys, former, seal)
            VALUES (\(save.candidacy), \(save.version), \(save.section), \(save.at), \(save.account),
                \(save.keys.joined(separator: " ")), \(former), \(seal))
            """)
        return seal
    }
}
