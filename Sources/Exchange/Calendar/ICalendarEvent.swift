/// A moment of a calendar.
public enum ICalendarMoment: Sendable, Hashable {
    /// A whole day.
    case day(CivilDate)
    /// What local clocks show, in the zone of the calendar: stays right if the law moves the clocks.
    case local(CivilTime)
    /// Microseconds since 1970-01-01 00:00 UTC.
    case utc(Int64)
}

/// How an event comes back (RFC 5545, 3.3.10).
public struct ICalendarRecurrence: Sendable, Hashable {
    public enum Frequency: String, Sendable, Hashable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// Which weekday; `rank` says which of the month (1 first, -1 last), 0 all of them.
    public struct Day: Sendable, Hashable {
        public var weekday: Int
        public var rank: Int

        /// A weekday 1 (Monday) to 7; other numbers are left out of the rule.
        public init(_ weekday: Int, rank: Int = 0) {
            self.weekday = weekday
            self.rank = rank
        }
    }

    public enum End: Sendable, Hashable {
        case never
        case count(Int)
        /// Last day on which it may start, included.
        case until(CivilDate)
    }

    public var frequency: Frequency
    public var interval: Int
    public var days: [Day]
    public var end: End

    public init(_ frequency: Frequency, interval: Int = 1, days: [Day] = [], end: End = .never) {
        self.frequency = frequency
        self.interval = interval
        self.days = days
        self.end = end
    }
}

/// An event of a published calendar. It has no attendees: nobody's name leaves with it.
public struct ICalendarEvent: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case confirmed = "CONFIRMED"
        case tentative = "TENTATIVE"
        case cancelled = "CANCELLED"
    }

    /// Unique in the world and for ever: usually `<identifier>@<host>`.
    public var uid: String
    /// When this version was written, in microseconds since 1970-01-01 00:00 UTC.
    public var stamp: Int64
    public var start: ICalendarMoment
    /// For days: the last day, included. Nil for an event without length.
    public var end: ICalendarMoment?
    public var summary: String
    public var details: String?
    public var location: String?
    /// Degrees.
    public var latitude: Double?
    public var longitude: Double?
    public var url: String?
    public var categories: [String] = []
    public var status: Status = .confirmed
    /// Grows at each change that matters to those who noted the event.
    public var sequence: Int = 0
    public var recurrence: ICalendarRecurrence?
    /// Starts that the recurrence would give and that do not happen.
    public var excluded: [ICalendarMoment] = []

    public init(uid: String, stamp: Int64, start: ICalendarMoment, end: ICalendarMoment? = nil, summary: String) {
        self.uid = uid
        self.stamp = stamp
        self.start = start
        self.end = end
        self.summary = summary
    }
}
