import Exchange
import Storage

/// Signs the head of the receipts that were issued until the end of yesterday, in Paris, and are under no head yet. Nights that were
/// missed are in the next head; before the first receipt there is none (RCPT-8).
public struct CloseReceiptDay: Act {
    public static let right = "Le programme lui-même, chaque nuit."

    /// How long after midnight: what was being written then is done.
    static let pause = Instant.Span.minutes(10)

    public let keys: ReceiptKeys

    public init(keys: ReceiptKeys) {
        self.keys = keys
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Answers nil when the day is closed already, or no receipt was ever issued.
    public func perform(_ proceeding: Proceeding) throws -> SignedHead? {
        let writer = proceeding.writer
        let day = Self.day(toCloseAt: proceeding.now)
        let last = try ReceiptHeadStore.latest(1, writer).first
        if let last, last.head.date >= day { return nil }
        let end = Instant(microseconds: CivilZone.paris.utc(of: CivilTime(day.adding(days: 1), minuteOfDay: 0)))
        let waiting = try ReceiptHeadStore.waiting(before: end, writer)
        guard last != nil || !waiting.isEmpty else { return nil }
        let head = try keys.sign(
            ReceiptHead(date: day, receipts: waiting.map(\.receipt), after: last, issuedAt: proceeding.now))
        let number = try ReceiptHeadStore.count(writer) + 1
        try ReceiptHeadStore.insert(head, number: number, over: waiting, writer)
        proceeding.note("day", day.description)
        proceeding.note("receipts", String(waiting.count))
        proceeding.note("head", head.fingerprint.text)
        return head
    }

    /// The last day that is over, some minutes after midnight in Paris.
    static func day(toCloseAt now: Instant) -> CivilDate {
        CivilZone.paris.local((now - pause).microseconds).date.adding(days: -1)
    }

    /// Whether performing it now may sign something: a look that writes nothing.
    public static func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        guard let last = try ReceiptHeadStore.latest(1, reader).first else {
            return try reader.count("SELECT COUNT(*) FROM receipt") > 0
        }
        return last.head.date < day(toCloseAt: now)
    }
}
