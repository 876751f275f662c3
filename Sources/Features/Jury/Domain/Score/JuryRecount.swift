/// The same ranking by another road, from raw notes only: whole numbers over one common denominator written as powers of primes,
/// and groups split criterion after criterion. It shares nothing with `JuryScore` nor `JuryOrder`, so that a mistake in one shows.
enum JuryRecount {
    struct Note: Sendable {
        var dossier: Int
        var juror: Int
        /// Its place in the grid.
        var criterion: Int
        var note: Int
    }

    /// The places of the dossiers, best first; those of one group are ex æquo. Dossiers without a note that weighs are left out.
    static func groups(dossiers: Int, grid: [(weight: Int, maximum: Int)], notes: [Note]) -> [[Int]] {
        // Weight that each juror's sheet holds on each dossier.
        var held: [[Int: Int]] = Array(repeating: [:], count: dossiers)
        for note in notes { held[note.dossier][note.juror, default: 0] += grid[note.criterion].weight }
        for dossier in 0..<dossiers { held[dossier] = held[dossier].filter { $0.value > 0 } }
        var common: [Int: Int] = [:]
        for factors in [grid.map(\.maximum), held.flatMap { Array($0.values) }, held.map(\.count)] {
            var most: [Int: Int] = [:]
            for factor in Set(factors) where factor > 1 {
                most.merge(primes(of: factor)) { max($0, $1) }
            }
            common.merge(most, uniquingKeysWith: +)
        }
        var multipliers: [[Int]: [Int]] = [:]
        var totals: [[Int]] = Array(repeating: [], count: dossiers)
        for note in notes {
            guard let weight = held[note.dossier][note.juror] else { continue }
            let (share, count) = (grid[note.criterion], held[note.dossier].count)
            let key = [share.maximum, weight, count]
            let multiplier = multipliers[key] ?? quotient(common, key)
            multipliers[key] = multiplier
            add(times(multiplier, share.weight * min(note.note, share.maximum)), to: &totals[note.dossier])
        }
        var groups: [[Int]] = []
        for dossier in (0..<dossiers).filter({ !held[$0].isEmpty }).sorted(by: { isMore(totals[$0], totals[$1]) }) {
            if let last = groups.last?.first, totals[last] == totals[dossier] {
                groups[groups.count - 1].append(dossier)
            } else {
                groups.append([dossier])
            }
        }
        for criterion in grid.indices { groups = groups.flatMap { split($0, by: criterion, notes, held) } }
        return groups.map { $0.sorted() }
    }

    /// Those of a group by their mean note on a criterion, when each has one; sums are compared crosswise.
    private static func split(_ group: [Int], by criterion: Int, _ notes: [Note], _ held: [[Int: Int]]) -> [[Int]] {
        guard group.count > 1 else { return [group] }
        var sums: [Int: (sum: Int, count: Int)] = [:]
        for note in notes
        where note.criterion == criterion && group.contains(note.dossier) && held[note.dossier][note.juror] != nil {
            let known = sums[note.dossier] ?? (0, 0)
            sums[note.dossier] = (known.sum + note.note, known.count + 1)
        }
        guard sums.count == group.count else { return [group] }
        var result: [[Int]] = []
        for dossier in group {
            let mine = sums[dossier] ?? (0, 1)
            let place = result.firstIndex { other in
                let known = sums[other[0]] ?? (0, 1)
                return known.sum * mine.count <= mine.sum * known.count
            }
            guard let place else {
                result.append([dossier])
                continue
            }
            let known = sums[result[place][0]] ?? (0, 1)
            if known.sum * mine.count == mine.sum * known.count {
                result[place].append(dossier)
            } else {
                result.insert([dossier], at: place)
            }
        }
        return result
    }

    private static func primes(of number: Int) -> [Int: Int] {
        var (rest, divisor, powers) = (number, 2, [Int: Int]())
        while rest > 1 {
            while rest.isMultiple(of: divisor) {
                powers[divisor, default: 0] += 1
                rest /= divisor
            }
            divisor += 1
        }
        return powers
    }

    /// The common denominator over some of its factors.
    private static func quotient(_ common: [Int: Int], _ factors: [Int]) -> [Int] {
        var left = common
        for factor in factors where factor > 1 { for (prime, power) in primes(of: factor) { left[prime]? -= power } }
        var number = [1]
        for (prime, power) in left.sorted(by: { $0.key < $1.key }) {
            for _ in 0..<max(power, 0) { number = times(number, prime) }
        }
        return number
    }

    /// Numbers by groups of nine decimal digits, the least significant first, without zeros at the end.
    private static let base = 1_000_000_000

    private static func times(_ number: [Int], _ factor: Int) -> [Int] {
        if factor == 0 { return [] }
        var (product, carry) = ([Int](), 0)
        for digit in number {
            let total = digit * factor + carry
            product.append(total % base)
            carry = total / base
        }
        while carry > 0 {
            product.append(carry % base)
            carry /= base
        }
        return product
    }

    private static func add(_ number: [Int], to sum: inout [Int]) {
        var carry = 0
        for place in 0..<max(number.count, sum.count) {
            if place == sum.count { sum.append(0) }
            let total = sum[place] + (place < number.count ? number[place] : 0) + carry
            sum[place] = total % base
            carry = total / base
        }
        if carry > 0 { sum.append(carry) }
    }

    private static func isMore(_ left: [Int], _ right: [Int]) -> Bool {
        if left.count != right.count { return left.count > right.count }
        for place in left.indices.reversed() where left[place] != right[place] { return left[place] > right[place] }
        return false
    }
}
