import Storage

/// Writes to those whose report is due within thirty days or late, at most once in three weeks each.
public struct RemindReports: Act {
    public static let right = "Le programme, chaque nuit."

    public let head: LetterHead

    public init(head: LetterHead) {
        self.head = head
    }

    /// Whether anybody is to be written to now.
    public static func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        try !waiting(at: now, limit: 1, reader).isEmpty
    }

    private static func waiting(at now: Instant, limit: Int, _ reader: Reader) throws -> [FundingReportStore.Waiting] {
        try FundingReportStore.toRemind(
            before: FundingText.today(now).adding(days: 30), remindedBefore: now - .days(21), limit: limit, reader)
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Denied() }
    }

    /// Answers how many letters left.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let today = FundingText.today(proceeding.now)
        var count = 0
        for one in try Self.waiting(at: proceeding.now, limit: 500, proceeding.writer) {
            guard let line = try FundingStore.any(one.line, proceeding.writer) else { continue }
            for address in try FundingLetters.beneficiaries(of: line, proceeding.writer) {
                proceeding.send(head.reportReminder(address, one.report, line, isLate: one.report.isLate(today: today)))
                count += 1
            }
            try FundingReportStore.markReminded(one.report.id, at: proceeding.now, proceeding.writer)
        }
        proceeding.note("letters", String(count))
        return count
    }
}
