import Testing

@testable import Geography

@Suite struct ClustererTests {
    let columns: (latitudes: [Int32], longitudes: [Int32])
    let index: MortonIndex
    let third: Bitset

    init() {
        var numbers = SeededNumbers(12)
        columns = numbers.columns(4_000)
        index = MortonIndex(latitudes: columns.latitudes, longitudes: columns.longitudes)
        var third = Bitset(count: 4_000)
        for slot in stride(from: 0, to: 4_000, by: 3) { third.set(slot) }
        self.third = third
    }

    func fixed(_ slot: Int) -> FixedPoint? {
        FixedPoint(latitude: columns.latitudes[slot], longitude: columns.longitudes[slot])
    }

    /// Tiles that hold points, some at each zoom.
    var tiles: [Tile] {
        (0...20).flatMap { zoom in
            Set(
                stride(from: 0, to: 4_000, by: 401).compactMap { fixed($0) }
                    .map { Tile(containing: $0.point, zoom: zoom) })
        }
    }

    @Test func everyPointIsCountedOnce() throws {
        let clusterer = Clusterer(index: index)
        for tile in tiles {
            #expect(clusterer.answer(for: tile).count == index.count(in: tile))
            #expect(clusterer.answer(for: tile, filter: third).count == index.count(in: tile, filter: third))
            #expect(clusterer.answer(for: tile, filter: Bitset()).count == 0)
        }
    }

    @Test func clustersAgreeWithBruteForce() throws {
        let clusterer = Clusterer(index: index)
        for tile in tiles where tile.z < 17 {
            for filter in [nil, third] {
                var cells: [Int: [Int]] = [:]
                for slot in 0..<4_000 where filter?.test(slot) ?? true {
                    let place = try #require(fixed(slot))
                    guard Tile(containing: place.point, zoom: tile.z) == tile else { continue }
                    let cell = MercatorCell(place).position(in: tile)
                    cells[cell.y / 1_024 * 4 + cell.x / 1_024, default: []].append(slot)
                }
                let answer = clusterer.answer(for: tile, filter: filter)
                for cluster in answer.clusters {
                    let removed = cells.removeValue(forKey: cluster.cell)
                    let slots = try #require(removed)
                    let places = slots.compactMap { fixed($0) }
                    #expect(cluster.count == slots.count && slots.contains(cluster.member))
                    #expect(cluster.bounds == BoundingBox(containing: places.map(\.point)))
                    let mean = places.reduce(0.0) { $0 + Double(MercatorCell($1).x) } / Double(places.count)
                    #expect(abs(cluster.position.longitude - (mean / 4_294_967_296 * 360 - 180)) < 1e-6)
                    #expect(cluster.tileX / 1_024 == cluster.cell % 4 && cluster.tileY / 1_024 == cluster.cell / 4)
                }
                for place in answer.points + answer.stacks {
                    let cell = place.mercator.position(in: tile)
                    let removed = cells.removeValue(forKey: cell.y / 1_024 * 4 + cell.x / 1_024)
                    let slots = try #require(removed)
                    #expect(slots == place.slots && Set(slots.map(fixed)).count == 1)
                }
                #expect(cells.isEmpty)
            }
        }
    }

    @Test func nearTheGroundEveryPlaceIsGiven() throws {
        let clusterer = Clusterer(index: index)
        for tile in tiles where tile.z >= 17 {
            let answer = clusterer.answer(for: tile)
            #expect(answer.clusters.isEmpty)
            #expect(Set((answer.points + answer.stacks).map(\.id)).count == answer.points.count + answer.stacks.count)
        }
    }

    @Test func coincidentPointsMakeAStackAtAnyZoom() throws {
        let place = Point(clampedLatitude: 48.1, longitude: -1.7)
        let heap = MortonIndex(Array(repeating: FixedPoint(place), count: 90))
        let clusterer = Clusterer(index: heap, stackCap: 20)
        for zoom in 0...20 {
            let answer = clusterer.answer(for: Tile(containing: place, zoom: zoom))
            #expect(answer.clusters.isEmpty && answer.points.isEmpty)
            #expect(answer.stacks.map(\.count) == [90] && answer.stacks.first?.slots == Array(0..<20))
        }
        var two = Bitset()
        two.set(40)
        two.set(80)
        let answer = clusterer.answer(for: Tile(containing: place, zoom: 5), filter: two)
        #expect(answer.stacks.map(\.slots) == [[40, 80]] && answer.stacks.map(\.count) == [2])
    }

