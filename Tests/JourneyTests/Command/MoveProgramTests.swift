import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// A network that outgrew its machine, by the commands an operator types.
@Suite(.serialized, .enabled(if: TestEngine.available.contains(.postgres))) struct MoveProgramTests {
    @Test func `a network goes on in PostgreSQL where it was in SQLite`() async throws {
        try await withFolder { folder in
            try await withFreshLocation(.postgres) { location in
                guard case .postgres(let url) = location else { return }
                let there = ["MAILLAGE_DATABASE_URL": url]
                let site = try await StandingSite(folder + "/var", people: 2)
                let move = ["move", "--data", site.folder]

                let server = try Program(site.arguments)
                _ = try await server.port()
                try await Self.isRefused(move, there, "using")
                server.signal(SIGTERM)
                #expect(await server.end(within: 120) == 0)

                try await Self.isRefused(site.arguments, there, "maillage move")
                let moved = try await Program.run(move, there)
                #expect(moved.status == 0, "\(moved.err)")
                #expect(moved.out.contains("each read back and as it was"))
                let checked = try await Program.run(["check", "--data", site.folder], there)
                #expect(checked.status == 0, "\(checked.err)")

                let again = try Program(site.arguments, there)
                let caller = Caller(port: try await again.port())
                let page = try await caller.get("/mon-compte", session: site.people[0].session)
                #expect(page.status == 200 && page.text.contains("Personne 0"), "whoever was signed in still is")
                let named = try await caller.post("/mon-compte/nom", [("name", "Nouveau Nom")], as: site.people[0])
                #expect(named.status == 303)
                again.signal(SIGTERM)
                #expect(await again.end(within: 120) == 0)

                try await Self.isRefused(move, there, "holds a network already")
                #expect(
                    try await site.names().map(\.name) == ["Personne 0", "Personne 1"], "the file is as it was")
                let listed = try await Program.run(["account", "list", "--data", site.folder], there)
                #expect(listed.out.contains("p0@exemple.fr"), "a refused move takes nothing away")
            }
        }
    }

    @Test func `what cannot be carried is said in one line`() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/var", people: 1)
            try await Self.isRefused(["move", "--data", site.folder], [:], "set DATABASE_URL")
            let nowhere = ["MAILLAGE_DATABASE_URL": "postgres://maillage:tressecret@127.0.0.1:1/maillage"]
            let said = try await Self.isRefused(["move", "--data", site.folder], nowhere, "PostgreSQL")
            #expect(!said.contains("tressecret"))
            try await Self.isRefused(["move", "--data", folder + "/rien"], nowhere, "holds no network")
            #expect(!FileManager.default.fileExists(atPath: folder + "/rien"))
        }
    }

    @discardableResult
    private static func isRefused(
        _ words: [String], _ environment: [String: String], _ reason: String
    ) async throws -> String {
        let ended = try await Program.run(words, environment)
        #expect(ended.status == 1, "\(words)")
        #expect(ended.err.contains(reason), "\(ended.err)")
        #expect(ended.err.split(separator: "\n").count == 1, "\(ended.err)")
        return ended.err
    }
}
