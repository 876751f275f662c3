import Forms
import Storage

/// One change of what people write together, the lead's dossier or a partner's part: who, when, which questions, and what they held
/// before it.
public protocol DraftSave: Sendable {
    /// The version it made.
    var version: Int { get }
    /// The section that was written; empty for a change of the whole.
    var section: String { get }
    var at: Instant { get }
    var account: Account.ID? { get }
    var keys: [String] { get }
    /// What the questions of `keys` held before; those that held nothing are absent.
    var former: Answers { get }
}

/// The last time a question was written.
public struct CandidacyLastEdit: Sendable, Equatable {
    /// The version it made.
    public let version: Int
    public let at: Instant
    public let account: Account.ID?
}

/// The SQL that the tables of saves share: each row is sealed by the one before it, and says what it replaced.
public struct DraftSaves: Sendable {
    /// The table, and its column that names what was written.
    let table: SQL
    let owner: SQL

    static let candidacies = DraftSaves(table: "candidacy_save", owner: "candidacy_id")
    static let parts = DraftSaves(table: "candidacy_part_save", owner: "partner_id")

    /// The saves of the lead's side of a candidacy after a version, or those of a partner's part; the newest first.
    public static func all(
        of candidacy: Candidacy.ID, part: CandidacyPartner.ID?, after version: Int = 0, limit: Int = 10_000,
        _ reader: Reader
    ) throws -> [any DraftSave] {
        if let part { return try PartSaveStore.saves(of: [part], after: version, limit: limit, reader) }
        return try CandidacySaveStore.saves(of: candidacy, after: version, limit: limit, reader)
    }

    /// Who wrote each question last, and when; questions nobody wrote are absent.
    func lastEdits(of number: Int64, _ reader: Reader) throws -> [String: CandidacyLastEdit] {
        let saves = try reader.all(
            """
            SELECT version, at, account_id, question_keys
            FROM \(table)
            WHERE \(owner) = \(number)
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
    func insert(_ save: some DraftSave, of number: Int64, _ writer: Writer) throws -> String {
        let previous = try writer.one(
            """
            SELECT seal
            FROM \(table)
            WHERE \(owner) = \(number)
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
            INSERT INTO \(table) (\(owner), version, section, at, account_id, question_keys, former, seal)
            VALUES (\(number), \(save.version), \(save.section), \(save.at), \(save.account),
                \(save.keys.joined(separator: " ")), \(former), \(seal))
            """)
        return seal
    }

    /// Answers as they stood at a version, and the questions changed since.
    ///
    /// - Parameters:
    ///   - saves: since the oldest version that is wanted, the newest first.
    ///   - versions: the version at which a question is wanted, when it is not the one of all.
    static func rewound(
        _ answers: Answers, to version: Int, versions: [String: Int], over saves: [some DraftSave]
    ) -> (answers: Answers, touched: Set<String>) {
        var answers = answers
        var touched: Set<String> = []
        for save in saves {
            for key in save.keys where save.version > versions[key] ?? version {
                answers[key] = save.former[key]
                touched.insert(key)
            }
        }
        return (answers, touched)
    }
}
