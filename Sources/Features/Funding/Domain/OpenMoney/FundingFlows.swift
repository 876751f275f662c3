import Storage

/// Who gave, who received, for what, in which year: what was really paid, passed on and given back, as one reader may see it.
///
/// Public figures are those of published lines; a private person is never named (FUND-9).
public struct FundingFlows: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case payment = "versement"
        case passing = "repartition"
        case repayment = "reversement"

        public var label: String {
            switch self {
            case .payment: "Versement"
            case .passing: "Part reversée à un membre"
            case .repayment: "Somme rendue"
            }
        }
    }

    /// One arrow of money.
    public struct Flow: Sendable, Equatable {
        public let year: Int
        public let giver: String
        public let receiver: String
        public let kind: Kind
        public let object: String
        public let scheme: String
        public let amount: Int
        public let line: FundingLine.ID
    }

    public let flows: [Flow]
    /// What does not balance, in plain words; empty when everything does (FUND-17).
    public let imbalances: [String]

    public init(flows: [Flow], imbalances: [String]) {
        self.flows = flows
        self.imbalances = imbalances
    }

    public static let somebody = "Contributeurs et contributrices"

    /// - Parameter year: of the day the money moved; nil for all.
    public static func of(_ principal: Principal, year: Int?, limit: Int = 5_000, _ reader: Reader) throws
        -> FundingFlows
    {
        let visible = VisibleFunding.to(principal)
        let span: SQL =
            year.map { year -> SQL in
                "AND funding_event.happened_on >= \("\(year)-01-01") AND funding_event.happened_on <= \("\(year)-12-31")"
            } ?? ""
        let moved = try reader.all(
            """
            SELECT CAST(SUBSTR(funding_event.happened_on, 1, 4) AS BIGINT), funder.name, funding_line.beneficiary,
                funding_event.kind, funding_line.object, funding_line.scheme,
                CAST(SUM(funding_event.amount_cents) AS BIGINT), funding_line.id, funding_line.is_person
            FROM funding_event
            JOIN funding_line ON funding_line.id = funding_event.line_id
            JOIN funder ON funder.id = funding_line.funder_id
            WHERE funding_event.kind IN ('versement', 'reversement')
                AND \(visible) \(span)
            GROUP BY SUBSTR(funding_event.happened_on, 1, 4), funder.name, funding_line.beneficiary, funding_event.kind,
                funding_line.object, funding_line.scheme, funding_line.id, funding_line.is_person
            ORDER BY 1 DESC, 2, 3, 4, 8
            LIMIT \(limit)
            """
        ) { row in
            let kind = Kind(rawValue: try row.text(3)) ?? .payment
            let person = try row.bool(8) ? somebody : try row.text(2)
            let funder = try row.text(1)
            return Flow(
                year: Int(try row.int(0)), giver: kind == .repayment ? person : funder,
                receiver: kind == .repayment ? funder : person, kind: kind, object: try row.text(4),
                scheme: try row.text(5), amount: Int(try row.int(6)), line: FundingLine.ID(try row.int(7)))
        }
        let passings = try passings(visible, year: year, limit: limit, reader)
        return FundingFlows(
            flows: (moved + passings).sorted { (-$0.year, $0.giver, $0.line) < (-$1.year, $1.giver, $1.line) },
            imbalances: try imbalances(visible, reader))
    }

    private static func passings(_ visible: SQL, year: Int?, limit: Int, _ reader: Reader) throws -> [Flow] {
        let span: SQL =
            year.map { year -> SQL in
                "AND agreement_passing.happened_on >= \("\(year)-01-01") AND agreement_passing.happened_on <= \("\(year)-12-31")"
            } ?? ""
        return try reader.all(
            """
            SELECT CAST(SUBSTR(agreement_passing.happened_on, 1, 4) AS BIGINT), funding_line.beneficiary,
                agreement_share.name, funding_line.object, funding_line.scheme,
                CAST(SUM(agreement_passing.amount_cents) AS BIGINT), funding_line.id
            FROM agreement_passing
            JOIN agreement_share ON agreement_share.id = agreement_passing.share_id
            JOIN agreement ON agreement.id = agreement_share.agreement_id
            JOIN funding_line ON funding_line.id = agreement.line_id
            WHERE funding_line.is_person = 0
                AND \(visible) \(span)
            GROUP BY SUBSTR(agreement_passing.happened_on, 1, 4), funding_line.beneficiary, agreement_share.name,
                funding_line.object, funding_line.scheme, funding_line.id
            ORDER BY 1 DESC, 2, 3, 7
            LIMIT \(limit)
            """
        ) { row in
            Flow(
                year: Int(try row.int(0)), giver: try row.text(1), receiver: try row.text(2), kind: .passing,
                object: try row.text(3), scheme: try row.text(4), amount: Int(try row.int(5)),
                line: FundingLine.ID(try row.int(6)))
        }
    }

    /// Lines whose amounts are not the sum of their events, agreements whose paid instalments are not what the line says was paid,
    /// leads who passed on more than they hold.
    private static func imbalances(_ visible: SQL, _ reader: Reader) throws -> [String] {
        try reader.all(
            """
            SELECT funding_line.object, funding_line.paid_cents, funding_line.returned_cents,
                CAST(COALESCE(events.paid, 0) AS BIGINT), CAST(COALESCE(events.returned, 0) AS BIGINT),
                CAST(COALESCE(passed.amount, 0) AS BIGINT), CAST(paid.amount AS BIGINT)
            FROM funding_line
            LEFT JOIN (
                SELECT line_id, SUM(CASE WHEN kind = 'versement' THEN amount_cents ELSE 0 END) AS paid,
                    SUM(CASE WHEN kind = 'reversement' THEN amount_cents ELSE 0 END) AS returned
                FROM funding_event
                GROUP BY line_id
            ) AS events ON events.line_id = funding_line.id
            LEFT JOIN agreement ON agreement.line_id = funding_line.id
            LEFT JOIN (
                SELECT agreement_share.agreement_id, SUM(agreement_passing.amount_cents) AS amount
                FROM agreement_passing
                JOIN agreement_share ON agreement_share.id = agreement_passing.share_id
                GROUP BY agreement_share.agreement_id
            ) AS passed ON passed.agreement_id = agreement.id
            LEFT JOIN (
                SELECT agreement_id, SUM(amount_cents) AS amount
                FROM instalment
                WHERE state = 'payee'
                GROUP BY agreement_id
            ) AS paid ON paid.agreement_id = agreement.id
            WHERE \(visible)
            ORDER BY funding_line.id
            """
        ) { row -> String? in
            let object = try row.text(0)
            let (paid, returned) = (Int(try row.int(1)), Int(try row.int(2)))
            let (allPaid, allReturned) = (Int(try row.int(3)), Int(try row.int(4)))
            if allPaid != paid || allReturned != returned {
                return "«\u{A0}\(object)\u{A0}»\u{202F}: les montants ne sont pas la somme de leur histoire."
            }
            if let instalments = try row.optionalInt(6), Int(instalments) != paid {
                return
                    "«\u{A0}\(object)\u{A0}»\u{202F}: les échéances payées font \(FundingText.euros(Int(instalments))), la ligne "
                    + "\(FundingText.euros(paid))."
            }
            let excess = Int(try row.int(5)) - (paid - returned)
            if excess > 0 {
                return
                    "«\u{A0}\(object)\u{A0}»\u{202F}: le chef de file a reversé \(FundingText.euros(excess)) de plus que ce qu’il garde."
            }
            return nil
        }.compactMap { $0 }
    }
}
