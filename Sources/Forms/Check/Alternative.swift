/// What one alternative asks of each name.
struct Alternative {
    private struct Facts {
        var allowed: Set<String>?
        var excluded: Set<String> = []
        var least: Int64 = .min
        var most: Int64 = .max
        var different: Set<Int64> = []
        var filled = false
        var empty = false
        var chosen: Set<String> = []
        var refused: Set<String> = []
    }

    private var facts: [String: Facts] = [:]
    /// Why it cannot be; nil while it can.
    var contradiction: String?

    private mutating func settle(_ name: String, _ reason: String, _ change: (inout Facts) -> Void) {
        var known = facts[name] ?? Facts()
        change(&known)
        facts[name] = known
        let values = known.allowed?.subtracting(known.excluded)
        let isPinned = known.least == known.most && known.different.contains(known.least)
        if known.least > known.most || isPinned || values?.isEmpty == true || (known.filled && known.empty)
            || !known.chosen.isDisjoint(with: known.refused)
        {
            contradiction = contradiction ?? reason
        }
    }

    mutating func restrict(_ name: String, to values: Set<String>, _ reason: String) {
        settle(name, reason) { $0.allowed = $0.allowed?.intersection(values) ?? values }
    }

    mutating func exclude(_ name: String, _ values: Set<String>) {
        settle(name, "« \(name) » ne peut prendre aucune des valeurs demandées") { $0.excluded.formUnion(values) }
    }

    mutating func bound(_ name: String, _ comparison: Condition.Comparison, _ value: Int64) {
        settle(name, "« \(name) » ne peut pas être dans ces limites") { facts in
            switch comparison {
            case .equal:
                facts.least = max(facts.least, value)
                facts.most = min(facts.most, value)
            case .different: facts.different.insert(value)
            case .atMost: facts.most = min(facts.most, value)
            case .less: facts.most = min(facts.most, value - 1)
            case .atLeast: facts.least = max(facts.least, value)
            case .more: facts.least = max(facts.least, value + 1)
            }
        }
    }

    mutating func fill(_ name: String) {
        settle(name, "« \(name) » devrait être à la fois vide et répondue") { $0.filled = true }
    }

    mutating func leaveEmpty(_ name: String) {
        settle(name, "« \(name) » devrait être à la fois vide et répondue") { $0.empty = true }
    }

    mutating func choice(_ name: String, _ text: String, _ isChosen: Bool) {
        settle(name, "« \(name) » devrait contenir « \(text) » et ne pas le contenir") { facts in
            if isChosen { facts.chosen.insert(text) } else { facts.refused.insert(text) }
        }
    }
}

extension Condition.Comparison {
    /// What holds when this does not.
    var opposite: Condition.Comparison {
        switch self {
        case .equal: .different
        case .different: .equal
        case .less: .atLeast
        case .atMost: .more
        case .more: .atMost
        case .atLeast: .less
        }
    }

    /// The same with its sides exchanged.
    var mirrored: Condition.Comparison {
        switch self {
        case .equal, .different: self
        case .less: .more
        case .atMost: .atLeast
        case .more: .less
        case .atLeast: .atMost
        }
    }
}

extension Formula {
    var asReference: Reference? { if case .reference(let reference) = self { reference } else { nil } }
}
