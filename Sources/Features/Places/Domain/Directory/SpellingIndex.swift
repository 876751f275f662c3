/// The words of an index, to find those that begin alike and those spelt nearly alike.
struct SpellingIndex: Sendable {
    private struct Spelling: Sendable {
        let word: [UInt8]
        let term: Int32
        /// Which letters the word holds, a bit each: two words one letter apart differ in two bits at most.
        let letters: UInt64
    }

    private var spellings: [Spelling] = []
    /// Ranks of `spellings` in alphabetical order, made when first needed after additions.
    private var sorted: [Int32] = []

    mutating func add(_ word: String, term: Int32) {
        let bytes = Array(word.utf8)
        let spelling = Spelling(word: bytes, term: term, letters: Self.letters(of: bytes))
        let rank = Int32(spellings.count)
        spellings.append(spelling)
        sorted.insert(rank, at: position(of: bytes))
    }

    private func position(of word: [UInt8]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if spellings[Int(sorted[middle])].word.lexicographicallyPrecedes(word) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    func terms(beginningWith prefix: String, limit: Int) -> [Int32] {
        let bytes = Array(prefix.utf8)
        var found: [Int32] = []
        var place = position(of: bytes)
        while place < sorted.count, found.count < limit {
            let spelling = spellings[Int(sorted[place])]
            guard spelling.word.starts(with: bytes) else { break }
            found.append(spelling.term)
            place += 1
        }
        return found
    }

    /// The words nearest to one that nobody wrote: one slip for four to six letters, two from seven.
    func nearest(to word: String) -> (terms: [Int32], spelling: String)? {
        let bytes = Array(word.utf8)
        guard bytes.count >= 4, bytes.count <= 40, bytes[0] > 57 else { return nil }
        let allowed = bytes.count < 7 ? 1 : 2
        let letters = Self.letters(of: bytes)
        var best = allowed + 1
        var terms: [Int32] = []
        var meant: [UInt8] = []
        for spelling in spellings {
            guard abs(spelling.word.count - bytes.count) <= allowed,
                (spelling.letters ^ letters).nonzeroBitCount <= 2 * allowed
            else { continue }
            let distance = Self.distance(bytes, spelling.word, limit: min(best, allowed))
            if distance < best {
                best = distance
                terms = [spelling.term]
                meant = spelling.word
            } else if distance == best, best <= allowed, terms.count < 8 {
                terms.append(spelling.term)
            }
        }
        return best <= allowed ? (terms, String(decoding: meant, as: UTF8.self)) : nil
    }

    private static func letters(of word: [UInt8]) -> UInt64 {
        word.reduce(0) { $0 | 1 << UInt64($1 >= 97 ? $1 - 97 : 26 + ($1 & 15)) }
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words; more than `limit` is not counted further.
    static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        if abs(left.count - right.count) > limit { return limit + 1 }
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
