/// A place on the Earth, in WGS 84 decimal degrees. Always within range: the initializer refuses anything else.
public struct Point: Hashable, Sendable {
    /// Degrees north, -90…90.
    public let latitude: Double
    /// Degrees east, -180…180.
    public let longitude: Double

    /// Refuses what is not a number and what is out of range.
    public init?(latitude: Double, longitude: Double) {
        guard (-90.0...90.0).contains(latitude), (-180.0...180.0).contains(longitude) else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// For results of arithmetic on valid points, where only rounding can leave the range.
    init(clampedLatitude latitude: Double, longitude: Double) {
        self.latitude = latitude.isNaN ? 0 : min(max(latitude, -90), 90)
        self.longitude = longitude.isNaN ? 0 : min(max(longitude, -180), 180)
    }
}

/// A point as two whole numbers of millionths of a degree (about 11 cm), the form kept in columns and indexes.
public struct FixedPoint: Hashable, Sendable {
    /// Millionths of a degree north, -90,000,000…90,000,000.
    public let latitude: Int32
    /// Millionths of a degree east, -180,000,000…180,000,000.
    public let longitude: Int32

    /// Steps in one degree.
    public static let scale = 1e6

    /// Refuses what is out of range.
    public init?(latitude: Int32, longitude: Int32) {
        guard (-90_000_000...90_000_000).contains(latitude), (-180_000_000...180_000_000).contains(longitude) else {
            return nil
        }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The nearest fixed point.
    public init(_ point: Point) {
        latitude = Int32((point.latitude * FixedPoint.scale).rounded())
        longitude = Int32((point.longitude * FixedPoint.scale).rounded())
    }

    /// The same place in degrees.
    public var point: Point {
        Point(
            clampedLatitude: Double(latitude) / FixedPoint.scale, longitude: Double(longitude) / FixedPoint.scale)
    }
}
