import Exchange
import Foundation
import Testing

/// The public cases of geojsonhint, read as an importer needs them.
@Suite("The geojsonhint suite") struct GeoJSONSuiteTests {
    /// The cases that the linter blames and this reader accepts, each with its reason.
    static let accepted = [
        // “should”: the linter gives a message, no error; no computation of ours depends on the direction of turning.
        "polygon_winding_order"
    ]

    /// The line of the first refusal, where the linter names the line of an enclosing object or sees several faults.
    static let lines: [String: Int] = [
        "bad-duplicate-properties": 3, "bad-object-type": 2, "bad-polygonloop": 6, "bbox-string": 4,
        "feature_changed_semantics": 2, "featurecollection_changed_semantics": 3, "geometrycollection_nested": 6,
        "multiple_problems": 7, "unknowntype": 2, "different-first-size": 4, "short-multilinestring": 4,
        "badcoord": 3, "bad-featurelist": 3, "bbox-4or6elements": 4, "point-toofew": 3, "short-line": 2,
        "point-labeled-as-a-multipolygon": 7,
    ]

    @Test func goodCasesAreAccepted() throws {
        for file in SharedData.files("suites/geojson-good", ending: ".geojson") {
            let features = try GeoJSONReader.features(in: SharedData.bytes(file))
            #expect(!features.isEmpty, "\(file.lastPathComponent)")
            #expect(features.allSatisfy { $0.geometry != nil })
        }
    }

    @Test func badCasesAreRefusedOnTheirLine() throws {
        for file in SharedData.files("suites/geojson-bad", ending: ".geojson") {
            let bytes = try SharedData.bytes(file)
            let name = file.deletingPathExtension().lastPathComponent.split(separator: "__").last.map(String.init) ?? ""
            var found: (line: Int, what: String)?
            do {
                _ = try GeoJSONReader.features(in: bytes)
            } catch let problem as GeoJSONProblem {
                found = (problem.line, problem.description)
            } catch let problem as JSONProblem {
                found = (problem.line, problem.description)
            }
            if Self.accepted.contains(name) {
                #expect(found == nil, "\(name)")
            } else {
                #expect(found?.line == Self.lines[name] ?? 1, "\(name): \(found?.what ?? "accepted")")
            }
        }
    }

    @Test func publicFilesAreReadAlmostWhole() throws {
        for folder in ["places", "reference"] {
            for file in SharedData.files(folder, ending: ".geojson") {
                var reader = GeoJSONReader()
                var good = 0
                var bad: [GeoJSONProblem] = []
                let bytes = try SharedData.bytes(file)
                let take: (GeoJSONReader.Outcome) -> Void = { outcome in
                    switch outcome {
                    case .success: good += 1
                    case .failure(let problem): bad.append(problem)
                    }
                }
                for start in stride(from: 0, to: bytes.count, by: 50_000) {
                    try reader.feed(Array(bytes[start..<min(start + 50_000, bytes.count)]), take)
                }
                try reader.finish(take)
                #expect(good > 0 && bad.isEmpty, "\(file.lastPathComponent): \(good), \(bad.prefix(3))")
            }
        }
    }
}
