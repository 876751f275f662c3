import Geography

extension DirectorySnapshot {
    /// The slots of the page that a query asks for, among those it means: only as many are put in order as are shown.
    func page(of result: Bitset, _ query: PlaceQuery, _ scores: [UInt16]) -> [Int] {
        let end = query.offset + query.limit
        let first: [Int] =
            switch query.order {
            case .name: Array(byName.lazy.map(Int.init).filter(result.test).prefix(end))
            case .relevance: best(end, of: result, scores)
            case .distance: query.near.map { nearest(end, of: result, to: $0) } ?? Array(result.ones.prefix(end))
            case .updated:
                result.ones.map { (at: cards[$0].updatedAt, slot: $0) }
                    .sorted { ($1.at, $0.slot) < ($0.at, $1.slot) }.prefix(end).map(\.slot)
            }
        return Array(first.dropFirst(query.offset))
    }

    /// The `count` slots of the greatest scores, equals in the order of names: no name is compared, they stand in order already.
    private func best(_ count: Int, of result: Bitset, _ scores: [UInt16]) -> [Int] {
        let greatest = result.ones.reduce(0) { max($0, Int(scores[$1])) }
        var tally = [Int](repeating: 0, count: greatest + 1)
        for slot in result.ones { tally[Int(scores[slot])] += 1 }
        // How many of each score are shown.
        var missing = min(count, tally.reduce(0, +))
        var left = missing
        for score in tally.indices.reversed() {
            tally[score] = min(tally[score], left)
            left -= tally[score]
        }
        var ranked = [[Int]](repeating: [], count: greatest + 1)
        for slot in byName.lazy.map(Int.init) where result.test(slot) {
            let score = Int(scores[slot])
            if missing == 0 { break }
            if tally[score] == 0 { continue }
            tally[score] -= 1
            missing -= 1
            ranked[score].append(slot)
        }
        return ranked.reversed().flatMap { $0 }
    }

    /// The `count` slots nearest to a point; those without a known point come last.
    private func nearest(_ count: Int, of result: Bitset, to point: Point) -> [Int] {
        let filter = points.points(of: result)
        var near: [Int] = []
        // A place of many sites takes several points: ask for more until there are enough places.
        var asked = count + 8
        while true {
            var seen = Set<Int>()
            let neighbours = points.index.nearest(to: point, limit: asked, filter: filter)
            near = neighbours.map { Int(points.slots[$0.slot]) }.filter { seen.insert($0).inserted }
            if near.count >= count { return Array(near.prefix(count)) }
            if neighbours.count < asked { break }
            asked *= 2
        }
        let placed = Set(near)
        return near + Array(result.ones).filter { !placed.contains($0) }.prefix(count - near.count)
    }

    /// The metres from a point to each of the slots that has one.
    func metres(from point: Point, to slots: Bitset) -> [Int: Double] {
        var metres: [Int: Double] = [:]
        for neighbour in points.index.neighbours(within: 20_100_000, of: point, filter: points.points(of: slots)) {
            let slot = Int(points.slots[neighbour.slot])
            metres[slot] = min(metres[slot] ?? .infinity, neighbour.metres)
        }
        return metres
    }
}
