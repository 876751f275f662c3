/// Tiles and their cells as ranges of positions.
extension MortonIndex {
    /// The positions of the points of a tile, in O(log n).
    public func positions(in tile: Tile) -> Range<Int> {
        positions(of: Morton.code(MercatorCell(x: UInt32(tile.x), y: UInt32(tile.y))), level: tile.z, in: 0..<count)
    }

    /// How many points a tile holds, in O(log n).
    public func count(in tile: Tile) -> Int { positions(in: tile).count }

    /// How many points of a tile are in the filter.
    public func count(in tile: Tile, filter: Bitset) -> Int {
        var total = 0
        for position in positions(in: tile) where filter.test(Int(columns.slots[position])) { total += 1 }
        return total
    }

    /// Calls `body` for each cell of a tile that holds points, the tile being cut in 2^`depth` × 2^`depth` cells, in
    /// the order of the curve: column and row of the cell in the tile, and the positions it holds. The depth is brought
    /// back within 0…12.
    public func forEachCell(of tile: Tile, depth: Int, _ body: (_ x: Int, _ y: Int, _ positions: Range<Int>) -> Void) {
        let level = tile.z + min(max(depth, 0), 12)
        let all = positions(in: tile)
        let mask = UInt32(1 << (level - tile.z) - 1)
        var start = all.lowerBound
        while start < all.upperBound {
            let prefix = level == 0 ? 0 : columns.codes[start] >> UInt64(64 - 2 * level)
            let cell = positions(of: prefix, level: level, in: start..<all.upperBound)
            // The grid of a level fits the low bits of a code, so that the same bit juggling reads it.
            let place = Morton.cell(prefix)
            body(Int(place.x & mask), Int(place.y & mask), cell)
            start = cell.upperBound
        }
    }

    /// The positions, within `range`, of the codes that begin with the 2 × `level` bits of `prefix`.
    func positions(of prefix: UInt64, level: Int, in range: Range<Int>) -> Range<Int> {
        guard level > 0 else { return range }
        let start = lowerBound(prefix << UInt64(64 - 2 * level), in: range)
        return start..<end(of: prefix, level: level, in: start..<range.upperBound)
    }

    /// The first position in `range` past the codes that begin with `prefix`.
    func end(of prefix: UInt64, level: Int, in range: Range<Int>) -> Int {
        let shift = UInt64(64 - 2 * level)
        let next = (prefix &+ 1) << shift
        // The last cell of the map has no successor.
        return next == 0 ? range.upperBound : lowerBound(next, in: range)
    }
}
