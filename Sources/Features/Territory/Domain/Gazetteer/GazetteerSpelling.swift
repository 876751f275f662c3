extension Gazetteer {
    /// The communes whose names are nearest to one that nobody bears, all at the same distance: one slip for names of four to
    /// seven letters, two from eight. None for shorter names, where a slip makes another name.
    func near(_ key: [UInt8]) -> [Int32] {
        let allowed = Self.slips(key)
        guard allowed > 0 else { return [] }
        let letters = GazetteerNames.letters(of: key)
        var distances = SlipCounter(key)
        var best = allowed
        var slots: [Int32] = []
        for (rank, entry) in names.entries.enumerated() {
            guard abs(Int(entry.length) - key.count) <= best, (entry.letters ^ letters).nonzeroBitCount <= 2 * best
            else {
                continue
            }
            let distance = distances.distance(to: names.key(of: rank), limit: best)
            if distance > best { continue }
            if distance < best { slots.removeAll() }
            best = distance
            if !slots.contains(entry.slot), slots.count < 32 { slots.append(entry.slot) }
        }
        return slots
    }

    /// The one commune of a few whose name is nearest, if one is nearer than the others.
    func nearest(to key: [UInt8], among slots: [Int32]) -> Int32? {
        let allowed = Self.slips(key)
        guard allowed > 0 else { return nil }
        var distances = SlipCounter(key)
        var best = allowed + 1
        var found: Int32?
        for slot in slots {
            let distance = distances.distance(to: Self.key(communes[Int(slot)].name)[...], limit: allowed)
            if distance > allowed || distance > best { continue }
            found = distance < best || found == slot ? slot : nil
            best = distance
        }
        return found
    }

    private static func slips(_ key: [UInt8]) -> Int {
        key.count < 4 || key.count > 60 ? 0 : key.count < 8 ? 1 : 2
    }
}

/// Counts insertions, deletions, replacements and swaps of neighbours between one key and others, without new memory.
struct SlipCounter {
    private let key: [UInt8]
    private var before: [Int]
    private var previous: [Int]
    private var current: [Int]

    init(_ key: [UInt8]) {
        self.key = key
        before = [Int](repeating: 0, count: key.count + 1)
        previous = before
        current = before
    }

    /// The distance, or more than `limit` as soon as it is known to be.
    mutating func distance(to other: ArraySlice<UInt8>, limit: Int) -> Int {
        if abs(other.count - key.count) > limit { return limit + 1 }
        for column in 0...key.count { previous[column] = column }
        var last: UInt8 = 0
        for (row, byte) in other.enumerated() {
            current[0] = row + 1
            var least = current[0]
            for column in 0..<key.count {
                var cost = min(
                    previous[column + 1] + 1, current[column] + 1, previous[column] + (key[column] == byte ? 0 : 1))
                if row > 0, column > 0, key[column] == last, key[column - 1] == byte {
                    cost = min(cost, before[column - 1] + 1)
                }
                current[column + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return limit + 1 }
            last = byte
            swap(&before, &previous)
            swap(&previous, &current)
        }
        return previous[key.count]
    }
}
