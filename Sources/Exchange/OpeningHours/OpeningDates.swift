/// Whether a rule speaks of a day.
enum OpeningMatch: Sendable {
    case no, yes
    /// Only if the day is in the school holidays, which nobody told us.
    case perhaps
}

extension OpeningRule {
    func match(_ date: CivilDate, _ surroundings: OpeningSurroundings) -> OpeningMatch {
        if !years.isEmpty, !years.contains(where: { $0.contains(date.year) }) { return .no }
        if !weeks.isEmpty, !weeks.contains(where: { $0.contains(date.isoWeek) }) { return .no }
        if !dates.isEmpty, !dates.contains(where: { $0.contains(date) }) { return .no }
        let filter = Self.match(holidayFilter, date, surroundings)
        let day = Self.match(days, date, surroundings)
        switch (filter, day) {
        case (.no, _), (_, .no): return .no
        case (.yes, .yes): return .yes
        default: return .perhaps
        }
    }

    private static func match(_ days: [Days], _ date: CivilDate, _ surroundings: OpeningSurroundings) -> OpeningMatch {
        guard !days.isEmpty else { return .yes }
        var answer = OpeningMatch.no
        for day in days {
            switch day.match(date, surroundings) {
            case .yes: return .yes
            case .perhaps: answer = .perhaps
            case .no: break
            }
        }
        return answer
    }
}

extension OpeningRule.Days {
    func match(_ date: CivilDate, _ surroundings: OpeningSurroundings) -> OpeningMatch {
        switch self {
        case .weekdays(let from, let to):
            return Self.covers(from, to, date.weekday) ? .yes : .no
        case .nth(let weekday, let ranks, let offset):
            let day = date.adding(days: -offset)
            guard day.weekday == weekday else { return .no }
            let rank = (day.day - 1) / 7 + 1
            let fromEnd = -((CivilDate.length(ofMonth: day.month, year: day.year) - day.day) / 7 + 1)
            return ranks.contains(rank) || ranks.contains(fromEnd) ? .yes : .no
        case .publicHolidays(let offset):
            return surroundings.holidays.contains(date.adding(days: -offset)) ? .yes : .no
        case .schoolHolidays:
            guard let isHoliday = surroundings.isSchoolHoliday(date) else { return .perhaps }
            return isHoliday ? .yes : .no
        }
    }

    static func covers(_ from: Int, _ to: Int, _ weekday: Int) -> Bool {
        from <= to ? weekday >= from && weekday <= to : weekday >= from || weekday <= to
    }
}

extension OpeningRule.Dates {
    func contains(_ date: CivilDate) -> Bool {
        switch self {
        case .months(let year, let from, let to):
            let isWithin =
                from <= to ? date.month >= from && date.month <= to : date.month >= from || date.month <= to
            guard isWithin, let year else { return isWithin }
            // `2024 Nov-Feb` ends in the following year.
            return date.year == (from > to && date.month <= to ? year + 1 : year)
        case .since(let anchor):
            guard let start = anchor.resolve(anchor.year ?? date.year) else { return false }
            return date >= start
        case .days(let from, let to, let step):
            // The range may have started last year.
            return [date.year, date.year - 1].contains { year in
                guard let (start, end) = Self.range(from, to, year), date >= start, date <= end else { return false }
                return (date.daysSince1970 - start.daysSince1970) % max(step, 1) == 0
            }
        }
    }

    /// First and last day of a range whose first day falls in a year, or in its own year if it names one.
    static func range(_ from: OpeningRule.Anchor, _ to: OpeningRule.Anchor, _ year: Int) -> (CivilDate, CivilDate)? {
        if from == to {
            guard let day = from.resolve(from.year ?? year) else { return nil }
            return (day, day)
        }
        let startYear = from.year ?? year
        guard let start = from.resolve(startYear, clamped: true) else { return nil }
        if let endYear = to.year {
            guard let end = to.resolve(endYear, clamped: true) else { return nil }
            return (start, end)
        }
        guard let end = to.resolve(startYear, clamped: true) else { return nil }
        if end >= start { return (start, end) }
        return to.resolve(startYear + 1, clamped: true).map { (start, $0) }
    }
}

extension OpeningRule.Anchor {
    /// The day this is in a year. 29 February of a common year is nil, or the 28th when clamped.
    func resolve(_ year: Int, clamped: Bool = false) -> CivilDate? {
        var date: CivilDate?
        switch day {
        case .easter: date = CivilDate.easter(year)
        case .date(let month, let day):
            let last = CivilDate.length(ofMonth: month, year: year)
            date = CivilDate(year: year, month: month, day: clamped ? min(day, last) : day)
        case .nth(let weekday, let rank, let month):
            let length = CivilDate.length(ofMonth: month, year: year)
            if rank > 0 {
                guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
                let day = 1 + (weekday - first.weekday + 7) % 7 + (rank - 1) * 7
                date = CivilDate(year: year, month: month, day: day)
            } else {
                guard let last = CivilDate(year: year, month: month, day: length) else { return nil }
                let day = length - (last.weekday - weekday + 7) % 7 + (rank + 1) * 7
                date = CivilDate(year: year, month: month, day: day)
            }
        }
        guard var date else { return nil }
        if towards > 0 { date = date.adding(days: (towards - date.weekday + 7) % 7) }
        if towards < 0 { date = date.adding(days: -((date.weekday + towards + 7) % 7)) }
        return date.adding(days: offset)
    }
}
