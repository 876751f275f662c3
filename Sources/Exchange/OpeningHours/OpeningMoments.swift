extension OpeningHours {
    /// What a place is at one moment, and the comment of the rule that says so.
    public struct Moment: Sendable, Hashable {
        public let state: OpeningState
        public let comment: String?
    }

    /// How far `nextChange` looks, in days.
    public static let horizon = 366

    /// What the place is when its local clocks show a time.
    public func state(at time: CivilTime, _ surroundings: OpeningSurroundings = .init()) -> Moment {
        let minute = time.minuteOfDay
        let found = segments(on: time.date, surroundings).first { $0.start <= minute && minute < $0.end }
        return Moment(state: found?.state ?? .closed, comment: found?.comment)
    }

    /// The first moment after a time at which the state (not only the comment) becomes another, within 366 days;
    /// nil when it stays the same.
    public func nextChange(after time: CivilTime, _ surroundings: OpeningSurroundings = .init())
        -> (at: CivilTime, state: OpeningState)?
    {
        let now = state(at: time, surroundings).state
        var cursor = time.minuteOfDay + 1
        var date = time.date
        for _ in 0...Self.horizon {
            let segments = segments(on: date, surroundings)
            while cursor < 1440 {
                let here = segments.first { $0.start <= cursor && cursor < $0.end }
                let state = here?.state ?? .closed
                if state != now { return (CivilTime(date, minuteOfDay: cursor), state) }
                cursor = here?.end ?? segments.first { $0.start > cursor }?.start ?? 1440
            }
            cursor = 0
            date = date.adding(days: 1)
        }
        return nil
    }

    /// Whether the place is open at some moment of a period (end excluded), cut at 366 days.
    public func isOpen(during period: Range<CivilTime>, _ surroundings: OpeningSurroundings = .init()) -> Bool {
        var date = period.lowerBound.date
        for _ in 0...Self.horizon {
            guard date <= period.upperBound.date else { return false }
            let from = date == period.lowerBound.date ? period.lowerBound.minuteOfDay : 0
            let to = date == period.upperBound.date ? period.upperBound.minuteOfDay : 1440
            let isOpen = segments(on: date, surroundings).contains {
                $0.state == .open && $0.start < to && $0.end > from
            }
            if isOpen { return true }
            date = date.adding(days: 1)
        }
        return false
    }

    /// Whether the place is open at some moment of the Saturday or the Sunday of the week of a day.
    public func isOpenOnWeekend(of date: CivilDate, _ surroundings: OpeningSurroundings = .init()) -> Bool {
        let saturday = date.adding(days: 6 - date.weekday)
        return isOpen(
            during: CivilTime(saturday, minuteOfDay: 0)..<CivilTime(saturday, minuteOfDay: 2880), surroundings)
    }

    /// Minutes open from Monday to Sunday of the week of a day, holidays and exceptions of that week included.
    public func openMinutes(inWeekOf date: CivilDate, _ surroundings: OpeningSurroundings = .init()) -> Int {
        let monday = date.adding(days: 1 - date.weekday)
        return (0..<7).reduce(0) { total, day in
            segments(on: monday.adding(days: day), surroundings).reduce(total) {
                $1.state == .open ? $0 + $1.end - $1.start : $0
            }
        }
    }
}
