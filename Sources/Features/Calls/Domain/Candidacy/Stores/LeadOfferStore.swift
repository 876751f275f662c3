import Storage

/// The SQL of `candidacy_handover`.
public enum LeadOfferStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_handover WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    /// The offer that waits for an answer, if there is one. The one who asks takes part in the candidacy.
    public static func open(of candidacy: Candidacy.ID, _ reader: Reader) throws -> LeadOffer? {
        try reader.one(
            """
            SELECT id, candidacy_id, member_id, offered_at, offered_by, outcome
            FROM candidacy_handover
            WHERE candidacy_id = \(candidacy)
                AND answered_at IS NULL
            """
        ) { row in
            LeadOffer(
                id: LeadOffer.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
                member: CandidacyMember.ID(try row.int(2)), offeredAt: Instant(microseconds: try row.int(3)),
                offeredBy: try row.optionalInt(4).map { Account.ID($0) },
                outcome: LeadOffer.Outcome(rawValue: try row.text(5)) ?? .open)
        }
    }

    static func insert(_ offer: LeadOffer, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_handover (id, candidacy_id, member_id, offered_at, offered_by, outcome)
            VALUES (\(offer.id), \(offer.candidacy), \(offer.member), \(offer.offeredAt), \(offer.offeredBy),
                \(offer.outcome.rawValue))
            """)
    }

    /// Answers false when it was answered already.
    @discardableResult
    static func close(_ id: LeadOffer.ID, as outcome: LeadOffer.Outcome, at now: Instant, _ writer: Writer) throws
        -> Bool
    {
        try writer.run(
            """
            UPDATE candidacy_handover
            SET outcome = \(outcome.rawValue),
                answered_at = \(now)
            WHERE id = \(id)
                AND answered_at IS NULL
            """) == 1
    }
}
