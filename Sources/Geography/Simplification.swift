/// Fewer corners for maps, the same for neighbours: a border shared by two shapes stays shared.
public enum Simplification {
    /// Simplifies a whole collection at once. The answer has as many shapes, polygons and rings, in the same order; no
    /// dropped corner is farther than `toleranceMetres` from the new border, and borders that had the same corners
    /// (within 1e-6 degrees) still do: no gap nor overlap appears between neighbours. Where a ring would collapse, turn
    /// over or cross itself, its arcs are refined until it does not. A tolerance that is not positive changes nothing.
    public static func simplify(_ shapes: [MultiPolygon], toleranceMetres: Double) -> [MultiPolygon] {
        guard toleranceMetres > 0 else { return shapes }
        let source = shapes.flatMap { $0.polygons.flatMap(\.rings) }
        var simplified = thin(source, toleranceMetres: toleranceMetres)[...]
        return shapes.map { shape in
            MultiPolygon(
                shape.polygons.map { polygon in
                    let rings = simplified.prefix(1 + polygon.holes.count)
                    simplified = simplified.dropFirst(rings.count)
                    return Polygon(outer: rings.first ?? polygon.outer, holes: Array(rings.dropFirst()))
                })
        }
    }

    /// Each ring simplified, in order.
    private static func thin(_ source: [Ring], toleranceMetres: Double) -> [Ring] {
        let shared = SharedArcs(source)
        var tolerances = [Double](repeating: toleranceMetres, count: shared.arcs.count)
        var arcs = shared.arcs.map { LineThinning.keep($0, of: shared.vertices, tolerance: toleranceMetres) }
        var owners = [[Int]](repeating: [], count: arcs.count)
        for (ring, uses) in shared.rings.enumerated() {
            for use in uses { owners[use.arc].append(ring) }
        }
        var answer = source
        var pending = Set(source.indices.filter { !shared.rings[$0].isEmpty })
        for round in 1...8 where !pending.isEmpty {
            var rough: Set<Int> = []
            for ring in pending {
                let walk = walk(shared.rings[ring], arcs)
                if let sound = sound(walk.map { shared.vertices[$0] }, from: source[ring]) {
                    answer[ring] = sound
                } else {
                    answer[ring] = Ring(walk.map { shared.vertices[$0] }) ?? source[ring]
                    rough.formUnion(shared.rings[ring].map(\.arc).filter { tolerances[$0] > 0 })
                }
            }
            for arc in rough {
                tolerances[arc] = round < 7 ? tolerances[arc] / 2 : 0
                arcs[arc] = LineThinning.keep(shared.arcs[arc], of: shared.vertices, tolerance: tolerances[arc])
            }
            pending = Set(rough.flatMap { owners[$0] })
        }
        return answer
    }

    private static func walk(_ uses: [SharedArcs.Use], _ arcs: [[Int]]) -> [Int] {
        uses.flatMap { use in
            use.backwards ? Array(arcs[use.arc].reversed().dropLast()) : Array(arcs[use.arc].dropLast())
        }
    }

    /// The ring through `points` when it still stands for `original`: same winding, a tenth of the area at least, and
    /// no edge across another.
    private static func sound(_ points: [Point], from original: Ring) -> Ring? {
        guard let ring = Ring(points) else { return nil }
        let (before, after) = (original.moments.area, ring.moments.area)
        guard before == 0 || after / before > 0.1, !ring.crossesItself else { return nil }
        return ring
    }
}

extension Ring {
    /// Whether two edges cross at a point inside both.
    var crossesItself: Bool {
        guard let last = points.last else { return false }
        var edges = zip([last] + points, points).map { start, end in
            start.longitude <= end.longitude ? (west: start, east: end) : (west: end, east: start)
        }
        edges.sort { $0.west.longitude < $1.west.longitude }
        for (rank, edge) in edges.enumerated() {
            for other in edges[(rank + 1)...] {
                if other.west.longitude > edge.east.longitude { break }
                if Ring.crosses(edge.west, edge.east, other.west, other.east) { return true }
            }
        }
        return false
    }

    private static func crosses(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
        guard max(a.latitude, b.latitude) >= min(c.latitude, d.latitude),
            max(c.latitude, d.latitude) >= min(a.latitude, b.latitude)
        else { return false }
        return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
    }

    private static func turn(_ a: Point, _ b: Point, _ c: Point) -> Double {
        (b.longitude - a.longitude) * (c.latitude - a.latitude)
            - (b.latitude - a.latitude) * (c.longitude - a.longitude)
    }
}
