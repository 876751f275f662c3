import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// `/coordination/disparus`, from the import to the decision undone, by forms alone.
@Suite(.serialized) struct DisappearanceJourneys {
    private static func list(_ names: [String]) -> String {
        "id;nom;commune;code_postal;adresse;services\n"
            + names.map { "\($0);\($0);Lens;62300;\($0) rue de Paris;\n" }.joined()
    }

    private static func `import`(_ names: [String], _ site: LiveSite) async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "disparus-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(list(names).utf8).write(to: url)
        _ = try await PlaceImporter(desk: site.desk).run(try PlaceImportFile.open(url.path), source: "liste")
    }

    /// The values of the boxes of a name on a page.
    private static func boxes(_ name: String, _ page: Reply) -> [String] {
        page.text.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }

    @Test(arguments: TestEngine.available)
    func aWholeMorningOfCoordination(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            let cora = try await site.signIn("cora", [Grant(.coordinator, on: .network)])
            let path = "/coordination/disparus"
            func get(_ path: String) async throws -> Reply { try await site.get(path, session: cora.session) }
            func post(_ path: String, _ fields: [(String, String)]) async throws -> Reply {
                try await site.post(path, fields, as: cora.account, session: cora.session)
            }
            #expect(try await get(path).text.contains("Aucun lieu n’a disparu"))
            try await Self.import(["Alpha", "Beta", "Gamma", "Delta"], site)
            try await Self.import(["Alpha"], site)
            let home = try await get("/coordination")
            #expect(home.text.contains("href=\"/coordination/disparus\""))
            #expect(try await get("/moderation").text.contains("3 lieux à décider"))
            let page = try await get(path)
            let places = Self.boxes("lieu", page)
            #expect(places.count == 3 && page.text.contains("Beta") && !page.text.contains("Alpha"))
            // Nothing ticked, nobody to ask: said, and nothing done.
            let nothing = try await post(path, [("source", "liste"), ("choix", "gardee")])
            #expect(nothing.status == 422 && nothing.text.contains("Cochez au moins un lieu"))
            let asked = try await post(path, [("source", "liste"), ("choix", "demandee"), ("lieu", places[0])])
            #expect(asked.status == 422 && asked.text.contains("responsable à qui écrire"))
            let kept = try await post(
                path, [("source", "liste"), ("choix", "gardee"), ("lieu", places[0]), ("lieu", places[1])])
            #expect(kept.status == 303)
            let closed = try await post(path, [("source", "liste"), ("choix", "fermee"), ("lieu", places[2])])
            #expect(closed.status == 303)
            let after = try await get(path)
            #expect(Self.boxes("lieu", after).isEmpty)
            let decisions = Self.boxes("decision", after)
            #expect(decisions.count == 3)
            let undone = try await post(
                path + "/annulation", [("source", "liste")] + decisions.map { ("decision", $0) })
            #expect(undone.status == 303)
            #expect(Self.boxes("lieu", try await get(path)).count == 3)
            // What makes no sense is refused, never a failure of the server.
            for fields in [[("choix", "gardee")], [("source", "liste"), ("choix", "brulee")], []] {
                #expect(try await post(path, fields).status == 400)
            }
            let none = try await post(path + "/annulation", [("decision", "zz")])
            #expect(none.status == 422)
        }
    }
}
