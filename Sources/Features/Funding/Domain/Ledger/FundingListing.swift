import Storage

/// Lists and sums of the ledger, as one reader may see it.
public enum FundingListing {
    /// What narrows a list of lines.
    public struct Filter: Sendable, Equatable {
        public var funder: Funder.ID?
        public var state: FundingState?
        public var year: Int?
        public var call: Call.ID?
        public var candidacy: Candidacy.ID?
        public var place: Place.ID?
        public var envelope: FundingEnvelope.ID?
        public var words = ""

        public init() {}

        var condition: SQL {
            var conditions: [SQL] = []
            if let funder { conditions.append("funding_line.funder_id = \(funder)") }
            if let state { conditions.append("funding_line.state = \(state.rawValue)") }
            if let year { conditions.append("funding_line.year = \(year)") }
            if let call { conditions.append("funding_line.call_id = \(call)") }
            if let candidacy { conditions.append("funding_line.candidacy_id = \(candidacy)") }
            if let place { conditions.append("funding_line.place_id = \(place)") }
            if let envelope { conditions.append("funding_line.envelope_id = \(envelope)") }
            return conditions.isEmpty ? "1 = 1" : SQL.join(conditions, " AND ")
        }
    }

    /// A line as lists show it: with the funder's name, and whether the reader reads more than its public form.
    public struct Item: Sendable, Equatable {
        public let line: FundingLine
        public let funder: String
        public let isFull: Bool

        /// Private persons are named to those who keep the line only (FUND-9).
        public var beneficiary: String { isFull || !line.facts.isPerson ? line.facts.beneficiary : "Une personne" }
    }

    /// The sum of what a reader may see in one state.
    public struct Total: Sendable, Equatable {
        public let state: FundingState
        public let count: Int
        public let asked: Int
        public let granted: Int
        public let paid: Int
        public let returned: Int
    }

    private static func condition(_ principal: Principal, _ filter: Filter) -> SQL {
        var condition: SQL = "\(VisibleFunding.to(principal)) AND \(filter.condition)"
        let words = filter.words.trimmedWords
        if !words.isEmpty {
            let pattern = "%" + words + "%"
            // A private person is found by name by those who keep the line only.
            condition += """
                 AND (LOWER(funding_line.object) LIKE \(pattern) OR LOWER(funding_line.scheme) LIKE \(pattern)
                    OR (LOWER(funding_line.beneficiary) LIKE \(pattern)
                        AND (funding_line.is_person = 0 OR \(VisibleFunding.inFull(to: principal)))))
                """
        }
        return condition
    }

    public static func items(
        _ principal: Principal, _ filter: Filter, limit: Int, offset: Int = 0, _ reader: Reader
    ) throws -> [Item] {
        try rows(
            condition(principal, filter), principal, order: "funding_line.year DESC, funding_line.id DESC",
            limit: limit,
            offset: offset, reader)
    }

    /// Those after one, by identifier: for files that go out by pieces.
    public static func batch(
        _ principal: Principal, _ filter: Filter, after id: FundingLine.ID, limit: Int, _ reader: Reader
    ) throws -> [Item] {
        try rows(
            "\(condition(principal, filter)) AND funding_line.id > \(id)", principal, order: "funding_line.id",
            limit: limit, offset: 0, reader)
    }

    public static func item(_ principal: Principal, _ id: FundingLine.ID, _ reader: Reader) throws -> Item? {
        try rows(
            "funding_line.id = \(id) AND \(VisibleFunding.to(principal))", principal, order: "funding_line.id",
            limit: 1,
            offset: 0, reader
        ).first
    }

    /// One statement whatever the number of lines (FUND-4).
    public static func totals(_ principal: Principal, _ filter: Filter, _ reader: Reader) throws -> [Total] {
        try reader.all(
            """
            SELECT funding_line.state, COUNT(*),
                CAST(COALESCE(SUM(funding_line.asked_cents), 0) AS BIGINT),
                CAST(COALESCE(SUM(funding_line.granted_cents), 0) AS BIGINT),
                CAST(COALESCE(SUM(funding_line.paid_cents), 0) AS BIGINT),
                CAST(COALESCE(SUM(funding_line.returned_cents), 0) AS BIGINT)
            FROM funding_line
            WHERE \(condition(principal, filter))
            GROUP BY funding_line.state
            ORDER BY funding_line.state
            """
        ) { row in
            Total(
                state: FundingState(rawValue: try row.text(0)) ?? .envisaged, count: Int(try row.int(1)),
                asked: Int(try row.int(2)), granted: Int(try row.int(3)), paid: Int(try row.int(4)),
                returned: Int(try row.int(5)))
        }
    }

    /// The years that the reader sees lines of, the latest first.
    public static func years(_ principal: Principal, _ reader: Reader) throws -> [Int] {
        try reader.all(
            """
            SELECT DISTINCT funding_line.year
            FROM funding_line
            WHERE \(VisibleFunding.to(principal))
            ORDER BY funding_line.year DESC
            """
        ) { Int(try $0.int(0)) }
    }

    private static func rows(
        _ condition: SQL, _ principal: Principal, order: SQL, limit: Int, offset: Int, _ reader: Reader
    ) throws -> [Item] {
        try reader.all(
            """
            SELECT \(FundingStore.columns), funder.name, CASE WHEN \(VisibleFunding.inFull(to: principal)) THEN 1 ELSE 0 END
            FROM funding_line
            JOIN funder ON funder.id = funding_line.funder_id
            WHERE \(condition)
            ORDER BY \(order)
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            Item(line: try FundingStore.read(row), funder: try row.text(33), isFull: try row.bool(34))
        }
    }
}

extension String {
    /// Lower case, without the signs that LIKE reads as others; at most 80 scalars.
    fileprivate var trimmedWords: String {
        // Both engines lower ASCII letters only.
        let lower = TextForm.oneLine(self).unicodeScalars.prefix(80).map { scalar in
            (65...90).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
        }
        return String(String.UnicodeScalarView(lower.filter { $0 != "%" && $0 != "_" && $0 != "\\" }))
    }
}
