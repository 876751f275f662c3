/// Rows over variables that are 0 or 1, in whole numbers: what is checked exactly, whatever the solver's arithmetic.
struct IntegerProgram {
    struct Term: Equatable {
        let place: Int
        let coefficient: Int
    }

    enum Sense { case atMost, atLeast }

    struct Row {
        let terms: [Term]
        let sense: Sense
        let bound: Int
        /// Index of the rule it says; -1 for a row of the search itself.
        let rule: Int

        /// Whether a choice respects it, exactly.
        func holds(_ chosen: [Bool]) -> Bool {
            let sum = terms.reduce(0) { chosen[$1.place] ? Integers.sum($0, $1.coefficient) : $0 }
            return sense == .atMost ? sum <= bound : sum >= bound
        }
    }

    let count: Int
    private(set) var rows: [Row] = []
    /// What is settled of each variable; nil when free.
    private(set) var fixed: [Bool?]
    /// Two rules settle the same variable differently.
    private(set) var contradicts = false

    init(count: Int) {
        self.count = count
        fixed = Array(repeating: nil, count: count)
    }

    mutating func fix(_ place: Int, to value: Bool) {
        if let former = fixed[place], former != value { contradicts = true }
        fixed[place] = value
    }

    /// Coefficients and bound are divided by what they share, so that the solver meets small numbers.
    mutating func add(_ terms: [Term], _ sense: Sense, _ bound: Int, _ rule: Int) {
        let terms = terms.filter { $0.coefficient != 0 }
        let divisor = max(terms.reduce(0) { Integers.gcd($0, $1.coefficient) }, 1)
        let reduced = terms.map { Term(place: $0.place, coefficient: $0.coefficient / divisor) }
        // Whole numbers on the left: the bound may be rounded towards the feasible side.
        let quotient = bound / divisor
        let rest = bound % divisor
        let rounded: Int =
            switch sense {
            case .atMost: rest < 0 ? quotient - 1 : quotient
            case .atLeast: rest > 0 ? quotient + 1 : quotient
            }
        rows.append(Row(terms: reduced, sense: sense, bound: rounded, rule: rule))
    }

    /// Whether a choice respects everything, exactly.
    func holds(_ chosen: [Bool]) -> Bool { firstBroken(chosen) == nil && !contradicts && respectsFixed(chosen) }

    func firstBroken(_ chosen: [Bool]) -> Row? { rows.first { !$0.holds(chosen) } }

    private func respectsFixed(_ chosen: [Bool]) -> Bool {
        zip(fixed, chosen).allSatisfy { $0 == nil || $0 == $1 }
    }
}
