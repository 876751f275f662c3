import Testing

@testable import Maillage

/// What needs no database: the table of stages, the fold, shares, check digits.
@Suite("Stages, folds, shares and check digits") struct FundingFoldTests {
    private struct Chance {
        var state: UInt64
        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(bound, 1)))
        }
    }

    // FUND-2, FUND-3
    @Test func whateverTheStepsTheAmountsHold() throws {
        var chance = Chance(state: 20_261_122)
        for _ in 0..<300 {
            var (fold, taken, state) = (FundingFold(), [(FundingStep, Int?)](), FundingState.envisaged)
            for _ in 0..<60 {
                let step = FundingStep.allCases[chance.below(FundingStep.allCases.count)]
                let amount = step.hasAmount ? chance.below(5) * 1_000 + chance.below(3) : nil
                let before = fold
                do {
                    try fold.take(step, amount: amount)
                    taken.append((step, amount))
                    #expect(before.state.after(step) != nil)
                } catch {
                    #expect(fold == before, "a refused step changes nothing")
                }
                #expect(fold.returned <= fold.paid && fold.paid <= fold.granted && fold.committed <= fold.granted)
                #expect(fold.state != .refused || fold.committed == 0)
                if fold.state == .returned { #expect(fold.returned == fold.paid && fold.paid > 0) }
                state = fold.state
            }
            var again = FundingFold()
            for (step, amount) in taken { try again.take(step, amount: amount) }
            #expect(again == fold && again.state == state)
        }
    }

    // FUND-2
    @Test func whatIsOverIsOver() {
        #expect(FundingState.refused.steps.isEmpty && FundingState.returned.steps.isEmpty)
        #expect(FundingState.settled.steps == [.repay])
        #expect(FundingState.envisaged.after(.pay) == nil && FundingState.asked.after(.agree) == nil)
        var fold = FundingFold()
        #expect(throws: FundingFold.Refusal.step(.pay, .envisaged)) { try fold.take(.pay, amount: 1) }
        #expect(throws: FundingFold.Refusal.amount) { try fold.take(.grant, amount: 0) }
        #expect(throws: Never.self) { try fold.take(.grant, amount: 100) }
        #expect(throws: FundingFold.Refusal.over(by: 1)) { try fold.take(.pay, amount: 101) }
        #expect(throws: Never.self) { try fold.take(.pay, amount: 60) }
        #expect(throws: FundingFold.Refusal.under(by: 1)) { try fold.take(.amend, amount: 59) }
        #expect(fold.committed == 100)
        #expect(throws: Never.self) { try fold.take(.settle, amount: nil) }
        #expect(fold.committed == 60, "what was not paid is free again")
    }

    // FUND-11
    @Test func sharesLoseNoCent() {
        #expect(Apportionment.shares(of: 10_000_000, weights: [1, 1, 1]) == [3_333_333, 3_333_333, 3_333_334])
        #expect(Apportionment.shares(of: 15_000_000, weights: [1, 1, 1]) == [5_000_000, 5_000_000, 5_000_000])
        #expect(Apportionment.shares(of: 100, weights: [30, 50, 20]) == [30, 50, 20])
        #expect(Apportionment.shares(of: 1, weights: [0, 5, 5]) == [0, 0, 1])
        #expect(Apportionment.shares(of: 5, weights: [0, 0]) == nil)
        #expect(Apportionment.shares(of: 5, weights: [1, -1]) == nil)
        #expect(Apportionment.shares(of: .max, weights: [.max, .max]) == nil)
        #expect(Apportionment.shares(of: .max, weights: [1, .max - 1])?.reduce(0, +) == .max)
        var chance = Chance(state: 7)
        for _ in 0..<500 {
            let weights = (0..<(1 + chance.below(9))).map { _ in chance.below(400) }
            let amount = chance.below(2_000_000_000)
            guard let shares = Apportionment.shares(of: amount, weights: weights) else {
                #expect(weights.allSatisfy { $0 == 0 })
                continue
            }
            #expect(shares.reduce(0, +) == amount)
            let total = weights.reduce(0, +)
            for (share, weight) in zip(shares, weights) { #expect(abs(share * total - amount * weight) < total) }
        }
        #expect(Apportionment.unused(of: 100_000, usedDays: 100, allDays: 365) == 72_603)
        #expect(Apportionment.unused(of: 100, usedDays: 366, allDays: 365) == nil)
    }

    // FUND-13
    @Test func checkDigits() {
        #expect(IBAN.canonical("FR14 2004 1010 0505 0001 3M02 606") == "FR1420041010050500013M02606")
        #expect(IBAN.canonical("fr1420041010050500013m02606") != nil)
        #expect(IBAN.canonical("GB82 WEST 1234 5698 7654 32") != nil)
        for wrong in [
            "FR1520041010050500013M02606", "FR1420041010050500013M0260", "FR14", "", "GB82 WEST 1234 5698 7654 33",
            "1420FR041010050500013M02606", "FR14-2004-1010", String(repeating: "9", count: 60),
        ] {
            #expect(IBAN.canonical(wrong) == nil, "\(wrong)")
        }
    }
}
