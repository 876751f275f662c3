/// Years, months, dates and weeks.
extension OpeningHoursParser {
    private func isYear(_ ahead: Int = 0) -> Bool {
        if case .number(let value, digits: 4) = kind(ahead) { return value >= 1 && !isHour(ahead) }
        return false
    }

    private func isMonthOrEaster(_ ahead: Int = 0) -> Bool {
        switch kind(ahead) {
        case .month, .easter: true
        default: false
        }
    }

    /// Whether a date starts: a month, Easter, or a year with one of these.
    private func isDate(_ ahead: Int = 0) -> Bool {
        isMonthOrEaster(ahead) || (isYear(ahead) && isMonthOrEaster(ahead + 1))
    }

    mutating func years(into rule: inout OpeningRule) throws(OpeningHoursError) {
        guard isYear(), !isDate() else { return }
        while true {
            let from = try takeNumber(1...9999, or: .impossibleDate)
            var years = OpeningRule.Numbers(from: from, to: from, step: 1)
            if kind() == .dash, isYear(1) {
                index += 1
                years.to = try takeNumber(1...9999, or: .impossibleDate)
                guard years.to >= from else { throw OpeningHoursError(offset: offset, fault: .impossibleDate) }
            } else if take(.plus) {
                years.to = 9999
            }
            if take(.slash) {
                years.step = try takeNumber(1...9999, or: .impossibleDate)
                if years.to == from { years.to = 9999 }
            }
            rule.years.append(years)
            guard kind() == .comma, isYear(1) else { return }
            index += 1
            if isDate() {
                // The last year of a list comes just before the month: it belongs to the list.
                let last = try takeNumber(1...9999, or: .impossibleDate)
                rule.years.append(OpeningRule.Numbers(from: last, to: last, step: 1))
                return
            }
        }
    }

    mutating func weeks(into rule: inout OpeningRule) throws(OpeningHoursError) {
        while take(.week) {
            while true {
                let from = try takeNumber(1...53, or: .impossibleDate)
                var weeks = OpeningRule.Numbers(from: from, to: from, step: 1)
                if kind() == .dash, isNumber(1), !isHour(1) {
                    index += 1
                    weeks.to = try takeNumber(1...53, or: .impossibleDate)
                }
                if take(.slash) { weeks.step = try takeNumber(1...53, or: .impossibleDate) }
                rule.weeks.append(weeks)
                guard kind() == .comma, isNumber(1), !isHour(1) else { break }
                index += 1
            }
            if kind() == .comma, kind(1) == .week { index += 1 }
        }
    }

    mutating func dates(into rule: inout OpeningRule) throws(OpeningHoursError) {
        guard isDate() else { return }
        rule.dates.append(try dateRange())
        while kind() == .comma {
            if isDate(1) {
                index += 1
                rule.dates.append(try dateRange())
            } else if case .days(_, let last, _)? = rule.dates.last, case .date(let month, _) = last.day,
                isNumber(1), !isHour(1), !isYear(1)
            {
                // `Dec 24,26`: the month is said once.
                index += 1
                let from = try day(of: month, year: last.year)
                rule.dates.append(try rest(from: from, month: month))
            } else {
                return
            }
        }
    }

    private mutating func dateRange() throws(OpeningHoursError) -> OpeningRule.Dates {
        var year: Int?
        if isYear() { year = try takeNumber(1...9999, or: .impossibleDate) }
        guard case .month(let month) = kind() else {
            guard take(.easter) else { throw unexpected() }
            var anchor = OpeningRule.Anchor(year: year, day: .easter)
            try shift(&anchor)
            return try rest(from: anchor, month: nil)
        }
        index += 1
        if isNumber(), !isHour(), !isYear() {
            return try rest(from: try day(of: month, year: year), month: month)
        }
        if let anchor = try nthAnchor(month: month, year: year) {
            return try rest(from: anchor, month: nil)
        }
        guard kind() == .dash else { return .months(year: year, from: month, to: month) }
        if case .month(let last) = kind(1) {
            index += 2
            if isNumber(), !isHour(), !isYear() {
                let end = try day(of: last, year: nil)
                return .days(from: OpeningRule.Anchor(year: year, day: .date(month: month, day: 1)), to: end, step: 1)
            }
            return .months(year: year, from: month, to: last)
        }
        if isYear(1), case .month(let last) = kind(2) {
            index += 1
            let lastYear = try takeNumber(1...9999, or: .impossibleDate)
            index += 1
            let length = CivilDate.length(ofMonth: last, year: lastYear)
            var end = OpeningRule.Anchor(year: lastYear, day: .date(month: last, day: length))
            if isNumber(), !isHour() { end = try day(of: last, year: lastYear) }
            return .days(from: OpeningRule.Anchor(year: year, day: .date(month: month, day: 1)), to: end, step: 1)
        }
        return .months(year: year, from: month, to: month)
    }

