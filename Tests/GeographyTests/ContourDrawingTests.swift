import Testing

@testable import Geography

@Suite struct ContourDrawingTests {
    /// Reads path data back: the corners of each ring, in absolute units.
    static func corners(_ path: String) -> [[[Int]]] {
        var (rings, x, y): ([[[Int]]], Int, Int) = ([], 0, 0)
        for piece in path.split(separator: "z") {
            let parts = piece.dropFirst().split(separator: "l").map { part in
                part.replacing("-", with: " -").split(separator: " ").compactMap { Int($0) }
            }
            guard parts.count == 2, parts[0].count == 2, parts[1].count % 2 == 0 else { return [] }
            (x, y) = (x + parts[0][0], y + parts[0][1])
            var ring = [[x, y]]
            var (dx, dy) = (x, y)
            for pair in stride(from: 0, to: parts[1].count, by: 2) {
                (dx, dy) = (dx + parts[1][pair], dy + parts[1][pair + 1])
                ring.append([dx, dy])
            }
            rings.append(ring)
        }
        return rings
    }

    @Test func pathPassesWherePointsArePlaced() throws {
        var numbers = SeededNumbers(40)
        for _ in 0..<40 {
            let shape = ContourTests.shape(&numbers)
            let frame = MapFrame(fitting: try #require(shape.bounds), longestSide: 4_000)
            let rings = ContourDrawingTests.corners(ContourDrawing.path(shape, in: frame))
            let drawn = Set(rings.flatMap { $0 })
            for ring in shape.polygons.map(\.outer) where rings.count == shape.polygons.count * 2 {
                for corner in ring.points {
                    let (x, y) = frame.place(corner)
                    #expect(drawn.contains([x, y]) && frame.contains(corner))
                }
            }
            #expect(drawn.allSatisfy { (0...frame.width).contains($0[0]) && (0...frame.height).contains($0[1]) })
        }
    }

    @Test func squareOnTheGroundIsSquareOnTheMap() throws {
        let center = Point(clampedLatitude: 50, longitude: 3)
        let sides = [0.0, 90, 180, 270].map { center.destination(bearing: $0, metres: 10_000) }
        let frame = MapFrame(fitting: try #require(BoundingBox(containing: sides)), longestSide: 1_000, margin: 20)
        #expect(abs(frame.width - frame.height) <= 2 && max(frame.width, frame.height) <= 1_001)
        #expect(abs(frame.metresPerUnit - 20_000 / 960) < 0.1)
        #expect(frame.viewBox == "0 0 \(frame.width) \(frame.height)")
        #expect(!frame.contains(Point(clampedLatitude: 43, longitude: 3)))
    }

    @Test func pathIsRelativeAndCompact() throws {
        let box = try #require(BoundingBox(south: -0.5, west: -0.5, north: 0.5, east: 0.5))
        let frame = MapFrame(fitting: box, longestSide: 100, margin: 0)
        let shape = MultiPolygon([
            try #require(Polygon(rings: [square(-0.5, -0.5, 1), square(-0.25, -0.25, 0.5)]))
        ])
        #expect(ContourDrawing.path(shape, in: frame) == "m0 100l100 0 0-100-100 0zm25-25l50 0 0-50-50 0z")
    }

    @Test func tinyShapesLeaveAMarkAndEmptyOnesNone() throws {
        let frame = MapFrame(fitting: .world, longestSide: 100)
        let tiny = MultiPolygon([try #require(Polygon(rings: [square(2, 48, 0.001)]))])
        #expect(ContourDrawingTests.corners(ContourDrawing.path(tiny, in: frame)).first?.count == 4)
        #expect(ContourDrawing.path(MultiPolygon([]), in: frame).isEmpty)
        let dot = MapFrame(fitting: BoundingBox(Point(clampedLatitude: 90, longitude: 180)), longestSide: .max)
        #expect(dot.contains(Point(clampedLatitude: 90, longitude: 180)))
        #expect(!dot.contains(Point(clampedLatitude: -90, longitude: -180)))
    }

    @Test func labelsAreInside() throws {
        // A crescent whose centroid is outside.
        let outer = (0...18).map { (cos: Double($0) * 10, radius: 1.0) }
        let inner = (0...18).reversed().map { (cos: Double($0) * 10, radius: 0.8) }
        let center = Point(clampedLatitude: 46, longitude: 2)
        let crescent = (outer + inner).map { center.destination(bearing: $0.cos, metres: 50_000 * $0.radius) }
        let shape = MultiPolygon([try #require(Polygon(rings: [crescent]))])
        #expect(!shape.contains(try #require(shape.centroid)))
        #expect(shape.contains(try #require(shape.labelPoint)))
        var numbers = SeededNumbers(41)
        for _ in 0..<40 {
            let shape = ContourTests.shape(&numbers)
            #expect(shape.contains(try #require(shape.labelPoint)))
        }
        let plain = try #require(Polygon(rings: [square(2, 0, 1)]))
        let label = try #require(MultiPolygon([plain]).labelPoint)
        #expect(abs(label.latitude - 0.5) < 0.02 && abs(label.longitude - 2.5) < 0.02)
        #expect(MultiPolygon([]).labelPoint == nil)
        let thread = try #require(Polygon(rings: [ring([(0, 0), (170, 0.000_001), (170, 0)])]))
        #expect(MultiPolygon([thread]).labelPoint != nil)
    }
}
