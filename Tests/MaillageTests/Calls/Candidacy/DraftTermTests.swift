import Storage
import Testing
import Workbench

@testable import Maillage

/// PRIV-3: drafts that were never deposited go some months after their call, warned, unless somebody says they still serve.
@Suite struct DraftTermTests {
    private func run(_ world: CandidacyWorld) async throws -> [String: Int] {
        let done = try await RetentionJob(CallRetention.rules(world.head)).run(world.desk)
        return Dictionary(done.map { ($0.rule, $0.rows) }) { $0 + $1 }
    }

    @Test(arguments: TestEngine.available)
    func `a draft is warned, then erased whole, and what was deposited stays`(engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (lea, paul) = (try await world.person("lea"), try await world.person("paul"))
            let draft = try await world.complete(by: lea)
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "ami@exemple.fr", role: .reader, head: world.head, shelf: world.shelf),
                as: lea)
            let other = try await world.complete(by: paul)
            _ = try await world.deposit(other, 1, by: paul)
            world.goTo(CandidacyWorld.closing + .days(60))
            #expect(try await run(world).isEmpty)
            world.clock.advance(by: .days(2))
            #expect(try await run(world) == ["drafts warned": 1])
            let letter = try #require(try await world.calls.letters(to: "lea@exemple.fr").last)
            #expect(letter.subject.hasPrefix("Votre brouillon sera effacé le "))
            #expect(letter.text.contains("https://reseau.test/candidatures/\(draft.id.text)/garder"))
            world.clock.advance(by: .days(29))
            #expect(try await run(world).isEmpty)
            world.clock.advance(by: .days(2))
            #expect(try await run(world) == ["drafts erased": 1])
            await #expect(throws: Missing.self) { _ = try await world.read(draft.id) }
            #expect(try await world.read(other.id).state == .deposited)
            for table in ["candidacy_save", "candidacy_member", "candidacy_file"] {
                let rows = try await world.database.read {
                    try $0.count(
                        SQL(stringLiteral: "SELECT COUNT(*) FROM \(table) WHERE candidacy_id = \(draft.id.number)"))
                }
                #expect(rows == 0, "\(table)")
            }
            #expect(try await world.database.read { try SaveSeals.check($0) }.fault == nil)
            world.clock.advance(by: .days(4_000))
            let later = try await run(world)
            #expect(later["drafts erased"] == nil)
            #expect(try await world.read(other.id).state == .deposited)
        }
    }

    @Test(arguments: TestEngine.available)
    func `its lead keeps it, nobody else may, and the term counts again`(engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (lea, paul) = (try await world.person("lea"), try await world.person("paul"))
            let draft = try await world.complete(by: lea)
            world.goTo(CandidacyWorld.closing + .days(62))
            #expect(try await run(world) == ["drafts warned": 1])
            await #expect(throws: Missing.self) { _ = try await world.desk.perform(KeepDraft(draft.id), as: paul) }
            await #expect(throws: Missing.self) { _ = try await world.desk.perform(KeepDraft(draft.id), as: .visitor) }
            let end = try await world.desk.perform(KeepDraft(draft.id), as: lea)
            #expect(end > world.clock.now + .days(90))
            world.clock.advance(by: .days(60))
            #expect(try await run(world).isEmpty)
            world.clock.advance(by: .days(2))
            #expect(try await run(world) == ["drafts warned": 1])
            // A candidacy that was deposited does not lapse: there is nothing to keep.
            let other = try await world.calls.person("zoe")
            await #expect(throws: Missing.self) { _ = try await world.desk.perform(KeepDraft(draft.id), as: other) }
        }
    }

    @Test(arguments: TestEngine.available)
    func `what was deposited is not a draft to keep`(engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let draft = try await world.complete(by: lea)
            _ = try await world.deposit(draft, 1, by: lea)
            await #expect(throws: Problems.self) { _ = try await world.desk.perform(KeepDraft(draft.id), as: lea) }
        }
    }
}
