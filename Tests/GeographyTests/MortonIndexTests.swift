import Testing

@testable import Geography

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct MortonIndexTests {
    let columns: (latitudes: [Int32], longitudes: [Int32])
    let index: MortonIndex
    let half: Bitset

    init() {
        var numbers = SeededNumbers(8)
        columns = numbers.columns(3_000)
        index = MortonIndex(latitudes: columns.latitudes, longitudes: columns.longitudes)
        var half = Bitset(count: 3_000)
        for slot in 0..<3_000 where Bool.random(using: &numbers) { half.set(slot) }
        self.half = half
    }

    func point(_ slot: Int) -> Point {
        Point(
            clampedLatitude: Double(columns.latitudes[slot]) / 1e6,
            longitude: Double(columns.longitudes[slot]) / 1e6)
    }

    @Test func everySlotHasOnePosition() {
        #expect(index.count == 3_000)
        #expect(Set((0..<3_000).compactMap { index.slot(at: $0) }).count == 3_000)
        #expect(index.slot(at: -1) == nil && index.slot(at: 3_000) == nil && index.fixedPoint(at: 3_000) == nil)
        let codes = index.columns.codes
        #expect(zip(codes, codes.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func boxesAgreeWithBruteForce() throws {
        var numbers = SeededNumbers(9)
        for turn in 0..<150 {
            let center = numbers.point()
            var box = BoundingBox(center).expanded(byMetres: pow(10, .random(in: 1...6, using: &numbers)))
            // Borders that pass exactly through points.
            if turn % 3 == 0 { box = BoundingBox(point(turn)).union(BoundingBox(point(turn + 1))) }
            let expected = (0..<3_000).filter { box.contains(point($0)) }
            #expect(index.slots(in: box).sorted() == expected)
            #expect(index.slots(in: box, filter: half).sorted() == expected.filter { half.test($0) })
        }
        #expect(index.slots(in: .world).count == 3_000)
    }

    @Test func radiusAgreesWithBruteForce() {
        var numbers = SeededNumbers(10)
        for turn in 0..<100 {
            let center = turn % 2 == 0 ? numbers.point() : point(turn)
            let metres = pow(10, .random(in: 0...6.5, using: &numbers))
            let expected = (0..<3_000).filter { center.distance(to: point($0)) <= metres }
            #expect(index.slots(within: metres, of: center).sorted() == expected)
        }
        #expect(index.slots(within: .nan, of: numbers.point()).isEmpty)
        #expect(index.slots(within: .infinity, of: numbers.point()).count == 3_000)
    }

    @Test func nearestAgreesWithBruteForce() {
        var numbers = SeededNumbers(11)
        for turn in 0..<100 {
            let center = numbers.point(latitudes: turn % 5 == 0 ? -90...90 : 42...51)
            let limit = Int.random(in: 1...40, using: &numbers)
            for filter in [nil, half] {
                let expected = (0..<3_000).filter { filter?.test($0) ?? true }
                    .map { MortonIndex.Neighbour(slot: $0, metres: center.distance(to: point($0))) }
                    .sorted { ($0.metres, $0.slot) < ($1.metres, $1.slot) }
                #expect(index.nearest(to: center, limit: limit, filter: filter) == Array(expected.prefix(limit)))
            }
        }
        let center = numbers.point()
        #expect(index.nearest(to: center, limit: .max).count == 3_000)
        #expect(index.nearest(to: center, limit: 0).isEmpty)
        #expect(index.nearest(to: center, limit: 5, filter: Bitset()).isEmpty)
        #expect(index.nearest(to: center, limit: 50, maximumMetres: 20_000).allSatisfy { $0.metres <= 20_000 })
    }

    @Test func tilesCountTheirPoints() throws {
        for zoom in 0...20 {
            var counts: [Tile: Int] = [:]
            for slot in 0..<3_000 { counts[Tile(containing: point(slot), zoom: zoom), default: 0] += 1 }
            #expect(counts.allSatisfy { index.count(in: $0.key) == $0.value })
            for (tile, _) in counts.prefix(20) {
                var total = 0
                index.forEachCell(of: tile, depth: 3) { x, y, positions in
                    #expect((0..<8).contains(x) && (0..<8).contains(y) && !positions.isEmpty)
                    total += positions.count
                }
                #expect(total == counts[tile])
            }
        }
        let tile = try #require(Tile(z: 0, x: 0, y: 0))
        #expect(index.count(in: tile, filter: half) == half.popcount)
    }

    @Test func oddPointsAreNotLost() throws {
        let corners: [(Int32, Int32)] = [
            (90_000_000, 180_000_000), (-90_000_000, -180_000_000), (-90_000_000, 180_000_000),
            (90_000_000, -180_000_000), (0, 0), (89_999_999, 180_000_000),
        ]
        let repeated = corners + Array(repeating: (-90_000_000, 180_000_000), count: 40) + [(91_000_000, 0)]
        let odd = MortonIndex(latitudes: repeated.map(\.0), longitudes: repeated.map(\.1))
        #expect(odd.count == 46)
        #expect(odd.slots(in: .world).count == 46)
        let pole = BoundingBox(try #require(Point(latitude: -90, longitude: 180)))
        #expect(odd.slots(in: pole).count == 41)
        #expect(odd.nearest(to: pole.center, limit: 42).count == 42)
        #expect(odd.count(in: try #require(Tile(z: 20, x: 1_048_575, y: 1_048_575))) == 41)
        let none = MortonIndex([])
        #expect(none.count == 0 && none.slots(in: .world).isEmpty && none.nearest(to: pole.center, limit: 3).isEmpty)
    }

    @Test func absentSlotsAreLeftOut() {
        let some = MortonIndex(latitudes: columns.latitudes, longitudes: columns.longitudes, present: half)
        #expect(some.slots(in: .world).sorted() == Array(half.ones))
    }
}
