/// An immutable spatial index over slots (positions in columns of fixed-point coordinates), sorted along the Z-order
/// curve of the Web Mercator map, so that any tile at any zoom is one contiguous range of *positions*. A copy costs one
/// reference; build a new one when places move. Built in O(n) passes over the codes, about 36 bytes per point.
public struct MortonIndex: Sendable {
    let columns: Columns

    /// What is sorted: entry `p` of each column is the point at position `p` of the curve.
    final class Columns: Sendable {
        let codes: [UInt64]
        let slots: [Int32]
        let latitudes: [Int32]
        let longitudes: [Int32]
        /// Sums of the map coordinates before each position, to average any range at once.
        let sumX: [UInt64]
        let sumY: [UInt64]
        /// The box of each run of `FixedBox.run` positions.
        let boxes: [FixedBox]

        init(codes: [UInt64], slots: [Int32], latitudes: [Int32], longitudes: [Int32]) {
            self.codes = codes
            self.slots = slots
            self.latitudes = latitudes
            self.longitudes = longitudes
            var sumX: [UInt64] = [0]
            var sumY: [UInt64] = [0]
            sumX.reserveCapacity(codes.count + 1)
            sumY.reserveCapacity(codes.count + 1)
            var (x, y): (UInt64, UInt64) = (0, 0)
            for code in codes {
                let cell = Morton.cell(code)
                x += UInt64(cell.x)
                y += UInt64(cell.y)
                sumX.append(x)
                sumY.append(y)
            }
            self.sumX = sumX
            self.sumY = sumY
            boxes = stride(from: 0, to: codes.count, by: FixedBox.run).map { start in
                var box = FixedBox()
                for position in start..<min(start + FixedBox.run, codes.count) {
                    box.add(latitude: latitudes[position], longitude: longitudes[position])
                }
                return box
            }
        }
    }

    /// Indexes the slots of two columns of millionths of a degree: slot `i` is at (`latitudes[i]`, `longitudes[i]`).
    /// Slots out of range and slots not in `present` (when given) are left out, as are those past the shorter column.
    public init(latitudes: [Int32], longitudes: [Int32], present: Bitset? = nil) {
        var codes: [UInt64] = []
        var slots: [Int32] = []
        let count = min(latitudes.count, longitudes.count, Int(Int32.max))
        codes.reserveCapacity(count)
        slots.reserveCapacity(count)
        for slot in 0..<count where present?.test(slot) ?? true {
            guard let place = FixedPoint(latitude: latitudes[slot], longitude: longitudes[slot]) else { continue }
            codes.append(Morton.code(MercatorCell(place)))
            slots.append(Int32(slot))
        }
        CurveOrder.sort(&codes, with: &slots)
        columns = Columns(
            codes: codes, slots: slots, latitudes: slots.map { latitudes[Int($0)] },
            longitudes: slots.map { longitudes[Int($0)] })
    }

    /// Indexes points; slot `i` is the i-th.
    public init(_ points: [FixedPoint]) {
        self.init(latitudes: points.map(\.latitude), longitudes: points.map(\.longitude))
    }

    /// How many points are indexed.
    public var count: Int { columns.codes.count }

    /// The slot at a position of the curve, or nothing out of `0..<count`.
    public func slot(at position: Int) -> Int? {
        columns.slots.indices.contains(position) ? Int(columns.slots[position]) : nil
    }

    /// The coordinates at a position of the curve, or nothing out of `0..<count`.
    public func fixedPoint(at position: Int) -> FixedPoint? {
        guard columns.slots.indices.contains(position) else { return nil }
        return FixedPoint(latitude: columns.latitudes[position], longitude: columns.longitudes[position])
    }

    /// The first position in `range` whose code is not below `code`.
    func lowerBound(_ code: UInt64, in range: Range<Int>) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if columns.codes[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A rectangle of fixed-point coordinates that grows around what is added.
struct FixedBox: Hashable, Sendable {
    /// Positions per stored box: long enough to be cheap to keep, short enough for the ends of a range to be cheap.
    static let run = 64

    var south = Int32.max
    var west = Int32.max
    var north = Int32.min
    var east = Int32.min

    mutating func add(latitude: Int32, longitude: Int32) {
        south = min(south, latitude)
        north = max(north, latitude)
        west = min(west, longitude)
        east = max(east, longitude)
    }

    mutating func add(_ other: FixedBox) {
        south = min(south, other.south)
        north = max(north, other.north)
        west = min(west, other.west)
        east = max(east, other.east)
    }

    /// Whether it holds one place only.
    var isPoint: Bool { south == north && west == east }

    func contains(latitude: Int32, longitude: Int32) -> Bool {
        latitude >= south && latitude <= north && longitude >= west && longitude <= east
    }

    var bounds: BoundingBox {
        BoundingBox(
            uncheckedSouth: Double(south) / FixedPoint.scale, west: Double(west) / FixedPoint.scale,
            north: Double(north) / FixedPoint.scale, east: Double(east) / FixedPoint.scale)
    }
}

extension FixedBox {
    /// Exactly the fixed points inside a box.
    init(inside box: BoundingBox) {
        south = FixedBox.first(notBelow: box.south)
        west = FixedBox.first(notBelow: box.west)
        north = -FixedBox.first(notBelow: -box.north)
        east = -FixedBox.first(notBelow: -box.east)
    }

    /// The smallest whole number of millionths that reads back as `degrees` or more. Multiplying and rounding up would
    /// miss a border that is itself a fixed coordinate, for the product may land just above it.
    private static func first(notBelow degrees: Double) -> Int32 {
        let nearest = (degrees * FixedPoint.scale).rounded()
        return Int32(nearest / FixedPoint.scale < degrees ? nearest + 1 : nearest)
    }

    var isEmpty: Bool { south > north || west > east }
}
