import Testing

@testable import Geography

@Suite struct ContourTests {
    /// A ring that turns around a center: never degenerate.
    static func blob(_ numbers: inout SeededNumbers, around center: Point, metres: Double) -> [Point] {
        let corners = Int.random(in: 3...40, using: &numbers)
        return (0..<corners).map { step in
            center.destination(
                bearing: Double(step) * 360 / Double(corners),
                metres: metres * Double.random(in: 0.5...1, using: &numbers))
        }
    }

    static func shape(_ numbers: inout SeededNumbers) -> MultiPolygon {
        MultiPolygon(
            (0..<Int.random(in: 1...4, using: &numbers)).compactMap { _ in
                let center = numbers.point()
                return Polygon(rings: [
                    blob(&numbers, around: center, metres: 9_000), blob(&numbers, around: center, metres: 3_000),
                ])
            })
    }

    @Test func survivesStorageWithinHalfAStep() throws {
        var numbers = SeededNumbers(20)
        for _ in 0..<60 {
            let shape = ContourTests.shape(&numbers)
            let contour = Contour(shape)
            let back = try #require(Contour(bytes: contour.bytes))
            #expect(back == contour)
            #expect(back.multiPolygon.polygons.count == shape.polygons.count)
            for (one, other) in zip(shape.polygons, back.multiPolygon.polygons) {
                #expect(one.holes.count == other.holes.count)
                for (corner, stored) in zip(one.outer.points, other.outer.points) {
                    #expect(corner.distance(to: stored) < 0.9)
                }
            }
            // Rounding again changes nothing.
            #expect(Contour(back.multiPolygon) == contour)
        }
        #expect(Contour(bytes: Contour(MultiPolygon([])).bytes)?.multiPolygon.polygons.isEmpty == true)
    }

    @Test func tooSmallRingsAreDropped() throws {
        let tiny = MultiPolygon([try #require(Polygon(rings: [square(2, 48, 0.000_001)]))])
        #expect(Contour(tiny).cornerCount == 0)
    }

    @Test func hostileBytesAreRefusedWithoutATrap() {
        var numbers = SeededNumbers(21)
        let good = Contour(ContourTests.shape(&numbers)).bytes
        for length in 0..<good.count { #expect(Contour(bytes: Array(good.prefix(length))) == nil) }
        #expect(Contour(bytes: good + [0]) == nil)
        #expect(Contour(bytes: [2] + good.dropFirst()) == nil)
        let huge: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x7f]
        #expect(Contour(bytes: [1] + huge) == nil)
        #expect(Contour(bytes: [1, 1] + huge) == nil)
        #expect(Contour(bytes: [1, 1, 1] + huge + good) == nil)
        #expect(Contour(bytes: [1, 1, 1, 3] + huge + huge + huge + huge + huge + huge) == nil)
        #expect(Contour(bytes: [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) == nil)
        for _ in 0..<4_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = .random(in: 0...255, using: &numbers)
            }
            // What is accepted is a sound shape.
            if let contour = Contour(bytes: bytes) {
                #expect(Contour.encode(contour.shape).count <= bytes.count)
                #expect(contour.multiPolygon.polygons.count == contour.shape.count)
            }
            let noise = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            _ = Contour(bytes: [1] + noise)
        }
    }

    @Test func jsonHoldsDifferences() throws {
        let shape = MultiPolygon([try #require(Polygon(rings: [square(3, 50, 1), square(3.2, 50.2, 0.5)]))])
        var out: [UInt8] = []
        Contour(shape).appendJSON(to: &out)
        #expect(
            String(decoding: out, as: UTF8.self)
                == "[[[300000,5000000,100000,0,0,100000,-100000,0],[320000,5020000,50000,0,0,50000,-50000,0]]]")
    }
}
