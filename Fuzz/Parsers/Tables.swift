import Exchange

extension Parser {
    /// What comes in rows, in pieces of any size.
    static let tables = [csv, json, geoJSON]

    private static let csv = Parser(
        "csv",
        seeds: {
            [
                "nom;commune\r\n\"L’Île; aux \"\"fruits\"\"\";Amiens\r\n;\r\n", "\u{FEFF}a,b,c\n1,2,3\n\"x\ny\",,\n",
                "a\tb\r\rc\td",
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            let whole = given { try CSVReader.records(in: bytes) }
            let survey = given {
                var reader = CSVReader(isSurvey: true)
                var records: [CSVRecord] = []
                try reader.feed(bytes) { records.append($0) }
                try reader.finish { records.append($0) }
                return records
            }
            mustHold(whole?.map(\.line) == survey?.map(\.line), "a survey that meets the same records")
            mustHold(whole?.map(\.cells.count) == survey?.map(\.cells.count), "a survey that meets the same cells")
            for pieces in [bytes.halves, bytes.crumbs] {
                let cut = given {
                    var reader = CSVReader()
                    var records: [CSVRecord] = []
                    for piece in pieces { try reader.feed(piece) { records.append($0) } }
                    try reader.finish { records.append($0) }
                    return records
                }
                mustHold(whole == cut, "CSV that does not depend on how it is cut")
            }
            _ = given { try CSVTableReader.rows(in: bytes) }
        })

    private static let json = Parser(
        "json",
        seeds: {
            [
                #"[1,-2.5e3,"a\u00e9\"]",{"b":[[],{}],"c":null},true,"é"]"#, #"{"a":1e400,"b":0.1,"c":"\ud83d\ude00"}"#,
                "\u{FEFF}[{\"x\":false}]\n",
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            let value = given { try JSONValue.parse(bytes, byteOrderMark: .skip) }
            if let value {
                mustHold(
                    given { try JSONValue.parse(JSONWriter.bytes(of: value)) } == value, "JSON that is read as written")
                if let canonical = given({ try CanonicalJSON.bytes(of: value) }) {
                    let again = CanonicalJSON.read(canonical).flatMap { value in
                        given { try CanonicalJSON.bytes(of: value) }
                    }
                    mustHold(again == canonical, "canonical JSON that has one writing")
                }
            }
            if let read = CanonicalJSON.read(bytes) {
                mustHold(
                    given { try CanonicalJSON.bytes(of: read) } == bytes,
                    "canonical JSON that is read as canonical alone")
            }
            let cut = given { () -> [JSONValue] in
                var reader = JSONElementReader(.array)
                var values: [JSONValue] = []
                for piece in bytes.halves { try reader.feed(piece) { values.append($0.value) } }
                _ = try reader.finish()
                return values
            }
            mustHold(cut == value?.array, "a list of JSON that is read in pieces as it is whole")
            _ = JSONLocator.place(of: [.member("b"), .item(1), .member("a")], in: bytes)
        })

    private static let geoJSON = Parser(
        "geojson",
        seeds: {
            [
                """
                {"type":"FeatureCollection","bbox":[1,2,3,4],"features":[{"type":"Feature","id":1,"properties":{"a":"é"},
                "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,2],[3,4,5],[0,0]]]}},{"type":"Feature","properties":null,
                "geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[3.05,50.6]}]}}]}
                """
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            func outcomes(_ pieces: [[UInt8]]) -> [GeoJSONReader.Outcome]? {
                given {
                    var reader = GeoJSONReader()
                    var outcomes: [GeoJSONReader.Outcome] = []
                    for piece in pieces { try reader.feed(piece) { outcomes.append($0) } }
                    try reader.finish { outcomes.append($0) }
                    return outcomes
                }
            }
            let whole = outcomes([bytes])
            mustHold(outcomes(bytes.halves) == whole, "GeoJSON that does not depend on how it is cut")
            mustHold(outcomes(bytes.crumbs) == whole, "GeoJSON that does not depend on how it is cut")
        })
}
