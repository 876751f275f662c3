extension Form {
    /// The zonings that its conditions name, on both sides of a form with parts.
    public var zoningNames: Set<String> {
        var names: Set<String> = []
        for section in sections {
            section.shownIf?.collectZonings(&names)
            for question in section.questions { question.collectZonings(&names) }
        }
        for rule in rules {
            rule.condition.collectZonings(&names)
            rule.when?.collectZonings(&names)
        }
        return names
    }
}

extension Answers {
    /// INSEE codes of the communes that these answers name, in rows too.
    public var communeCodes: Set<String> {
        var codes: Set<String> = []
        func look(_ value: AnswerValue) {
            switch value {
            case .address(let address): if let code = address.communeCode { codes.insert(code) }
            case .rows(let rows): for row in rows { row.cells.values.forEach(look) }
            default: break
            }
        }
        values.values.forEach(look)
        return codes
    }
}

extension Question {
    fileprivate func collectZonings(_ names: inout Set<String>) {
        shownIf?.collectZonings(&names)
        requirement.condition?.collectZonings(&names)
        if case .computed(let formula, _) = kind { formula.collectZonings(&names) }
        for column in kind.columns { column.collectZonings(&names) }
    }
}

extension Condition {
    fileprivate func collectZonings(_ names: inout Set<String>) {
        switch self {
        case .constant, .contains, .answered, .empty: break
        case .all(let parts), .any(let parts): for part in parts { part.collectZonings(&names) }
        case .not(let part): part.collectZonings(&names)
        case .comparison(let left, _, let right):
            left.collectZonings(&names)
            right.collectZonings(&names)
        case .oneOf(let value, _): value.collectZonings(&names)
        case .inZoning(_, let name): names.insert(name)
        }
    }
}

extension Formula {
    fileprivate func collectZonings(_ names: inout Set<String>) {
        switch self {
        case .number, .date, .text, .flag, .reference, .maturity, .legalForm, .placeCommune, .today, .rowKey: break
        case .sum(let parts), .least(let parts), .greatest(let parts):
            for part in parts { part.collectZonings(&names) }
        case .columnSum(_, _, let condition): condition.collectZonings(&names)
        case .rowCount(_, let condition): condition?.collectZonings(&names)
        case .arithmetic(_, let left, let right):
            left.collectZonings(&names)
            right.collectZonings(&names)
        }
    }
}
