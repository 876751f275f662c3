import Exchange
import Geography
import Maillage
import Storage
import Testing
import Workbench

@testable import MaillageWeb

@Suite("The map")
struct MapTests {
    @Test(
        "A tile holds the places of its square with their names, and changes its tag when they change",
        arguments: TestEngine.available)
    func tile(_ engine: TestEngine) async throws {
        try await MapSite.on(engine) { site in
            let place = try await site.place(
                "La Filature", commune: MapSite.lille, at: (50.63, 3.06), [.families: .codes(["fablab"])])
            let tile = try #require(Point(latitude: 50.63, longitude: 3.06).map { Tile(containing: $0, zoom: 12) })
            let path = "/api/v1/map/12/\(tile.x)/\(tile.y)"
            let first = try await site.get(path)
            #expect(first.status == 200)
            #expect(first.text.contains("[\"\(place.id.text)\"],[\"La Filature\"]"))
            #expect(first.headers[.cacheControl] == "public, max-age=0, must-revalidate")
            let tag = try #require(first.headers[.eTag])
            #expect(try await site.get(path, [.ifNoneMatch: tag]).status == 304)
            #expect(try await site.get(path + "?kind=fablab").text == first.text)
            #expect(try await !site.get(path + "?famille=reemploi").text.contains("Filature"))
            try await site.place("L’Usine", commune: MapSite.lille, at: (50.631, 3.061))
            let second = try await site.get(path, [.ifNoneMatch: tag])
            #expect(second.status == 200)
            #expect(second.headers[.eTag] != tag)
        }
    }

    @Test("A tile that does not exist is 404, a filter that means nothing is 400 and named")
    func refusals() async throws {
        try await MapSite.on(.sqlite) { site in
            for path in ["21/0/0", "3/8/0", "-1/0/0", "a/b/c", "3/0/99999999999999999999"] {
                #expect(try await site.get("/api/v1/map/" + path).status == 404, "\(path)")
            }
            let refused = try await site.get("/api/v1/map/3/4/2?kind=licorne")
            #expect(refused.status == 400)
            #expect(refused.text.contains("\"field\":\"kind\""))
            #expect(refused.headers[.contentType] == "application/problem+json")
        }
    }

    @Test("What is not for everybody is on no map, whatever way one looks", arguments: TestEngine.available)
    func visibility(_ engine: TestEngine) async throws {
        try await MapSite.on(engine) { site in
            try await site.place("Ouvert à tous", commune: MapSite.lille, at: (50.63, 3.06))
            let hidden = try await site.place(
                "Secret bien gardé", commune: MapSite.hazebrouck, at: (50.72, 2.54), visibility: .circle)
            for path in [
                "/carte", "/carte?bbox=2.5,50.7,2.6,50.8", "/carte?q=secret", "/carte?embed=1", "/api/v1/map/0/0/0",
                "/api/v1/map/8/129/86",
                "/api/v1/map/17/66457/44250",
            ] {
                let reply = try await site.get(path)
                #expect(reply.status == 200, "\(path)")
                #expect(!reply.text.contains("Secret bien") && !reply.text.contains(hidden.id.text), "\(path)")
            }
            #expect(try await site.get("/carte").text.contains(Format.count(1, "lieu sur la carte", "")))
            #expect(try await site.get("/carte/lieux/\(hidden.id.text)").status == 404)
            let tile = try await site.get("/api/v1/map/0/0/0")
            #expect(tile.text.contains("Ouvert à tous"))
        }
    }

    @Test("Without any script, the map is drawn, its circles open nearer views, and links move it")
    func withoutScripts() async throws {
        try await MapSite.on(.sqlite) { site in
            for index in 0..<30 {
                try await site.place("Lieu \(index)", commune: MapSite.lille, at: (50.6 + Double(index) / 1_000, 3.0))
            }
            try await site.place("Le Phare", commune: MapSite.boulogne, at: (50.73, 1.61))
            let page = try await site.get("/carte?service=&q=").text
            #expect(page.contains("<svg class=\"drawn-map\""))
            #expect(page.contains("class=\"area\""))
            #expect(page.contains("aria-label=\"Le Phare\""))
            #expect(page.contains("aria-label=\"Vers le nord\""))
            // Following the only large circle ends at places, never at a wall.
            var path = "/carte"
            for _ in 0..<12 {
                let text = try await site.get(path).text
                guard let circle = text.range(of: "lieux, zoomer\">"),
                    let start = text[..<circle.lowerBound].range(of: "<a href=\"", options: .backwards)
                else { break }
                path = String(text[start.upperBound...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
                #expect(path.hasPrefix("/carte?bbox="))
            }
            let last = try await site.get(path).text
            #expect(!last.contains("lieux, zoomer"))
            #expect(last.contains("href=\"/lieux/lieu-"))
        }
    }

    @Test("In another site’s frame there is no header, and only a colour that is one gets in")
    func embed() async throws {
        try await MapSite.on(.sqlite) { site in
            try await site.place("Le Phare", commune: MapSite.boulogne, at: (50.73, 1.61))
            let framed = try await site.get("/carte?embed=1&couleur=%23FFDD00")
            #expect(framed.headers[HeaderName.contentSecurityPolicy]?.hasSuffix("frame-ancestors *") == true)
            #expect(!framed.text.contains("site-header"))
            #expect(framed.text.contains("fill=\"#ffdd00\""))
            #expect(framed.text.contains("data-ink=\"#000000\""))
            #expect(framed.text.contains("couleur=ffdd00"))
            let hostile = try await site.get("/carte?embed=1&couleur=red%22onload%3Dx")
            #expect(!hostile.text.contains("onload"))
            let plain = try await site.get("/carte?couleur=ffdd00")
            #expect(plain.headers[HeaderName.contentSecurityPolicy]?.hasSuffix("'none'") == true)
            #expect(!plain.text.contains("ffdd00\""))
        }
    }

    @Test("Outlines come compact, kept for a day, and follow the register", arguments: TestEngine.available)
    func contours(_ engine: TestEngine) async throws {
        try await MapSite.on(engine) { site in
            let first = try await site.get("/carte/contours.json")
            #expect(first.text.contains("\"code\":\"62\",\"name\":\"Pas-de-Calais\",\"shape\":[[[150000,5000000,"))
            #expect(first.headers[.cacheControl] == "public, max-age=86400")
            #expect(
                try await site.get("/carte/contours.json", [.ifNoneMatch: first.headers[.eTag] ?? ""]).status == 304)
            var batch = MapSite.territory()
            batch.outlines = batch.outlines.filter { $0.code == "62" }.map {
                .init(
                    kind: $0.kind, code: $0.code, name: "Terre du Nord", box: $0.box, fine: $0.fine, coarse: $0.coarse,
                    edition: "2")
            }
            try await site.desk.perform(UpdateTerritory(batch), as: .house)
            #expect(try await site.get("/carte/contours.json").text.contains("Terre du Nord"))
            #expect(try await site.get("/carte/contours.json?tuile=258,172").text.contains("\"code\":\"62\""))
            #expect(try await site.get("/carte/contours.json?tuile=0,0").text == "{\"scale\":100000,\"items\":[]}")
            #expect(try await site.get("/carte/contours.json?tuile=x,1").status == 422)
        }
    }
}
