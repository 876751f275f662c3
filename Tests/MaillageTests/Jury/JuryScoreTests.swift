import Testing

@testable import Maillage

@Suite("How a jury's notes become a ranking") struct JuryScoreTests {
    private static let grid = [
        JuryCriterion("a", "Ancrage", weight: 40), JuryCriterion("b", "Viabilité", weight: 30),
        JuryCriterion("c", "Équipe", weight: 30, maximum: 20),
    ]

    private func sheet(_ juror: Int64, _ notes: [String: Int]) -> JuryScore.Sheet {
        JuryScore.Sheet(member: JuryMember.ID(juror), notes: notes)
    }

    // JURY-11
    @Test("fractions are exact, compared without rounding, and read to the nearest hundredth")
    func fractions() {
        #expect(ExactShare(1, of: 3) + ExactShare(1, of: 6) == ExactShare(1, of: 2))
        #expect(ExactShare(1, of: 3) < ExactShare(33_334, of: 100_000))
        #expect(ExactShare(1, of: 3) > ExactShare(33_333, of: 100_000))
        #expect(ExactShare(1, of: 8).scaled(by: 100) == 13, "a half goes up")
        #expect(ExactShare(2, of: 3).scaled(by: 10_000) == 6_667)
        #expect(ExactShare.zero.scaled(by: 10_000) == 0)
        #expect(ExactShare(29, of: 40).fractionText == "29/40")
        var sum = ExactShare.zero
        for part in 1...100 { sum = sum + ExactShare(1, of: part) }
        // H(100) to ten places, whose denominator has 41 digits.
        #expect(sum.scaled(by: 10_000_000_000) == 51_873_775_176)
        #expect(sum < sum + ExactShare(1, of: 1_000_000_000_000))
    }

    // JURY-10
    @Test("a criterion that does not concern the dossier leaves the sheet, and the others weigh more")
    func notConcerned() {
        // 40 × 3/4 + 30 × 2/4 + 30 × 10/20 = 60 of 100.
        #expect(JuryScore.share(of: ["a": 3, "b": 2, "c": 10], on: Self.grid) == ExactShare(60, of: 100))
        // Without c: 45 of 70.
        #expect(JuryScore.share(of: ["a": 3, "b": 2], on: Self.grid) == ExactShare(45, of: 70))
        #expect(JuryScore.share(of: [:], on: Self.grid) == nil)
        let score = JuryScore.score(of: [sheet(1, ["a": 3, "b": 2, "c": 10]), sheet(2, ["a": 4])], on: Self.grid)
        #expect(score == ExactShare(80, of: 100), "each juror weighs the same")
    }

    // JURY-15
    @Test("sheets further apart than the rule are flagged, and not at the limit itself")
    func dispersion() {
        let grid = [JuryCriterion("a", "Ancrage", weight: 100, maximum: 100)]
        let near = [sheet(1, ["a": 50]), sheet(2, ["a": 75])]
        #expect(!JuryScore.isDispersed(near, on: grid, beyond: 25))
        #expect(JuryScore.isDispersed([sheet(1, ["a": 50]), sheet(2, ["a": 76])], on: grid, beyond: 25))
        #expect(!JuryScore.isDispersed([sheet(1, ["a": 50])], on: grid, beyond: 25), "alone, nothing to compare")
    }

    // JURY-12
    @Test("equals are told apart by the criteria in the order of the grid, else said ex æquo")
    func ties() {
        let ids = (1...5).map { Candidacy.ID($0) }
        let order = JuryOrder(
            [
                .init(id: ids[0], sheets: [sheet(1, ["a": 2, "b": 2, "c": 10])]),
                // The same 50 points, more on the first criterion.
                .init(id: ids[1], sheets: [sheet(1, ["a": 4, "b": 0, "c": 6]), sheet(2, ["a": 3, "b": 1, "c": 9])]),
                .init(id: ids[2], sheets: [sheet(1, ["a": 2, "b": 2, "c": 10])]),
                .init(id: ids[3], sheets: []),
                .init(id: ids[4], sheets: [sheet(1, ["a": 4, "b": 4, "c": 20])]),
            ], on: Self.grid)
        #expect(order.places.map(\.id) == [ids[4], ids[1], ids[0], ids[2]])
        #expect(order.places.map(\.rank) == [1, 2, 3, 3])
        #expect(order.unscored == [ids[3]])
        #expect(order.places[0].tie == nil)
        let separated = order.places[1].tie
        #expect(separated?.exAequo.isEmpty == true && separated?.sameScore == [ids[0], ids[2]])
        #expect(separated?.steps.map(\.criterion) == ["a"])
        #expect(order.places[2].tie?.exAequo == [ids[2]])
        #expect(order.places[2].tie?.steps.map(\.criterion) == ["a", "b", "c"], "each was looked at")
    }

