/// Reads GeoJSON (RFC 7946) fed by chunks of any size, one feature at a time.
///
/// A file that is one feature or one geometry gives one feature at `finish`. The old `crs` member is ignored, as the
/// RFC says; positions outside WGS 84 degrees are refused, which tells a projected file.
public struct GeoJSONReader: Sendable {
    /// A feature, or why this one is refused; the others still come.
    public typealias Outcome = Result<GeoJSONFeature, GeoJSONProblem>

    private var elements: JSONElementReader
    private var head: [UInt8] = []
    private let keepsHead: Int
    private var isCut = false

    public init(limits: JSONLimits = JSONLimits()) {
        elements = JSONElementReader(.member("features"), limits: limits)
        // A file that is one feature or geometry is kept whole, to name the line of a refusal.
        keepsHead = limits.elementBytes
    }

    /// Reads the next bytes and hands over each feature that they complete.
    ///
    /// - Throws: `JSONProblem` when the bytes are not JSON, and what `each` throws.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (Outcome) throws -> Void) throws {
        if !elements.sawArray, !isCut {
            if head.count + chunk.count <= keepsHead { head.append(contentsOf: chunk) } else { isCut = true }
        }
        try elements.feed(chunk) { try each(Self.outcome(of: $0)) }
    }

    /// The same, for an array.
    public mutating func feed(_ chunk: [UInt8], _ each: (Outcome) throws -> Void) throws {
        try chunk.withUnsafeBytes { try feed($0, each) }
    }

    /// Says that no byte follows, and checks what stands around the features.
    ///
    /// - Throws: `JSONProblem`; `GeoJSONProblem` when the file is not a collection, a feature or a geometry.
    public mutating func finish(_ each: (Outcome) throws -> Void) throws {
        let envelope = try elements.finish(requiresArray: false)
        let outcome: GeoJSONFeature?
        do throws(GeoJSONShape.Refusal) {
            outcome = try whole(envelope)
        } catch {
            throw Self.problem(error, in: head, line: 1, column: 1)
        }
        if let outcome { try each(.success(outcome)) }
    }

    /// All the features of a file held in memory.
    ///
    /// - Throws: the first refusal.
    public static func features(in bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws -> [GeoJSONFeature] {
        var reader = GeoJSONReader(limits: limits)
        var features: [GeoJSONFeature] = []
        try reader.feed(bytes) { features.append(try $0.get()) }
        try reader.finish { features.append(try $0.get()) }
        return features
    }

    private static func outcome(of element: JSONElementReader.Element) -> Outcome {
        do throws(GeoJSONShape.Refusal) {
            let parts = try GeoJSONShape.feature(element.value)
            return .success(
                GeoJSONFeature(
                    id: parts.id, geometry: parts.geometry, properties: parts.properties, index: element.index,
                    line: element.line))
        } catch {
            return .failure(problem(error, in: element.bytes, line: element.line, column: element.column))
        }
    }

    /// The one feature of a file that is not a collection.
    private func whole(_ envelope: JSONObject) throws(GeoJSONShape.Refusal) -> GeoJSONFeature? {
        let type = try GeoJSONShape.type(of: envelope, [])
        switch type {
        case "FeatureCollection":
            guard elements.sawArray else { throw GeoJSONShape.refusal("“features” is missing", []) }
            try GeoJSONShape.refuse(
                ["coordinates", "geometries", "geometry", "properties"], in: envelope, of: "FeatureCollection")
            try GeoJSONShape.checkBox(envelope, [])
            return nil
        case _ where elements.sawArray:
            throw GeoJSONShape.refusal("a \(type) may not have “features”", [.member("features")])
        case "Feature":
            let parts = try GeoJSONShape.feature(.object(envelope))
            return GeoJSONFeature(
                id: parts.id, geometry: parts.geometry, properties: parts.properties, index: 0, line: 1)
        default:
            let geometry = try GeoJSONShape.geometry(.object(envelope), [])
            return GeoJSONFeature(id: nil, geometry: geometry, properties: JSONObject(), index: 0, line: 1)
        }
    }

    private static func problem(
        _ refusal: GeoJSONShape.Refusal, in bytes: [UInt8], line: Int, column: Int
    ) -> GeoJSONProblem {
        let place = JSONLocator.place(of: refusal.path, in: bytes, line: line, column: column)
        var path = ""
        for step in refusal.path {
            switch step {
            case .member(let name): path += path.isEmpty ? name : ".\(name)"
            case .item(let index): path += "[\(index)]"
            }
        }
        return GeoJSONProblem(reason: refusal.reason, path: path, line: place.line, column: place.column)
    }
}
