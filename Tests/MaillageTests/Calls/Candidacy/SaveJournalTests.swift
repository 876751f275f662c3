import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// What an evening of typing leaves in the journal, and what it proves.
@Suite("Saves and the journal") struct SaveJournalTests {
    private static func lines(_ world: CandidacyWorld, _ verb: String = "SaveCandidacy") async throws -> [Journal.Line]
    {
        try await world.database.read { try Journal.latest(1_000, $0) }.filter { $0.verb == verb }.reversed()
    }

    private static func detail(_ name: String, _ line: Journal.Line) -> [String] {
        line.details.split(separator: "\n").filter { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }

    // JRN-1, JRN-2, CAND-5, CAND-22
    @Test("one line a person, a section and a quarter of an hour; every save is kept", arguments: TestEngine.available)
    func typing(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.start(by: ada)
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "bob@exemple.fr", role: .writer, head: world.head, shelf: world.shelf),
                as: ada)
            try await PartTests.accept(world, bob)
            // 10:00 in Paris: a quarter begins.
            for number in 0..<40 {
                try await world.save(draft.id, "projet", [.init("titre", "Titre \(number)")], by: ada)
                world.clock.advance(by: .seconds(20))
            }
            try await world.save(draft.id, "projet", [.init("resume", "Bob")], by: bob)
            try await world.save(draft.id, "budget", CandidacyWorld.budgetFields, by: ada)
            #expect(try await Self.lines(world).count == 3, "two people, two sections")
            // The same text again writes nothing at all.
            try await world.save(draft.id, "projet", [.init("titre", "Titre 39")], by: ada)
            #expect(try await Self.lines(world).count == 3)
            world.clock.advance(by: .minutes(2))
            try await world.save(draft.id, "projet", [.init("titre", "Un quart d’heure après")], by: ada)
            let lines = try await Self.lines(world)
            #expect(lines.count == 4)
            #expect(lines.map { Self.detail("section", $0) } == [["projet"], ["projet"], ["budget"], ["projet"]])

            let saves = try await world.database.read { try CandidacySaveStore.saves(of: draft.id, $0) }
            #expect(saves.count == 44, "each version is there to come back to")
            #expect(saves.contains { $0.former["titre"] == .text("Titre 17") })
            #expect(try await world.database.read { try SaveSeal.verify($0) } == 44)
            #expect(try await world.database.read { try Journal.verify($0) } > 4, "no line was changed")
            // A line names the seal of all that came before it.
            let seals = try await world.database.read { reader in
                try reader.all(
                    "SELECT version, seal FROM candidacy_save WHERE candidacy_id = \(draft.id) ORDER BY version"
                ) { (Int(try $0.int(0)), try $0.text(1)) }
            }
            for line in lines {
                let version = try #require(Self.detail("version", line).first.flatMap { Int($0) })
                #expect(Self.detail("seal", line) == [seals.first { $0.0 == version }?.1])
            }
            // One altered, however slightly, or taken out: the chain does not hold from there on.
            for change: SQL in [
                "UPDATE candidacy_save SET at = at + 1 WHERE version = \(saves[20].version)",
                "DELETE FROM candidacy_save WHERE version = \(saves[30].version)",
            ] {
                await #expect(throws: SaveSeal.Broken.self) {
                    try await world.database.write { writer in
                        try writer.run(change)
                        _ = try SaveSeal.verify(writer)
                    }
                }
            }
            #expect(try await world.database.read { try SaveSeals.check($0) }.fault == nil)
        }
    }

    // JRN-1, JRN-2
    @Test("of a part, and the deposit seals all of it", arguments: TestEngine.available)
    func parts(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: PartTests.form) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.complete(by: ada)
            let halle = try await PartTests.join(world, draft.id, "La Halle", bob, by: ada)
            for number in 1...20 {
                let version = try await PartTests.partner(world, halle).version
                _ = try await world.desk.perform(
                    PartTests.save(world, draft.id, halle, version, PartTests.figures("\(number)", visits: "1")),
                    as: bob)
                world.clock.advance(by: .seconds(10))
            }
            #expect(try await Self.lines(world, "SavePart").count == 1)
            try await world.desk.perform(
                CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf), as: bob)
            // What ends a commitment is said, whenever it comes.
            let version = try await PartTests.partner(world, halle).version
            _ = try await world.desk.perform(
                PartTests.save(world, draft.id, halle, version, PartTests.figures("77", visits: "1")), as: bob)
            let lines = try await Self.lines(world, "SavePart")
            #expect(lines.count == 2 && Self.detail("commitment", lines[1]) == ["ended"])
            try await world.desk.perform(
                CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf), as: bob)
            _ = try await world.deposit(try await world.read(draft.id), 1, by: ada)
            let deposit = try #require(try await Self.lines(world, "DepositCandidacy").first)
            let standing = try await world.database.read { try SaveSeal.standing(of: draft.id, $0) }
            #expect(standing.count == 2 && Self.detail("seal", deposit) == standing)
        }
    }

    // ATT-15
    @Test("a download by those who keep the call leaves one line an hour", arguments: TestEngine.available)
    func downloads(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let (ada, agent) = (try await world.calls.person("ada"), try await world.calls.person("agente"))
            let draft = try await world.calls.start(by: ada)
            let added = try await world.attach([AttachmentWorld.invented(1)], to: "statuts", of: draft.id, by: ada)
            let file = try #require(added.added.first)
            #expect(try await world.calls.refusal(RecordDownload(file), as: .visitor) is Missing)
            for _ in 0..<3 {
                try await world.desk.perform(RecordDownload(file), as: agent)
                world.clock.advance(by: .minutes(10))
            }
            let first = try await Self.lines(world.calls, "RecordDownload")
            #expect(first.count == 1 && first[0].actor == agent.account)
            #expect(Self.detail("sha256", first[0]) == [file.digest.text])
            #expect(Self.detail("candidacy", first[0]) == [draft.id.text])
            world.clock.advance(by: .minutes(31))
            try await world.desk.perform(RecordDownload(file), as: agent)
            try await world.desk.perform(RecordDownload(file), as: try await world.calls.person("autre"))
            #expect(try await Self.lines(world.calls, "RecordDownload").count == 3)
        }
    }
}
