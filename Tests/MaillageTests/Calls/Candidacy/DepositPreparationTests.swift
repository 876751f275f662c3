import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// A deposit that was made ready before its turn says the same as one read on the spot, and never something older.
@Suite("Deposit made ready") struct DepositPreparationTests {
    private func prepare(_ world: CandidacyWorld, _ candidacy: Candidacy, by principal: Principal) async throws
        -> DepositPreparation
    {
        let (now, shelf) = (world.clock.now, world.shelf)
        return try await world.database.read {
            try .of(.own(principal, candidacy.id, at: now, shelf: shelf, $0), $0)
        }
    }

    private func deposit(
        _ world: CandidacyWorld, _ candidacy: Candidacy, _ number: Int, _ preparation: DepositPreparation?,
        by principal: Principal
    ) async throws -> DepositOutcome {
        try await world.desk.perform(
            DepositCandidacy(
                candidacy: candidacy.id, version: candidacy.version, key: world.key(number), arrival: world.clock.now,
                office: world.office, preparation: preparation), as: principal)
    }

    // CAND-7
    @Test("what was made ready is what is read on the spot", arguments: TestEngine.available)
    func same(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let ready = try await prepare(world, draft, by: ada)
            let arrival = world.clock.now
            #expect(try await world.database.read { try ready.stands(for: draft.id, at: arrival, $0) })
            let outcome = try await deposit(world, draft, 1, ready, by: ada)
            #expect(outcome.deposit.snapshot == ready.snapshot && !ready.snapshot.isEmpty)
            #expect(try await world.read(draft.id).state == .deposited)
            // The same page sent twice, with what it had made ready then: the same receipt.
            let again = try await deposit(world, draft, 1, ready, by: ada)
            #expect(again.isRepeated && again.receipt == outcome.receipt)
            // Read on the spot, it says the same.
            let call = try #require(try await world.database.read { try CallStore.any(world.call.id, $0) })
            let (candidacy, shelf) = (try await world.read(draft.id), world.shelf)
            let fresh = try await world.database.read {
                try DepositPreparation.read(candidacy, call: call, at: arrival, shelf: shelf, $0)
            }
            #expect(fresh.snapshot == ready.snapshot)
        }
    }

    // CAND-5, CAND-7
    @Test("answers written since are those that are deposited, or refused", arguments: TestEngine.available)
    func written(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let ready = try await prepare(world, draft, by: ada)
            let changed = try await world.save(draft.id, "projet", [.init("titre", "Mieux dit")], by: ada)
            let refusal = try await world.refusal(
                DepositCandidacy(
                    candidacy: draft.id, version: draft.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office, preparation: ready), as: ada)
            #expect(refusal as? Conflict == Conflict(current: changed.version))
            let outcome = try await deposit(world, changed, 2, ready, by: ada)
            #expect(try CandidacySnapshot.answers(in: outcome.deposit.snapshot)["titre"] == .text("Mieux dit"))
            #expect(outcome.deposit.version == changed.version)
        }
    }

    // CAND-8
    @Test("a limit moved since is the one that counts", arguments: TestEngine.available)
    func moved(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let ready = try await prepare(world, draft, by: ada)
            let limit = CandidacyWorld.closing + .days(9)
            let proposal = try await world.desk.perform(
                ExtendDeadline(
                    call: world.call.id, wave: world.call.settings.waves[0].id, closesAt: limit, words: "plus tard",
                    reason: "Vacances.", isIncident: false, head: world.head),
                as: try await world.calls.coordinator("une"))
            _ = try await world.desk.perform(
                ConfirmExtension(proposal: proposal, head: world.head), as: try await world.calls.coordinator("deux"))
            let outcome = try await deposit(world, draft, 1, ready, by: ada)
            #expect(outcome.deposit.closesAt == limit)
            #expect(outcome.receipt.receipt.limit?.instant == limit)
        }
    }

    // CAND-8
    @Test("a call cancelled since takes nothing", arguments: TestEngine.available)
    func cancelled(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let ready = try await prepare(world, draft, by: ada)
            _ = try await world.desk.perform(
                CancelCall(call: world.call.id, reason: "Crédits.", head: world.head), as: .house)
            let refusal = try await world.refusal(
                DepositCandidacy(
                    candidacy: draft.id, version: draft.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office, preparation: ready), as: ada)
            #expect(refusal is Problems)
            #expect(try await world.read(draft.id).state == .draft)
        }
    }

    // CAND-10
    @Test("what was made ready for one candidacy serves no other", arguments: TestEngine.available)
    func others(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let (one, two) = (try await world.complete(by: ada), try await world.complete(by: bob))
            let ready = try await prepare(world, one, by: ada)
            await #expect(throws: Missing.self) { try await prepare(world, one, by: bob) }
            let outcome = try await deposit(world, two, 1, ready, by: bob)
            #expect(outcome.deposit.candidacy == two.id && outcome.deposit.snapshot != ready.snapshot)
            let refusal = try await world.refusal(
                DepositCandidacy(
                    candidacy: one.id, version: one.version, key: world.key(2), arrival: world.clock.now,
                    office: world.office, preparation: ready), as: bob)
            #expect(refusal is Missing)
        }
    }
}
