import Exchange
import Storage

/// The SQL of `funding_report`, its indicators and its accounts.
public enum FundingReportStore {
    /// The reports of an agreement with all they say, by the day they are due. The one who asks reads the line in full.
    public static func reports(of agreement: Agreement.ID, _ reader: Reader) throws -> [FundingReport] {
        var reports = try list("funding_report.agreement_id = \(agreement)", reader)
        let ids = reports.map(\.id.number)
        let indicators = try reader.all(
            """
            SELECT report_id, label, target, done, evidence
            FROM report_indicator
            WHERE report_id IN \(list: ids)
            ORDER BY report_id, rank
            """
        ) { row in
            (
                FundingReport.ID(try row.int(0)),
                FundingReport.Indicator(
                    try row.text(1), target: Int(try row.int(2)), done: Int(try row.int(3)), evidence: try row.text(4))
            )
        }
        let accounts = try reader.all(
            """
            SELECT report_id, code, planned_cents, realised_cents, remark
            FROM report_account
            WHERE report_id IN \(list: ids)
            ORDER BY report_id, rank
            """
        ) { row in
            (
                FundingReport.ID(try row.int(0)),
                FundingReport.Account(
                    try row.text(1), planned: Int(try row.int(2)), realised: Int(try row.int(3)),
                    remark: try row.text(4))
            )
        }
        for index in reports.indices {
            let id = reports[index].id
            reports[index].indicators = indicators.filter { $0.0 == id }.map(\.1)
            reports[index].accounts = accounts.filter { $0.0 == id }.map(\.1)
        }
        return reports
    }

    static func any(_ id: FundingReport.ID, _ reader: Reader) throws -> FundingReport? {
        try list("funding_report.id = \(id)", reader).first
    }

    /// The kinds of the reports that were accepted.
    static func accepted(of agreement: Agreement.ID, _ reader: Reader) throws -> [FundingReport.Kind] {
        try list("funding_report.agreement_id = \(agreement) AND funding_report.state = 'accepte'", reader).map(\.kind)
    }

    /// A report as the late list shows it.
    public struct Waiting: Sendable, Equatable {
        public let report: FundingReport
        public let line: FundingLine.ID
        public let object: String
        public let beneficiary: String
        public let number: String
    }

    /// Reports due before a day and not handed in, or handed in and waiting for an answer, of the lines the principal keeps.
    public static func waiting(_ principal: Principal, before day: CivilDate, limit: Int, _ reader: Reader) throws
        -> [Waiting]
    {
        try pending(
            """
            \(VisibleFunding.kept(by: principal))
                AND ((funding_report.state IN ('attendu', 'retourne') AND funding_report.due_on < \(day.description))
                    OR funding_report.state = 'remis')
            """, limit: limit, reader)
    }

    /// Reports to remind of: due within so many days or late, and not reminded since an instant.
    static func toRemind(before day: CivilDate, remindedBefore instant: Instant, limit: Int, _ reader: Reader) throws
        -> [Waiting]
    {
        try pending(
            """
            funding_report.state IN ('attendu', 'retourne')
                AND agreement.state = 'active'
                AND funding_report.due_on < \(day.description)
                AND (funding_report.reminded_at IS NULL OR funding_report.reminded_at < \(instant))
            """, limit: limit, reader)
    }

    private static func pending(_ condition: SQL, limit: Int, _ reader: Reader) throws -> [Waiting] {
        try reader.all(
            """
            SELECT \(columns), funding_line.id, funding_line.object, funding_line.beneficiary, agreement.number
            FROM funding_report
            JOIN agreement ON agreement.id = funding_report.agreement_id
            JOIN funding_line ON funding_line.id = agreement.line_id
            WHERE \(condition)
            ORDER BY funding_report.due_on, funding_report.id
            LIMIT \(limit)
            """
        ) { row in
            Waiting(
                report: try read(row), line: FundingLine.ID(try row.int(10)), object: try row.text(11),
                beneficiary: try row.text(12), number: try row.text(13))
        }
    }

