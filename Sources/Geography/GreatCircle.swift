#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The sphere on which distances and areas are measured.
enum Earth {
    /// Mean radius in metres (IUGG R1). Against the ellipsoid, distances are right within 0.5 %.
    static let radius = 6_371_008.8
    /// Metres in one degree of a great circle.
    static let metresPerDegree = radius * Double.pi / 180

    static func radians(_ degrees: Double) -> Double { degrees * Double.pi / 180 }
    static func degrees(_ radians: Double) -> Double { radians * 180 / Double.pi }

    /// The cosine of a latitude given in degrees, kept away from zero so that it may divide.
    static func shrink(atLatitude degrees: Double) -> Double { max(cos(radians(degrees)), 1e-9) }
}

extension Point {
    /// Great-circle distance in metres (haversine).
    public func distance(to other: Point) -> Double {
        let first = Earth.radians(latitude)
        let second = Earth.radians(other.latitude)
        let rise = sin((second - first) / 2)
        let turn = sin(Earth.radians(other.longitude - longitude) / 2)
        let haversine = rise * rise + cos(first) * cos(second) * turn * turn
        return 2 * Earth.radius * asin(min(1, haversine.squareRoot()))
    }

    /// The point reached after `metres` along the great circle leaving at `bearing` degrees clockwise from north.
    /// Numbers that are not finite leave the point where it is.
    public func destination(bearing: Double, metres: Double) -> Point {
        guard bearing.isFinite, metres.isFinite else { return self }
        let angle = metres / Earth.radius
        let heading = Earth.radians(bearing)
        let start = Earth.radians(latitude)
        let end = asin(min(max(sin(start) * cos(angle) + cos(start) * sin(angle) * cos(heading), -1), 1))
        let turn = atan2(sin(heading) * sin(angle) * cos(start), cos(angle) - sin(start) * sin(end))
        let east = (longitude + Earth.degrees(turn) + 540).truncatingRemainder(dividingBy: 360) - 180
        return Point(clampedLatitude: Earth.degrees(end), longitude: east)
    }
}

extension BoundingBox {
    /// The box that contains every point within `metres` of this one. When it would meet a pole or cross the
    /// antimeridian it covers every longitude, so that nothing near is ever left out. A distance that is negative or
    /// not a number adds nothing.
    public func expanded(byMetres metres: Double) -> BoundingBox {
        guard metres > 0 else { return self }
        let angle = metres / Earth.radius
        let rise = Earth.degrees(angle)
        guard south - rise > -90, north + rise < 90 else {
            return BoundingBox(
                uncheckedSouth: max(south - rise, -90), west: -180, north: min(north + rise, 90), east: 180)
        }
        let widest = max(abs(south), abs(north))
        let turn = Earth.degrees(asin(min(1, sin(angle) / Earth.shrink(atLatitude: widest))))
        let crosses = west - turn < -180 || east + turn > 180
        return BoundingBox(
            uncheckedSouth: south - rise, west: crosses ? -180 : west - turn,
            north: north + rise, east: crosses ? 180 : east + turn)
    }
}
