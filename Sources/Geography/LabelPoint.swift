/// Where to write a name: far inside rather than in the middle.
extension MultiPolygon {
    /// A point well inside the largest polygon, about as far from its borders as can be (within a hundredth of its
    /// size). Found by cutting squares in four, the most promising first. Nothing when there is no polygon.
    public var labelPoint: Point? {
        guard let largest = polygons.max(by: { $0.area < $1.area }) else { return nil }
        let search = LabelSearch(largest)
        return search.best()
    }
}

private struct LabelSearch {
    let polygon: Polygon
    let shrink: Double
    let edges: [(x0: Double, y0: Double, x1: Double, y1: Double)]

    struct Square {
        let x, y, half: Double
        /// To the nearest border, in degrees of latitude; negative outside.
        let distance: Double
        /// What its best point could reach.
        var promise: Double { distance + half * 1.414_213_6 }
    }

    init(_ polygon: Polygon) {
        self.polygon = polygon
        let shrink = Earth.shrink(atLatitude: polygon.bounds.center.latitude)
        self.shrink = shrink
        edges = polygon.rings.flatMap { ring in
            zip(ring.points, Array(ring.points.dropFirst()) + ring.points.prefix(1)).map {
                ($0.longitude * shrink, $0.latitude, $1.longitude * shrink, $1.latitude)
            }
        }
    }

    func point(_ square: Square) -> Point {
        Point(clampedLatitude: square.y, longitude: square.x / shrink)
    }

    func square(_ x: Double, _ y: Double, _ half: Double) -> Square {
        var nearest = Double.infinity
        for edge in edges {
            let (dx, dy) = (edge.x1 - edge.x0, edge.y1 - edge.y0)
            let length = dx * dx + dy * dy
            let share = length > 0 ? min(max(((x - edge.x0) * dx + (y - edge.y0) * dy) / length, 0), 1) : 0
            let (px, py) = (x - edge.x0 - share * dx, y - edge.y0 - share * dy)
            nearest = min(nearest, px * px + py * py)
        }
        let inside = polygon.contains(Point(clampedLatitude: y, longitude: x / shrink))
        return Square(x: x, y: y, half: half, distance: nearest.squareRoot() * (inside ? 1 : -1))
    }

    func best() -> Point {
        let box = polygon.bounds
        let (width, height) = ((box.east - box.west) * shrink, box.north - box.south)
        // A very long shape is not cut in more than 32 squares to begin with.
        let side = max(min(width, height), max(width, height) / 32)
        guard side > 0 else { return box.center }
        var waiting: [Square] = []
        for column in 0..<Int((width / side).rounded(.up)).clamped(to: 1...33) {
            for row in 0..<Int((height / side).rounded(.up)).clamped(to: 1...33) {
                waiting.append(
                    square(
                        box.west * shrink + (Double(column) + 0.5) * side, box.south + (Double(row) + 0.5) * side,
                        side / 2))
            }
        }
        var best = square(box.center.longitude * shrink, box.center.latitude, 0)
        let precision = max(width, height) / 100
        for _ in 0..<400 {
            guard let next = waiting.indices.max(by: { waiting[$0].promise < waiting[$1].promise }) else { break }
            let current = waiting.remove(at: next)
            if current.distance > best.distance { best = current }
            if best.distance > 0, current.promise - best.distance < precision { break }
            let half = current.half / 2
            for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
                waiting.append(square(current.x + dx, current.y + dy, half))
            }
        }
        return point(best)
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
