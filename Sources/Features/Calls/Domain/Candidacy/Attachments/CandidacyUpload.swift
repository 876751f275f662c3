import Exchange
import Storage

/// A document that arrives in several requests: what it will be, and the part of the vault where its bytes wait.
public struct CandidacyUpload: Sendable, Equatable {
    public typealias ID = Identifier<CandidacyUpload>

    public let id: ID
    public let candidacy: Candidacy.ID
    /// The partner whose part asks for it; nil for a question of the lead's.
    public let partner: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    /// Who sends it: nobody else adds to it.
    public let account: Account.ID
    /// As its owner's machine names it.
    public let name: String
    /// Bytes, as announced.
    public let size: Int
    public let replaced: CandidacyFile.ID?
    /// The vault's name for its bytes.
    public let part: String
    public let datedOn: CivilDate?
    /// The number of what a later room asked for after the deposit; nil for a draft's.
    public let request: Int64?
    public let createdAt: Instant

    /// How many one person sends at once.
    static let mostAtOnce = 20
    /// How long one that was begun is remembered.
    static let lifetime = Instant.Span.hours(48)
}

/// The SQL of `candidacy_upload`.
public enum CandidacyUploadStore {
    /// How many are begun and not finished.
    public static func count(_ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM candidacy_upload")
    }

    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_upload WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    private static let columns: SQL = """
        id, candidacy_id, question, account_id, name, size, replaces_id, part, dated_on, created_at, partner_id,
            request_id
        """

    /// An upload that the principal began for a candidacy; nil for any other, as for none.
    public static func own(
        _ principal: Principal, _ id: CandidacyUpload.ID, of candidacy: Candidacy.ID, _ reader: Reader
    ) throws -> CandidacyUpload? {
        guard let account = principal.account else { return nil }
        return try reader.one(
            """
            SELECT \(columns)
            FROM candidacy_upload
            WHERE id = \(id)
                AND candidacy_id = \(candidacy)
                AND account_id = \(account)
            """, read)
    }

    static func count(of account: Account.ID, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM candidacy_upload WHERE account_id = \(account)")
    }

    /// Bytes announced for a candidacy and not yet attached to it.
    static func announced(for candidacy: Candidacy.ID, _ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT)
            FROM candidacy_upload
            WHERE candidacy_id = \(candidacy)
            """)
    }

    static func insert(_ upload: CandidacyUpload, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_upload (id, candidacy_id, partner_id, question, account_id, name, size, replaces_id, part,
                dated_on, request_id, created_at)
            VALUES (\(upload.id), \(upload.candidacy), \(upload.partner), \(upload.question), \(upload.account),
                \(upload.name), \(upload.size), \(upload.replaced), \(upload.part),
                \(upload.datedOn?.description ?? ""), \(upload.request), \(upload.createdAt))
            """)
    }

    static func remove(_ id: CandidacyUpload.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_upload WHERE id = \(id)")
    }

    /// Forgets those begun before an instant; answers how many.
    static func remove(begunBefore limit: Instant, _ writer: Writer) throws -> Int {
        try writer.run("DELETE FROM candidacy_upload WHERE created_at < \(limit)")
    }

    private static func read(_ row: Row) throws -> CandidacyUpload {
        CandidacyUpload(
            id: CandidacyUpload.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            partner: try row.optionalInt(10).map { CandidacyPartner.ID($0) }, question: try row.text(2),
            account: Account.ID(try row.int(3)), name: try row.text(4), size: Int(try row.int(5)),
            replaced: try row.optionalInt(6).map { CandidacyFile.ID($0) }, part: try row.text(7),
            datedOn: CivilDate(iso: try row.text(8)), request: try row.optionalInt(11),
            createdAt: Instant(microseconds: try row.int(9)))
    }
}
