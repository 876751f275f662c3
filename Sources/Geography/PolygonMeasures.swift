#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Ring {
    /// Square metres on the sphere, whatever the winding.
    public var area: Double {
        guard var previous = points.last else { return 0 }
        var sum = 0.0
        for corner in points {
            let turn = Earth.radians(corner.longitude - previous.longitude)
            sum += turn * (2 + sin(Earth.radians(previous.latitude)) + sin(Earth.radians(corner.latitude)))
            previous = corner
        }
        return abs(sum) * Earth.radius * Earth.radius / 2
    }

    /// Twice the signed area in square degrees (positive counterclockwise) and the moments that give the centroid,
    /// all relative to the first corner so that far rings lose no precision.
    var moments: (area: Double, x: Double, y: Double) {
        guard let origin = points.first, var previous = points.last else { return (0, 0, 0) }
        var area = 0.0
        var x = 0.0
        var y = 0.0
        for corner in points {
            let (x0, y0) = (previous.longitude - origin.longitude, previous.latitude - origin.latitude)
            let (x1, y1) = (corner.longitude - origin.longitude, corner.latitude - origin.latitude)
            let cross = x0 * y1 - x1 * y0
            area += cross
            x += (x0 + x1) * cross
            y += (y0 + y1) * cross
            previous = corner
        }
        return (area, x, y)
    }
}

extension Polygon {
    /// Square metres on the sphere, holes taken off.
    public var area: Double {
        max(0, holes.reduce(outer.area) { $0 - $1.area })
    }
}

extension MultiPolygon {
    /// Square metres on the sphere, holes taken off.
    public var area: Double {
        polygons.reduce(0) { $0 + $1.area }
    }

    /// The centre of gravity, taken in degrees: right for a region, not for a continent. It may fall outside of the
    /// territory (see `labelPoint`). Nothing when there is no polygon.
    public var centroid: Point? {
        guard let bounds else { return nil }
        var (area, x, y) = (0.0, 0.0, 0.0)
        for polygon in polygons {
            for (rank, ring) in polygon.rings.enumerated() {
                guard let origin = ring.points.first else { continue }
                let moments = ring.moments
                // Holes weigh against, whatever the winding they came with.
                let sign = (moments.area < 0) == (rank == 0) ? -1.0 : 1.0
                area += sign * moments.area
                x += sign * (moments.x / 3 + moments.area * origin.longitude)
                y += sign * (moments.y / 3 + moments.area * origin.latitude)
            }
        }
        guard area > 1e-14 else { return bounds.center }
        return Point(clampedLatitude: y / area, longitude: x / area)
    }
}
