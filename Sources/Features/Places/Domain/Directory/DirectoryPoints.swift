import Geography

/// The points of the register's places. The index over them is made again, when next asked for, after a change.
struct DirectoryPoints: Sendable {
    private var latitudes: [Int32] = []
    private var longitudes: [Int32] = []
    /// The place's slot of each point.
    private(set) var slots: [Int32] = []
    /// Points of places that everybody sees.
    private(set) var open = Bitset()
    private var ranges: [Int: Range<Int>] = [:]
    private(set) var index = MortonIndex([])

    mutating func append(_ points: [Point], slot: Int, isOpen: Bool) {
        guard !points.isEmpty else { return }
        let first = slots.count
        for point in points {
            let fixed = FixedPoint(point)
            latitudes.append(fixed.latitude)
            longitudes.append(fixed.longitude)
            slots.append(Int32(slot))
            open.append(isOpen)
        }
        ranges[slot] = first..<slots.count
    }

    mutating func remove(_ slot: Int) {
        for point in ranges.removeValue(forKey: slot) ?? 0..<0 { open.clear(point) }
    }

    /// Makes the index again from the points of places that everybody sees.
    mutating func settle() {
        index = MortonIndex(latitudes: latitudes, longitudes: longitudes, present: open)
    }

    /// The metres from a point to the nearest of a slot's points that everybody sees; nil when it has none.
    func metres(from point: Point, to slot: Int) -> Double? {
        (ranges[slot] ?? 0..<0).compactMap { index in
            guard open.test(index), let site = FixedPoint(latitude: latitudes[index], longitude: longitudes[index])
            else {
                return nil
            }
            return point.distance(to: site.point)
        }.min()
    }

    /// The points of the given slots, for a filtered tile.
    func points(of places: Bitset) -> Bitset {
        var points = Bitset(count: slots.count)
        for point in open.ones where places.test(Int(slots[point])) { points.set(point) }
        return points
    }
}
