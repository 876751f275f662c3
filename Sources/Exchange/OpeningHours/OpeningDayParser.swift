/// Weekdays and holidays.
extension OpeningHoursParser {
    private func isDay(_ ahead: Int = 0) -> Bool {
        switch kind(ahead) {
        case .weekday, .publicHolidays, .schoolHolidays: true
        default: false
        }
    }

    mutating func days(into rule: inout OpeningRule) throws(OpeningHoursError) {
        while isDay() {
            try dayList(into: &rule)
            // `PH Mo-Fr`: no comma, so both must hold.
            guard isDay(), rule.holidayFilter.isEmpty, rule.days.allSatisfy(\.isHoliday) else { return }
            rule.holidayFilter = rule.days
            rule.days = []
        }
    }

    private mutating func dayList(into rule: inout OpeningRule) throws(OpeningHoursError) {
        while true {
            switch kind() {
            case .publicHolidays:
                index += 1
                rule.days.append(.publicHolidays(offset: try dayOffset()))
            case .schoolHolidays:
                index += 1
                rule.days.append(.schoolHolidays)
            case .weekday(let day):
                index += 1
                try weekdays(from: day, into: &rule)
            default: throw unexpected()
            }
            if kind() == .comma, isDay(1) {
                index += 1
            } else {
                return
            }
        }
    }

    private mutating func weekdays(from day: Int, into rule: inout OpeningRule) throws(OpeningHoursError) {
        if kind() == .openBracket {
            index += 1
            let ranks = try self.ranks()
            rule.days.append(.nth(weekday: day, ranks: ranks, offset: try dayOffset()))
            return
        }
        guard kind() == .dash, case .weekday(let last) = kind(1) else {
            rule.days.append(.weekdays(from: day, to: day))
            return
        }
        index += 2
        guard kind() == .dash, case .weekday = kind(1) else {
            rule.days.append(.weekdays(from: day, to: last))
            return
        }
        // `Tu-Th-Fr`: nobody means a range of ranges.
        warn(.chainedDays, at: offset)
        rule.days += [.weekdays(from: day, to: day), .weekdays(from: last, to: last)]
        while kind() == .dash, case .weekday(let next) = kind(1) {
            index += 2
            rule.days.append(.weekdays(from: next, to: next))
        }
    }

    /// `1,3]`, `-1]`, `1-3]`.
    private mutating func ranks() throws(OpeningHoursError) -> [Int] {
        var ranks: [Int] = []
        while true {
            let isNegative = take(.dash)
            let first = try takeNumber(1...5, or: .impossibleDate)
            if !isNegative, take(.dash) {
                let last = try takeNumber(1...5, or: .impossibleDate)
                guard last >= first else { throw OpeningHoursError(offset: offset, fault: .impossibleDate) }
                ranks += Array(first...last)
            } else {
                ranks.append(isNegative ? -first : first)
            }
            if take(.closeBracket) { return ranks }
            guard take(.comma), ranks.count < 20 else { throw unexpected() }
        }
    }
}

extension OpeningRule.Days {
    var isHoliday: Bool {
        switch self {
        case .publicHolidays, .schoolHolidays: true
        case .weekdays, .nth: false
        }
    }
}
