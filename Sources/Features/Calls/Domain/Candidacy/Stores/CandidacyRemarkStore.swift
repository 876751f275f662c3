import Storage

/// The SQL of `candidacy_remark`. Whoever calls it has asked whether the reader may know what is said there.
public enum CandidacyRemarkStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_remark WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    private static let columns: SQL = """
        id, candidacy_id, question, author_id, text, at, resolved_at, resolved_by, partner_id
        """

    /// The remarks of one side of a candidacy, if the principal speaks there; none for all others (CAND-20).
    ///
    /// - Parameter partner: whose part; nil for what the lead answers.
    public static func own(
        _ principal: Principal, _ candidacy: Candidacy, part partner: CandidacyPartner? = nil, _ reader: Reader
    ) throws -> [CandidacyRemark] {
        let member = try CandidacyMemberStore.own(principal, of: candidacy.id, reader)
        guard partner.map({ $0.candidacy == candidacy.id }) ?? true,
            CandidacyRights.mayRemark(principal, candidacy, member: member, in: partner)
        else { return [] }
        return try remarks(of: candidacy.id, part: partner?.id, reader)
    }

    static func remarks(
        of candidacy: Candidacy.ID, part: CandidacyPartner.ID?, _ reader: Reader
    ) throws -> [CandidacyRemark] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy_remark
            WHERE candidacy_id = \(candidacy)
                AND \(CandidacyPartnerStore.isSide(part))
            ORDER BY at, id
            LIMIT \(CandidacyRemark.most)
            """, read)
    }

    /// How many remarks are open in each part where the principal speaks; parts without any are absent (CAND-40).
    public static func open(
        _ principal: Principal, _ candidacy: Candidacy, in partners: [CandidacyPartner], _ reader: Reader
    ) throws -> [CandidacyPartner.ID: Int] {
        let member = try CandidacyMemberStore.own(principal, of: candidacy.id, reader)
        let heard = partners.filter { partner in
            partner.candidacy == candidacy.id
                && CandidacyRights.mayRemark(principal, candidacy, member: member, in: partner)
        }
        guard !heard.isEmpty else { return [:] }
        let counts = try reader.all(
            """
            SELECT partner_id, COUNT(*)
            FROM candidacy_remark
            WHERE partner_id IN \(list: heard.map(\.id.number))
                AND resolved_at IS NULL
            GROUP BY partner_id
            ORDER BY partner_id
            """
        ) { (CandidacyPartner.ID(try $0.int(0)), Int(try $0.int(1))) }
        return Dictionary(counts) { first, _ in first }
    }

    /// Candidacies with an open remark made between two instants, in a part or not.
    static func touched(after start: Instant, until end: Instant, limit: Int, _ reader: Reader) throws -> [Candidacy.ID]
    {
        try reader.all(
            """
            SELECT DISTINCT candidacy_id
            FROM candidacy_remark
            WHERE at > \(start)
                AND at <= \(end)
                AND resolved_at IS NULL
            ORDER BY candidacy_id
            LIMIT \(limit)
            """
        ) { Candidacy.ID(try $0.int(0)) }
    }

    static func count(of candidacy: Candidacy.ID, part: CandidacyPartner.ID?, _ reader: Reader) throws -> Int {
        try reader.count(
            "SELECT COUNT(*) FROM candidacy_remark WHERE candidacy_id = \(candidacy) AND \(CandidacyPartnerStore.isSide(part))"
        )
    }

    /// What somebody wrote, for that person.
    static func written(by account: Account.ID, _ reader: Reader) throws -> [CandidacyRemark] {
        try reader.all("SELECT \(columns) FROM candidacy_remark WHERE author_id = \(account) ORDER BY at, id", read)
    }

    static func insert(_ remark: CandidacyRemark, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_remark (id, candidacy_id, partner_id, question, author_id, text, at)
            VALUES (\(remark.id), \(remark.candidacy), \(remark.partner), \(remark.question), \(remark.author),
                \(remark.text), \(remark.at))
            """)
    }

    /// Answers how many were open.
    static func resolve(
        _ question: String, of candidacy: Candidacy.ID, part: CandidacyPartner.ID?, by account: Account.ID,
        at now: Instant, _ writer: Writer
    ) throws -> Int {
        try writer.run(
            """
            UPDATE candidacy_remark
            SET resolved_at = \(now),
                resolved_by = \(account)
            WHERE candidacy_id = \(candidacy)
                AND \(CandidacyPartnerStore.isSide(part))
                AND question = \(question)
                AND resolved_at IS NULL
            """)
    }

    private static func read(_ row: Row) throws -> CandidacyRemark {
        CandidacyRemark(
            id: CandidacyRemark.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            partner: try row.optionalInt(8).map { CandidacyPartner.ID($0) }, question: try row.text(2),
            author: Account.ID(try row.int(3)), text: try row.text(4),
            at: Instant(microseconds: try row.int(5)),
            resolvedAt: try row.optionalInt(6).map { Instant(microseconds: $0) },
            resolvedBy: try row.optionalInt(7).map { Account.ID($0) })
    }
}