    static func insert(_ report: FundingReport, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO funding_report (id, agreement_id, kind, due_on, state, narrative, reason, edition)
            VALUES (\(report.id), \(report.agreement), \(report.kind.rawValue), \(report.dueOn.description), 'attendu', '',
                '', 1)
            """)
    }

    /// The final report is due by a day: entered once, moved while it is still expected.
    static func expectFinal(of agreement: Agreement.ID, by day: CivilDate, id: FundingReport.ID, _ writer: Writer)
        throws
    {
        let moved = try writer.run(
            """
            UPDATE funding_report
            SET due_on = \(day.description)
            WHERE agreement_id = \(agreement)
                AND kind = 'final'
                AND state = 'attendu'
            """)
        if moved > 0 { return }
        let isThere = try reader(writer, "agreement_id = \(agreement) AND kind = 'final'")
        if isThere { return }
        try insert(
            FundingReport(
                id: id, agreement: agreement, kind: .final, dueOn: day, state: .expected, narrative: "", reason: "",
                edition: 1), writer)
    }

    private static func reader(_ reader: Reader, _ condition: SQL) throws -> Bool {
        try reader.exists("SELECT 1 FROM funding_report WHERE \(condition)")
    }

    /// Writes what was handed in, in place of what was.
    static func submit(_ report: FundingReport, by account: Account.ID?, at now: Instant, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE funding_report
            SET state = 'remis',
                narrative = \(report.narrative),
                reason = '',
                edition = edition + 1,
                submitted_at = \(now),
                submitted_by = \(account)
            WHERE id = \(report.id)
                AND edition = \(report.edition)
            """)
        guard changed == 1 else { throw Conflict(current: report.edition) }
        try writer.run("DELETE FROM report_indicator WHERE report_id = \(report.id)")
        try writer.run("DELETE FROM report_account WHERE report_id = \(report.id)")
        for (index, indicator) in report.indicators.enumerated() {
            try writer.run(
                """
                INSERT INTO report_indicator (report_id, rank, label, target, done, evidence)
                VALUES (\(report.id), \(index + 1), \(indicator.label), \(indicator.target), \(indicator.done),
                    \(indicator.evidence))
                """)
        }
        for (index, account) in report.accounts.enumerated() {
            try writer.run(
                """
                INSERT INTO report_account (report_id, rank, code, planned_cents, realised_cents, remark)
                VALUES (\(report.id), \(index + 1), \(account.code), \(account.planned), \(account.realised),
                    \(account.remark))
                """)
        }
    }

    static func decide(_ report: FundingReport, by account: Account.ID?, at now: Instant, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE funding_report
            SET state = \(report.state.rawValue),
                reason = \(report.reason),
                edition = edition + 1,
                decided_at = \(now),
                decided_by = \(account)
            WHERE id = \(report.id)
                AND edition = \(report.edition)
            """)
        guard changed == 1 else { throw Conflict(current: report.edition) }
    }

    static func markReminded(_ id: FundingReport.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE funding_report SET reminded_at = \(now) WHERE id = \(id)")
    }

    private static let columns: SQL = """
        funding_report.id, funding_report.agreement_id, funding_report.kind, funding_report.due_on, funding_report.state,
            funding_report.narrative, funding_report.reason, funding_report.edition, funding_report.submitted_at,
            funding_report.reminded_at
        """

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [FundingReport] {
        try reader.all(
            """
            SELECT \(columns)
            FROM funding_report
            WHERE \(condition)
            ORDER BY funding_report.due_on, funding_report.id
            """, read)
    }

    private static func read(_ row: Row) throws -> FundingReport {
        FundingReport(
            id: FundingReport.ID(try row.int(0)), agreement: Agreement.ID(try row.int(1)),
            kind: FundingReport.Kind(rawValue: try row.text(2)) ?? .final,
            dueOn: CivilDate(iso: try row.text(3)) ?? CivilDate(daysSince1970: 0),
            state: FundingReport.State(rawValue: try row.text(4)) ?? .expected, narrative: try row.text(5),
            reason: try row.text(6), edition: Int(try row.int(7)),
            submittedAt: try row.optionalInt(8).map { Instant(microseconds: $0) },
            remindedAt: try row.optionalInt(9).map { Instant(microseconds: $0) })
    }
}
