/// A closed line of at least three points, in either winding. The closing point is not repeated.
public struct Ring: Hashable, Sendable {
    /// The corners in order, without the repeated last one and without consecutive duplicates.
    public let points: [Point]
    public let bounds: BoundingBox

    /// Drops consecutive duplicates and the repeated closing point; refuses what leaves fewer than three corners.
    public init?(_ points: some Sequence<Point>) {
        var kept: [Point] = []
        for point in points where point != kept.last { kept.append(point) }
        while kept.count > 1, kept.last == kept.first { kept.removeLast() }
        guard kept.count >= 3, let bounds = BoundingBox(containing: kept) else { return nil }
        self.points = kept
        self.bounds = bounds
    }

    /// Even-odd rule. A point on a border shared by two rings belongs to exactly one of them.
    public func contains(_ point: Point) -> Bool {
        guard bounds.contains(point), var previous = points.last else { return false }
        var inside = false
        for corner in points {
            if (corner.latitude > point.latitude) != (previous.latitude > point.latitude) {
                // Always computed from the southern end, so that neighbours walking the same edge in opposite
                // directions round the same way.
                let low = corner.latitude < previous.latitude ? corner : previous
                let high = corner.latitude < previous.latitude ? previous : corner
                let share = (point.latitude - low.latitude) / (high.latitude - low.latitude)
                if point.longitude < low.longitude + share * (high.longitude - low.longitude) { inside.toggle() }
            }
            previous = corner
        }
        return inside
    }
}

/// An outer ring and its holes.
public struct Polygon: Hashable, Sendable {
    public let outer: Ring
    public let holes: [Ring]

    public init(outer: Ring, holes: [Ring] = []) {
        self.outer = outer
        self.holes = holes
    }

    /// From rings in the order of GeoJSON (RFC 7946 §3.1.6): the outer one first, whatever their winding. Refuses a
    /// degenerate outer ring, drops degenerate holes.
    public init?(rings: [[Point]]) {
        guard let first = rings.first, let outer = Ring(first) else { return nil }
        self.init(outer: outer, holes: rings.dropFirst().compactMap { Ring($0) })
    }

    public var bounds: BoundingBox { outer.bounds }

    /// The outer ring, then the holes.
    public var rings: [Ring] { [outer] + holes }

    /// Whether the point is in the outer ring and in no hole.
    public func contains(_ point: Point) -> Bool {
        outer.contains(point) && !holes.contains { $0.contains(point) }
    }
}

/// Any number of polygons that make one territory; possibly none.
public struct MultiPolygon: Hashable, Sendable {
    public let polygons: [Polygon]
    /// Nothing when there is no polygon.
    public let bounds: BoundingBox?

    public init(_ polygons: [Polygon]) {
        self.polygons = polygons
        bounds = polygons.dropFirst().reduce(polygons.first?.bounds) { $0?.union($1.bounds) }
    }

    /// Whether one of the polygons contains the point.
    public func contains(_ point: Point) -> Bool {
        guard let bounds, bounds.contains(point) else { return false }
        return polygons.contains { $0.contains(point) }
    }
}
