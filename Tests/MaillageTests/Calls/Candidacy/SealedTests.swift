import Testing
import Workbench

@testable import Maillage

@Suite struct SealedTests {
    // CAND-36, CAND-12
    @Test("sealed candidacies are a number until they are opened", arguments: TestEngine.available)
    func sealed(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isSealed: true) { world in
            let ada = try await world.person("ada")
            let (agent, eve) = (try await world.calls.coordinator(), try await world.person("eve"))
            let outcome = try await world.deposit(try await world.complete(by: ada), 1, by: ada)
            let id = outcome.deposit.candidacy
            let wave = try #require(world.call.settings.waves.first)
            let (call, shelf) = (world.call, world.shelf)
            func list(_ principal: Principal) async throws -> CallCandidacies {
                try await world.database.read { try CallCandidacies.of(call, principal, $0) }
            }
            func open(_ principal: Principal) async throws -> OpenedCandidacy {
                let now = world.clock.now
                return try await world.database.read {
                    try OpenedCandidacy.open(principal, id, in: call, at: now, shelf: shelf, $0)
                }
            }
            for principal in [agent, .house] {
                let found = try await list(principal)
                #expect(found.lines.isEmpty, "not even a name")
                #expect(found.sealed.map(\.candidacies) == [1])
                await #expect(throws: Missing.self) { try await open(principal) }
            }
            let act = OpenSealedCandidacies(call: call.id, wave: wave.id)
            #expect(try await world.refusal(act, as: agent) is Problems, "before the limit")
            world.goTo(CandidacyWorld.closing)
            await #expect(throws: Missing.self) { try await open(agent) }
            #expect(try await world.refusal(act, as: eve) is Denied)
            #expect(try await world.refusal(act, as: ada) is Denied, "a candidate")
            #expect(try await world.refusal(act, as: .visitor) is Denied)
            #expect(try await world.refusal(act, as: .house) is Denied, "a person opens them")
            let unknown = OpenSealedCandidacies(call: call.id, wave: CallWave.ID(7))
            #expect(try await world.refusal(unknown, as: agent) is Missing)

            let opening = try await world.desk.perform(act, as: agent)
            #expect(opening.deposits == 1 && opening.by == agent.account)
            #expect(try await world.desk.perform(act, as: agent) == opening, "once")
            let lines = try await list(agent)
            #expect(lines.lines.count == 1 && lines.sealed.isEmpty && lines.openings == [opening])
            #expect(try await open(agent).dossier?.state.answers["titre"] == .text("La Fosse"))
            let journal = try await world.database.read {
                try $0.count("SELECT COUNT(*) FROM journal WHERE verb = 'OpenSealedCandidacies'")
            }
            #expect(journal == 2)

            // Opened, the limit is no longer moved.
            let later = ExtendDeadline(
                call: call.id, wave: wave.id, closesAt: CandidacyWorld.closing + .days(9), words: "plus tard",
                reason: "Panne.", isIncident: true, head: world.head)
            #expect(try await world.refusal(later, as: agent) is Problems)
        }
    }

    // CAND-36
    @Test("a published call does not unseal, and one that is not sealed is not opened", arguments: TestEngine.available)
    func settings(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isSealed: true) { world in
            let agent = try await world.calls.coordinator()
            var deposit = world.call.settings.deposit
            deposit.isSealed = false
            let amend = AmendCall(
                call: world.call.id, version: world.call.version, section: .deposit(deposit), reason: "Curiosité.",
                head: world.head)
            #expect((try await world.refusal(amend, as: agent) as? Problems)?.list.first?.field == "scelle")
        }
        try await CandidacyWorld.on(engine) { world in
            let agent = try await world.calls.coordinator()
            world.goTo(CandidacyWorld.closing)
            let wave = try #require(world.call.settings.waves.first)
            let act = OpenSealedCandidacies(call: world.call.id, wave: wave.id)
            #expect(try await world.refusal(act, as: agent) is Problems)
        }
    }
}
