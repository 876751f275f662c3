import Selection
import Testing

/// What is said of a proposal is true: each statement is compared with a search of every set.
@Suite struct ReasonTests {
    private func score(_ points: Int) -> ExactScore { ExactScore(points) ?? .zero }

    private func contender(_ id: String, _ points: Int, _ amount: Int, _ tags: Set<String> = []) -> Contender {
        Contender(id: id, score: score(points), minimum: amount, maximum: amount, tags: tags)
    }

    private func proposal(_ question: SelectionQuestion) throws -> SelectionProposal {
        guard case .chosen(let proposal) = SelectionSearch().choose(question) else {
            throw Undecided()
        }
        return proposal
    }

    private struct Undecided: Error {}

    @Test func aQuotaTellsWhomItReplacesByWhom() throws {
        let question = SelectionQuestion(
            contenders: [
                contender("12", 19, 10), contender("31", 18, 10), contender("18", 12, 10, ["qpv"]),
                contender("40", 11, 10, ["qpv"]),
            ],
            rules: [
                .init("enveloppe", .envelope(20, .everyone)), .init("qpv", .atLeast(2, .tagged("qpv"))),
            ], reserve: 1)
        let found = try proposal(question)
        #expect(found.retained.map(\.id) == ["18", "40"])
        #expect(found.reserve == ["12"])
        let reasons = try #require(SelectionSearch().explain(found, of: question, money: 10))
        let quota = try #require(reasons.costs.first { $0.rule == "qpv" })
        #expect(quota.without.enters == ["12", "31"])
        #expect(quota.without.leaves == ["18", "40"])
        #expect(quota.without.gain == score(14))
        #expect(reasons.moreMoney?.enters == ["12"])
        #expect(reasons.moreMoney?.leaves == [])
        let next = try #require(reasons.line.first { $0.id == "12" })
        #expect(!next.isRetained && next.stoppedBy == ["enveloppe"])
    }

    @Test func aRuleThatCostsNothingChangesNobody() throws {
        let question = SelectionQuestion(
            contenders: [contender("a", 10, 5), contender("b", 10, 5), contender("c", 10, 5)],
            rules: [.init("e", .envelope(10, .everyone)), .init("s", .threshold(score(3)))])
        let reasons = try #require(
            SelectionSearch().explain(try proposal(question), of: question, money: 4))
        #expect(reasons.costs.first { $0.rule == "s" }?.without.changesNothing == true)
        #expect(reasons.moreMoney?.changesNothing == true, "4 is not enough for a third")
    }

    @Test func theMarginIsWhatItWouldHaveTaken() throws {
        let question = SelectionQuestion(
            contenders: [contender("a", 15, 10), contender("b", 12, 10), contender("c", 11, 10)],
            rules: [.init("e", .envelope(20, .everyone))])
        let reasons = try #require(SelectionSearch().explain(try proposal(question), of: question, money: 10))
        let next = try #require(reasons.line.first { $0.id == "c" })
        #expect(next.margin == score(1))
        #expect(next.instead == ["b"])
        let last = try #require(reasons.line.first { $0.id == "b" })
        #expect(last.isRetained && last.margin == score(1) && last.instead == ["c"])
    }

    @Test(arguments: 0..<4) func whatEachRuleCostsIsExact(_ batch: Int) throws {
        for seed in 0..<60 {
            let question = RandomQuestions.small(UInt64(batch * 777 + seed) &+ 50_000)
            guard case .chosen(let found) = SelectionSearch().choose(question) else { continue }
            let reasons = try #require(SelectionSearch().explain(found, of: question, money: 3))
            for cost in reasons.costs {
                let best = try #require(EverySet(question: question).best(without: [cost.rule]))
                let unit = 6
                let expected = best.total.numerator * unit / best.total.denominator
                let total = found.total.numerator * unit / found.total.denominator
                let gain = cost.without.gain.numerator * unit / cost.without.gain.denominator
                #expect(total + gain == expected, "\(batch)/\(seed) \(cost.rule)")
                #expect(cost.without.isProven)
            }
        }
    }

    @Test func anImpossibleQuotaIsNamedWithWhatItMeets() {
        let question = SelectionQuestion(
            contenders: [contender("a", 10, 5), contender("b", 10, 5, ["qpv"])],
            rules: [
                .init("seuil", .threshold(score(3))), .init("qpv", .atLeast(2, .tagged("qpv"))),
                .init("enveloppe", .envelope(100, .everyone)),
            ])
        #expect(SelectionSearch().choose(question) == .impossible(["qpv"]))
        #expect(
            SelectionSearch().choose(
                SelectionQuestion(
                    contenders: question.contenders,
                    rules: [.init("oui", .include(["a"])), .init("non", .exclude(["a"]))]))
                == .impossible(["oui", "non"]))
    }

    @Test func anEnvelopeIsNotPassedByOneUnit() throws {
        let amount = 4_500_000_000
        let question = SelectionQuestion(
            contenders: [contender("a", 10, amount), contender("b", 9, 1)],
            rules: [.init("e", .envelope(amount, .everyone))])
        #expect(try proposal(question).retained == [.init(id: "a", amount: amount)])
        var wider = question
        wider.rules = [.init("e", .envelope(amount + 1, .everyone))]
        #expect(try proposal(wider).retained.map(\.id) == ["a", "b"])
    }

    @Test func whatIsPastExactnessIsRefused() {
        let twice = [contender("a", 1, 1), contender("a", 2, 1)]
        #expect(SelectionSearch().choose(SelectionQuestion(contenders: twice, rules: [])) == .unreadable)
        let huge = [contender("a", 1, .max), contender("b", 1, .max)]
        #expect(SelectionSearch().choose(SelectionQuestion(contenders: huge, rules: [])) == .unreadable)
        #expect(ExactScore(-1) == nil && ExactScore(1, over: 0) == nil && ExactScore(.max) == nil)
    }
}
