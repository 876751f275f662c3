import Testing

@testable import Maillage

@Suite("How readings are shared out") struct JuryBalanceTests {
    // JURY-13
    @Test("each dossier has its readers, none under a tie, evenly, and the same each time")
    func shares() {
        let barred: [Set<Int>] = [[0], [], [1, 2], [], [], []]
        let given: [[Int]] = Array(repeating: [], count: 6)
        let balance = JuryBalance(jurors: 5, readings: 2, given: given, barred: barred)
        #expect(balance.lacking.isEmpty)
        #expect(balance.readers.allSatisfy { $0.count == 2 && Set($0).count == 2 })
        #expect(zip(balance.readers, barred).allSatisfy { Set($0).isDisjoint(with: $1) })
        let loads = (0..<5).map { juror in balance.readers.joined().count { $0 == juror } }
        #expect((loads.max() ?? 0) == 3, "12 readings for 5")
        #expect(JuryBalance(jurors: 5, readings: 2, given: given, barred: barred) == balance)
    }

    // JURY-13
    @Test("what cannot be read is said, dossier by dossier, and the rest is shared all the same")
    func lacking() {
        let balance = JuryBalance(jurors: 3, readings: 2, given: [[], [], []], barred: [[0, 1], [], [0, 1, 2]])
        #expect(balance.lacking.map(\.dossier) == [0, 2])
        #expect(balance.lacking.map(\.missing) == [1, 2])
        #expect(balance.readers.map(\.count) == [1, 2, 0])
        let nobody = JuryBalance(jurors: 0, readings: 2, given: [[]], barred: [[]])
        #expect(nobody.lacking.map(\.missing) == [2] && nobody.readers == [[]])
    }

    // JURY-13
    @Test("readings that were given stay, and count in the load")
    func keeps() {
        let balance = JuryBalance(jurors: 2, readings: 1, given: [[0], [0], [], []], barred: [[], [], [], []])
        #expect(balance.readers == [[0], [0], [1], [1]])
    }

    /// No other share of some small cases loads its most loaded juror less: every share is tried.
    // JURY-13
    @Test("the most loaded juror reads as little as can be")
    func least() {
        let chance = SeededChance(77)
        for _ in 0..<300 {
            let (jurors, dossiers) = (2 + Int(chance.next() % 3), 1 + Int(chance.next() % 4))
            let barred = (0..<dossiers).map { _ in Set((0..<jurors).filter { _ in chance.next() % 3 == 0 }) }
            let balance = JuryBalance(
                jurors: jurors, readings: 1, given: Array(repeating: [], count: dossiers), barred: barred)
            let load = (0..<jurors).map { juror in balance.readers.joined().count { $0 == juror } }.max() ?? 0
            #expect(load == Self.best(jurors, barred), "\(jurors) jurors, \(barred)")
        }
    }

    private static func best(_ jurors: Int, _ barred: [Set<Int>]) -> Int {
        var loads = Array(repeating: 0, count: jurors)
        func walk(_ dossier: Int) -> Int {
            guard dossier < barred.count else { return loads.max() ?? 0 }
            let free = (0..<jurors).filter { !barred[dossier].contains($0) }
            if free.isEmpty { return walk(dossier + 1) }
            return free.map { juror in
                loads[juror] += 1
                defer { loads[juror] -= 1 }
                return walk(dossier + 1)
            }.min() ?? 0
        }
        return walk(0)
    }
}
