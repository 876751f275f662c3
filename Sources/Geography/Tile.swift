/// A square of the Web Mercator map: column `x` and row `y` (from the north) at zoom `z`, as in `/{z}/{x}/{y}`.
public struct Tile: Hashable, Sendable {
    public let z: Int
    public let x: Int
    public let y: Int

    /// Zooms served, 0…20.
    public static let zooms = 0...20

    /// Refuses a zoom outside of 0…20 and columns or rows outside of 0..<2^z.
    public init?(z: Int, x: Int, y: Int) {
        guard Tile.zooms.contains(z), x >= 0, y >= 0, x < 1 << z, y < 1 << z else { return nil }
        self.z = z
        self.x = x
        self.y = y
    }

    /// The tile that contains a point; latitudes beyond the map fall in the first or the last row. The zoom is brought
    /// back within 0…20.
    public init(containing point: Point, zoom: Int) {
        z = min(max(zoom, Tile.zooms.lowerBound), Tile.zooms.upperBound)
        let cell = MercatorCell(FixedPoint(point))
        x = Int(cell.x >> UInt32(32 - z))
        y = Int(cell.y >> UInt32(32 - z))
    }

    /// The tile one zoom out, or nothing at zoom 0.
    public var parent: Tile? { Tile(z: z - 1, x: x >> 1, y: y >> 1) }

    /// The four tiles one zoom in, or none at zoom 20.
    public var children: [Tile] {
        [(0, 0), (1, 0), (0, 1), (1, 1)].compactMap { Tile(z: z + 1, x: 2 * x + $0.0, y: 2 * y + $0.1) }
    }

    /// The latitudes and longitudes the tile covers.
    public var bounds: BoundingBox {
        let side = Double(1 << z)
        return BoundingBox(
            uncheckedSouth: Mercator.latitude(y: Double(y + 1) / side), west: Double(x) / side * 360 - 180,
            north: Mercator.latitude(y: Double(y) / side), east: Double(x + 1) / side * 360 - 180)
    }
}
