/// A rectangle of latitudes and longitudes, borders included. It does not cross the antimeridian.
public struct BoundingBox: Hashable, Sendable {
    /// Degrees; `south <= north` and `west <= east`.
    public let south, west, north, east: Double

    /// Refuses numbers out of range and borders in the wrong order.
    public init?(south: Double, west: Double, north: Double, east: Double) {
        guard Point(latitude: south, longitude: west) != nil, Point(latitude: north, longitude: east) != nil,
            south <= north, west <= east
        else { return nil }
        self.init(uncheckedSouth: south, west: west, north: north, east: east)
    }

    /// The box of one point, with no width.
    public init(_ point: Point) {
        self.init(
            uncheckedSouth: point.latitude, west: point.longitude, north: point.latitude, east: point.longitude)
    }

    /// The smallest box holding all the points, or nothing when there are none.
    public init?(containing points: some Sequence<Point>) {
        var box: BoundingBox?
        for point in points {
            let one = BoundingBox(point)
            box = box?.union(one) ?? one
        }
        guard let box else { return nil }
        self = box
    }

    init(uncheckedSouth south: Double, west: Double, north: Double, east: Double) {
        self.south = south
        self.west = west
        self.north = north
        self.east = east
    }

    /// The whole Earth.
    public static let world = BoundingBox(uncheckedSouth: -90, west: -180, north: 90, east: 180)

    /// The middle of the rectangle.
    public var center: Point {
        Point(clampedLatitude: (south + north) / 2, longitude: (west + east) / 2)
    }

    /// Whether the point is inside or on the border.
    public func contains(_ point: Point) -> Bool {
        point.latitude >= south && point.latitude <= north && point.longitude >= west && point.longitude <= east
    }

    /// Whether the other box is entirely inside this one.
    public func contains(_ other: BoundingBox) -> Bool {
        other.south >= south && other.north <= north && other.west >= west && other.east <= east
    }

    /// Whether the two boxes share at least one point.
    public func intersects(_ other: BoundingBox) -> Bool {
        south <= other.north && other.south <= north && west <= other.east && other.west <= east
    }

    /// The smallest box holding both.
    public func union(_ other: BoundingBox) -> BoundingBox {
        BoundingBox(
            uncheckedSouth: min(south, other.south), west: min(west, other.west),
            north: max(north, other.north), east: max(east, other.east))
    }
}
