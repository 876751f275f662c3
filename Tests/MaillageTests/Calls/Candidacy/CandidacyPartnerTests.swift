import Testing
import Workbench

@testable import Maillage

@Suite struct CandidacyPartnerTests {
    // CAND-17
    @Test("a partner commits itself, and the deposit waits for it", arguments: TestEngine.available)
    func commitment(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true) { world in
            let (ada, bob, eve) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("eve")
            )
            let draft = try await world.complete(by: ada)
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "bob@exemple.fr", role: .partner, partner: "La Halle", head: world.head,
                    shelf: world.shelf), as: ada)
            let letter = try #require(try await world.calls.letters(to: "bob@exemple.fr").last)
            let secret = try #require(CandidacyDraftTests.secret(in: letter.text))
            let commit = CommitPartner(
                candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf)

            // Before: whoever is not of it learns nothing, and nobody speaks for another.
            let traces = try await world.traces()
            #expect(try await world.refusal(commit, as: bob) is Missing, "the invitation is not accepted yet")
            #expect(try await world.refusal(commit, as: eve) is Missing)
            #expect(try await world.refusal(commit, as: .visitor) is Missing)
            #expect(try await world.refusal(commit, as: ada) is Denied, "the lead does not commit a partner")
            #expect(try await world.traces() == traces)

            _ = try await world.desk.perform(AcceptCandidacyInvitation(secret), as: bob)
            let current = try await world.read(draft.id)
            await #expect(throws: CandidacyIncomplete.self) { try await world.deposit(current, 1, by: ada) }
            let unticked = CommitPartner(
                candidacy: draft.id, agrees: false, head: world.head, shelf: world.shelf)
            #expect((try await world.refusal(unticked, as: bob) as? Problems)?.list.first?.field == "engagement")

            try await world.desk.perform(commit, as: bob)
            let partner = try #require(
                try await world.database.read { try CandidacyPartnerStore.partners(of: draft.id, $0) }.first)
            #expect(partner.state == .committed)
            #expect(partner.committedAt == world.clock.now)
            #expect(partner.committedBy == bob.account.map { Account.ID($0.number) })
            let told = try await world.calls.letters(to: "ada@exemple.fr").last
            #expect(told?.subject.contains("La Halle") == true)
            try await world.desk.perform(commit, as: bob)
            #expect(try await world.calls.letters(to: "ada@exemple.fr").last == told, "once is enough")
            _ = try await world.deposit(try await world.read(draft.id), 2, by: ada)
        }
    }

    // CAND-17
    @Test("after the limit of what was deposited, no partner commits", arguments: TestEngine.available)
    func late(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.complete(by: ada)
            _ = try await world.deposit(draft, 1, by: ada)
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "bob@exemple.fr", role: .partner, partner: "La Halle", head: world.head,
                    shelf: world.shelf), as: ada)
            let letter = try #require(try await world.calls.letters(to: "bob@exemple.fr").last)
            _ = try await world.desk.perform(
                AcceptCandidacyInvitation(try #require(CandidacyDraftTests.secret(in: letter.text))), as: bob)
            world.goTo(CandidacyWorld.closing)
            let commit = CommitPartner(
                candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf)
            #expect(try await world.refusal(commit, as: bob) is Problems)
        }
    }
}
