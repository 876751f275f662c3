/// Douglas–Peucker on one line.
enum LineThinning {
    private struct Flat {
        let x, y: Double
    }

    /// The corners of `line` to keep so that no corner dropped is farther than `tolerance` metres from what is drawn.
    /// Both ends are kept; a closed line keeps three corners at least.
    static func keep(_ line: [Int], of vertices: [Point], tolerance: Double) -> [Int] {
        guard line.count > 2, tolerance > 0, let first = line.first, let last = line.last else { return line }
        let shrink = Earth.shrink(atLatitude: vertices[first].latitude)
        let flat = line.map {
            Flat(
                x: vertices[$0].longitude * shrink * Earth.metresPerDegree,
                y: vertices[$0].latitude * Earth.metresPerDegree)
        }
        var kept = [Bool](repeating: false, count: line.count)
        kept[0] = true
        kept[line.count - 1] = true
        var spans = [(0, line.count - 1)]
        if first == last, line.count > 4 {
            // A closed line has no chord to measure from: its farthest corner gives one, then the farthest from that.
            let far = farthest(1..<line.count - 1, flat, flat[0], flat[0]).index
            let before = farthest(1..<far, flat, flat[0], flat[far])
            let after = farthest(far + 1..<line.count - 1, flat, flat[0], flat[far])
            let third = before.distance >= after.distance ? before.index : after.index
            let stops = [0, min(far, third), max(far, third), line.count - 1]
            for stop in stops { kept[stop] = true }
            spans = Array(zip(stops, stops.dropFirst()))
        }
        while let (start, end) = spans.popLast() {
            guard end - start > 1 else { continue }
            let far = farthest(start + 1..<end, flat, flat[start], flat[end])
            guard far.distance > tolerance else { continue }
            kept[far.index] = true
            spans.append((start, far.index))
            spans.append((far.index, end))
        }
        return zip(line, kept).compactMap { $1 ? $0 : nil }
    }

    /// The corner of a range farthest from a segment, and how far; distance -1 for an empty range.
    private static func farthest(
        _ range: Range<Int>, _ flat: [Flat], _ start: Flat, _ end: Flat
    ) -> (index: Int, distance: Double) {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = dx * dx + dy * dy
        var (best, most) = (range.lowerBound, -1.0)
        for index in range {
            let (px, py) = (flat[index].x - start.x, flat[index].y - start.y)
            let share = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
            let (x, y) = (px - share * dx, py - share * dy)
            let square = x * x + y * y
            if square > most { (best, most) = (index, square) }
        }
        return (best, most < 0 ? -1 : most.squareRoot())
    }
}