    // JURY-12
    @Test("a criterion that was not noted on all the equals says nothing of their order")
    func skipped() {
        let grid = [JuryCriterion("a", "Ancrage", weight: 50), JuryCriterion("b", "Viabilité", weight: 50)]
        let ids = (1...2).map { Candidacy.ID($0) }
        let order = JuryOrder(
            [
                .init(id: ids[0], sheets: [sheet(1, ["b": 2])]),
                .init(id: ids[1], sheets: [sheet(1, ["a": 1, "b": 3])]),
            ], on: grid)
        #expect(order.places.map(\.id) == [ids[1], ids[0]])
        #expect(order.places[0].tie?.steps.map(\.criterion) == ["b"])
    }

    // JURY-14: the two computations share no code; on 10,000 random juries they agree, ties included.
    @Test("an independent recount agrees on ten thousand random juries")
    func recount() {
        let chance = SeededChance(2_026)
        func draw(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }
        var (tied, separated, disagreements, spoiled) = (0, 0, 0, 0)
        for _ in 0..<10_000 {
            // Weights from a few cuts of 100; some are zero. Scales small enough to make ties common.
            let count = 1 + draw(4)
            var cuts = (1..<max(count, 1)).map { _ in draw(101) }.sorted()
            cuts = [0] + cuts + [100]
            let grid = (0..<count).map { place in
                JuryCriterion(
                    "c\(place)", "Critère \(place)", weight: cuts[place + 1] - cuts[place],
                    maximum: [1, 2, 3, 4, 5, 7, 20, 100][draw(8)])
            }
            let jurors = 1 + draw(4)
            let dossiers = (0..<(1 + draw(6))).map { place in
                JuryOrder.Dossier(
                    id: Candidacy.ID(Int64(place + 1)),
                    sheets: (0..<jurors).filter { _ in draw(4) > 0 }.map { juror in
                        var notes: [String: Int] = [:]
                        for criterion in grid where draw(8) > 0 {
                            // Often one of few values, so that scores meet.
                            notes[criterion.code] =
                                draw(2) == 0 ? draw(criterion.maximum + 1) : criterion.maximum * draw(2)
                        }
                        return JuryScore.Sheet(member: JuryMember.ID(Int64(juror + 1)), notes: notes)
                    })
            }
            let order = JuryOrder(dossiers, on: grid)
            if !JuryRanking.agrees(order, dossiers, grid) { disagreements += 1 }
            tied += order.places.contains { $0.tie?.exAequo.isEmpty == false } ? 1 : 0
            separated += order.places.contains { $0.tie?.exAequo.isEmpty == true } ? 1 : 0
            // The checker notices a note changed under it.
            if order.places.count > 1, var last = dossiers.last(where: { $0.id == order.places.last?.id }),
                order.places.last?.rank == order.places.count, grid[0].weight > 0
            {
                last.sheets = [JuryScore.Sheet(member: JuryMember.ID(9), notes: ["c0": grid[0].maximum])]
                let changed = dossiers.map { $0.id == last.id ? last : $0 }
                if JuryOrder(changed, on: grid).places.map(\.id) != order.places.map(\.id),
                    !JuryRanking.agrees(order, changed, grid)
                {
                    spoiled += 1
                }
            }
        }
        #expect(disagreements == 0)
        #expect(tied > 500 && separated > 50, "ties were drawn: \(tied) ex æquo, \(separated) separated")
        #expect(spoiled > 1_000, "a changed note is noticed: \(spoiled)")
        print("recount: 10,000 juries, \(tied) with ex æquo, \(separated) with equals told apart")
    }
}
