/// A position of RFC 7946: WGS 84 degrees, longitude first.
public struct GeoJSONPosition: Sendable, Equatable {
    /// Degrees east, −180 to 180.
    public let longitude: Double
    /// Degrees north, −90 to 90.
    public let latitude: Double
    /// Metres above the ellipsoid.
    public let altitude: Double?

    public init(longitude: Double, latitude: Double, altitude: Double? = nil) {
        self.longitude = longitude
        self.latitude = latitude
        self.altitude = altitude
    }
}

/// A geometry of RFC 7946, section 3.1.
public indirect enum GeoJSONGeometry: Sendable, Equatable {
    case point(GeoJSONPosition)
    case multiPoint([GeoJSONPosition])
    /// Two positions or more.
    case lineString([GeoJSONPosition])
    case multiLineString([[GeoJSONPosition]])
    /// Rings, the outer one first, each closed and of four positions or more. The direction of turning is not checked:
    /// files older than RFC 7946 turn either way.
    case polygon([[GeoJSONPosition]])
    case multiPolygon([[[GeoJSONPosition]]])
    /// Geometries of the other kinds.
    case collection([GeoJSONGeometry])

    /// The position of a point; nil for other geometries.
    public var point: GeoJSONPosition? { if case .point(let position) = self { position } else { nil } }
}

/// A feature of RFC 7946, section 3.2.
public struct GeoJSONFeature: Sendable, Equatable {
    /// A string or a number, as text.
    public let id: String?
    /// Nil when the feature has no place.
    public let geometry: GeoJSONGeometry?
    public let properties: JSONObject
    /// Its place in the file, from 0, and the line of its first byte, from 1.
    public let index: Int
    public let line: Int

    public init(id: String?, geometry: GeoJSONGeometry?, properties: JSONObject, index: Int = 0, line: Int = 1) {
        self.id = id
        self.geometry = geometry
        self.properties = properties
        self.index = index
        self.line = line
    }
}

/// Why a feature or a file is not GeoJSON as this reader needs it, and where.
public struct GeoJSONProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let reason: String
    /// Steps from the file or the feature to the value, as `geometry.coordinates[0]`.
    public let path: String
    /// The line, and the byte in it, both from 1.
    public let line: Int
    public let column: Int

    public var description: String {
        "line \(line), column \(column): \(path.isEmpty ? "" : path + ": ")\(reason)"
    }
}
