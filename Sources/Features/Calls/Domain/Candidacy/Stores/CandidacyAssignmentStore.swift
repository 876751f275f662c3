import Storage

/// The SQL of `candidacy_assignment`.
public enum CandidacyAssignmentStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_assignment WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    /// Who is to write what on one side, among those who still may. Whoever calls it has asked whether the reader takes part.
    public static func assignments(
        of candidacy: Candidacy.ID, among writers: CandidacyWriters, _ reader: Reader
    ) throws -> [CandidacyAssignment] {
        try assignments(of: [candidacy], reader).filter(writers.holds)
    }

    /// All that was said of who is to write what, the parts included, by people who may have left since.
    static func assignments(of candidacies: [Candidacy.ID], _ reader: Reader) throws -> [CandidacyAssignment] {
        guard !candidacies.isEmpty else { return [] }
        return try reader.all(
            """
            SELECT candidacy_id, section, question, account_id, partner_id
            FROM candidacy_assignment
            WHERE candidacy_id IN \(list: candidacies.map(\.number))
            ORDER BY candidacy_id, COALESCE(partner_id, 0), section, question
            """
        ) { row in
            CandidacyAssignment(
                candidacy: Candidacy.ID(try row.int(0)),
                partner: try row.optionalInt(4).map { CandidacyPartner.ID($0) }, section: try row.text(1),
                question: try row.text(2), account: Account.ID(try row.int(3)))
        }
    }

    /// Puts one person in the place of another, or nobody.
    static func set(
        _ account: Account.ID?, for question: String, in section: String, of candidacy: Candidacy.ID,
        part: CandidacyPartner.ID?, at now: Instant, _ writer: Writer
    ) throws {
        guard let account else {
            try writer.run(
                """
                DELETE FROM candidacy_assignment
                WHERE candidacy_id = \(candidacy)
                    AND \(CandidacyPartnerStore.isSide(part))
                    AND section = \(section)
                    AND question = \(question)
                """)
            return
        }
        try writer.run(
            """
            INSERT INTO candidacy_assignment (candidacy_id, partner_id, section, question, account_id, at)
            VALUES (\(candidacy), \(part), \(section), \(question), \(account), \(now))
            ON CONFLICT (candidacy_id, COALESCE(partner_id, 0), section, question) DO UPDATE
            SET account_id = excluded.account_id,
                at = excluded.at
            """)
    }
}
