/// The question as whole numbers: contenders in a fixed order, scores on one denominator, rules as rows.
struct SelectionModel {
    /// By score, best first, then by identifier: the order of the input does not matter.
    let contenders: [Contender]
    let rules: [SelectionRule]
    /// Scores times `unit`.
    let weights: [Int]
    let unit: Int
    let places: [String: Int]

    /// Nil when too many, twice the same, or past what a double holds exactly.
    init?(_ question: SelectionQuestion) {
        guard question.contenders.count <= SelectionQuestion.limit,
            Set(question.contenders.map(\.id)).count == question.contenders.count,
            Set(question.rules.map(\.id)).count == question.rules.count
        else { return nil }
        contenders = question.contenders.sorted { left, right in
            left.score == right.score ? left.id < right.id : left.score > right.score
        }
        rules = question.rules
        var unit = 1
        for contender in contenders {
            guard let common = Integers.lcm(unit, contender.score.denominator), common <= ExactScore.limit else {
                return nil
            }
            unit = common
        }
        var total = 0
        var money = 0
        var weights: [Int] = []
        for contender in contenders {
            guard let weight = Integers.product(contender.score.numerator, unit / contender.score.denominator) else {
                return nil
            }
            weights.append(weight)
            total = Integers.sum(total, weight)
            money = Integers.sum(money, contender.maximum)
        }
        guard total <= 1 << 50, money <= 1 << 52 else { return nil }
        // A share multiplies amounts: the sums of its row must stay exact too.
        for rule in question.rules {
            switch rule.kind {
            case .moneyShare(_, let whole, _), .moneyShareAtMost(_, let whole, _):
                guard let most = Integers.product(money, max(whole, 1)), most <= 1 << 60 else { return nil }
            default: break
            }
        }
        self.weights = weights
        self.unit = unit
        places = Dictionary(uniqueKeysWithValues: contenders.enumerated().map { ($1.id, $0) })
    }

    /// A total of weights as a score.
    func score(_ total: Int) -> ExactScore {
        ExactScore(total, over: unit) ?? .zero
    }

    func total(_ chosen: [Bool]) -> Int {
        zip(weights, chosen).reduce(0) { $1.1 ? Integers.sum($0, $1.0) : $0 }
    }

    /// The rules as rows, without some of them, with an envelope made larger or a contender forced in or out.
    func program(
        without left: Set<Int> = [], adding more: Int = 0, forcing forced: (place: Int, isIn: Bool)? = nil
    ) -> IntegerProgram {
        var program = IntegerProgram(count: contenders.count)
        var firstEnvelope = true
        for (index, rule) in rules.enumerated() {
            if case .envelope = rule.kind {
                add(rule.kind, index, more: firstEnvelope ? more : 0, unless: left, to: &program)
                firstEnvelope = false
            } else {
                add(rule.kind, index, more: 0, unless: left, to: &program)
            }
        }
        if let forced { program.fix(forced.place, to: forced.isIn) }
        return program
    }

    private func add(
        _ kind: SelectionRule.Kind, _ rule: Int, more: Int, unless left: Set<Int>, to program: inout IntegerProgram
    ) {
        if left.contains(rule) { return }
        switch kind {
        case .envelope(let amount, let pool):
            program.add(terms(pool) { contenders[$0].minimum }, .atMost, Integers.sum(amount, more), rule)
        case .atLeast(let count, let pool): program.add(terms(pool) { _ in 1 }, .atLeast, count, rule)
        case .atMost(let count, let pool): program.add(terms(pool) { _ in 1 }, .atMost, count, rule)
        case .share(let part, let whole, let pool):
            program.add(shares(part, whole, pool), .atLeast, 0, rule)
        case .shareAtMost(let part, let whole, let pool):
            program.add(shares(part, whole, pool), .atMost, 0, rule)
        case .money(let amount, let pool):
            program.add(terms(pool) { contenders[$0].minimum }, .atLeast, amount, rule)
        case .moneyShare(let part, let whole, let pool):
            program.add(moneyShares(part, whole, pool), .atLeast, 0, rule)
        case .moneyShareAtMost(let part, let whole, let pool):
            program.add(moneyShares(part, whole, pool), .atMost, 0, rule)
        case .perTerritory(let count):
            let groups = Dictionary(grouping: contenders.indices) { contenders[$0].territory }
            for (territory, places) in groups.sorted(by: { ($0.key ?? "") < ($1.key ?? "") })
            where territory != nil && places.count > count {
                program.add(places.map { .init(place: $0, coefficient: 1) }, .atMost, count, rule)
            }
        case .threshold(let score):
            for place in contenders.indices where contenders[place].score < score { program.fix(place, to: false) }
        case .include(let ids):
            for id in ids.sorted() { if let place = places[id] { program.fix(place, to: true) } }
        case .exclude(let ids):
            for id in ids.sorted() { if let place = places[id] { program.fix(place, to: false) } }
        }
    }

    private func terms(_ pool: SelectionPool, _ coefficient: (Int) -> Int) -> [IntegerProgram.Term] {
        contenders.indices.filter { pool.holds(contenders[$0]) }.map { .init(place: $0, coefficient: coefficient($0)) }
    }

    /// `whole` for each of the pool, less `part` for each chosen.
    private func shares(_ part: Int, _ whole: Int, _ pool: SelectionPool) -> [IntegerProgram.Term] {
        let share = SelectionShare(part, of: whole)
        return contenders.indices.map { .init(place: $0, coefficient: share.weight(pool.holds(contenders[$0]))) }
    }

    /// The same, each by the least it is granted.
    private func moneyShares(_ part: Int, _ whole: Int, _ pool: SelectionPool) -> [IntegerProgram.Term] {
        let share = SelectionShare(part, of: whole)
        return contenders.indices.map { place in
            let one = contenders[place]
            return .init(place: place, coefficient: share.weight(pool.holds(one)) * one.minimum)
        }
    }
}

/// A share in its lowest terms.
struct SelectionShare {
    let part: Int
    let whole: Int

    init(_ part: Int, of whole: Int) {
        let whole = min(max(whole, 1), 1_000_000)
        let part = min(max(part, 0), whole)
        let divisor = Integers.gcd(part, whole)
        self.part = part / divisor
        self.whole = whole / divisor
    }

    /// What one of the pool, or one outside, weighs in « the pool has at least its share »: the sum is not negative.
    func weight(_ isInPool: Bool) -> Int { (isInPool ? whole : 0) - part }
}
