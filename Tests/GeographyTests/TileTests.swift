import Testing

@testable import Geography

@Suite struct TileTests {
    @Test func refusesTilesThatDoNotExist() {
        #expect(Tile(z: -1, x: 0, y: 0) == nil)
        #expect(Tile(z: 21, x: 0, y: 0) == nil)
        #expect(Tile(z: Int.max, x: 0, y: 0) == nil)
        #expect(Tile(z: 3, x: 8, y: 0) == nil)
        #expect(Tile(z: 3, x: 0, y: -1) == nil)
        #expect(Tile(z: 3, x: 7, y: 7) != nil)
        #expect(Tile(z: 0, x: 0, y: 0)?.parent == nil)
    }

    @Test func knownTileOfLille() throws {
        let lille = try #require(Point(latitude: 50.6292, longitude: 3.0573))
        #expect(Tile(containing: lille, zoom: 10) == Tile(z: 10, x: 520, y: 344))
    }

    @Test func tilesContainTheirPoints() throws {
        var numbers = SeededNumbers(4)
        for step in 0..<420 {
            let point = numbers.point(latitudes: -85...85, longitudes: -180...180)
            let fixed = FixedPoint(point).point
            let tile = Tile(containing: fixed, zoom: step % 21)
            #expect(tile.bounds.expanded(byMetres: 0.02).contains(fixed))
            #expect(step % 21 == 0 || tile.parent == Tile(containing: fixed, zoom: step % 21 - 1))
            #expect(tile.children.isEmpty == (tile.z == 20))
        }
    }

    @Test func pixelsRoundTrip() throws {
        var numbers = SeededNumbers(5)
        for zoom in 0...20 {
            let point = numbers.point(latitudes: -85...85, longitudes: -180...180)
            let pixel = Mercator.worldPixel(of: point, zoom: zoom)
            let back = try #require(Mercator.point(worldPixelX: pixel.x, y: pixel.y, zoom: zoom))
            #expect(back.distance(to: point) < 0.001)
        }
        #expect(Mercator.point(worldPixelX: .nan, y: 0, zoom: 3) == nil)
        #expect(Mercator.point(worldPixelX: 0, y: 1e9, zoom: 3) == nil)
        #expect(Mercator.point(worldPixelX: 0, y: 0, zoom: 64) == nil)
    }

    @Test func polesAndEdgesStayOnTheMap() throws {
        for (latitude, longitude) in [(90.0, 180.0), (-90, -180), (90, -180), (-90, 180), (0, 180)] {
            let point = try #require(Point(latitude: latitude, longitude: longitude))
            let tile = Tile(containing: point, zoom: 20)
            #expect(Tile(z: tile.z, x: tile.x, y: tile.y) == tile)
        }
    }

    @Test func mortonCodesRoundTrip() {
        var numbers = SeededNumbers(6)
        for _ in 0..<200 {
            let cell = MercatorCell(
                x: .random(in: 0 ... .max, using: &numbers), y: .random(in: 0 ... .max, using: &numbers))
            #expect(Morton.cell(Morton.code(cell)) == cell)
        }
        #expect(Morton.code(MercatorCell(x: 1, y: 0)) == 1)
        #expect(Morton.code(MercatorCell(x: 0, y: 1)) == 2)
    }
}
