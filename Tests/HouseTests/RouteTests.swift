import HTTPTypes
import Maillage
import Storage
import Testing
import Workbench

@testable import MaillageWeb

/// What holds for every URL, whoever adds it. `FloorTests` and `ForgeryTests` (JourneyTests) ask the same of the live site.
@Suite struct RouteTests {
    /// What looking at a page may write, and why.
    private static let writtenByReads: Set<String> = [
        "session"  // when it was last used
    ]

    private static let everybody = ["visitor"] + DemoNetwork.signIns.map(\.role)

    /// An address of the route, its names filled with something that exists where one is known.
    private static func path(_ route: Route) -> String {
        let known = [
            "slug": "la-fosse-commune-numerique-demo", "code": "62065", "z": "7", "x": "64", "y": "43",
            "kind": "commune", "name": "maillage.css",
            "id": "1", "place": "1", "account": "1", "grant": "1", "session": "1",
        ]
        var path = route.pattern
        if path.hasPrefix("/appels/{slug}") {
            path = path.replacing("{slug}", with: "coup-de-pouce-aux-lieux-qui-demarrent-demo")
            path = path.replacing("{section}", with: "calendrier")
        }
        for name in route.parameterNames { path = path.replacing("{\(name)}", with: known[name] ?? "1") }
        return path
    }

    @Test func lookingWritesNothingAndNeverFails() async throws {
        try await DemoHouse.open { (house: DemoHouse) async throws -> Void in
            #expect(house.sessions.count == DemoNetwork.signIns.count)
            let before = try await house.contents(without: Self.writtenByReads)
            #expect((before["place"]?.count ?? 0) > 5, "the demo network is there to be looked at")
            for route in SiteMap.all where route.method == .get {
                for role in Self.everybody {
                    for _ in 1...2 {
                        let answer = try await house.ask(.get, Self.path(route), as: role)
                        #expect(answer.status.code < 500, "\(Self.path(route)) as \(role): \(answer.status)")
                    }
                }
                let after = try await house.contents(without: Self.writtenByReads)
                let changed = before.keys.filter { before[$0] != after[$0] }.sorted()
                #expect(changed.isEmpty, "looking at \(route.pattern) wrote to \(changed)")
            }
        }
    }

    @Test func aFloorTurnsAwayWhoIsBelowAndAFormWithoutItsTokenIsRefused() async throws {
        try await DemoHouse.open { (house: DemoHouse) async throws -> Void in
            let before = try await house.contents(without: Self.writtenByReads)
            for route in SiteMap.all {
                let path = Self.path(route)
                for role in Self.below(route.floor) {
                    let answer = try await house.ask(route.method, path, as: role)
                    let isSentToSignIn =
                        answer.status == .seeOther && answer.headers[.location]?.hasPrefix("/connexion") == true
                    #expect(
                        isSentToSignIn || [401, 403, 404].contains(answer.status.code),
                        "\(path) let in \(role): \(answer.status)")
                }
                guard route.method != .get else { continue }
                for role in Self.everybody {
                    let answer = try await house.ask(route.method, path, as: role)
                    #expect(
                        [401, 403, 404, 413, 415].contains(answer.status.code),
                        "\(path) took a form without token: \(answer.status)")
                }
            }
            #expect(try await house.contents(without: Self.writtenByReads) == before)
        }
    }

    private static func below(_ floor: Route.Floor) -> [String] {
        switch floor {
        case .everyone: []
        case .signedIn: ["visitor"]
        case .coordinator: everybody.filter { $0 != "coordinator" }
        case .operator: everybody.filter { $0 != "operator" }
        }
    }
}
