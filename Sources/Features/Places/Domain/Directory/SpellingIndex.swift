/// The words of an index, to find those that begin alike and those spelt nearly alike.
struct SpellingIndex: Sendable {
    /// The words one after the other, and where each ends: a word is a range of bytes, not an object.
    private var bytes: [UInt8] = []
    private var ends: [Int32] = []
    private var terms: [Int32] = []
    /// Which letters each word holds, a bit each: two words one letter apart differ in two bits at most.
    private var letters: [UInt64] = []
    /// Ranks of words in alphabetical order.
    private var sorted: [Int32] = []

    private func range(_ rank: Int) -> Range<Int> { (rank == 0 ? 0 : Int(ends[rank - 1]))..<Int(ends[rank]) }

    /// Adds a word that the index does not hold. In bulk, no order is kept until `settle`.
    mutating func add(_ word: String, term: Int32, inBulk: Bool) {
        let word = Array(word.utf8)
        let place = inBulk ? sorted.count : position(of: word)
        sorted.insert(Int32(terms.count), at: place)
        bytes += word
        ends.append(Int32(clamping: bytes.count))
        terms.append(term)
        letters.append(Self.letters(of: word[...]))
    }

    /// Puts in order the words added in bulk.
    mutating func settle() {
        bytes.withUnsafeBufferPointer { bytes in
            sorted = terms.indices.map { (range($0), Int32($0)) }
                .sorted { bytes[$0.0].lexicographicallyPrecedes(bytes[$1.0]) }.map(\.1)
        }
    }

    private func position(of word: [UInt8]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if bytes[range(Int(sorted[middle]))].lexicographicallyPrecedes(word) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    func terms(beginningWith prefix: String, limit: Int) -> [Int32] {
        let prefix = Array(prefix.utf8)
        var found: [Int32] = []
        var place = position(of: prefix)
        while place < sorted.count, found.count < limit {
            let rank = Int(sorted[place])
            guard bytes[range(rank)].starts(with: prefix) else { break }
            found.append(terms[rank])
            place += 1
        }
        return found
    }

    /// The words nearest to one that nobody wrote: one slip for four to six letters, two from seven.
    func nearest(to word: String) -> (terms: [Int32], spelling: String)? {
        let word = Array(word.utf8)
        guard word.count >= 4, word.count <= 40, word[0] > 57 else { return nil }
        let allowed = word.count < 7 ? 1 : 2
        let wanted = Self.letters(of: word[...])
        var best = allowed + 1
        var near: [Int32] = []
        var meant = 0..<0
        for rank in letters.indices where (letters[rank] ^ wanted).nonzeroBitCount <= 2 * allowed {
            let range = range(rank)
            guard abs(range.count - word.count) <= allowed else { continue }
            let distance = Self.distance(word, bytes[range], limit: min(best, allowed))
            if distance < best {
                best = distance
                near = [terms[rank]]
                meant = range
            } else if distance == best, best <= allowed, near.count < 8 {
                near.append(terms[rank])
            }
        }
        return best <= allowed ? (near, String(decoding: bytes[meant], as: UTF8.self)) : nil
    }

    private static func letters(of word: ArraySlice<UInt8>) -> UInt64 {
        word.reduce(0) { $0 | 1 << UInt64($1 >= 97 ? $1 - 97 : 26 + ($1 & 15)) }
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words; more than `limit` is not counted further.
    static func distance(_ left: [UInt8], _ right: some RandomAccessCollection<UInt8>, limit: Int) -> Int {
        if abs(left.count - right.count) > limit { return limit + 1 }
        let right = Array(right)
        var before: [Int] = []
        var previous = Array(0...right.count)
        var current = [Int](repeating: 0, count: right.count + 1)
        for row in 0..<left.count {
            current[0] = row + 1
            var least = current[0]
            for column in 0..<right.count {
                var cost = min(
                    previous[column + 1] + 1, current[column] + 1,
                    previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, before[column - 1] + 1)
                }
                current[column + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return limit + 1 }
            before = previous
            swap(&previous, &current)
        }
        return previous[right.count]
    }
}
