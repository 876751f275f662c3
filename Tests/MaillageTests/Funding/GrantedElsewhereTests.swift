import Storage
import Testing
import Workbench

@testable import Maillage

// FUND-21
@Suite("What was granted elsewhere") struct GrantedElsewhereTests {
    private static func beside(
        _ index: Int, as principal: Principal, _ world: DecisionWorld
    ) async throws -> [GrantedElsewhere] {
        let id = world.dossiers[index]
        return try await world.database.read { try GrantedElsewhere.beside(id, principal, $0) }
    }

    @Test("each reader learns of it what they may see, once", arguments: TestEngine.available)
    func readers(_ engine: TestEngine) async throws {
        try await DecisionWorld.on(engine) { world, wave in
            let juror = try await world.candidacies.person("jure")
            let (agent, slug, first) = (world.agent, world.call.slug, world.dossiers[0])
            try await world.decide(0, world.words(.retained, amount: 5_000_00))
            try await world.decide(1, world.words(.waiting, rank: 1))
            try await world.decide(2, world.words(.refused))
            #expect(try await Self.beside(1, as: agent, world).isEmpty, "nobody was told")
            try await world.writeTexts()
            try await world.notify(wave)
            let kept = GrantedElsewhere(
                source: .decision(slug: slug, first), title: world.call.title, year: 2026, amount: 5_000_00, state: nil,
                tie: .structure)
            #expect(try await Self.beside(1, as: agent, world) == [kept])
            #expect(try await Self.beside(0, as: agent, world).isEmpty, "its own is no other, a refusal is no grant")
            for outsider in [juror, world.leads[0], world.leads[1], .visitor] {
                #expect(try await Self.beside(1, as: outsider, world).isEmpty, "not published")
            }
            // Of the team of the call, without any role.
            try await world.desk.perform(
                AddCallTeammate(call: world.call.id, email: "jure@exemple.fr"), as: .house)
            #expect(try await Self.beside(2, as: juror, world) == [kept])
            // ACC-27: without the second factor that the network demands, a session keeps no call.
            let unproven = Principal(account: juror.account, name: "", grants: [], isUnproven: true)
            #expect(try await Self.beside(2, as: unproven, world).isEmpty)
            try await world.desk.perform(
                RemoveCallTeammate(call: world.call.id, account: try #require(juror.account)), as: .house)
            #expect(try await Self.beside(2, as: juror, world).isEmpty)
            _ = try await world.desk.perform(PublishResults(call: world.call.id, wave: wave.id), as: agent)
            #expect(try await Self.beside(1, as: juror, world).map(\.source) == [.result(slug: slug)])
            #expect(try await Self.beside(1, as: .visitor, world).map(\.amount) == [5_000_00])
            // Once it is in the ledger, those who read the ledger see the line; the others, what was published.
            let funder = try await world.desk.perform(
                AddFunder(name: "Région d’essai", kind: .region, siret: FundingWorld.siret), as: agent)
            let envelope = try await world.desk.perform(
                OpenEnvelope(funder: funder.id, label: "Tiers-lieux", year: 2026, amount: 10_000_00), as: agent)
            let taken = try await world.desk.perform(
                TakeDecisions(call: world.call.id, funder: funder.id, envelope: envelope.id), as: agent)
            let line = try #require(taken.first)
            let seen = try await Self.beside(1, as: agent, world)
            #expect(seen.map(\.source) == [.line(line.id)] && seen.map(\.state) == [.granted])
            #expect(seen.first?.title.hasPrefix("Région d’essai") == true && seen.first?.tie == .structure)
            #expect(try await Self.beside(1, as: juror, world).map(\.source) == [.result(slug: slug)])
            #expect(try await Self.beside(0, as: agent, world).isEmpty, "its own line is no other")
        }
    }

    @Test("the same structure, place and SIRET are found by index")
    func plan() async throws {
        try await DecisionWorld.on(.sqlite) { world, wave in
            let conditions: [SQL] = [
                "siret = '1' AND siret <> ''", "place_id = 1", "structure = 'a' AND structure <> ''",
            ]
            for condition in conditions {
                let plan = try await world.database.read { reader in
                    try reader.all("EXPLAIN QUERY PLAN SELECT id FROM candidacy WHERE \(condition)") {
                        try $0.text(3)
                    }.joined()
                }
                #expect(plan.contains("INDEX") && !plan.contains("SCAN"), "\(plan)")
            }
        }
    }
}
