#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A small flat map: a rectangle of whole units in which contours and points are placed alike. Equirectangular about
/// its middle latitude, so that a kilometre has the same length both ways, from a town to a large region.
public struct MapFrame: Hashable, Sendable {
    /// Size in units, margins included.
    public let width: Int
    public let height: Int
    /// Metres in one unit, to draw a scale.
    public let metresPerUnit: Double
    /// Degrees at the middle of the frame.
    private let middle: Point
    private let shrink: Double

    /// Fits a box, its longer side taking `longestSide` units (100…100,000), with `margin` units around (at most a
    /// quarter of the side). A box narrower than about 200 metres is widened, so that one point makes a map too.
    public init(fitting box: BoundingBox, longestSide: Int = 1_000, margin: Int = 10) {
        let side = min(max(longestSide, 100), 100_000)
        let kept = min(max(margin, 0), side / 4)
        middle = box.center
        shrink = max(cos(Earth.radians(box.center.latitude)), 0.01)
        let least = 200.0
        let metresWide = max((box.east - box.west) * shrink * Earth.metresPerDegree, least)
        let metresHigh = max((box.north - box.south) * Earth.metresPerDegree, least)
        metresPerUnit = max(metresWide, metresHigh) / Double(side - 2 * kept)
        width = Int((metresWide / metresPerUnit).rounded(.up)) + 2 * kept
        height = Int((metresHigh / metresPerUnit).rounded(.up)) + 2 * kept
    }

    /// The value of an SVG `viewBox` attribute.
    public var viewBox: String { "0 0 \(width) \(height)" }

    /// Where a point falls, y downwards; outside of the frame for a point outside of the box.
    public func place(_ point: Point) -> (x: Int, y: Int) {
        let unitsPerDegree = Earth.metresPerDegree / metresPerUnit
        let x = Double(width) / 2 + (point.longitude - middle.longitude) * shrink * unitsPerDegree
        let y = Double(height) / 2 - (point.latitude - middle.latitude) * unitsPerDegree
        return (MapFrame.unit(x), MapFrame.unit(y))
    }

    /// Whether a point falls inside the frame, margins included.
    public func contains(_ point: Point) -> Bool {
        let (x, y) = place(point)
        return (0...width).contains(x) && (0...height).contains(y)
    }

    /// Far points stay countable: a whole Earth at the finest scale is some 2e10 units wide.
    private static func unit(_ value: Double) -> Int { Int(min(max(value, -1e12), 1e12).rounded()) }
}
