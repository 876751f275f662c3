import Testing
import Workbench

@testable import Maillage

@Suite struct LeadOfferTests {
    // CAND-34
    @Test("the lead passes to who accepts it, and the former one goes on writing", arguments: TestEngine.available)
    func handover(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true) { world in
            let (ada, bob, cleo) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("cleo")
            )
            let draft = try await world.complete(by: ada)
            _ = try await PartTests.join(world, draft.id, "La Halle", bob, by: ada)
            let member = try #require(
                try await world.database.read { try CandidacyMemberStore.own(bob, of: draft.id, $0) })
            _ = try await world.desk.perform(ConsentToAutoDeposit(candidacy: draft.id, consents: true), as: ada)
            let offer = OfferLead(candidacy: draft.id, member: member.id, head: world.head)
            let accept = AnswerLeadOffer(candidacy: draft.id, accepts: true, head: world.head)
            let refuse = AnswerLeadOffer(candidacy: draft.id, accepts: false, head: world.head)
            #expect(try await world.refusal(offer, as: bob) is Denied)
            #expect(try await world.refusal(offer, as: cleo) is Missing)
            #expect(try await world.refusal(accept, as: bob) is Missing, "nothing was offered")
            #expect(try await world.refusal(TakeBackLeadOffer(candidacy: draft.id), as: ada) is Missing)
            let unknown = OfferLead(candidacy: draft.id, member: CandidacyMember.ID(7), head: world.head)
            #expect(try await world.refusal(unknown, as: ada) is Missing)

            _ = try await world.desk.perform(offer, as: ada)
            #expect(try await world.refusal(accept, as: ada) is Missing, "nobody accepts for another")
            #expect(try await world.refusal(accept, as: cleo) is Missing)
            #expect(try await world.refusal(TakeBackLeadOffer(candidacy: draft.id), as: bob) is Denied)
            #expect(try await world.read(draft.id).holder == ada.account)
            try await world.desk.perform(refuse, as: bob)
            #expect(try await world.read(draft.id).holder == ada.account)
            #expect(try await world.refusal(accept, as: bob) is Missing, "answered already")
            #expect(
                try await world.calls.letters(to: "ada@exemple.fr").last?.subject.contains("ne souhaite pas") == true)
            _ = try await world.desk.perform(offer, as: ada)
            try await world.desk.perform(TakeBackLeadOffer(candidacy: draft.id), as: ada)
            #expect(try await world.refusal(accept, as: bob) is Missing, "taken back")

            _ = try await world.desk.perform(offer, as: ada)
            try await world.desk.perform(accept, as: bob)
            let handed = try await world.read(draft.id)
            #expect(handed.holder == bob.account)
            #expect(handed.consentedAt == nil, "what the former lead agreed to is theirs alone")
            let deposit = DepositCandidacy(
                candidacy: draft.id, version: handed.version, key: world.key(1), arrival: world.clock.now,
                office: world.office)
            #expect(try await world.refusal(deposit, as: ada) is Denied)
            try await world.save(draft.id, "projet", [.init("titre", "Encore Ada")], by: ada)
            let before = try await world.database.read { try CandidacyMemberStore.own(bob, of: draft.id, $0) }
            #expect(before?.partner == member.partner, "the new lead keeps its part")
            try await world.desk.perform(
                CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf), as: bob)
            let receipt = try await world.deposit(try await world.read(draft.id), 2, by: bob)
            #expect(receipt.receipt.receipt.depositor == "Bob")
        }
    }

    // CAND-34
    @Test("the lead is offered to who writes, never to a reader or an invitation", arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.start(by: ada)
            let id = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "bob@exemple.fr", role: .reader, head: world.head, shelf: world.shelf),
                as: ada)
            let offer = OfferLead(candidacy: draft.id, member: id, head: world.head)
            #expect(try await world.refusal(offer, as: ada) is Problems, "not accepted yet")
            try await PartTests.accept(world, bob)
            #expect(try await world.refusal(offer, as: ada) is Problems, "a reader")
        }
    }
}
