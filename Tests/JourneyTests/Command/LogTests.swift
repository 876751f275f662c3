import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// SRV-5, S-21: whatever is logged, at the most talkative, names nobody and gives nothing away.
@Suite struct LogTests {
    @Test func logsHoldNoSecretAndNoName() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 2)
            let program = try Program(site.arguments, ["MAILLAGE_LOG_LEVEL": "trace"])
            let caller = Caller(port: try await program.port())
            let person = site.people[0]
            let link = String(repeating: "Q", count: 43)
            _ = try await caller.get("/mon-compte", session: person.session)
            _ = try await caller.get("/connexion/lien/" + link, headers: ["User-Agent": "Navigateur-canari"])
            _ = try await caller.get("/lieux?q=canari-cherche", headers: ["Referer": "http://canari.example/"])
            _ = try await caller.get(
                "/canari-chemin%0d%0aFAUX:%20ligne", headers: ["X-Request-Id": "canari-identifiant"])
            _ = try await caller.post("/mon-compte/nom", [("name", "Canari Nom")], as: person)
            _ = try await caller.post(
                "/mon-compte/mot-de-passe", [("mot_de_passe", "canari-mot-de-passe-1234")], as: person)
            _ = try await caller.post(
                "/connexion/mot-de-passe", [("adresse", "canari@exemple.fr"), ("mot_de_passe", "canari-faux-1234")],
                as: person)
            _ = try await caller.post("/connexion", [("email", "canari-lien@exemple.fr")], as: person)
            _ = try await caller.raw("GET /canari HTTP/1.1\r\nCanari: a\r\n\r\n")
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
            let log = program.err
            #expect(!log.isEmpty)
            for word in ["canari", "Canari", person.session, link, "exemple.fr", "FAUX"] {
                #expect(!log.contains(word), "\(log.split(separator: "\n").first { $0.contains(word) } ?? "")")
            }
            for line in log.split(separator: "\n") {
                #expect(line.first?.isNumber == true, "\(line.prefix(200))")
                #expect(!line.utf8.contains { $0 < 0x20 && $0 != 0x09 }, "\(line.prefix(200))")
            }
        }
    }
}
