/// The stored form of a contour.
extension Contour {
    static func encode(_ shape: [[[Corner]]]) -> [UInt8] {
        var out: [UInt8] = [version]
        var (longitude, latitude) = (0, 0)
        out.append(varint: shape.count)
        for polygon in shape {
            out.append(varint: polygon.count)
            for ring in polygon {
                out.append(varint: ring.count)
                for corner in ring {
                    out.append(zigzag: corner.longitude - longitude)
                    out.append(zigzag: corner.latitude - latitude)
                    (longitude, latitude) = (corner.longitude, corner.latitude)
                }
            }
        }
        return out
    }

    static func decode(_ bytes: [UInt8]) -> [[[Corner]]]? {
        var reader = ByteReader(bytes)
        guard reader.byte() == version, let polygons = reader.number() else { return nil }
        var shape: [[[Corner]]] = []
        var last = Corner(longitude: 0, latitude: 0)
        // Counts are never trusted for memory: what is missing ends the reading first.
        for _ in 0..<polygons {
            guard let rings = reader.number(), rings > 0 else { return nil }
            var polygon: [[Corner]] = []
            for _ in 0..<rings {
                guard let ring = decodeRing(&reader, from: &last) else { return nil }
                polygon.append(ring)
            }
            shape.append(polygon)
        }
        return reader.remaining == 0 ? shape : nil
    }

    private static func decodeRing(_ reader: inout ByteReader, from last: inout Corner) -> [Corner]? {
        guard let count = reader.number(), count >= 3, count <= reader.remaining / 2 else { return nil }
        var ring: [Corner] = []
        ring.reserveCapacity(count)
        for _ in 0..<count {
            guard let east = reader.signed(), let north = reader.signed() else { return nil }
            // Differences have at most 35 bits and sums are checked at each step: nothing overflows.
            let corner = Corner(longitude: last.longitude + east, latitude: last.latitude + north)
            guard abs(corner.longitude) <= 18_000_000, abs(corner.latitude) <= 9_000_000, corner != ring.last else {
                return nil
            }
            ring.append(corner)
            last = corner
        }
        return ring.first == ring.last ? nil : ring
    }
}
