/// The week that comes back: what the rules without dates say of each weekday, holidays apart.
public struct OpeningWeek: Sendable, Hashable {
    /// Seven lists, Monday first: what each day starts, nights included to their end. Sorted, without overlap.
    public let days: [[OpeningSegment]]
    /// Rules that speak of other days than the ordinary ones: dates, months, holidays, first Saturdays.
    public let exceptions: [OpeningRule]

    /// Minutes open in an ordinary week.
    public var openMinutes: Int {
        days.joined().reduce(0) { $1.state == .open ? $0 + $1.end - $1.start : $0 }
    }
}

extension OpeningHours {
    /// The ordinary week; nil when no rule is weekly (`Apr-Sep Mo-Fr …` alone says nothing of an ordinary week).
    public var week: OpeningWeek? {
        var weekly: [OpeningRule] = []
        var exceptions: [OpeningRule] = []
        for rule in rules {
            guard rule.isPlainWeekly else {
                exceptions.append(rule)
                continue
            }
            // `Sa,PH 12:00-17:00` is both: Saturdays in the week, holidays among the exceptions.
            var ordinary = rule
            ordinary.days = rule.days.filter(\.isWeekdays)
            weekly.append(ordinary)
            var other = rule
            other.days = rule.days.filter { !$0.isWeekdays }
            if !other.days.isEmpty { exceptions.append(other) }
        }
        guard !weekly.isEmpty else { return nil }
        let hours = OpeningHours(rules: weekly)
        // A week without any public holiday: from Monday 2001-01-08.
        let monday = CivilDate(daysSince1970: 11_330)
        let surroundings = OpeningSurroundings()
        let days = (0..<7).map { index in
            hours.started(on: monday.adding(days: index), surroundings)
        }
        return OpeningWeek(days: days, exceptions: exceptions)
    }

    /// Hours open in an ordinary week, in minutes; nil when the hours follow the seasons or are doubtful.
    public var ordinaryMinutesPerWeek: Int? {
        isDoubtful ? nil : week?.openMinutes
    }
}

extension OpeningRule {
    /// Whether the rule speaks of ordinary weeks: no date, and weekdays among its days (`Sa,PH` does).
    var isPlainWeekly: Bool {
        guard years.isEmpty, dates.isEmpty, weeks.isEmpty, holidayFilter.isEmpty else { return false }
        guard !days.isEmpty else { return true }
        return days.contains(where: \.isWeekdays)
    }
}

extension OpeningRule.Days {
    var isWeekdays: Bool { if case .weekdays = self { true } else { false } }
}
