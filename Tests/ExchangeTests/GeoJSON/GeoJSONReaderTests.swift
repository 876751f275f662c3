import Exchange
import Testing

@Suite("Reading and writing GeoJSON") struct GeoJSONReaderTests {
    @Test func oneBadFeatureDoesNotHideTheOthers() throws {
        let text = """
            {"type":"FeatureCollection","crs":{"type":"name"},"features":[
            {"type":"Feature","id":7,"properties":{"nom":"é"},"geometry":{"type":"Point","coordinates":[3.05,50.63]}},
            {"type":"Feature","properties":{},"geometry":{"type":"Point",
              "coordinates":[652000,6862000]}},
            {"type":"Feature","properties":null,"geometry":null}
            ]}
            """
        var reader = GeoJSONReader()
        var features: [GeoJSONFeature] = []
        var problems: [GeoJSONProblem] = []
        for byte in text.utf8 {
            try reader.feed([byte]) { outcome in
                switch outcome {
                case .success(let feature): features.append(feature)
                case .failure(let problem): problems.append(problem)
                }
            }
        }
        try reader.finish { _ in Issue.record("a collection has no feature of its own") }
        #expect(features.map(\.index) == [0, 2])
        #expect(features.map(\.line) == [2, 5])
        #expect(features[0].id == "7")
        #expect(features[0].geometry?.point == GeoJSONPosition(longitude: 3.05, latitude: 50.63))
        #expect(features[0].properties["nom"]?.string == "é")
        #expect(features[1].geometry == nil)
        #expect(problems.map(\.line) == [4])
        #expect(problems.map(\.path) == ["geometry.coordinates[0]"])
    }

    @Test(arguments: [
        #"{"type":"Feature","geometry":null}"#, #"{"type":"Feature","properties":{}}"#,
        #"{"type":"FeatureCollection"}"#, #"{"type":"Point"}"#, #"{"type":"Point","coordinates":[1,91]}"#,
        #"{"type":"Point","coordinates":[1e999,1]}"#, #"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#,
        #"{"type":"GeometryCollection","geometries":[null]}"#, #"{"type":"GeometryCollection"}"#, "[]", "null",
        #"{"type":"Point","coordinates":[1,2],"properties":{}}"#,
    ])
    func whatIsNotGeoJSONIsRefused(text: String) {
        #expect(throws: (any Error).self) { try GeoJSONReader.features(in: text.bytes) }
    }

    @Test func eachGeometryIsRead() throws {
        func geometry(_ type: String, _ coordinates: String) throws -> GeoJSONGeometry? {
            let text = "{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}"
            return try GeoJSONReader.features(in: text.bytes).first?.geometry
        }
        let (a, b) = (GeoJSONPosition(longitude: 0, latitude: 0), GeoJSONPosition(longitude: 1, latitude: 2))
        let c = GeoJSONPosition(longitude: 3, latitude: 4, altitude: 5)
        #expect(try geometry("Point", "[3,4,5]") == .point(c))
        #expect(try geometry("MultiPoint", "[[0,0],[1,2]]") == .multiPoint([a, b]))
        #expect(try geometry("LineString", "[[0,0],[1,2]]") == .lineString([a, b]))
        #expect(try geometry("MultiLineString", "[[[0,0],[1,2]]]") == .multiLineString([[a, b]]))
        #expect(try geometry("Polygon", "[[[0,0],[1,2],[3,4,5],[0,0]]]") == .polygon([[a, b, c, a]]))
        #expect(try geometry("MultiPolygon", "[[[[0,0],[1,2],[3,4,5],[0,0]]]]") == .multiPolygon([[[a, b, c, a]]]))
    }

    @Test func whatIsWrittenReadsBack() throws {
        var writer = GeoJSONPointWriter()
        writer.feature(id: "a", at: GeoJSONPosition(longitude: 3.058, latitude: 50.6365)) { $0.member("nom", "L’été") }
        writer.feature(id: nil, at: nil) { _ in }
        writer.finish()
        let features = try GeoJSONReader.features(in: writer.take())
        #expect(features.map(\.id) == ["a", nil])
        #expect(features[0].geometry?.point == GeoJSONPosition(longitude: 3.058, latitude: 50.6365))
        #expect(features[0].properties["nom"]?.string == "L’été")
        #expect(features[1].geometry == nil)
    }
}
