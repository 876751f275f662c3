/// Writes a FeatureCollection of points (RFC 7946) as bytes, one feature a line.
public struct GeoJSONPointWriter: Sendable {
    private var json = JSONWriter()

    /// Writes the opening of the collection.
    public init() {
        json.beginObject()
        json.member("type", "FeatureCollection")
        json.name("features")
        json.beginArray()
    }

    /// Writes one feature; coordinates are rounded to the seventh decimal, about a centimetre (RFC 7946, section 11.2).
    ///
    /// - Parameters:
    ///   - position: nil for a feature without a place, whose geometry is null.
    ///   - properties: writes the members of `properties`.
    public mutating func feature(id: String?, at position: GeoJSONPosition?, properties: (inout JSONWriter) -> Void) {
        json.lineBreak()
        json.beginObject()
        json.member("type", "Feature")
        if let id { json.member("id", id) }
        json.name("geometry")
        if let position, position.longitude.isFinite, position.latitude.isFinite {
            json.beginObject()
            json.member("type", "Point")
            json.name("coordinates")
            json.beginArray()
            json.double(Self.rounded(position.longitude))
            json.double(Self.rounded(position.latitude))
            if let altitude = position.altitude, altitude.isFinite { json.double(altitude) }
            json.endArray()
            json.endObject()
        } else {
            json.null()
        }
        json.name("properties")
        json.beginObject()
        properties(&json)
        json.endObject()
        json.endObject()
    }

    /// Writes the end of the collection.
    public mutating func finish() {
        json.lineBreak()
        json.endArray()
        json.endObject()
        json.lineBreak()
    }

    /// Hands over what was written since the last call.
    public mutating func take() -> [UInt8] { json.take() }

    private static func rounded(_ degrees: Double) -> Double { (degrees * 1e7).rounded() / 1e7 }
}
