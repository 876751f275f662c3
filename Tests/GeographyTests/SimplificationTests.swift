import Foundation
import Testing

@testable import Geography

@Suite struct SimplificationTests {
    /// A grid of cells with wavy shared borders, each ring walked in a direction and from a corner of its own.
    static func patchwork(_ side: Int, _ numbers: inout SeededNumbers) -> [MultiPolygon] {
        let steps = 8
        let count = side * steps
        var waves: [Int: Point] = [:]
        for row in 0...count {
            for column in 0...count where row % steps == 0 || column % steps == 0 {
                let shake = 0.002
                waves[row * 10_000 + column] = Point(
                    clampedLatitude: 48 + Double(row) * 0.01 + .random(in: -shake...shake, using: &numbers),
                    longitude: 2 + Double(column) * 0.01 + .random(in: -shake...shake, using: &numbers))
            }
        }
        return (0..<side * side).map { cell in
            let (row, column) = (cell / side * steps, cell % side * steps)
            var keys = (0..<steps).map { row * 10_000 + column + $0 }
            keys += (0..<steps).map { (row + $0) * 10_000 + column + steps }
            keys += (0..<steps).map { (row + steps) * 10_000 + column + steps - $0 }
            keys += (0..<steps).map { (row + steps - $0) * 10_000 + column }
            if Bool.random(using: &numbers) { keys.reverse() }
            let turn = Int.random(in: 0..<keys.count, using: &numbers)
            let corners = (Array(keys[turn...]) + Array(keys[..<turn])).compactMap { waves[$0] }
            return MultiPolygon([Polygon(rings: [corners])].compactMap { $0 })
        }
    }

