/// Hours of the day.
extension OpeningHoursParser {
    /// Whether an hour starts at the token so far ahead: `9:00`, `9h`, `(sunset`, noon, or the `10` of `10-13h`.
    func isHour(_ ahead: Int = 0) -> Bool {
        switch kind(ahead) {
        case .sun, .noon, .midnight: return true
        case .openParenthesis:
            if case .sun = kind(ahead + 1) { return true }
            return false
        case .number(_, let digits) where digits <= 2:
            if kind(ahead + 1) == .hourMark { return true }
            if kind(ahead + 1) == .colon {
                // In `Jan 3: 22:00` the 3 is a day: what follows its colon is an hour itself.
                guard case .number(_, digits: 2) = kind(ahead + 2) else { return false }
                return kind(ahead + 3) != .hourMark && !(kind(ahead + 3) == .colon && isNumber(ahead + 4))
            }
            return kind(ahead + 1) == .dash && isNumber(ahead + 2) && kind(ahead + 3) == .hourMark
        default: return false
        }
    }

    mutating func times(into rule: inout OpeningRule) throws(OpeningHoursError) {
        guard isHour() else { return }
        var last = -1
        while true {
            let start = offset
            let span = try span()
            rule.spans.append(span)
            if case .clock(let from) = span.from {
                if from < last { warn(.overlapping, at: start) }
                if case .clock(let to)? = span.to { last = max(last, to > from ? to : from) }
            }
            if kind() == .comma, isHour(1) {
                index += 1
            } else if isHour() {
                warn(.missingSeparator, at: offset)
            } else {
                return
            }
        }
    }

    private mutating func span() throws(OpeningHoursError) -> OpeningRule.Span {
        let start = offset
        let from = try hour(isEnd: false)
        var span = OpeningRule.Span(from: from, to: nil)
        if take(.plus) {
            span.isOpenEnded = true
            return span
        }
        guard take(.dash) else {
            warn(.noEnd, at: start)
            return span
        }
        guard isHour() || isNumber() else {
            warn(.noEnd, at: start)
            return span
        }
        span.to = try hour(isEnd: true)
        span.isOpenEnded = take(.plus)
        while kind() == .dash, isHour(1) {
            warn(.chainedTimes, at: offset)
            index += 1
            _ = try hour(isEnd: true)
        }
        if take(.slash) {
            // The step of repeated points in time: the span that holds them is what a visitor needs.
            if isHour() { _ = try hour(isEnd: true) } else { _ = try takeNumber(1...1440, or: .impossibleHour) }
        }
        judge(span, at: start)
        if case .clock(let first) = span.from, case .clock(let end)? = span.to, end <= first {
            span.to = .clock(end + 1440)
        }
        return span
    }

    /// Tells nights from mistakes: an end at most at 4, or at most at 10 after at most 14 hours, is a night.
    private mutating func judge(_ span: OpeningRule.Span, at start: Int) {
        guard case .clock(let from) = span.from, case .clock(let to)? = span.to, to <= from else { return }
        if to == from {
            warn(.zeroLength, at: start)
        } else if to > 240, to > 600 || to + 1440 - from > 840 {
            warn(.backwards, at: start)
        }
    }

    private mutating func hour(isEnd: Bool) throws(OpeningHoursError) -> OpeningRule.Hour {
        switch kind() {
        case .noon:
            index += 1
            return .clock(720)
        case .midnight:
            index += 1
            return .clock(isEnd ? 1440 : 0)
        case .sun(let event):
            index += 1
            return .sun(event, offset: 0)
        case .openParenthesis:
            index += 1
            guard case .sun(let event) = kind() else { throw unexpected() }
            index += 1
            let isLater = take(.plus)
            guard isLater || take(.dash) else { throw unexpected() }
            let shift = try clock(0...24)
            guard take(.closeParenthesis) else { throw unexpected() }
            return .sun(event, offset: isLater ? shift : -shift)
        default:
            let start = offset
            let minutes = try clock(0...48)
            // Only an end may be past midnight.
            guard isEnd || minutes < 1440 else { throw OpeningHoursError(offset: start, fault: .impossibleHour) }
            return .clock(minutes)
        }
    }

    /// `9:00`, `9h`, `9 h 30`, or a bare `9` where an hour is due.
    private mutating func clock(_ hours: ClosedRange<Int>) throws(OpeningHoursError) -> Int {
        let start = offset
        let hour = try takeNumber(hours, or: .impossibleHour)
        var minute = 0
        if kind() == .colon, isNumber(1) {
            index += 1
            minute = try takeNumber(0...59, or: .impossibleHour)
        } else if take(.hourMark), case .number(_, digits: 2) = kind() {
            minute = try takeNumber(0...59, or: .impossibleHour)
        }
        let total = hour * 60 + minute
        guard total <= hours.upperBound * 60 else { throw OpeningHoursError(offset: start, fault: .impossibleHour) }
        return total
    }
}
