import Foundation
import Testing

@testable import Maillage
@testable import MaillageWeb

/// What only the program itself does: run the machine's programs on what people send, and go on when they cannot be.
@Suite struct PhotoProgramTests {
    private static func send(
        _ picture: [UInt8], to path: String, _ caller: Caller, as person: StandingSite.Person
    ) async throws -> Reply {
        var form = MultipartForm()
        form.field(
            FormToken.fieldName,
            Keys(secret: Caller.secret).formToken(
                for: path, account: person.account, now: Surroundings.live().now(),
                mask: [UInt8](repeating: 9, count: 24)))
        form.field("alternative", "Un mur rouge et bleu")
        form.field("credit", "Camille")
        form.field("licence", "cc0-1.0")
        form.file("photo", "mur.jpg", "image/jpeg", picture)
        return try await caller.ask(
            "POST", path,
            headers: ["Content-Type": MultipartForm.type, "Origin": caller.origin, "Sec-Fetch-Site": "same-origin"],
            body: form.body, session: person.session)
    }

    // PHO-2
    @Test func theProgramTakesPhotosInAndOutlivesThoseThatAreNone() async throws {
        guard TestPrograms.available() != nil else { return }
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 1, [Grant(.coordinator, on: .network)])
            let slug = try await withDatabase(site.file) { database in
                try await Desk(database: database, surroundings: .live()).perform(
                    CreatePlace(values: [.name: .text("Essai")], visibility: .everyone), as: .house
                ).slug
            }
            let program = try Program(site.arguments)
            let caller = Caller(port: try await program.port())
            let path = "/lieux/\(slug)/photos"
            let good = try await Pictures.make(700, 500)
            let sent = try await Self.send(good, to: path, caller, as: site.people[0])
            #expect(sent.status == 303, "\(sent.text.prefix(600))")
            let page = try await caller.get("/lieux/" + slug)
            let address = try #require(page.text.firstMatch(of: /href="(\/photos\/[^"]+\/700\.webp)"/)?.1)
            #expect(try await caller.get(String(address)).body.starts(with: Array("RIFF".utf8)))
            // A head that promises what its body does not hold, many at once.
            var wrong = good.prefix(200) + [UInt8](repeating: 0xFF, count: 5_000)
            wrong[2] = good[2]
            let hostile = Array(wrong)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await Self.send(hostile, to: path, caller, as: site.people[0]).status }
                }
                for try await status in group { #expect(status == 422) }
            }
            #expect(program.isRunning)
            #expect(try await caller.get("/healthz").status == 200)
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/data/vault/incoming")
            #expect(left.isEmpty, "\(left)")
        }
    }
}