    /// How many shapes each undirected edge belongs to.
    static func edges(_ shapes: [MultiPolygon]) -> [[FixedPoint]: Int] {
        var edges: [[FixedPoint]: Int] = [:]
        for ring in shapes.flatMap({ $0.polygons.flatMap(\.rings) }) {
            let corners = ring.points.map { FixedPoint($0) }
            for (start, end) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
                let edge = [start, end].sorted { ($0.latitude, $0.longitude) < ($1.latitude, $1.longitude) }
                edges[edge, default: 0] += 1
            }
        }
        return edges
    }

    /// The area enclosed by the edges that have no neighbour is the sum of the areas: nothing is missing inside.
    static func coverGap(_ shapes: [MultiPolygon]) -> Double {
        let edges = edges(shapes)
        // Twice the signed area swept by lone edges, in the direction their ring walks them once counterclockwise.
        var swept = 0.0
        var total = 0.0
        let rings = shapes.flatMap { $0.polygons.flatMap { $0.rings.enumerated().map { ($0.offset > 0, $0.element) } } }
        for (hole, ring) in rings {
            let sign = (ring.moments.area < 0) == hole ? 1.0 : -1.0
            total += sign * ring.moments.area
            for (start, end) in zip(ring.points, Array(ring.points.dropFirst()) + [ring.points[0]]) {
                let key = [FixedPoint(start), FixedPoint(end)].sorted {
                    ($0.latitude, $0.longitude) < ($1.latitude, $1.longitude)
                }
                guard edges[key] == 1 else { continue }
                let (x, y) = (start.longitude - 2, start.latitude - 48)
                swept += sign * (x * (end.latitude - 48) - (end.longitude - 2) * y)
            }
        }
        return abs(total - swept) / total
    }

    @Test func neighboursKeepOneBorder() throws {
        var numbers = SeededNumbers(30)
        let shapes = SimplificationTests.patchwork(6, &numbers)
        let outside = SimplificationTests.edges(shapes).values.filter { $0 == 1 }.count
        #expect(outside == 4 * 6 * 8)
        for tolerance in [50.0, 300, 2_000, 50_000] {
            let simple = Simplification.simplify(shapes, toleranceMetres: tolerance)
            #expect(simple.count == shapes.count && simple.allSatisfy { $0.polygons.count == 1 })
            let edges = SimplificationTests.edges(simple)
            #expect(edges.values.allSatisfy { $0 <= 2 })
            // Between two cells, whatever is left of a border has two owners.
            #expect(edges.values.filter { $0 == 2 }.count >= 2 * 6 * 5)
            #expect(SimplificationTests.coverGap(simple) < 1e-9)
            for ring in simple.flatMap({ $0.polygons.map(\.outer) }) { #expect(!ring.crossesItself) }
        }
        #expect(Simplification.simplify(shapes, toleranceMetres: 0) == shapes)
        #expect(Simplification.simplify(shapes, toleranceMetres: .nan) == shapes)
    }

    @Test func droppedCornersStayWithinTheTolerance() throws {
        var numbers = SeededNumbers(31)
        let blob = ContourTests.blob(&numbers, around: numbers.point(), metres: 20_000)
        let shape = MultiPolygon([try #require(Polygon(rings: [blob]))])
        let simple = try #require(Simplification.simplify([shape], toleranceMetres: 3_000).first)
        let kept = try #require(simple.polygons.first?.outer.points)
        #expect(kept.count < blob.count)
        for corner in blob {
            let distance =
                zip(kept, kept.dropFirst() + kept.prefix(1)).map { start, end in
                    (0...400).map { step in
                        let share = Double(step) / 400
                        return corner.distance(
                            to: Point(
                                clampedLatitude: start.latitude + share * (end.latitude - start.latitude),
                                longitude: start.longitude + share * (end.longitude - start.longitude)))
                    }.min() ?? 0
                }.min() ?? 0
            #expect(distance < 3_000 * 1.02 + 50)
        }
    }

    @Test func anIslandFillsItsHoleExactly() throws {
        var numbers = SeededNumbers(32)
        let center = Point(clampedLatitude: 47, longitude: 1)
        let hole = (0..<60).map { step in
            center.destination(
                bearing: Double(step) * 6, metres: 9_000 * Double.random(in: 0.8...1, using: &numbers))
        }
        let around = try #require(Polygon(rings: [square(0, 46, 2), Array(hole.reversed())]))
        let island = try #require(Polygon(rings: [Array(hole[20...] + hole[..<20])]))
        for tolerance in [500.0, 3_000, 100_000] {
            let simple = Simplification.simplify(
                [MultiPolygon([around]), MultiPolygon([island])], toleranceMetres: tolerance)
            let left = try #require(simple.first?.polygons.first?.holes.first)
            let right = try #require(simple.last?.polygons.first?.outer)
            #expect(Set(left.points) == Set(right.points))
            #expect(right.points.count >= 3 && right.points.count < 60)
        }
    }

    @Test func communesOfHautsDeFranceKeepTheirNeighbours() throws {
        guard let shapes = try SimplificationTests.communes() else {
            print("Geography: no shared data, communes skipped")
            return
        }
        #expect(shapes.count == 3_808)
        let before = SimplificationTests.edges(shapes)
        var simple: [MultiPolygon] = []
        let spent = ContinuousClock().measure { simple = Simplification.simplify(shapes, toleranceMetres: 150) }
        let after = SimplificationTests.edges(simple)
        #expect(simple.count == shapes.count && simple.allSatisfy { $0.bounds != nil })
        #expect(after.count < before.count * 2 / 3)
        #expect(after.values.allSatisfy { $0 <= 2 })
        #expect(SimplificationTests.coverGap(simple) < 1e-9)
        let bytes = simple.reduce(0) { $0 + Contour($1).bytes.count }
        print("Geography: 3,808 communes at 150 m in \(spent): \(before.count) edges to \(after.count), \(bytes) bytes")

        // Away from the outer border, what had one commune still has exactly one.
        let boxes = shapes.compactMap(\.bounds)
        let whole = try #require(boxes.first.map { boxes.reduce($0) { $0.union($1) } })
        var numbers = SeededNumbers(33)
        var inside = 0
        for _ in 0..<120 {
            let place = numbers.point(latitudes: whole.south...whole.north, longitudes: whole.west...whole.east)
            let deep = stride(from: 0.0, to: 360, by: 45).allSatisfy { bearing in
                let near = place.destination(bearing: bearing, metres: 1_500)
                return shapes.filter { $0.contains(near) }.count == 1
            }
            guard deep, shapes.filter({ $0.contains(place) }).count == 1 else { continue }
            inside += 1
            #expect(simple.filter { $0.contains(place) }.count == 1)
        }
        #expect(inside > 25)
    }

    /// The communes of the shared folder, or nothing when it is not there.
    static func communes() throws -> [MultiPolygon]? {
        let name = "reference/gregoiredavid_france-geojson__communes-hauts-de-france.geojson"
        let given = ProcessInfo.processInfo.environment["MAILLAGE_TEST_DATA"]
        let folder = given ?? FileManager.default.currentDirectoryPath + "/../shared/data"
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
        let parsed = try JSONSerialization.jsonObject(with: data)
        let root = try #require(parsed as? [String: Any])
        let features = try #require(root["features"] as? [[String: Any]])
        return features.map { feature in
            let geometry = feature["geometry"] as? [String: Any]
            let polygons: [[[[Double]]]]
            if let one = geometry?["coordinates"] as? [[[Double]]] {
                polygons = [one]
            } else {
                polygons = geometry?["coordinates"] as? [[[[Double]]]] ?? []
            }
            return MultiPolygon(
                polygons.compactMap { polygon in
                    Polygon(rings: polygon.map { ring in ring.compactMap { Point(latitude: $0[1], longitude: $0[0]) } })
                })
        }
    }
}
