/// What a place is at a moment.
public enum OpeningState: String, Sendable, Hashable {
    case open
    case closed
    /// The hours do not say: `"sur rendez-vous"`, an open end, school holidays.
    case unknown
}

/// One rule of opening hours: on which days, at which times, what the place is.
///
/// Every filled selector must hold; within one selector, any item is enough.
public struct OpeningRule: Sendable, Hashable {
    /// How the rule meets those before it.
    public enum Link: Sendable, Hashable {
        /// `;` on the days it names, replaces what was said (hours of closing only cut).
        case replacing
        /// `,` adds to what was said.
        case adding
        /// `||` speaks only for moments nobody spoke of.
        case fallback
    }

    /// Numbers from one to another, every so many: `2020-2030/2`, `week 2-52/2`.
    public struct Numbers: Sendable, Hashable {
        public var from: Int
        public var to: Int
        public var step: Int

        func contains(_ number: Int) -> Bool {
            guard step > 0 else { return false }
            if from <= to { return number >= from && number <= to && (number - from) % step == 0 }
            return number >= from ? (number - from) % step == 0 : number <= to && step == 1
        }
    }

    /// A day that comes every year, or once.
    public struct Anchor: Sendable, Hashable {
        public enum Day: Sendable, Hashable {
            case date(month: Int, day: Int)
            case easter
            case nth(weekday: Int, rank: Int, month: Int)
        }

        public var year: Int?
        public var day: Day
        /// Days to add, after moving to the next (positive) or previous (negative) weekday if one is given.
        public var offset: Int = 0
        /// `+Su`: 7, `-Su`: -7; 0 for none.
        public var towards: Int = 0
    }

    public enum Dates: Sendable, Hashable {
        /// Whole months, wrapping over New Year when from is after to.
        case months(year: Int?, from: Int, to: Int)
        case days(from: Anchor, to: Anchor, step: Int)
        /// From a day on.
        case since(Anchor)
    }

    public enum Days: Sendable, Hashable {
        /// Weekdays 1 (Monday) to 7, wrapping when from is after to.
        case weekdays(from: Int, to: Int)
        /// The weekday of these ranks in its month (negative from the end), then so many days later.
        case nth(weekday: Int, ranks: [Int], offset: Int)
        case publicHolidays(offset: Int)
        case schoolHolidays
    }

    public enum Hour: Sendable, Hashable {
        /// Minutes after midnight of the day, up to 2,880 for the end of a night.
        case clock(Int)
        case sun(SolarEvent, offset: Int)
    }

    public struct Span: Sendable, Hashable {
        public var from: Hour
        /// Nil when the text gives no end.
        public var to: Hour?
        /// `08:30+`, or `07:30-19:00+`: goes on after the end, until nobody knows.
        public var isOpenEnded: Bool = false
    }

    public var link: Link = .replacing
    public var years: [Numbers] = []
    public var dates: [Dates] = []
    public var weeks: [Numbers] = []
    public var days: [Days] = []
    /// `PH Mo-Fr`: the day must also be one of these.
    public var holidayFilter: [Days] = []
    /// Empty means the whole day.
    public var spans: [Span] = []
    public var state: OpeningState = .open
    public var comment: String?

    public init() {}

    /// Whether the rule speaks of every week of every year alike.
    public var isWeekly: Bool {
        guard years.isEmpty, dates.isEmpty, weeks.isEmpty, holidayFilter.isEmpty else { return false }
        return days.allSatisfy {
            if case .weekdays = $0 { true } else { false }
        }
    }

    /// Whether the rule is about public holidays and nothing else.
    public var isPublicHolidays: Bool {
        years.isEmpty && dates.isEmpty && weeks.isEmpty && holidayFilter.isEmpty
            && days == [.publicHolidays(offset: 0)]
    }
}

/// Moments of the sun that hours may be counted from.
public enum SolarEvent: String, Sendable, Hashable {
    case dawn, sunrise, sunset, dusk
}
