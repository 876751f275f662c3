#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Spherical Web Mercator (EPSG:3857) on the unit square: x grows eastwards, y southwards.
public enum Mercator {
    /// The map ends at this latitude, north and south, where it becomes a square.
    public static let latitudeLimit = 85.0511287798066
    /// Pixels along the side of a tile.
    public static let tileSize = 256.0

    /// 0…1 from west to east.
    static func x(longitude: Double) -> Double { (longitude + 180) / 360 }

    /// 0…1 from north to south; latitudes beyond the limit are brought back to it.
    static func y(latitude: Double) -> Double {
        let kept = min(max(latitude, -latitudeLimit), latitudeLimit)
        return (1 - asinh(tan(Earth.radians(kept))) / Double.pi) / 2
    }

    static func latitude(y: Double) -> Double { Earth.degrees(atan(sinh(Double.pi * (1 - 2 * y)))) }

    /// The pixel of the whole world at a zoom (tiles of 256 pixels), with its fraction.
    public static func worldPixel(of point: Point, zoom: Int) -> (x: Double, y: Double) {
        let side = tileSize * Double(1 << min(max(zoom, 0), Tile.zooms.upperBound))
        return (x(longitude: point.longitude) * side, y(latitude: point.latitude) * side)
    }

    /// The point under a pixel of the whole world, or nothing outside of the map.
    public static func point(worldPixelX x: Double, y: Double, zoom: Int) -> Point? {
        guard Tile.zooms.contains(zoom) else { return nil }
        let side = tileSize * Double(1 << zoom)
        guard (0...side).contains(x), (0...side).contains(y) else { return nil }
        return Point(clampedLatitude: latitude(y: y / side), longitude: x / side * 360 - 180)
    }
}

/// A point of the map on a grid of 2^32 × 2^32 cells (under 1 cm): tiles are prefixes of its bits.
struct MercatorCell: Hashable, Sendable {
    let x: UInt32
    let y: UInt32

    init(x: UInt32, y: UInt32) {
        self.x = x
        self.y = y
    }

    init(_ fixed: FixedPoint) { self.init(latitude: fixed.latitude, longitude: fixed.longitude) }

    /// From millionths of a degree. Never decreasing along x with longitude, nor along y southwards: queries on the
    /// grid lose no point.
    init(latitude: Int32, longitude: Int32) {
        x = MercatorCell.cell(Mercator.x(longitude: Double(longitude) / FixedPoint.scale))
        y = MercatorCell.cell(Mercator.y(latitude: Double(latitude) / FixedPoint.scale))
    }

    private static func cell(_ unit: Double) -> UInt32 {
        UInt32(min(max(unit * 4_294_967_296, 0), 4_294_967_295))
    }

    /// The middle of the cell.
    var point: Point {
        Point(
            clampedLatitude: Mercator.latitude(y: (Double(y) + 0.5) / 4_294_967_296),
            longitude: (Double(x) + 0.5) / 4_294_967_296 * 360 - 180)
    }
}

/// Morton (Z-order) codes: the bits of x and y interleaved, x lowest.
enum Morton {
    static func code(_ cell: MercatorCell) -> UInt64 { spread(cell.x) | spread(cell.y) << 1 }

    static func cell(_ code: UInt64) -> MercatorCell { MercatorCell(x: gather(code), y: gather(code >> 1)) }

    private static func spread(_ value: UInt32) -> UInt64 {
        var bits = UInt64(value)
        bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff
        bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff
        bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }

    private static func gather(_ code: UInt64) -> UInt32 {
        var bits = code & 0x5555_5555_5555_5555
        bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
        bits = (bits | bits >> 2) & 0x0f0f_0f0f_0f0f_0f0f
        bits = (bits | bits >> 4) & 0x00ff_00ff_00ff_00ff
        bits = (bits | bits >> 8) & 0x0000_ffff_0000_ffff
        return UInt32(truncatingIfNeeded: bits | bits >> 16)
    }
}
