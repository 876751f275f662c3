/// The families of files that places are imported from, as `--format` names them.
public enum PlaceImportFormat: String, Sendable, CaseIterable {
    /// The national schema of places of digital mediation, in all the shapes in which it circulates.
    case mednum
    /// The list of tiers-lieux of the State, 2019.
    case cget
    case csv
    case geojson
    case gogocarto
}

/// Why a file cannot be imported at all. Nothing was written.
public struct PlaceImportRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    public let reason: String
    /// Where in the file, both from 1; nil when the whole file is meant.
    public let line: Int?
    public let column: Int?

    public init(_ reason: String, line: Int? = nil, column: Int? = nil) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    public var description: String {
        guard let line else { return reason }
        return "\(line):\(column ?? 1): \(reason)"
    }
}
