import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// From decisions to the ledger.
@Suite struct DecidedGrantTests {
    private static func funder(_ world: DecisionWorld, _ amount: Int) async throws -> (Funder, FundingEnvelope) {
        let funder = try await world.desk.perform(
            AddFunder(name: "Région d’essai", kind: .region, siret: FundingWorld.siret), as: world.agent)
        let envelope = try await world.desk.perform(
            OpenEnvelope(funder: funder.id, label: "Tiers-lieux", year: 2026, amount: amount), as: world.agent)
        return (funder, envelope)
    }

    private static func lines(_ world: DecisionWorld) async throws -> [FundingLine] {
        let call = world.call.id
        return try await world.database.read { try DecidedGrant.lines(of: call, $0) }
    }

    // FUND-19
    @Test("what was told enters the ledger once", arguments: TestEngine.available)
    func taking(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            let (funder, envelope) = try await Self.funder(world, 10_000_00)
            let act = TakeDecisions(call: world.call.id, funder: funder.id, envelope: envelope.id)
            try await world.decide(0, world.words(.retained, amount: 5_000_00))
            #expect(try await world.refusal(act, as: world.agent) is Problems, "nobody was told")
            try await world.decide(1, world.words(.waiting, rank: 1))
            try await world.decide(2, world.words(.refused))
            try await world.writeTexts()
            try await world.notify(wave)
            #expect(try await world.refusal(act, as: world.leads[0]) is Denied)
            let unknown = TakeDecisions(call: Call.ID(1), funder: funder.id)
            #expect(try await world.refusal(unknown, as: world.agent) is Missing)

            let (call, lead, agent) = (world.call.id, world.leads[0], world.agent)
            func waiting(_ principal: Principal) async throws -> [Int] {
                try await world.database.read {
                    [
                        try DecidedGrant.count(principal, in: call, $0),
                        try DecidedGrant.waiting(principal, in: call, $0).count,
                    ]
                }
            }
            #expect(try await waiting(agent) == [1, 1])
            #expect(try await waiting(lead) == [0, 0])
            let taken = try await world.desk.perform(act, as: world.agent)
            #expect(try await waiting(agent) == [0, 0])
            #expect(taken.map(\.facts.candidacy) == [world.dossiers[0]])
            #expect(taken.map(\.fold.granted) == [5_000_00])
            #expect(taken.map(\.state) == [.granted])
            #expect(taken.first?.facts.reference == "26 B 0412")
            #expect(try await world.refusal(act, as: world.colleague) is Problems, "it is there already")
            #expect(try await Self.lines(world).count == 1)
        }
    }

    // FUND-5, FUND-19
    @Test("an envelope that cannot hold them all takes none", arguments: TestEngine.available)
    func overspending(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 2) { world, wave in
            let (funder, envelope) = try await Self.funder(world, 5_000_00)
            try await world.decide(0, world.words(.retained, amount: 5_000_00))
            try await world.decide(1, world.words(.retained, amount: 1))
            try await world.writeTexts()
            try await world.notify(wave)
            let refused =
                try await world.refusal(
                    TakeDecisions(call: world.call.id, funder: funder.id, envelope: envelope.id), as: world.agent)
                as? Problems
            #expect(refused?.list.first { $0.field == "enveloppe" }?.message.contains("0,01") == true)
            #expect(try await Self.lines(world).isEmpty)
        }
    }

    // FUND-19
    @Test("a line that was asked for is the one that is granted", arguments: TestEngine.available)
    func asked(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine, dossiers: 2) { world, wave in
            let (funder, _) = try await Self.funder(world, 1)
            var facts = FundingFacts(funder: funder.id, beneficiary: "Les Amis du four", object: "Le four", year: 2026)
            facts.call = world.call.id
            facts.candidacy = world.dossiers[1]
            let line = try await world.desk.perform(OpenFundingLine(facts), as: world.agent)
            try await world.decide(0, world.words(.refused))
            try await world.decide(1, world.words(.retained, amount: 2_000_00))
            try await world.writeTexts()
            try await world.notify(wave)
            let taken = try await world.desk.perform(
                TakeDecisions(call: world.call.id, funder: funder.id), as: world.agent)
            #expect(taken.map(\.id) == [line.id])
            #expect(taken.map(\.state) == [.granted])
        }
    }
}