    /// What follows the first day of a range.
    private mutating func rest(from: OpeningRule.Anchor, month: Int?) throws(OpeningHoursError) -> OpeningRule.Dates {
        var to = from
        if kind() == .plus {
            index += 1
            return .since(from)
        }
        if kind() == .dash {
            if isDate(1) {
                index += 1
                to = try anchor()
            } else if let month, isNumber(1), !isHour(1), !isYear(1) {
                index += 1
                to = try day(of: month, year: from.year)
                if case .date(_, let first) = from.day, case .date(_, let last) = to.day, last < first {
                    throw OpeningHoursError(offset: offset, fault: .impossibleDate)
                }
            }
        }
        var step = 1
        if take(.slash) { step = try takeNumber(1...366, or: .impossibleDate) }
        return .days(from: from, to: to, step: step)
    }

    private mutating func anchor() throws(OpeningHoursError) -> OpeningRule.Anchor {
        var year: Int?
        if isYear() { year = try takeNumber(1...9999, or: .impossibleDate) }
        guard case .month(let month) = kind() else {
            guard take(.easter) else { throw unexpected() }
            var anchor = OpeningRule.Anchor(year: year, day: .easter)
            try shift(&anchor)
            return anchor
        }
        index += 1
        if isNumber(), !isHour(), !isYear() { return try day(of: month, year: year) }
        if case .weekday(let weekday) = kind(), kind(1) == .openBracket {
            index += 1
            return try nth(weekday, month: month, year: year)
        }
        // The end of a range that names only a month is the end of that month.
        let length = CivilDate.length(ofMonth: month, year: year ?? 2023)
        return OpeningRule.Anchor(year: year, day: .date(month: month, day: length))
    }

    private mutating func day(of month: Int, year: Int?) throws(OpeningHoursError) -> OpeningRule.Anchor {
        let length = CivilDate.length(ofMonth: month, year: year ?? 2024)
        let day = try takeNumber(1...max(length, 1), or: .impossibleDate)
        var anchor = OpeningRule.Anchor(year: year, day: .date(month: month, day: day))
        try shift(&anchor)
        return anchor
    }

    /// `Mar Su[-1]` when it starts a range (`Mar Su[-1]-Sep 30`); otherwise the weekday is a selector of its own.
    private mutating func nthAnchor(month: Int, year: Int?) throws(OpeningHoursError) -> OpeningRule.Anchor? {
        guard case .weekday(let weekday) = kind(), kind(1) == .openBracket else { return nil }
        let saved = index
        index += 1
        if let anchor = try? nth(weekday, month: month, year: year), kind() == .dash, isDate(1) { return anchor }
        // Not a range: the caller reads these tokens again as weekdays, and reports what is wrong with them.
        index = saved
        return nil
    }

    private mutating func nth(_ weekday: Int, month: Int, year: Int?) throws(OpeningHoursError) -> OpeningRule.Anchor {
        guard take(.openBracket) else { throw unexpected() }
        let isNegative = take(.dash)
        let rank = try takeNumber(1...5, or: .impossibleDate)
        guard take(.closeBracket) else { throw unexpected() }
        let day = OpeningRule.Anchor.Day.nth(weekday: weekday, rank: isNegative ? -rank : rank, month: month)
        var anchor = OpeningRule.Anchor(year: year, day: day)
        try shift(&anchor)
        return anchor
    }

    /// `+1 day`, `-2 days`, `+Su`.
    private mutating func shift(_ anchor: inout OpeningRule.Anchor) throws(OpeningHoursError) {
        if case .weekday(let weekday) = kind(1) {
            if kind() == .plus { anchor.towards = weekday }
            if kind() == .dash { anchor.towards = -weekday }
            if anchor.towards != 0 { index += 2 }
        }
        anchor.offset = try dayOffset()
    }

    /// `+1 day` or `-2 days`; 0 when there is none.
    mutating func dayOffset() throws(OpeningHoursError) -> Int {
        guard kind() == .plus || kind() == .dash, isNumber(1), kind(2) == .dayUnit else { return 0 }
        let isLater = kind() == .plus
        index += 1
        let count = try takeNumber(0...366, or: .impossibleDate)
        index += 1
        return isLater ? count : -count
    }
}
