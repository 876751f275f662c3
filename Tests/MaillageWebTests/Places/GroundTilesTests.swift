import Geography
import Maillage
import Testing

@testable import MaillageWeb

@Suite("Tiles of a tile server")
struct GroundTilesTests {
    @Test("Only pictures are passed on, whatever they are called")
    func pictures() {
        #expect(GroundTiles.type(of: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]) == "image/png")
        #expect(GroundTiles.type(of: [0xFF, 0xD8, 0xFF, 0xE0]) == "image/jpeg")
        #expect(GroundTiles.type(of: Array("RIFF....WEBPVP8 ".utf8)) == "image/webp")
        for text in ["", "<svg onload=x>", "<html>", "RIFF....WAVE....", "\u{89}PNG"] {
            #expect(GroundTiles.type(of: Array(text.utf8)) == nil)
        }
    }

    @Test("The address of a tile is the template’s, with its numbers")
    func address() throws {
        let tile = try #require(Tile(z: 6, x: 32, y: 21))
        #expect(
            GroundTiles.address("https://{s}.tuiles.example/{z}/{x}/{y}.png", tile)
                == "https://a.tuiles.example/6/32/21.png")
    }

    @Test("Without a tile server, or when it does not answer, there is no tile and no error")
    func absence() async throws {
        try await MapSite.on(.sqlite) { site in
            let reply = try await site.get("/carte/fond/6/32/21.png")
            #expect(reply.status == 404)
            #expect(try await site.get("/carte/fond/6/99/21.png").status == 404)
        }
        var settings = Settings()
        settings.tilesURL = "http://127.0.0.1:1/{z}/{x}/{y}.png"
        let tile = try #require(Tile(z: 6, x: 32, y: 21))
        #expect(await GroundTiles(settings: settings).picture(tile) == nil)
    }

    @Test("A tile server that sends elsewhere is not followed")
    func redirect() async throws {
        let inner = try FakeGeocoder(.body("\u{89}PNG"))
        let fake = try FakeGeocoder(.body("", status: "302 Found", headers: ["Location: \(inner.address)/x"]))
        var settings = Settings()
        settings.tilesURL = fake.address + "/{z}/{x}/{y}.png"
        let tile = try #require(Tile(z: 6, x: 32, y: 21))
        #expect(await GroundTiles(settings: settings).picture(tile) == nil)
        #expect(fake.asked.count == 1 && inner.asked.isEmpty)
    }
}
