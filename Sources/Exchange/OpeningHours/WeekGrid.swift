/// Hours as a form shows them: seven days, a few spans each. Nobody needs to know the syntax to fill it.
public struct WeekGrid: Sendable, Hashable {
    /// From an hour to another, in minutes after midnight. An end at or before the start is on the next morning.
    public struct Span: Sendable, Hashable {
        /// 0 to 1,439.
        public var start: Int
        /// 1 to 1,440, or 0 for midnight.
        public var end: Int

        public init(_ start: Int, _ end: Int) {
            self.start = start
            self.end = end
        }

        var isPossible: Bool { (0..<1440).contains(start) && (0...1440).contains(end) && start != end }
    }

    /// Seven lists, Monday first.
    public private(set) var days: [[Span]]
    /// Whether `PH off` is said.
    public var isClosedOnPublicHolidays: Bool

    /// Most spans a day may have.
    public static let spansPerDay = 3

    /// A week closed all along.
    public init(isClosedOnPublicHolidays: Bool = false) {
        days = Array(repeating: [], count: 7)
        self.isClosedOnPublicHolidays = isClosedOnPublicHolidays
    }

    /// Spans of a weekday, 1 (Monday) to 7; other numbers read as closed and write nothing.
    public subscript(weekday: Int) -> [Span] {
        get { days.indices.contains(weekday - 1) ? days[weekday - 1] : [] }
        set { if days.indices.contains(weekday - 1) { days[weekday - 1] = newValue } }
    }

    /// The syntax, days of the same hours together: `Mo-Fr 09:00-12:00,14:00-18:00; PH off`.
    ///
    /// Nil when a span is impossible (outside the day, or empty); the empty string when no day has hours.
    public var syntax: String? {
        guard days.joined().allSatisfy(\.isPossible) else { return nil }
        var parts: [String] = []
        for group in groupedDays(days) where !group.item.isEmpty {
            let runs = consecutiveRuns(group.days).map { run in
                let first = OpeningRule.weekdayCodes[run.lowerBound - 1]
                return run.count == 1 ? first : "\(first)-\(OpeningRule.weekdayCodes[run.upperBound - 1])"
            }
            let spans = group.item.sorted { $0.start < $1.start }.map { span in
                OpeningRule.Hour.clock(span.start).syntax + "-" + OpeningRule.Hour.clock(span.end).syntax
            }
            parts.append(runs.joined(separator: ",") + " " + spans.joined(separator: ","))
        }
        if isClosedOnPublicHolidays, !parts.isEmpty { parts.append("PH off") }
        return parts.joined(separator: "; ")
    }

    /// The grid that says all that the hours say; nil when they say more (dates, comments, sunset…), when they are
    /// doubtful, or when a day has more than three spans.
    public init?(_ hours: OpeningHours) {
        guard !hours.isDoubtful, let plain = hours.plainWeek else { return nil }
        self.init(isClosedOnPublicHolidays: plain.isClosedOnPublicHolidays)
        for (index, segments) in plain.days.enumerated() {
            let open = segments.filter { $0.state != .closed }
            guard open.count <= Self.spansPerDay,
                open.allSatisfy({ $0.state == .open && $0.comment == nil && $0.end - $0.start <= 1440 })
            else { return nil }
            days[index] = open.map { Span($0.start, $0.end > 1440 ? $0.end - 1440 : $0.end) }
            guard days[index].allSatisfy(\.isPossible) else { return nil }
        }
    }
}

/// A week that is the same all year, public holidays apart.
struct PlainWeek {
    /// What each day starts, Monday first.
    let days: [[OpeningSegment]]
    /// What each day is from midnight to midnight, the night before included.
    let midnightToMidnight: [[OpeningSegment]]
    let isClosedOnPublicHolidays: Bool
}

extension OpeningHours {
    /// The week when nothing but weekdays, clock hours and a last `PH off` is said; nil otherwise.
    var plainWeek: PlainWeek? {
        var weekly = rules
        let isClosedOnHolidays = weekly.last.map {
            $0.isPublicHolidays && $0.state == .closed && $0.spans.isEmpty && $0.link != .fallback
        }
        if isClosedOnHolidays == true { weekly.removeLast() }
        guard !weekly.isEmpty, weekly.allSatisfy(\.isWeekly), weekly.allSatisfy(\.usesClockOnly) else { return nil }
        let hours = OpeningHours(rules: weekly)
        // A week without any public holiday: from Monday 2001-01-08.
        let days = (11_330..<11_337).map { CivilDate(daysSince1970: $0) }
        let surroundings = OpeningSurroundings()
        return PlainWeek(
            days: days.map { hours.started(on: $0, surroundings) },
            midnightToMidnight: days.map { hours.segments(on: $0, surroundings) },
            isClosedOnPublicHolidays: isClosedOnHolidays == true)
    }
}

extension OpeningRule {
    fileprivate var usesClockOnly: Bool {
        spans.allSatisfy {
            guard case .clock = $0.from, case .clock? = $0.to else { return false }
            return !$0.isOpenEnded
        }
    }
}

/// Weekdays (1 to 7) that share an item, in the order of their first day.
func groupedDays<Item: Hashable>(_ items: [Item]) -> [(item: Item, days: [Int])] {
    var groups: [(item: Item, days: [Int])] = []
    for (index, item) in items.enumerated() {
        if let place = groups.firstIndex(where: { $0.item == item }) {
            groups[place].days.append(index + 1)
        } else {
            groups.append((item, [index + 1]))
        }
    }
    return groups
}

/// Sorted days cut into runs of neighbours: 1, 2, 3, 5 gives 1…3 and 5…5.
func consecutiveRuns(_ days: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for day in days {
        if let last = runs.last, last.upperBound == day - 1 {
            runs[runs.count - 1] = last.lowerBound...day
        } else {
            runs.append(day...day)
        }
    }
    return runs
}
