import Exchange
import Storage

/// What one member of a consortium gets of an agreement: the lead is paid the whole and passes the others' on.
public struct AgreementShare: Sendable, Equatable {
    public typealias ID = Identifier<AgreementShare>

    public let id: ID
    public let rank: Int
    public let name: String
    public let siret: String
    public let amount: Int
    public let isLead: Bool
    /// What the lead has passed on, by SQL.
    public var passed = 0

    public init(id: ID, rank: Int, name: String, siret: String, amount: Int, isLead: Bool) {
        self.id = id
        self.rank = rank
        self.name = name
        self.siret = siret
        self.amount = amount
        self.isLead = isLead
    }
}

/// Money that the lead passed on to a member, with its proof.
public struct AgreementPassing: Sendable, Equatable {
    public let share: AgreementShare.ID
    public let amount: Int
    public let on: CivilDate
    public let proof: String
}

/// The SQL of `agreement_share` and `agreement_passing`.
public enum AgreementShareStore {
    /// The shares of an agreement now. The one who asks reads the line in full.
    public static func shares(of agreement: Agreement.ID, _ reader: Reader) throws -> [AgreementShare] {
        try list("agreement_share.agreement_id = \(agreement) AND agreement_share.removed_at IS NULL", reader)
            .map(\.share)
    }

    /// The shares of several agreements, by agreement.
    static func shares(of agreements: [Agreement.ID], _ reader: Reader) throws -> [Agreement.ID: [AgreementShare]] {
        let rows = try list(
            "agreement_share.agreement_id IN \(list: agreements.map(\.number)) AND agreement_share.removed_at IS NULL",
            reader)
        return Dictionary(grouping: rows, by: \.agreement).mapValues { $0.map(\.share) }
    }

    static func share(_ id: AgreementShare.ID, _ reader: Reader) throws -> (
        agreement: Agreement.ID, share: AgreementShare
    )? {
        try list("agreement_share.id = \(id) AND agreement_share.removed_at IS NULL", reader).first
    }

    public static func passings(of agreement: Agreement.ID, _ reader: Reader) throws -> [AgreementPassing] {
        try reader.all(
            """
            SELECT agreement_passing.share_id, agreement_passing.amount_cents, agreement_passing.happened_on,
                agreement_passing.proof
            FROM agreement_passing
            JOIN agreement_share ON agreement_share.id = agreement_passing.share_id
            WHERE agreement_share.agreement_id = \(agreement)
            ORDER BY agreement_passing.happened_on, agreement_passing.id
            """
        ) { row in
            AgreementPassing(
                share: AgreementShare.ID(try row.int(0)), amount: Int(try row.int(1)),
                on: CivilDate(iso: try row.text(2)) ?? CivilDate(daysSince1970: 0), proof: try row.text(3))
        }
    }

    static func insert(_ share: AgreementShare, of agreement: Agreement.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO agreement_share (id, agreement_id, rank, name, siret, amount_cents, is_lead)
            VALUES (\(share.id), \(agreement), \(share.rank), \(share.name), \(share.siret), \(share.amount),
                \(share.isLead))
            """)
    }

    /// The shares that were there are no longer; what was passed on stays with them.
    static func removeAll(of agreement: Agreement.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE agreement_share
            SET removed_at = \(now)
            WHERE agreement_id = \(agreement)
                AND removed_at IS NULL
            """)
    }

    static func pass(
        _ passing: AgreementPassing, id: Identifier<AgreementPassing>, by account: Account.ID?, at now: Instant,
        _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO agreement_passing (id, share_id, amount_cents, happened_on, proof, at, account_id)
            VALUES (\(id), \(passing.share), \(passing.amount), \(passing.on.description), \(passing.proof), \(now),
                \(account))
            """)
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [(
        agreement: Agreement.ID, share: AgreementShare
    )] {
        try reader.all(
            """
            SELECT agreement_share.id, agreement_share.rank, agreement_share.name, agreement_share.siret,
                agreement_share.amount_cents, agreement_share.is_lead, agreement_share.agreement_id,
                CAST(COALESCE(sums.passed, 0) AS BIGINT)
            FROM agreement_share
            LEFT JOIN (
                SELECT share_id, SUM(amount_cents) AS passed
                FROM agreement_passing
                GROUP BY share_id
            ) AS sums ON sums.share_id = agreement_share.id
            WHERE \(condition)
            ORDER BY agreement_share.agreement_id, agreement_share.rank
            """
        ) { row in
            var share = AgreementShare(
                id: AgreementShare.ID(try row.int(0)), rank: Int(try row.int(1)), name: try row.text(2),
                siret: try row.text(3), amount: Int(try row.int(4)), isLead: try row.bool(5))
            share.passed = Int(try row.int(7))
            return (Agreement.ID(try row.int(6)), share)
        }
    }
}
