import Selection
import Testing

/// The set proposed is the best there is: every set of thousands of small questions was tried.
@Suite struct OptimumTests {
    @Test(arguments: 0..<8) func noSetIsBetter(_ batch: Int) throws {
        for seed in 0..<500 {
            let question = RandomQuestions.small(UInt64(batch * 10_000 + seed))
            let best = EverySet(question: question).best()
            switch SelectionSearch().choose(question) {
            case .chosen(let proposal):
                let expected = try #require(best, "\(batch)/\(seed): no set was possible")
                #expect(proposal.total == expected.total, "\(batch)/\(seed)")
                #expect(proposal.proof == .optimal, "\(batch)/\(seed)")
                let ids = Set(proposal.retained.map(\.id))
                let chosen = question.contenders.filter { ids.contains($0.id) }
                #expect(chosen.reduce(0) { $0 + $1.minimum } == expected.committed, "\(batch)/\(seed): the cheapest")
                for rule in question.rules { #expect(EverySet(question: question).holds(rule.kind, chosen)) }
                try check(proposal, question)
            case .impossible(let rules):
                #expect(best == nil, "\(batch)/\(seed): a set was possible")
                try check(rules, question)
            case .undecided, .unreadable: Issue.record("\(batch)/\(seed): not decided")
            }
        }
    }

    /// Amounts lie between the least and the most, stay in every envelope, and keep every share of the money.
    private func check(_ proposal: SelectionProposal, _ question: SelectionQuestion) throws {
        let byID = Dictionary(uniqueKeysWithValues: question.contenders.map { ($0.id, $0) })
        for grant in proposal.retained {
            let contender = try #require(byID[grant.id])
            #expect((contender.minimum...contender.maximum).contains(grant.amount))
        }
        func money(_ pool: SelectionPool) throws -> Int {
            try proposal.retained.filter { pool.holds(try #require(byID[$0.id])) }.reduce(0) { $0 + $1.amount }
        }
        for kind in question.rules.map(\.kind) {
            switch kind {
            case .envelope(let amount, let pool): #expect(try money(pool) <= amount)
            case .money(let amount, let pool): #expect(try money(pool) >= amount)
            case .moneyShare(let part, let whole, let pool):
                #expect(try money(pool) * whole >= part * money(.everyone))
            case .moneyShareAtMost(let part, let whole, let pool):
                #expect(try money(pool) * whole <= part * money(.everyone))
            default: break
            }
        }
        #expect(proposal.amount == proposal.retained.reduce(0) { $0 + $1.amount })
        #expect(Set(proposal.reserve).isDisjoint(with: proposal.retained.map(\.id)))
        #expect(proposal.reserve.count <= question.reserve)
    }

    /// The rules named conflict together, and none of them is there for nothing.
    private func check(_ rules: [String], _ question: SelectionQuestion) throws {
        let others = Set(question.rules.map(\.id)).subtracting(rules)
        #expect(EverySet(question: question).best(without: others) == nil)
        for rule in rules {
            #expect(EverySet(question: question).best(without: others.union([rule])) != nil, "\(rule) is not needed")
        }
    }

    @Test func theOrderOfTheInputChangesNothing() {
        for seed in 0..<60 {
            let question = RandomQuestions.small(UInt64(seed) &+ 900_000)
            var other = question
            other.contenders.reverse()
            let first = SelectionSearch().choose(question)
            #expect(first == SelectionSearch().choose(other), "\(seed)")
            #expect(first == SelectionSearch().choose(question), "\(seed)")
        }
    }

    @Test func searchesAtTheSameInstantDoNotMeet() async {
        let expected = (0..<12).map { SelectionSearch().choose(RandomQuestions.small(UInt64($0))) }
        await withTaskGroup(of: (Int, SelectionOutcome).self) { group in
            for index in 0..<48 {
                group.addTask { (index % 12, SelectionSearch().choose(RandomQuestions.small(UInt64(index % 12)))) }
            }
            for await (index, outcome) in group { #expect(outcome == expected[index]) }
        }
    }
}
