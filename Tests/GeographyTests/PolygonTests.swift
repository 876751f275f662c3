import Testing

@testable import Geography

/// A ring through (longitude, latitude) pairs.
func ring(_ corners: [(Double, Double)]) -> [Point] {
    corners.compactMap { Point(latitude: $0.1, longitude: $0.0) }
}

func square(_ west: Double, _ south: Double, _ side: Double) -> [Point] {
    ring([(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)])
}

@Suite struct PolygonTests {
    @Test func degenerateRingsAreRefused() {
        #expect(Ring(ring([(0, 0), (1, 1), (0, 0)])) == nil)
        #expect(Ring(ring([(0, 0), (0, 0), (0, 0), (0, 0)])) == nil)
        #expect(Ring(square(0, 0, 1))?.points.count == 4)
        #expect(Polygon(rings: []) == nil)
        #expect(Polygon(rings: [square(0, 0, 1), []])?.holes.isEmpty == true)
    }

    @Test func holesAreOutsideInEitherWinding() throws {
        for flip in [false, true] {
            let hole = flip ? Array(square(1, 1, 1).reversed()) : square(1, 1, 1)
            let shape = MultiPolygon([try #require(Polygon(rings: [square(0, 0, 3), hole]))])
            #expect(shape.contains(try #require(Point(latitude: 0.5, longitude: 0.5))))
            #expect(!shape.contains(try #require(Point(latitude: 1.5, longitude: 1.5))))
            #expect(!shape.contains(try #require(Point(latitude: 1.5, longitude: 5))))
            let centroid = try #require(shape.centroid)
            #expect(abs(centroid.latitude - 1.5) < 1e-9 && abs(centroid.longitude - 1.5) < 1e-9)
        }
    }

    @Test func aPointOnASharedBorderHasOneOwner() throws {
        let cells = try (0..<9).map { try #require(Ring(square(Double($0 % 3), Double($0 / 3), 1))) }
        for step in 0..<24 {
            let place = try #require(Point(latitude: 1, longitude: Double(step) / 8))
            #expect(cells.filter { $0.contains(place) }.count == 1)
        }
        // Slanted borders walked in opposite directions.
        let left = try #require(Ring(ring([(0, 0), (0.7, 0.1), (0.3, 1.9), (0, 2)])))
        let right = try #require(Ring(ring([(2, 0), (0.7, 0.1), (0.3, 1.9), (2, 2)])))
        for step in 0..<1_000 {
            let share = Double(step) / 1_000
            let place = try #require(Point(latitude: 0.1 + 1.8 * share, longitude: 0.7 - 0.4 * share))
            #expect(left.contains(place) != right.contains(place))
        }
    }

    @Test func areaIsInSquareMetres() throws {
        let degree = try #require(Ring(square(2, 45, 1)))
        // One degree square at 45–46° north on the sphere.
        #expect(abs(degree.area - 8_666e6) < 10e6)
        let shape = try #require(Polygon(rings: [square(0, 0, 3), square(1, 1, 1)]))
        let whole = try #require(Ring(square(0, 0, 3)))
        #expect(shape.area < whole.area && shape.area > whole.area * 0.88)
    }

    @Test func centroidOfFarSmallRingIsPrecise() throws {
        let shape = MultiPolygon([try #require(Polygon(rings: [square(-170, -80, 0.0002)]))])
        let centroid = try #require(shape.centroid)
        #expect(abs(centroid.longitude + 169.9999) < 1e-9)
        #expect(MultiPolygon([]).centroid == nil)
    }
}
