import Geography

/// Words to slots, in memory: French stems, prefixes for the word being typed, near spellings for words nobody wrote.
///
/// One implementation for both engines, so that a search means the same whatever stores the places.
struct TextIndex: Sendable {
    /// How much a word weighs where it was found.
    enum Weight: UInt32, Sendable {
        case text = 1
        case tag = 2
        case name = 3
    }

    /// Slots in rising order, each with the greatest weight of the word there: `slot << 2 | weight`.
    private var postings: [[UInt32]] = []
    private var terms: [String: Int32] = [:]
    private var words: [String: Int32] = [:]
    private var spellings = SpellingIndex()

    /// A folded word of a place, with what it weighs where it was found.
    struct Word: Sendable {
        let word: String
        let weight: Weight

        /// Adds the words of a text, without those too common to search by.
        static func add(_ text: String, _ weight: Weight, to words: inout [Word]) {
            if text.isEmpty { return }
            for word in Words.folded(text) where !Words.stopWords.contains(word) {
                words.append(Word(word: word, weight: weight))
            }
        }
    }

    /// Adds the words of a slot greater than all before. In bulk, the index answers again after `settle`.
    mutating func add(_ words: [Word], slot: Int, inBulk: Bool = false) {
        var found = words.map { UInt64(term(of: $0.word, inBulk)) << 2 | UInt64($0.weight.rawValue) }
        found.sort(by: >)
        var last: UInt64?
        // The heaviest of a term's weights comes first.
        for one in found where one >> 2 != last {
            last = one >> 2
            postings[Int(one >> 2)].append(UInt32(slot) << 2 | UInt32(one & 3))
        }
    }

    mutating func settle() { spellings.settle() }

    /// The term of a word's stem. Each spelling met is kept too, for prefixes and near spellings.
    private mutating func term(of word: String, _ inBulk: Bool) -> Int32 {
        if let term = words[word] { return term }
        let stem = Words.stem(word)
        let term = terms[stem] ?? Int32(postings.count)
        if term == postings.count {
            terms[stem] = term
            postings.append([])
        }
        words[word] = term
        spellings.add(word, term: term, inBulk: inBulk)
        return term
    }

    /// What a text was understood as: the words searched, and those replaced by a near spelling.
    struct Understanding: Sendable, Equatable {
        var corrections: [(typed: String, meant: String)] = []

        static func == (left: Understanding, right: Understanding) -> Bool {
            left.corrections.elementsEqual(right.corrections, by: ==)
        }
    }

    /// The slots that hold every word of the text, with a score. The last word may be unfinished. Nil when the text has no word.
    func search(_ text: String, count: Int) -> (scores: [UInt16], matches: Bitset, understanding: Understanding)? {
        let words = Words.searched(text)
        guard !words.isEmpty else { return nil }
        let isUnfinished = text.unicodeScalars.last.map { $0.properties.isAlphabetic } ?? false
        var scores = [UInt16](repeating: 0, count: count)
        var matches: Bitset?
        var understanding = Understanding()
        for (index, word) in words.enumerated() {
            var best: [(terms: [Int32], bonus: UInt16)] = []
            let stem = Words.stem(word)
            if let exact = terms[stem] { best.append(([exact], 4)) }
            if index == words.count - 1, isUnfinished, word.utf8.count >= 2 {
                best.append((spellings.terms(beginningWith: word, limit: 200), 1))
            }
            if best.allSatisfy({ $0.terms.isEmpty }), let near = spellings.nearest(to: word) {
                best.append((near.terms, 1))
                understanding.corrections.append((word, near.spelling))
            }
            var found = Bitset(count: count)
            for (group, bonus) in best {
                for term in group {
                    for posting in postings[Int(term)] {
                        let slot = Int(posting >> 2)
                        let weight = UInt16(posting & 3)
                        if !found.test(slot) {
                            found.set(slot)
                            scores[slot] &+= weight * weight * bonus
                        }
                    }
                }
            }
            if matches == nil { matches = found } else { matches?.formAnd(found) }
        }
        return (scores, matches ?? Bitset(count: count), understanding)
    }
}
