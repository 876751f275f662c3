/// A multipolygon in a few bytes, for a database column and for the browser: whole numbers of 1e-5 degrees (about a
/// metre), each corner as its difference from the one before.
///
/// Bytes: version (1); number of polygons; for each, number of rings (outer first); for each, number of corners, then
/// for each corner the differences of longitude and latitude, zigzag. Numbers are LEB128; differences run through
/// the whole contour, from (0, 0). The closing corner is not repeated.
public struct Contour: Hashable, Sendable {
    /// What to store. Always decodable.
    public let bytes: [UInt8]
    let shape: [[[Corner]]]

    struct Corner: Hashable, Sendable {
        let longitude: Int
        let latitude: Int

        var point: Point {
            Point(clampedLatitude: Double(latitude) / Contour.scale, longitude: Double(longitude) / Contour.scale)
        }
    }

    /// Steps in one degree.
    public static let scale = 1e5
    static let version: UInt8 = 1

    /// Rings that no longer have three corners once rounded are dropped, and polygons without their outer ring.
    public init(_ shape: MultiPolygon) {
        let kept = shape.polygons.compactMap { polygon -> [[Corner]]? in
            guard let outer = Contour.rounded(polygon.outer) else { return nil }
            return [outer] + polygon.holes.compactMap(Contour.rounded)
        }
        self.shape = kept
        bytes = Contour.encode(kept)
    }

    /// Reads stored bytes; nothing when they are not a contour, whole and within the Earth. Never traps, and never
    /// takes more memory than a small multiple of the bytes.
    public init?(bytes: [UInt8]) {
        guard let shape = Contour.decode(bytes) else { return nil }
        self.bytes = bytes
        self.shape = shape
    }

    /// The shape, within half a step of the one it was made from.
    public var multiPolygon: MultiPolygon {
        MultiPolygon(shape.compactMap { Polygon(rings: $0.map { ring in ring.map(\.point) }) })
    }

    /// How many corners it has.
    public var cornerCount: Int { shape.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// Appends the shape as JSON: polygons, each an array of rings, each a flat array of whole numbers of 1e-5
    /// degrees: longitude and latitude of the first corner, then differences from the corner before.
    ///
    ///     [[[305730,5062920,120,-40,…],[…hole…]],…]
    public func appendJSON(to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (rank, polygon) in shape.enumerated() {
            if rank > 0 { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "["))
            for (rank, ring) in polygon.enumerated() {
                if rank > 0 { out.append(UInt8(ascii: ",")) }
                out.append(UInt8(ascii: "["))
                var (longitude, latitude) = (0, 0)
                for (rank, corner) in ring.enumerated() {
                    if rank > 0 { out.append(UInt8(ascii: ",")) }
                    out.append(decimal: corner.longitude - longitude)
                    out.append(UInt8(ascii: ","))
                    out.append(decimal: corner.latitude - latitude)
                    (longitude, latitude) = (corner.longitude, corner.latitude)
                }
                out.append(UInt8(ascii: "]"))
            }
            out.append(UInt8(ascii: "]"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func rounded(_ ring: Ring) -> [Corner]? {
        var corners: [Corner] = []
        for point in ring.points {
            let corner = Corner(
                longitude: Int((point.longitude * scale).rounded()), latitude: Int((point.latitude * scale).rounded()))
            if corner != corners.last { corners.append(corner) }
        }
        while corners.count > 1, corners.last == corners.first { corners.removeLast() }
        return corners.count >= 3 ? corners : nil
    }
}
