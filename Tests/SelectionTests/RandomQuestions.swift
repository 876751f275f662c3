import Selection

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func roll(_ below: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(below, 1)))
    }

    mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }
}

/// Questions small enough to try every set.
enum RandomQuestions {
    static func small(_ seed: UInt64) -> SelectionQuestion {
        var dice = Dice(seed)
        let count = 1 + dice.roll(11)
        let contenders = (0..<count).map { index in
            // Few scores and few amounts: ties are what goes wrong.
            let minimum = 1 + dice.roll(6)
            return Contender(
                id: "d\(index)", score: ExactScore(dice.roll(12), over: 1 + dice.roll(3)) ?? .zero, minimum: minimum,
                maximum: minimum + dice.roll(3), tags: tags(&dice),
                territory: dice.chance(80) ? "t\(dice.roll(4))" : nil)
        }
        let rules = (0..<dice.roll(6)).map { SelectionRule("r\($0)", kind(&dice, count)) }
        return SelectionQuestion(contenders: contenders, rules: rules, reserve: dice.roll(4))
    }

    private static func tags(_ dice: inout Dice) -> Set<String> {
        var tags: Set<String> = []
        if dice.chance(50) { tags.insert("qpv") }
        if dice.chance(30) { tags.insert("rural") }
        return tags
    }

    private static func pool(_ dice: inout Dice) -> SelectionPool {
        dice.chance(50) ? .everyone : .tagged(dice.chance(60) ? "qpv" : "rural")
    }

    private static func kind(_ dice: inout Dice, _ count: Int) -> SelectionRule.Kind {
        switch dice.roll(12) {
        case 0, 1: .envelope(dice.roll(4 * count), pool(&dice))
        case 2: .atLeast(dice.roll(4), pool(&dice))
        case 3: .atMost(dice.roll(count + 1), pool(&dice))
        case 4: .share(1 + dice.roll(3), of: 4, pool(&dice))
        case 5: .shareAtMost(1 + dice.roll(3), of: 4, pool(&dice))
        case 6: .perTerritory(1 + dice.roll(2))
        case 7: .threshold(ExactScore(dice.roll(6)) ?? .zero)
        case 8: .money(dice.roll(3 * count), pool(&dice))
        case 9: .moneyShare(1 + dice.roll(3), of: 4, pool(&dice))
        case 10: .moneyShareAtMost(1 + dice.roll(3), of: 4, pool(&dice))
        default: dice.chance(50) ? .include(["d\(dice.roll(count))"]) : .exclude(["d\(dice.roll(count))"])
        }
    }

    /// As large as a national call: 1,000 dossiers, ten rules.
    static func large(_ seed: UInt64, _ count: Int = 1_000) -> SelectionQuestion {
        var dice = Dice(seed)
        let contenders = (0..<count).map { index in
            let minimum = (75 + dice.roll(16) * 5) * 100_000
            var tags: Set<String> = [dice.chance(50) ? "creation" : "developpement"]
            if dice.chance(30) { tags.insert("qpv") }
            if dice.chance(40) { tags.insert("rural") }
            if dice.chance(10) { tags.insert("outre-mer") }
            return Contender(
                id: "dossier-\(index)", score: ExactScore(600 + dice.roll(1_400), over: 100) ?? .zero,
                minimum: minimum, maximum: minimum, tags: tags, territory: "\(dice.roll(101))")
        }
        let rules: [SelectionRule] = [
            .init("enveloppe", .envelope(3_000_000_000, .everyone)),
            .init("nombre", .atMost(300, .everyone)),
            .init("qpv", .share(1, of: 2, .tagged("qpv"))),
            .init("rural", .share(1, of: 3, .tagged("rural"))),
            .init("territoires", .perTerritory(4)),
            .init("outre-mer", .atLeast(25, .tagged("outre-mer"))),
            .init("creation", .shareAtMost(3, of: 5, .tagged("creation"))),
            .init("enveloppe-rurale", .envelope(1_200_000_000, .tagged("rural"))),
            .init("seuil", .threshold(ExactScore(10) ?? .zero)),
            .init("imposes", .include(["dossier-7"])),
        ]
        return SelectionQuestion(contenders: contenders, rules: rules, reserve: 30)
    }
}

/// Every set, one by one: the slow way that cannot be wrong.
struct EverySet {
    let question: SelectionQuestion

    /// The greatest total, then the least committed; nil when no set respects the rules.
    func best(without left: Set<String> = []) -> (total: ExactScore, committed: Int)? {
        var best: (total: ExactScore, committed: Int)?
        for mask in 0..<(1 << question.contenders.count) {
            let chosen = question.contenders.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
            guard question.rules.allSatisfy({ left.contains($0.id) || holds($0.kind, chosen) }) else { continue }
            // Scores of these questions are in halves and thirds: sixths are exact.
            let total = chosen.reduce(0) { $0 + $1.score.numerator * 6 / $1.score.denominator }
            guard let score = ExactScore(total, over: 6) else { continue }
            let committed = chosen.reduce(0) { $0 + $1.minimum }
            if let known = best, known.total > score || (known.total == score && known.committed <= committed) {
                continue
            }
            best = (score, committed)
        }
        return best
    }

    func holds(_ kind: SelectionRule.Kind, _ chosen: [Contender]) -> Bool {
        func count(_ pool: SelectionPool) -> Int { chosen.count { pool.holds($0) } }
        func money(_ pool: SelectionPool) -> Int { chosen.filter { pool.holds($0) }.reduce(0) { $0 + $1.minimum } }
        let ids = Set(chosen.map(\.id))
        switch kind {
        case .envelope(let amount, let pool):
            return money(pool) <= amount
        case .money(let amount, let pool): return money(pool) >= amount
        case .moneyShare(let part, let whole, let pool): return money(pool) * whole >= part * money(.everyone)
        case .moneyShareAtMost(let part, let whole, let pool): return money(pool) * whole <= part * money(.everyone)
        case .atLeast(let least, let pool): return count(pool) >= least
        case .atMost(let most, let pool): return count(pool) <= most
        case .share(let part, let whole, let pool): return count(pool) * whole >= part * chosen.count
        case .shareAtMost(let part, let whole, let pool): return count(pool) * whole <= part * chosen.count
        case .perTerritory(let most):
            return Dictionary(grouping: chosen.compactMap(\.territory)) { $0 }.values.allSatisfy { $0.count <= most }
        case .threshold(let score): return chosen.allSatisfy { $0.score >= score }
        case .include(let wanted): return wanted.isSubset(of: ids)
        case .exclude(let refused): return refused.isDisjoint(with: ids)
        }
    }
}
