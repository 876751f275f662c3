import Geography
import Storage

/// Outlines for small maps: the coarse contours of départements.
public enum OutlineStore {
    /// The départements that a box touches.
    public static func departements(in box: BoundingBox, _ reader: Reader) throws -> [MultiPolygon] {
        try reader.all(
            """
            SELECT coarse
            FROM contour
            WHERE kind = 'departement'
                AND west <= \(box.east)
                AND east >= \(box.west)
                AND south <= \(box.north)
                AND north >= \(box.south)
            ORDER BY code
            """
        ) { Contour(bytes: try $0.bytes(0))?.multiPolygon }.compactMap { $0 }
    }
}
