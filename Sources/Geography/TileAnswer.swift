/// Several points of a cell drawn as one. Positions in the tile are 0…4095 from its north-west corner.
public struct Cluster: Hashable, Sendable {
    /// Names the cell, whatever it holds: the same from one request, filter or data set to the next. Fits 63 bits.
    public let id: UInt64
    public let count: Int
    /// The mean of its points on the map.
    public let position: Point
    /// The smallest box holding its points.
    public let bounds: BoundingBox
    /// The slot of one of its points.
    public let member: Int
    public let tileX: Int
    public let tileY: Int
    /// Which of the 4 × 4 cells of the tile, 0…15, row by row.
    public let cell: Int

    init(summary: CellSummary, tile: Tile, cellX: Int, cellY: Int) {
        let count = UInt64(max(summary.count, 1))
        let mean = MercatorCell(
            x: UInt32(truncatingIfNeeded: summary.sumX / count), y: UInt32(truncatingIfNeeded: summary.sumY / count))
        let level = tile.z + Clusterer.cellDepth
        let side = 1 << Clusterer.cellDepth
        let column = UInt64(tile.x * side + cellX)
        let row = UInt64(tile.y * side + cellY)
        // Five bits of level, then twice 22 bits: levels end at 20 + 2.
        id = UInt64(level) << 58 | row << 22 | column
        self.count = summary.count
        position = mean.point
        bounds = summary.box.bounds
        member = summary.member
        (tileX, tileY) = mean.position(in: tile)
        cell = cellY * side + cellX
    }
}

/// One place with one slot or more: all its points have exactly the same coordinates.
public struct Stack: Hashable, Sendable {
    /// Names the place. Never that of a cluster. Fits 63 bits.
    public let id: UInt64
    let latitude: Int32
    let longitude: Int32
    let mercator: MercatorCell
    /// How many slots there are, listed or not.
    public private(set) var count: Int
    /// The first slots, up to the cap of the clusterer, in increasing order.
    public private(set) var slots: [Int]

    init(_ columns: MortonIndex.Columns, at position: Int) {
        let code = columns.codes[position]
        // 29 bits on each axis tell millionths of a degree apart.
        id = 31 << 58 | code >> 6
        mercator = Morton.cell(code)
        latitude = columns.latitudes[position]
        longitude = columns.longitudes[position]
        count = 1
        slots = [Int(columns.slots[position])]
    }

    /// Where it is.
    public var point: Point {
        Point(
            clampedLatitude: Double(latitude) / FixedPoint.scale, longitude: Double(longitude) / FixedPoint.scale)
    }

    mutating func add(_ slot: Int, cap: Int) {
        count += 1
        if slots.count < cap { slots.append(slot) }
    }

    /// Counts slots that are at the same place and will not be listed.
    mutating func count(upTo total: Int) { count = max(count, total) }
}

/// What to draw in a tile.
public struct TileAnswer: Hashable, Sendable {
    public let tile: Tile
    public internal(set) var clusters: [Cluster] = []
    /// Places with one slot.
    public internal(set) var points: [Stack] = []
    /// Places with several slots.
    public internal(set) var stacks: [Stack] = []

    init(tile: Tile) { self.tile = tile }

    /// How many points the answer stands for.
    public var count: Int {
        clusters.reduce(points.count) { $0 + $1.count } + stacks.reduce(0) { $0 + $1.count }
    }

    mutating func add(_ stack: Stack) {
        if stack.count == 1 { points.append(stack) } else { stacks.append(stack) }
    }
}

extension MercatorCell {
    /// Where the cell is in a tile of 4096 × 4096 units.
    func position(in tile: Tile) -> (x: Int, y: Int) {
        let shift = UInt32(20 - tile.z)
        return (Int(x >> shift & 4_095), Int(y >> shift & 4_095))
    }
}
