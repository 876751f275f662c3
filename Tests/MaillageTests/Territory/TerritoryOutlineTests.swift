import Geography
import Testing
import Workbench

@testable import Maillage

@Suite struct TerritoryOutlineTests {
    /// Two communes on either side of a border that runs through these longitudes, from south to north.
    private static func neighbours(_ border: [Double]) -> String {
        let line = border.enumerated().map { "[\($1),\(50 + Double($0) * 0.01)]" }
        let top = 50 + Double(border.count - 1) * 0.01
        let west = "[[2.7,\(top)],[2.7,50],\(line.joined(separator: ",")),[2.7,\(top)]]"
        let east = "[\(line.joined(separator: ",")),[2.9,\(top)],[2.9,50],\(line[0])]"
        func feature(_ code: String, _ name: String, _ ring: String) -> String {
            #"{"type":"Feature","properties":{"code":"\#(code)","nom":"\#(name)"},"#
                + #""geometry":{"type":"Polygon","coordinates":[\#(ring)]}}"#
        }
        return #"{"type":"FeatureCollection","features":["#
            + feature("62498", "Lens", west) + "," + feature("62765", "Saint-Omer", east) + "]}"
    }

    private static func corners(_ code: String, _ world: TerritoryWorld) async throws -> Set<Point> {
        let box = try #require(BoundingBox(south: 49, west: 2, north: 52, east: 4))
        let found = try await world.desk.database.scan { reader in
            try TerritoryReads.contours(.commune, in: box, isFine: true, reader)
        }
        let bytes = try #require(found.first { $0.code == code }).bytes
        let shape = try #require(Contour(bytes: bytes)).multiPolygon
        return Set(shape.polygons.flatMap { $0.rings.flatMap(\.points) })
    }

    // TER-14
    @Test("the more detailed contour of an edition stays, and borders stay shared", arguments: TestEngine.available)
    func detail(_ engine: TestEngine) async throws {
        let jagged = (0...20).map { $0.isMultiple(of: 2) ? 2.8 : 2.805 }
        let straight = jagged.map { _ in 2.8 }
        try await TerritoryWorld.on(engine) { world in
            try await world.takeRegister()
            #expect(try await world.take(("fin.geojson", Self.neighbours(jagged)))[0].taken == 2)
            let west = try await Self.corners("62498", world)
            let east = try await Self.corners("62765", world)
            #expect(west.intersection(east).count == jagged.count)
            #expect(try await world.take(("gros.geojson", Self.neighbours(straight)))[0].state == .taken)
            #expect(try await Self.corners("62498", world) == west)
            #expect(try await Self.corners("62765", world) == east)
        }
    }
}
