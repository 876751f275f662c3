@testable import Geography

/// SplitMix64: the same numbers at every run.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A point within a box, by default about mainland France.
    mutating func point(
        latitudes: ClosedRange<Double> = 42...51, longitudes: ClosedRange<Double> = -5...8
    ) -> Point {
        Point(
            clampedLatitude: Double.random(in: latitudes, using: &self),
            longitude: Double.random(in: longitudes, using: &self))
    }

    /// Columns of points: half spread over France, half heaped around a few towns, with some exact duplicates.
    mutating func columns(_ count: Int) -> (latitudes: [Int32], longitudes: [Int32]) {
        let towns = (0..<12).map { _ in point() }
        var latitudes: [Int32] = []
        var longitudes: [Int32] = []
        while latitudes.count < count {
            let dice = Int.random(in: 0..<20, using: &self)
            var place = point()
            if dice < 10, let town = towns.randomElement(using: &self) {
                place = town.destination(
                    bearing: Double.random(in: 0..<360, using: &self),
                    metres: Double.random(in: 0..<8_000, using: &self))
            }
            let fixed = FixedPoint(place)
            let repeated = dice == 19 ? 3 : 1
            for _ in 0..<repeated where latitudes.count < count {
                latitudes.append(fixed.latitude)
                longitudes.append(fixed.longitude)
            }
        }
        return (latitudes, longitudes)
    }
}
