/// A set of small whole numbers (slots), one bit each, in 64-bit words. Reading past the end answers "not in".
public struct Bitset: Hashable, Sendable {
    /// Bit `i` is bit `i % 64` of word `i / 64`; bits at and above `count` are zero.
    public private(set) var words: [UInt64]
    /// How many bits there are, set or not.
    public private(set) var count: Int

    /// Numbers at or above this are never in, so that a wild one cannot ask for all the memory.
    public static let limit = 1 << 31

    /// `count` bits, all of the same value; the count is brought back within 0…`limit`.
    public init(count: Int = 0, repeating bit: Bool = false) {
        self.count = min(max(0, count), Bitset.limit)
        words = Array(repeating: bit ? .max : 0, count: (self.count + 63) / 64)
        trim()
    }

    private mutating func trim() {
        let spare = words.count * 64 - count
        if spare > 0, let last = words.indices.last { words[last] &= .max >> UInt64(spare) }
    }

    /// Adds clear bits at the end until there are `count` (at most `limit`); never shrinks.
    public mutating func grow(to wanted: Int) {
        let count = min(wanted, Bitset.limit)
        guard count > self.count else { return }
        self.count = count
        let missing = (count + 63) / 64 - words.count
        if missing > 0 { words.append(contentsOf: repeatElement(0, count: missing)) }
    }

    /// Adds one bit at the end; ignored at `limit`.
    public mutating func append(_ bit: Bool) {
        guard count < Bitset.limit else { return }
        grow(to: count + 1)
        if bit { words[(count - 1) >> 6] |= 1 << UInt64((count - 1) & 63) }
    }

    /// Puts a number in, growing if needed. Numbers outside of 0..<`limit` are ignored.
    public mutating func set(_ slot: Int) {
        guard slot >= 0, slot < Bitset.limit else { return }
        grow(to: slot + 1)
        words[slot >> 6] |= 1 << UInt64(slot & 63)
    }

    /// Takes a number out.
    public mutating func clear(_ slot: Int) {
        guard slot >= 0, slot < count else { return }
        words[slot >> 6] &= ~(1 << UInt64(slot & 63))
    }

    /// Whether a number is in.
    @inlinable
    public func test(_ slot: Int) -> Bool {
        slot >= 0 && slot < count && words[slot >> 6] & (1 << UInt64(slot & 63)) != 0
    }

    /// Keeps what is also in the other.
    public mutating func formAnd(_ other: Bitset) {
        let shared = min(words.count, other.words.count)
        for word in 0..<shared { words[word] &= other.words[word] }
        for word in shared..<words.count { words[word] = 0 }
    }

    /// Adds what is in the other, growing to its length.
    public mutating func formOr(_ other: Bitset) {
        grow(to: other.count)
        for word in other.words.indices { words[word] |= other.words[word] }
    }

    /// Takes out what is in the other.
    public mutating func formAndNot(_ other: Bitset) {
        for word in 0..<min(words.count, other.words.count) { words[word] &= ~other.words[word] }
    }

    /// How many numbers are in.
    public var popcount: Int {
        var total = 0
        for word in words { total += word.nonzeroBitCount }
        return total
    }

    /// How many numbers are in both, without building their intersection.
    public func popcount(and other: Bitset) -> Int {
        var total = 0
        for word in 0..<min(words.count, other.words.count) {
            total += (words[word] & other.words[word]).nonzeroBitCount
        }
        return total
    }

    /// Whether no number is in.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// The numbers that are in, in increasing order.
    public var ones: Ones { Ones(words: words) }

    /// The numbers of a bitset, in increasing order.
    public struct Ones: Sequence, IteratorProtocol, Sendable {
        let words: [UInt64]
        var index = 0
        var rest: UInt64

        init(words: [UInt64]) {
            self.words = words
            rest = words.first ?? 0
        }

        public mutating func next() -> Int? {
            while rest == 0 {
                index += 1
                guard index < words.count else { return nil }
                rest = words[index]
            }
            let bit = rest.trailingZeroBitCount
            rest &= rest - 1
            return index << 6 | bit
        }
    }
}
