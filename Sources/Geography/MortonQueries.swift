/// Slots by place. All answers follow the order of the curve, except `nearest`.
extension MortonIndex {
    /// The slots inside a box, borders included; with a filter, only those in it.
    public func slots(in box: BoundingBox, filter: Bitset? = nil) -> [Int] {
        var found: [Int] = []
        forEachPosition(in: box) { position in
            let slot = Int(columns.slots[position])
            if filter?.test(slot) ?? true { found.append(slot) }
        }
        return found
    }

    /// The slots at `metres` or less from a point (great circle); with a filter, only those in it.
    public func slots(within metres: Double, of center: Point, filter: Bitset? = nil) -> [Int] {
        neighbours(within: metres, of: center, filter: filter).map(\.slot)
    }

    /// A slot and its great-circle distance in metres.
    public struct Neighbour: Hashable, Sendable {
        public let slot: Int
        public let metres: Double
    }

    /// As `slots(within:of:)`, with the distances.
    public func neighbours(within metres: Double, of center: Point, filter: Bitset? = nil) -> [Neighbour] {
        guard metres >= 0 else { return [] }
        var found: [Neighbour] = []
        // A hair wider than asked: the box is computed by another formula than the distance that decides.
        forEachPosition(in: BoundingBox(center).expanded(byMetres: metres * 1.000_001 + 0.01)) { position in
            let slot = Int(columns.slots[position])
            guard filter?.test(slot) ?? true else { return }
            let distance = center.distance(to: point(atIndexed: position))
            if distance <= metres { found.append(Neighbour(slot: slot, metres: distance)) }
        }
        return found
    }

    /// The `limit` slots nearest to a point, nearest first (equal distances: lowest slot first), none beyond
    /// `maximumMetres`; with a filter, only those in it. Exact.
    public func nearest(
        to center: Point, limit: Int, maximumMetres: Double = .infinity, filter: Bitset? = nil
    ) -> [Neighbour] {
        guard limit > 0, maximumMetres >= 0 else { return [] }
        let reach = min(maximumMetres, reach(of: limit, from: center, filter: filter))
        // Beside a seam of the curve the reach may be far too long: begin with a little of it, then double.
        var radius = reach / 64
        var found = neighbours(within: radius, of: center, filter: filter)
        while found.count < limit, radius < reach {
            radius = min(2 * radius, reach)
            found = neighbours(within: radius, of: center, filter: filter)
        }
        return Array(found.sorted { ($0.metres, $0.slot) < ($1.metres, $1.slot) }.prefix(limit))
    }

    /// A distance within which at least `limit` points lie (infinity when there are not so many): that of the
    /// farthest of the first ones met along the curve on both sides.
    private func reach(of limit: Int, from center: Point, filter: Bitset?) -> Double {
        let start = lowerBound(Morton.code(MercatorCell(FixedPoint(center))), in: 0..<count)
        var distances: [Double] = []
        var (before, after) = (start - 1, start)
        var (left, right) = (limit, limit)
        while (left > 0 && before >= 0) || (right > 0 && after < count) {
            if left > 0, before >= 0 {
                if filter?.test(Int(columns.slots[before])) ?? true {
                    distances.append(center.distance(to: point(atIndexed: before)))
                    left -= 1
                }
                before -= 1
            }
            if right > 0, after < count {
                if filter?.test(Int(columns.slots[after])) ?? true {
                    distances.append(center.distance(to: point(atIndexed: after)))
                    right -= 1
                }
                after += 1
            }
        }
        guard distances.count >= limit else { return .infinity }
        distances.sort()
        return distances[limit - 1]
    }

    func point(atIndexed position: Int) -> Point {
        Point(
            clampedLatitude: Double(columns.latitudes[position]) / FixedPoint.scale,
            longitude: Double(columns.longitudes[position]) / FixedPoint.scale)
    }

    /// Calls `body` for each position inside a box, descending the quadrants of the map that meet it.
    func forEachPosition(in box: BoundingBox, _ body: (Int) -> Void) {
        let wanted = FixedBox(inside: box)
        guard !wanted.isEmpty, count > 0 else { return }
        let window = Window(
            box: wanted, first: MercatorCell(latitude: wanted.north, longitude: wanted.west),
            last: MercatorCell(latitude: wanted.south, longitude: wanted.east))
        visit(0..<count, prefix: 0, level: 0, window, body)
    }

    private struct Window {
        let box: FixedBox
        /// The corner cells, north-west and south-east.
        let first, last: MercatorCell
    }

    private func visit(
        _ range: Range<Int>, prefix: UInt64, level: Int, _ window: Window, _ body: (Int) -> Void
    ) {
        guard !range.isEmpty else { return }
        let place = Morton.cell(prefix)
        let size = UInt64(1) << UInt64(32 - level)
        let (west, north) = (UInt64(place.x) * size, UInt64(place.y) * size)
        let (east, south) = (west + size - 1, north + size - 1)
        let (first, last) = (window.first, window.last)
        guard west <= last.x, east >= first.x, north <= last.y, south >= first.y else { return }
        // Strictly inside the corner cells, everything is inside the box; on them, coordinates decide.
        if west > first.x, east < last.x, north > first.y, south < last.y {
            range.forEach(body)
        } else if range.count <= 16 || level == 32 {
            for position in range
            where window.box.contains(latitude: columns.latitudes[position], longitude: columns.longitudes[position]) {
                body(position)
            }
        } else {
            var start = range.lowerBound
            for quadrant in 0..<UInt64(4) {
                let child = prefix << 2 | quadrant
                let end = end(of: child, level: level + 1, in: start..<range.upperBound)
                visit(start..<end, prefix: child, level: level + 1, window, body)
                start = end
            }
        }
    }
}

extension MortonIndex {
    /// The smallest box that holds the points of the index that lie in a box, and in the filter if there is one. Reads every point.
    public func bounds(in box: BoundingBox = .world, filter: Bitset? = nil) -> BoundingBox? {
        var found: BoundingBox?
        for position in 0..<count {
            guard let point = fixedPoint(at: position)?.point, box.contains(point) else { continue }
            if let filter, let slot = slot(at: position), !filter.test(slot) { continue }
            let one = BoundingBox(point)
            found = found?.union(one) ?? one
        }
        return found
    }
}
