import Geography
import Maillage
import Storage
import Testing
import Workbench

@testable import MaillageWeb

@Suite("Pages of territories")
struct TerritoryPagesTests {
    @Test(
        "A territory tells its places, its gaps and its zonings; every kind of code has a page",
        arguments: TestEngine.available)
    func pages(_ engine: TestEngine) async throws {
        try await MapSite.on(engine) { site in
            try await site.place(
                "La Filature", commune: MapSite.lille, at: (50.63, 3.06), [.families: .codes(["fablab"])])
            let nord = try await site.get("/territoires/59")
            #expect(nord.status == 200)
            #expect(nord.text.contains("La Filature"))
            #expect(nord.text.contains("QPV"))
            // Hazebrouck is 38 km away, with more than a thousand inhabitants.
            #expect(nord.text.contains("zones-blanches") && nord.text.contains("Hazebrouck"))
            #expect(nord.text.contains("/lieux?famille=fablab&amp;departement=59"))
            #expect(nord.text.contains("/territoires/62"))
            for path in ["59350", "200093201", "r32", "62", "62001"] {
                #expect(try await site.get("/territoires/" + path).status == 200, "\(path)")
            }
            #expect(try await site.get("/territoires/62").text.contains("Boulogne-sur-Mer"))
            // Ablainzevelle is far too, and too small to be called a gap.
            let calais = try await site.get("/territoires/62").text
            let gaps = try #require(calais.range(of: "id=\"zones-blanches\""))
            let end = calais[gaps.upperBound...].range(of: "</table>")?.lowerBound ?? calais.endIndex
            #expect(!calais[gaps.upperBound..<end].contains("Ablainzevelle"))
            let index = try await site.get("/territoires")
            #expect(index.status == 200 && index.text.contains("Hauts-de-France") && index.text.contains("<svg"))
        }
    }

    @Test(
        "A place opened nearby closes the gap at once; one that is not for everybody changes nothing",
        arguments: TestEngine.available)
    func gaps(_ engine: TestEngine) async throws {
        try await MapSite.on(engine) { site in
            try await site.place("La Filature", commune: MapSite.lille, at: (50.63, 3.06))
            let before = try await site.get("/territoires/59").text
            try await site.place("Secret", commune: MapSite.hazebrouck, at: (50.72, 2.54), visibility: .circle)
            try await site.place(
                "En projet", commune: MapSite.hazebrouck, at: (50.72, 2.54), [.maturity: .text("intention")])
            for path in ["/territoires", "/territoires/59", "/territoires/59295", "/territoires/r32"] {
                #expect(try await !site.get(path).text.contains("Secret"), "\(path)")
            }
            let unchanged = try await site.get("/territoires/59").text
            #expect(unchanged.contains("zones-blanches") && before.contains("zones-blanches"))
            #expect(try await site.get("/territoires/59295").text.contains("En projet"))
            try await site.place("La Gare", commune: MapSite.hazebrouck, at: (50.72, 2.54))
            #expect(try await !site.get("/territoires/59").text.contains("zones-blanches"))
        }
    }

    @Test("Former codes lead to the commune of today, small letters to the address itself; others are 404")
    func addresses() async throws {
        try await MapSite.on(.sqlite) { site in
            let former = try await site.get("/territoires/59298")
            #expect(former.status == 308 && former.headers[.location] == "/territoires/59350")
            #expect(try await site.get("/territoires/R32").headers[.location] == "/territoires/r32")
            for path in ["99999", "99", "x", "r99", "123456789", "59350000000000000000"] {
                #expect(try await site.get("/territoires/" + path).status == 404, "\(path)")
            }
            #expect(try await site.get("/territoires?commune=lile").headers[.location] == "/territoires/59350")
        }
    }

    @Test("Suggestions forgive a slip and know postal codes")
    func search() async throws {
        try await MapSite.on(.sqlite) { site in
            let found = try await site.get("/territoires/recherche?q=roubai")
            #expect(
                found.text.contains(
                    "\"code\":\"59512\",\"name\":\"Roubaix\",\"postal_codes\":[\"59100\"],\"departement\":\"Nord\""))
            #expect(try await site.get("/territoires/recherche?q=hazebrouk").text.contains("Hazebrouck"))
            #expect(try await site.get("/territoires/recherche?q=622").text.contains("Boulogne"))
            #expect(try await site.get("/territoires/recherche?q=").text == "[]")
            #expect(try await site.get("/territoires/recherche?q=" + String(repeating: "a", count: 300)).status == 422)
        }
    }

    @Test("Shades go from none to the most, whatever the most is")
    func shades() {
        #expect(TerritoryDrawing.level(0, 0) == 0)
        #expect(TerritoryDrawing.level(1, 1) == 4)
        #expect((0...8).map { TerritoryDrawing.level($0, 8) } == [0, 1, 1, 2, 2, 3, 3, 4, 4])
    }
}
