/// Rules back to text.
extension [OpeningRule] {
    /// Canonical syntax; reading it again gives the same rules.
    var syntax: String {
        var text = ""
        for (index, rule) in enumerated() {
            if index > 0 {
                switch rule.link {
                case .replacing: text += "; "
                case .adding: text += ", "
                case .fallback: text += " || "
                }
            }
            // After a comma, the 24 of `24/7` would be read as a day of the month before it.
            let ruleText = rule.syntax
            text += index > 0 && ruleText == "24/7" ? "open" : ruleText
        }
        return text
    }
}

extension OpeningRule {
    static let weekdayCodes = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    static let monthCodes = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    var syntax: String {
        var parts: [String] = []
        if !years.isEmpty { parts.append(years.map { $0.syntax(width: 4) }.joined(separator: ",")) }
        if !dates.isEmpty { parts.append(dates.map(\.syntax).joined(separator: ",")) }
        if !weeks.isEmpty { parts.append("week " + weeks.map { $0.syntax(width: 2) }.joined(separator: ",")) }
        if !holidayFilter.isEmpty { parts.append(holidayFilter.map(\.syntax).joined(separator: ",")) }
        if !days.isEmpty { parts.append(days.map(\.syntax).joined(separator: ",")) }
        if !spans.isEmpty { parts.append(spans.map(\.syntax).joined(separator: ",")) }
        let hasSelector = !parts.isEmpty
        switch state {
        case .closed: parts.append("off")
        case .open: if comment != nil { parts.append("open") } else if !hasSelector { parts.append("24/7") }
        case .unknown: if comment == nil { parts.append("unknown") }
        }
        if let comment { parts.append("\"\(comment.filter { $0 != "\"" })\"") }
        return parts.joined(separator: " ")
    }
}

private func code(_ list: [String], _ number: Int) -> String {
    list.indices.contains(number - 1) ? list[number - 1] : "?"
}

private func signed(_ days: Int) -> String {
    days == 0 ? "" : " \(days > 0 ? "+" : "-")\(days.magnitude) day\(days.magnitude > 1 ? "s" : "")"
}

extension OpeningRule.Numbers {
    func syntax(width: Int) -> String {
        let last = to == from ? "" : "-\(padded(to, width))"
        return padded(from, width) + last + (step == 1 ? "" : "/\(step)")
    }
}

extension OpeningRule.Anchor {
    fileprivate var syntax: String {
        var text = year.map { "\(padded($0, 4)) " } ?? ""
        switch day {
        case .easter: text += "easter"
        case .date(let month, let day): text += "\(code(OpeningRule.monthCodes, month)) \(padded(day, 2))"
        case .nth(let weekday, let rank, let month):
            text += "\(code(OpeningRule.monthCodes, month)) \(code(OpeningRule.weekdayCodes, weekday))[\(rank)]"
        }
        if towards != 0 {
            text += (towards > 0 ? " +" : " -") + code(OpeningRule.weekdayCodes, Int(towards.magnitude))
        }
        return text + signed(offset)
    }
}

extension OpeningRule.Dates {
    fileprivate var syntax: String {
        switch self {
        case .months(let year, let from, let to):
            let first = (year.map { "\(padded($0, 4)) " } ?? "") + code(OpeningRule.monthCodes, from)
            return from == to ? first : "\(first)-\(code(OpeningRule.monthCodes, to))"
        case .since(let anchor): return anchor.syntax + "+"
        case .days(let from, let to, let step):
            let last = from == to ? "" : "-\(to.syntax)"
            return from.syntax + last + (step == 1 ? "" : "/\(step)")
        }
    }
}

extension OpeningRule.Days {
    fileprivate var syntax: String {
        switch self {
        case .weekdays(let from, let to):
            let first = code(OpeningRule.weekdayCodes, from)
            return from == to ? first : "\(first)-\(code(OpeningRule.weekdayCodes, to))"
        case .nth(let weekday, let ranks, let offset):
            let list = ranks.map(String.init).joined(separator: ",")
            return "\(code(OpeningRule.weekdayCodes, weekday))[\(list)]\(signed(offset))"
        case .publicHolidays(let offset): return "PH" + signed(offset)
        case .schoolHolidays: return "SH"
        }
    }
}

extension OpeningRule.Span {
    fileprivate var syntax: String {
        guard let to else { return from.syntax + (isOpenEnded ? "+" : "") }
        var last = to.syntax
        // A night is written with the hour of the next morning.
        if case .clock(let end) = to, case .clock(let start) = from, end > 1440, end - 1440 <= start {
            last = OpeningRule.Hour.clock(end - 1440).syntax
        }
        return "\(from.syntax)-\(last)" + (isOpenEnded ? "+" : "")
    }
}

extension OpeningRule.Hour {
    var syntax: String {
        switch self {
        case .clock(let minutes): return "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
        case .sun(let event, let offset):
            guard offset != 0 else { return event.rawValue }
            let size = Int(offset.magnitude)
            return "(\(event.rawValue)\(offset > 0 ? "+" : "-")\(padded(size / 60, 2)):\(padded(size % 60, 2)))"
        }
    }
}