    @Test func aCrowdedCellStaysACluster() throws {
        var numbers = SeededNumbers(13)
        let crowd = (0..<900).map { _ in
            FixedPoint(numbers.point(latitudes: 48.1...48.1001, longitudes: 2.1...2.1001))
        }
        let clusterer = Clusterer(index: MortonIndex(crowd), cellCap: 100)
        let answer = clusterer.answer(for: Tile(containing: crowd[0].point, zoom: 17))
        #expect(!answer.clusters.isEmpty && answer.points.count <= 16 * 100)
    }

    @Test func identifiersNameTheCell() throws {
        let clusterer = Clusterer(index: index)
        var seen: [UInt64: Tile] = [:]
        for tile in Set(tiles) {
            let plain = clusterer.answer(for: tile)
            for cluster in plain.clusters {
                #expect(seen.updateValue(tile, forKey: cluster.id) == nil)
                #expect(cluster.id >> 63 == 0)
            }
            let filtered = clusterer.answer(for: tile, filter: third)
            for cluster in filtered.clusters {
                #expect(plain.clusters.first { $0.cell == cluster.cell }?.id == cluster.id)
            }
        }
    }

    @Test func jsonIsColumnsOfWholeNumbers() throws {
        let places = [(48.0, 2.0), (48.0, 2.0), (48.5, 2.5), (45.0, 100.0), (-10, -10), (-10, -10)].map {
            FixedPoint(Point(clampedLatitude: $0.0, longitude: $0.1))
        }
        let tile = try #require(Tile(z: 1, x: 1, y: 0))
        var out: [UInt8] = []
        Clusterer(index: MortonIndex(places)).answer(for: tile).appendJSON(to: &out) { slot, out in
            out.append(contentsOf: "p\"\(slot)\n".utf8)
        }
        #expect(
            String(decoding: out, as: UTF8.self) == """
                {"z":1,"x":1,"y":0,"points":[[2275],[2946],["p\\"3\\u000a"]],\
                "clusters":[[49],[2841],[3],[8],[45],[2830],[56],[2847]],"stacks":[[],[],[],[]]}
                """)
        var empty: [UInt8] = []
        let south = try #require(Tile(z: 1, x: 0, y: 1))
        Clusterer(index: MortonIndex(places)).answer(for: south).appendJSON(to: &empty) { slot, out in
            out.append(contentsOf: "\(slot)".utf8)
        }
        #expect(String(decoding: empty, as: UTF8.self).contains(#""stacks":[[3868],[228],[2],[["4","5"]]]"#))
    }

    @Test func timingsOfAHundredThousandPoints() throws {
        var numbers = SeededNumbers(14)
        let many = numbers.columns(100_000)
        let clock = ContinuousClock()
        var built: MortonIndex?
        let building = clock.measure { built = MortonIndex(latitudes: many.latitudes, longitudes: many.longitudes) }
        let big = try #require(built)
        var odd = Bitset(count: 100_000)
        for slot in stride(from: 1, to: 100_000, by: 2) { odd.set(slot) }
        let clusterer = Clusterer(index: big)
        var (plain, filtered) = (Duration.zero, Duration.zero)
        for zoom in 0...20 {
            let place = try #require(big.fixedPoint(at: 50_000)).point
            let tile = Tile(containing: place, zoom: zoom)
            plain = max(plain, clock.measure { #expect(clusterer.answer(for: tile).count == big.count(in: tile)) })
            filtered = max(filtered, clock.measure { _ = clusterer.answer(for: tile, filter: odd) })
        }
        print("Geography: 100,000 points: index \(building), worst tile \(plain), filtered \(filtered)")
    }
}
