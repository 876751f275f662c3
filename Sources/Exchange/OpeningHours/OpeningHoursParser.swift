/// Reads rules from tokens, from left to right, with a few tokens of look-ahead and never backwards.
struct OpeningHoursParser {
    var tokens: [OpeningToken]
    var index = 0
    var warnings: [OpeningWarning] = []

    init(_ tokens: [OpeningToken]) {
        self.tokens = tokens
    }

    // MARK: Tokens

    func kind(_ ahead: Int = 0) -> OpeningToken.Kind {
        index + ahead < tokens.count ? tokens[index + ahead].kind : .end
    }

    var offset: Int { index < tokens.count ? tokens[index].offset : tokens.last?.offset ?? 0 }

    mutating func take(_ wanted: OpeningToken.Kind) -> Bool {
        guard kind() == wanted else { return false }
        index += 1
        return true
    }

    mutating func warn(_ kind: OpeningWarning.Kind, at offset: Int) {
        // The list is for a person: past a few dozen, one more tells nothing.
        if warnings.count < 50 { warnings.append(OpeningWarning(kind: kind, offset: offset)) }
    }

    func unexpected() -> OpeningHoursError {
        let text = index < tokens.count ? tokens[index].text : "la fin"
        if kind() == .end { return OpeningHoursError(offset: offset, fault: .expected("quelque chose")) }
        return OpeningHoursError(offset: offset, fault: .unexpected(String(text.prefix(40))))
    }

    func isNumber(_ ahead: Int = 0) -> Bool {
        if case .number = kind(ahead) { true } else { false }
    }

    mutating func takeNumber(_ allowed: ClosedRange<Int>, or fault: OpeningHoursError.Fault)
        throws(OpeningHoursError) -> Int
    {
        guard case .number(let value, _) = kind() else { throw unexpected() }
        guard allowed.contains(value) else { throw OpeningHoursError(offset: offset, fault: fault) }
        index += 1
        return value
    }

    // MARK: Rules

    mutating func rules() throws(OpeningHoursError) -> [OpeningRule] {
        var rules: [OpeningRule] = []
        var link = OpeningRule.Link.replacing
        while true {
            while take(.semicolon) { link = .replacing }
            if kind() == .end { break }
            let start = offset
            var rule = try self.rule()
            rule.link = rules.isEmpty ? .replacing : link
            if let last = rules.last, link == .replacing, rule.isBareTimes, !last.days.isEmpty, !last.spans.isEmpty {
                warn(.bareTimes, at: start)
            }
            rules.append(rule)
            switch kind() {
            case .end: break
            case .semicolon:
                index += 1
                link = .replacing
            case .comma:
                index += 1
                link = .adding
            case .pipes:
                index += 1
                link = .fallback
            case .weekday, .publicHolidays, .schoolHolidays, .month:
                // After hours a day can only start something new; after days it could mean anything.
                guard !rule.spans.isEmpty || rule.state == .closed else { throw unexpected() }
                warn(.missingSeparator, at: offset)
                link = .adding
            default: throw unexpected()
            }
        }
        guard !rules.isEmpty else { throw OpeningHoursError(offset: 0, fault: .empty) }
        return rules
    }

    private mutating func rule() throws(OpeningHoursError) -> OpeningRule {
        var rule = OpeningRule()
        let start = index
        var isAlways = false
        if case .number(24, _) = kind(), kind(1) == .slash, case .number(7, _) = kind(2) {
            index += 3
            isAlways = true
        } else {
            try selectors(into: &rule)
        }
        if case .state(let state) = kind() {
            index += 1
            rule.state = state
            takeComment(into: &rule)
        } else {
            // A comment alone says that the hours depend on something nobody computes.
            if takeComment(into: &rule) { rule.state = .unknown }
            if case .state(let state) = kind() {
                index += 1
                rule.state = state
            }
        }
        if index == start, !isAlways { throw unexpected() }
        return rule
    }

    @discardableResult
    private mutating func takeComment(into rule: inout OpeningRule) -> Bool {
        var found = false
        while case .comment(let text) = kind() {
            index += 1
            found = true
            guard !text.isEmpty else { continue }
            rule.comment = rule.comment.map { "\($0), \(text)" } ?? text
        }
        return found
    }

    private mutating func selectors(into rule: inout OpeningRule) throws(OpeningHoursError) {
        if case .comment(let text) = kind(), kind(1) == .colon {
            index += 2
            rule.comment = text
        }
        try years(into: &rule)
        try dates(into: &rule)
        try weeks(into: &rule)
        // Some write the month after the week.
        if rule.dates.isEmpty { try dates(into: &rule) }
        _ = take(.colon)
        try days(into: &rule)
        if !rule.days.isEmpty { _ = take(.colon) }
        try times(into: &rule)
    }
}

extension OpeningRule {
    /// Hours without any day, such as `14:00-17:00`.
    fileprivate var isBareTimes: Bool {
        years.isEmpty && dates.isEmpty && weeks.isEmpty && days.isEmpty && holidayFilter.isEmpty
            && !spans.isEmpty && state == .open
    }
}
