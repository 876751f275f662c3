import Exchange
import Maillage
import Testing

@testable import MaillageWeb

@Suite struct SiteMapTests {
    @Test func noURLIsWrittenTwice() {
        var seen: Set<String> = []
        for route in SiteMap.all {
            let shape = route.pattern.split(separator: "/").map { segment in
                segment.hasPrefix("{")
                    ? "{}" + (segment.split(separator: "}").dropFirst().first ?? "") : String(segment)
            }
            #expect(
                seen.insert(route.method.rawValue + " /" + shape.joined(separator: "/")).inserted, "\(route.pattern)")
        }
    }

    @Test func patternsAreFrenchPathsInSmallLetters() {
        for route in SiteMap.all {
            #expect(route.pattern.hasPrefix("/"))
            #expect(route.pattern == "/" || !route.pattern.hasSuffix("/"))
            #expect(route.pattern.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            #expect(Set(route.parameterNames).count == route.parameterNames.count)
        }
    }

    @Test func unsafeRoutesReadABody() {
        for route in SiteMap.all {
            #expect((route.method == .get) == (route.body == .none), "\(route.pattern)")
            #expect([.get, .post, .patch].contains(route.method))
        }
    }

    @Test func onlyPagesForEveryoneAreShared() {
        for route in SiteMap.all where route.sharedSeconds != nil {
            #expect(route.floor == .everyone, "\(route.pattern)")
        }
    }

    @Test func theOpenAPIFileTellsEveryDocumentedRoute() throws {
        let route = Route.get("/api/v1/trial/{id}", .everyone) { _ in .text("") }
            .documented(.init("Un lieu", query: [.init("champs", "string", "Ce qu’il faut dire")]))
        let routes = SiteMap.all + [route]
        let document = try JSONValue.parse(OpenAPI.document(of: routes, settings: Settings()))
        #expect(document["openapi"]?.string == "3.1.0")
        for route in routes where route.operation != nil {
            let operation = document["paths"]?[route.pattern]?[route.method.rawValue.lowercased()]
            #expect(operation?["responses"]?["200"] != nil, "\(route.pattern)")
        }
        let parameters = document["paths"]?["/api/v1/trial/{id}"]?["get"]?["parameters"]?.array ?? []
        #expect(parameters.map { $0["in"]?.string } == ["path", "query"])
        for route in SiteMap.all where route.isAPI {
            #expect(route.operation != nil, "\(route.pattern) is not documented")
        }
    }
}
