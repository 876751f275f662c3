/// The names of the register, present and former, sorted so that a whole name, the beginning of one and the beginning of any
/// of its words are each found by halving.
struct GazetteerNames: Sendable {
    /// A name's key, and the commune it means today.
    struct Entry: Sendable {
        let offset: UInt32
        let length: UInt8
        /// 0 for the present name; else the year in which the commune, or one it took over, ceased to bear it (9999: unknown).
        let until: Int16
        let slot: Int32
        /// Which letters the key holds, a bit each: one slip changes two at most.
        let letters: UInt32

        var isFormer: Bool { until != 0 }
    }

    private struct Start: Sendable {
        let offset: UInt32
        let entry: Int32
    }

    private struct Loose: Sendable {
        let hash: UInt64
        let slot: Int32
    }

    /// The keys one after another, each ended by a line feed, in order.
    let pool: [UInt8]
    let entries: [Entry]
    private let starts: [Start]
    private let loose: [Loose]

    init(_ names: [(key: [UInt8], slot: Int32, until: Int16)]) {
        let ordered = names.sorted { Self.precedes($0.key, $1.key, $0.slot, $1.slot) }
        var pool: [UInt8] = []
        var entries: [Entry] = []
        var starts: [Start] = []
        var loose: [Loose] = []
        entries.reserveCapacity(ordered.count)
        var scratch: [UInt8] = []
        for name in ordered where !name.key.isEmpty && name.key.count < 250 && pool.count < Int(Int32.max) {
            let offset = pool.count
            for (rank, byte) in name.key.enumerated() where rank == 0 || name.key[rank - 1] == 0x20 && byte != 0x20 {
                starts.append(Start(offset: UInt32(offset + rank), entry: Int32(entries.count)))
            }
            pool += name.key
            pool.append(0x0A)
            entries.append(
                Entry(
                    offset: UInt32(offset), length: UInt8(name.key.count), until: name.until, slot: name.slot,
                    letters: Self.letters(of: name.key)))
            scratch.removeAll(keepingCapacity: true)
            CommuneKey.appendLoose(name.key, to: &scratch)
            loose.append(Loose(hash: Self.hash(scratch), slot: name.slot))
        }
        pool.withUnsafeBufferPointer { pool in
            starts.sort { Self.compare(pool, Int($0.offset), pool, Int($1.offset)) < 0 }
        }
        loose.sort { $0.hash < $1.hash }
        self.pool = pool
        self.entries = entries
        self.starts = starts
        self.loose = loose
    }

    /// The entries whose key is exactly this.
    func entries(named key: [UInt8]) -> Range<Int> {
        if key.isEmpty { return 0..<0 }
        let low = halve(entries.count) { key.compare(to: pool, at: Int(entries[$0].offset), whole: true) > 0 }
        var high = low
        while high < entries.count, key.compare(to: pool, at: Int(entries[high].offset), whole: true) == 0 { high += 1 }
        return low..<high
    }

    /// Hands over each entry with a word, or words in a row, that begin so; whether it begins the name.
    func forEach(beginningWith prefix: [UInt8], _ body: (Int, _ atStart: Bool) -> Void) {
        if prefix.isEmpty { return }
        var rank = halve(starts.count) { prefix.compare(to: pool, at: Int(starts[$0].offset), whole: false) > 0 }
        while rank < starts.count, prefix.compare(to: pool, at: Int(starts[rank].offset), whole: false) == 0 {
            let entry = Int(starts[rank].entry)
            body(entry, starts[rank].offset == entries[entry].offset)
            rank += 1
        }
    }

    /// The communes whose name is the same but for its small words.
    func slots(looselyNamed key: [UInt8]) -> [Int32] {
        var scratch: [UInt8] = []
        CommuneKey.appendLoose(key, to: &scratch)
        if scratch.isEmpty { return [] }
        let hash = Self.hash(scratch)
        var rank = halve(loose.count) { loose[$0].hash < hash }
        var slots: [Int32] = []
        while rank < loose.count, loose[rank].hash == hash {
            if !slots.contains(loose[rank].slot) { slots.append(loose[rank].slot) }
            rank += 1
        }
        return slots
    }

    func key(of entry: Int) -> ArraySlice<UInt8> {
        let found = entries[entry]
        return pool[Int(found.offset)..<Int(found.offset) + Int(found.length)]
    }

    static func letters(of key: some Sequence<UInt8>) -> UInt32 {
        key.reduce(0) { $0 | 1 << UInt32($1 >= 97 ? $1 - 97 : 26 + ($1 & 3)) }
    }

    private func halve(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func precedes(_ left: [UInt8], _ right: [UInt8], _ first: Int32, _ second: Int32) -> Bool {
        for rank in 0..<min(left.count, right.count) where left[rank] != right[rank] { return left[rank] < right[rank] }
        return left.count != right.count ? left.count < right.count : first < second
    }

    private static func compare(
        _ left: UnsafeBufferPointer<UInt8>, _ first: Int, _ right: UnsafeBufferPointer<UInt8>, _ second: Int
    ) -> Int {
        var (i, j) = (first, second)
        while true {
            let (a, b) = (left[i], right[j])
            if a != b { return Int(a) - Int(b) }
            if a == 0x0A { return i - j }
            i += 1
            j += 1
        }
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension [UInt8] {
    /// Negative, zero or positive as this key comes before, at or after the one that begins at `offset` of a pool; without
    /// `whole`, a key that goes on is the same.
    fileprivate func compare(to pool: [UInt8], at offset: Int, whole: Bool) -> Int {
        var place = offset
        for byte in self {
            let other = pool[place]
            if byte != other { return Int(byte) - Int(other) }
            place += 1
        }
        return whole && pool[place] != 0x0A ? -1 : 0
    }
}
