import HTTPTypes
import Testing

@testable import MaillageWeb

@Suite struct DispatcherTests {
    private let dispatcher = Dispatcher([
        .get("/", .everyone) { _ in .text("accueil") },
        .get("/lieux", .everyone) { _ in .text("liste") },
        .get("/lieux.atom", .everyone) { _ in .text("flux") },
        .get("/lieux/nouveau", .signedIn) { _ in .text("nouveau") },
        .get("/lieux/{slug}", .everyone) { _ in .text("fiche") },
        .post("/lieux/{slug}", .signedIn) { _ in .text("envoi") },
        .get("/lieux/{slug}/photos", .everyone) { _ in .text("photos") },
        .get("/cercles/{slug}.atom", .everyone) { _ in .text("flux") },
        .get("/cercles/{slug}", .everyone) { _ in .text("cercle") },
        .get("/api/v1/map/{z}/{x}/{y}", .everyone) { _ in .text("carreau") },
    ])

    private func pattern(_ method: HTTPRequest.Method, _ path: String) throws -> (String, [String: String])? {
        guard case .route(let route, let parameters) = try dispatcher.find(method, path[...].utf8) else { return nil }
        return (route.pattern, parameters)
    }

    @Test func literalsWinOverNames() throws {
        #expect(try pattern(.get, "/")?.0 == "/")
        #expect(try pattern(.get, "/lieux/nouveau")?.0 == "/lieux/nouveau")
        #expect(try pattern(.get, "/lieux/nouveau/photos")?.0 == "/lieux/{slug}/photos")
        #expect(try pattern(.get, "/lieux.atom")?.0 == "/lieux.atom")
    }

    @Test func namesAreDecodedAndSuffixesCutOff() throws {
        #expect(try pattern(.get, "/lieux/l%27%C3%AEle")?.1 == ["slug": "l'île"])
        #expect(try pattern(.get, "/cercles/jardins.atom")?.1 == ["slug": "jardins"])
        #expect(try pattern(.get, "/cercles/jardins")?.0 == "/cercles/{slug}")
        #expect(try pattern(.get, "/cercles/.atom")?.1 == ["slug": ".atom"])
        #expect(try pattern(.get, "/api/v1/map/6/32/22")?.1 == ["z": "6", "x": "32", "y": "22"])
    }

    @Test(arguments: ["/lieu", "//lieux", "/lieux//photos", "/lieux/a/b", "/lieux/", "/api/v1/map/1/2"])
    func otherPathsAreNothing(path: String) throws {
        #expect(try pattern(.get, path) == nil)
        guard case .nothing = try dispatcher.find(.get, path[...].utf8) else {
            Issue.record("\(path) was found")
            return
        }
    }

    @Test func otherMethodsAreTold() throws {
        guard case .otherMethods(let allowed) = try dispatcher.find(.delete, "/lieux/a"[...].utf8) else {
            Issue.record("no list")
            return
        }
        #expect(allowed == [.get, .head, .post, .options])
        #expect(try pattern(.head, "/lieux/a")?.0 == "/lieux/{slug}")
    }

    @Test func anEscapedSlashStaysInItsSegment() throws {
        #expect(try pattern(.get, "/lieux/a%2Fphotos")?.1 == ["slug": "a/photos"])
        #expect(throws: Malformed.self) { try dispatcher.find(.get, "/lieux/%0"[...].utf8) }
    }
}
