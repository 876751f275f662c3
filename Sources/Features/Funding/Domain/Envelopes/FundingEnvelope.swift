import Storage

/// The credit of a funder for a year, for one call or one purpose: what was asked of it, what it owes, what it paid, what is left.
public struct FundingEnvelope: Sendable, Equatable {
    public typealias ID = Identifier<FundingEnvelope>

    public let id: ID
    public let funder: Funder.ID
    public let call: Call.ID?
    public let label: String
    public let year: Int
    public var amount: Int
    public var version: Int
    /// What its lines ask, owe and paid, by SQL, in cents.
    public var asked = 0
    public var committed = 0
    public var paid = 0

    public var left: Int { amount - committed }

    /// More than four fifths are owed.
    public var isNearlySpent: Bool { committed > amount / 5 * 4 }
}

/// The SQL of `funding_envelope`, with the sums of its lines.
public enum FundingEnvelopeStore {
    /// The envelopes of the principal's funders and calls; those of the whole network for the coordination.
    public static func kept(by principal: Principal, _ reader: Reader) throws -> [FundingEnvelope] {
        try list(condition(principal), reader)
    }

    /// An envelope the principal keeps.
    public static func envelope(_ principal: Principal, _ id: FundingEnvelope.ID, _ reader: Reader) throws
        -> FundingEnvelope?
    {
        try list("funding_envelope.id = \(id) AND \(condition(principal))", reader).first
    }

    static func any(_ id: FundingEnvelope.ID, _ reader: Reader) throws -> FundingEnvelope? {
        try list("funding_envelope.id = \(id)", reader).first
    }

    static func isTaken(_ funder: Funder.ID, _ year: Int, _ label: String, _ reader: Reader) throws -> Bool {
        try reader.exists(
            "SELECT 1 FROM funding_envelope WHERE funder_id = \(funder) AND year = \(year) AND label = \(label)")
    }

    /// Writes the row without changing what it says, so that two transactions on one envelope follow each other.
    static func touch(_ id: FundingEnvelope.ID, _ writer: Writer) throws -> Bool {
        try writer.run("UPDATE funding_envelope SET version = version + 1 WHERE id = \(id)") == 1
    }

    static func insert(_ envelope: FundingEnvelope, by account: Account.ID?, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO funding_envelope (id, funder_id, call_id, label, year, amount_cents, version, created_at, created_by)
            VALUES (\(envelope.id), \(envelope.funder), \(envelope.call), \(envelope.label), \(envelope.year),
                \(envelope.amount), 1, \(now), \(account))
            """)
    }

    static func setAmount(_ id: FundingEnvelope.ID, _ amount: Int, _ writer: Writer) throws {
        try writer.run(
            "UPDATE funding_envelope SET amount_cents = \(amount), version = version + 1 WHERE id = \(id)")
    }

    private static func condition(_ principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard let account = principal.dutyHolder else { return "1 = 0" }
        return VisibleFunding.keeps(
            principal, account, call: "funding_envelope.call_id", funder: "funding_envelope.funder_id")
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [FundingEnvelope] {
        try reader.all(
            """
            SELECT funding_envelope.id, funding_envelope.funder_id, funding_envelope.call_id, funding_envelope.label,
                funding_envelope.year, funding_envelope.amount_cents, funding_envelope.version,
                CAST(COALESCE(sums.asked, 0) AS BIGINT), CAST(COALESCE(sums.committed, 0) AS BIGINT),
                CAST(COALESCE(sums.paid, 0) AS BIGINT)
            FROM funding_envelope
            LEFT JOIN (
                SELECT envelope_id, SUM(asked_cents) AS asked, SUM(committed_cents) AS committed, SUM(paid_cents) AS paid
                FROM funding_line
                WHERE envelope_id IS NOT NULL
                GROUP BY envelope_id
            ) AS sums ON sums.envelope_id = funding_envelope.id
            WHERE \(condition)
            ORDER BY funding_envelope.year DESC, funding_envelope.label, funding_envelope.id
            """
        ) { row in
            var envelope = FundingEnvelope(
                id: FundingEnvelope.ID(try row.int(0)), funder: Funder.ID(try row.int(1)),
                call: try row.optionalInt(2).map { Call.ID($0) }, label: try row.text(3), year: Int(try row.int(4)),
                amount: Int(try row.int(5)), version: Int(try row.int(6)))
            envelope.asked = Int(try row.int(7))
            envelope.committed = Int(try row.int(8))
            envelope.paid = Int(try row.int(9))
            return envelope
        }
    }
}
