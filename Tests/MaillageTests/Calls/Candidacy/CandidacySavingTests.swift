import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("A draft that saves itself") struct CandidacySavingTests {
    // CAND-18
    @Test("each question is saved at the version it was shown at", arguments: TestEngine.available)
    func versions(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let shown = try await world.start(by: ada)
            func save(_ fields: [URLEncodedForm.Field], at version: Int, _ versions: [String: Int] = [:])
                -> SaveCandidacy
            {
                SaveCandidacy(
                    candidacy: shown.id, version: version, section: "projet", fields: fields, shelf: world.shelf,
                    versions: versions)
            }
            let own = try await world.desk.perform(save([.init("titre", "Un")], at: shown.version), as: ada)
            // Another person, in the meantime, on the other question.
            let other = try await world.desk.perform(save([.init("resume", "D’elle")], at: shown.version), as: ada)
            #expect(other.candidacy.version == own.candidacy.version + 1)
            // The page goes on with what it wrote itself: no quarrel with its own former save.
            let next = try await world.desk.perform(
                save([.init("titre", "Un deux")], at: shown.version, ["titre": own.candidacy.version]), as: ada)
            #expect(next.changed == ["titre"] && next.candidacy.answers["resume"] == .text("D’elle"))
            // It never saw the other's text: both are shown.
            let error = try await world.refusal(
                save(
                    [.init("titre", "Un deux trois"), .init("resume", "De lui")], at: shown.version,
                    ["titre": next.candidacy.version]), as: ada)
            let conflict = try #require(error as? CandidacyConflict)
            #expect(conflict.clashes == [.init(key: "resume", mine: .text("De lui"), theirs: .text("D’elle"))])
            for impossible in [0, -1, 99] {
                let refused = try await world.refusal(
                    save([.init("titre", "x")], at: shown.version, ["titre": impossible]), as: ada)
                #expect(refused is Conflict)
            }
        }
    }

    // CAND-18
    @Test("who wrote a question last is known", arguments: TestEngine.available)
    func lastEdits(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let id = try await world.start(by: ada).id
            try await world.save(id, "projet", [.init("titre", "Un")], by: ada)
            world.clock.advance(by: .minutes(3))
            let last = try await world.save(id, "projet", [.init("titre", "Deux")], by: ada)
            let edits = try await world.database.read { try CandidacySaveStore.lastEdits(of: id, $0) }
            #expect(
                edits["titre"] == CandidacyLastEdit(version: last.version, at: world.clock.now, account: ada.account))
            #expect(edits["resume"] == nil)
        }
    }

    // CAND-6, CAND-18
    @Test(
        "after the limit, what was deposited changes no more, and nothing pretends it did",
        arguments: TestEngine.available)
    func closed(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            _ = try await world.deposit(draft, 1, by: ada)
            world.goTo(CandidacyWorld.closing)
            let error = try await world.refusal(
                SaveCandidacy(
                    candidacy: draft.id, version: draft.version, section: "projet", fields: [.init("titre", "Tard")],
                    shelf: world.shelf), as: ada)
            #expect((error as? Problems)?.list.first?.message.contains("limite est passée") == true)
        }
    }
}
