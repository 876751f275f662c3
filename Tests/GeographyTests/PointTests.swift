import Testing

@testable import Geography

@Suite struct PointTests {
    @Test func refusesWhatIsNotOnTheEarth() {
        #expect(Point(latitude: .nan, longitude: 0) == nil)
        #expect(Point(latitude: 0, longitude: .infinity) == nil)
        #expect(Point(latitude: 90.001, longitude: 0) == nil)
        #expect(Point(latitude: 0, longitude: -180.001) == nil)
        #expect(Point(latitude: 90, longitude: -180) != nil)
        #expect(FixedPoint(latitude: 90_000_001, longitude: 0) == nil)
        #expect(FixedPoint(latitude: .min, longitude: .max) == nil)
    }

    @Test func fixedFormKeepsElevenCentimetres() throws {
        var numbers = SeededNumbers(1)
        for _ in 0..<500 {
            let point = numbers.point(latitudes: -90...90, longitudes: -180...180)
            #expect(FixedPoint(point).point.distance(to: point) < 0.08)
            #expect(FixedPoint(FixedPoint(point).point) == FixedPoint(point))
        }
    }

    @Test func distancesMatchKnownOnes() throws {
        let lille = try #require(Point(latitude: 50.6292, longitude: 3.0573))
        let paris = try #require(Point(latitude: 48.8566, longitude: 2.3522))
        #expect(abs(lille.distance(to: paris) - 203_500) < 1_500)
        #expect(lille.distance(to: lille) == 0)
        let north = try #require(Point(latitude: 90, longitude: 0))
        let south = try #require(Point(latitude: -90, longitude: 0))
        #expect(abs(north.distance(to: south) - .pi * 6_371_008.8) < 1)
    }

    @Test func destinationIsAtTheDistanceAsked() throws {
        var numbers = SeededNumbers(2)
        for _ in 0..<300 {
            let start = numbers.point(latitudes: -89...89, longitudes: -180...180)
            let metres = Double.random(in: 0..<5_000_000, using: &numbers)
            let end = start.destination(bearing: .random(in: -720..<720, using: &numbers), metres: metres)
            #expect(abs(start.distance(to: end) - metres) < 0.01)
        }
        let start = numbers.point()
        #expect(start.destination(bearing: .nan, metres: 10) == start)
        let east = start.destination(bearing: 90, metres: 1_000)
        #expect(east.longitude > start.longitude)
    }

    @Test func expandedBoxLosesNoNeighbour() throws {
        var numbers = SeededNumbers(3)
        for _ in 0..<500 {
            let center = numbers.point(latitudes: -90...90, longitudes: -180...180)
            let metres = Double.random(in: 0..<3_000_000, using: &numbers)
            let box = BoundingBox(center).expanded(byMetres: metres)
            let near = center.destination(
                bearing: .random(in: 0..<360, using: &numbers), metres: metres * 0.999_999)
            #expect(box.contains(near))
        }
        let box = BoundingBox(numbers.point())
        #expect(box.expanded(byMetres: .nan) == box)
        #expect(box.expanded(byMetres: -5) == box)
        #expect(box.expanded(byMetres: .infinity) == .world)
    }

    @Test func boxesIntersectByTheirBorders() throws {
        let box = try #require(BoundingBox(south: 0, west: 0, north: 2, east: 2))
        let touching = try #require(BoundingBox(south: 2, west: 2, north: 3, east: 3))
        let apart = try #require(BoundingBox(south: 2.1, west: 0, north: 3, east: 3))
        #expect(box.intersects(touching))
        #expect(!box.intersects(apart))
        #expect(box.union(apart).contains(apart))
        #expect(BoundingBox(south: 2, west: 0, north: 1, east: 0) == nil)
        #expect(BoundingBox(south: .nan, west: 0, north: 1, east: 0) == nil)
        #expect(BoundingBox(containing: [Point]()) == nil)
    }
}
