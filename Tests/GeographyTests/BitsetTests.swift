import Geography
import Testing

@Suite struct BitsetTests {
    @Test func agreesWithASetOfNumbers() {
        var numbers = SeededNumbers(7)
        for _ in 0..<40 {
            var (bits, set) = (Bitset(), Set<Int>())
            var (others, otherSet) = (Bitset(), Set<Int>())
            for _ in 0..<120 {
                let slot = Int.random(in: 0..<300, using: &numbers)
                bits.set(slot)
                set.insert(slot)
                let other = Int.random(in: 0..<500, using: &numbers)
                others.set(other)
                otherSet.insert(other)
                let gone = Int.random(in: 0..<600, using: &numbers)
                bits.clear(gone)
                set.remove(gone)
            }
            #expect(Array(bits.ones) == set.sorted())
            #expect(bits.popcount == set.count)
            #expect(bits.popcount(and: others) == set.intersection(otherSet).count)
            #expect((0..<700).allSatisfy { bits.test($0) == set.contains($0) })
            var both = bits
            both.formAnd(others)
            #expect(Array(both.ones) == set.intersection(otherSet).sorted())
            var either = bits
            either.formOr(others)
            #expect(Array(either.ones) == set.union(otherSet).sorted())
            var rest = bits
            rest.formAndNot(others)
            #expect(Array(rest.ones) == set.subtracting(otherSet).sorted())
        }
    }

    @Test func fullSetHasNoBitPastItsEnd() {
        for count in [0, 1, 63, 64, 65, 200] {
            var bits = Bitset(count: count, repeating: true)
            #expect(bits.popcount == count)
            bits.append(false)
            bits.append(true)
            #expect(bits.popcount == count + 1 && bits.count == count + 2)
            #expect(!bits.test(count) && bits.test(count + 1))
        }
    }

    @Test func wildNumbersAreIgnored() {
        var bits = Bitset(count: 10)
        bits.set(-1)
        bits.set(.max)
        bits.clear(.min)
        bits.clear(.max)
        #expect(bits.isEmpty && bits.count == 10)
        #expect(!bits.test(-1) && !bits.test(.max))
        #expect(Bitset(count: -4).count == 0)
    }
}
