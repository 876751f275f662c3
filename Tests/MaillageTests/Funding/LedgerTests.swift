import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// The ledger and its envelopes, on both engines.
@Suite("The ledger of funding and its envelopes") struct LedgerTests {
    // FUND-1, FUND-3, FUND-4, FUND-6
    @Test("a line from the idea to the last cent", arguments: TestEngine.available)
    func life(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            var line = try await world.open()
            #expect(line.state == .envisaged)
            line = try await world.take(.ask, 3_000_000, of: line)
            line = try await world.take(.grant, 2_000_000, "Délibération 12", of: line)
            #expect(line.facts.reference == "Délibération 12" && line.days.granted == world.today)
            line = try await world.take(.pay, 1_500_000, of: line)
            line = try await world.take(.settle, of: line)
            line = try await world.take(.repay, 200_000, of: line)
            let id = line.id
            let (events, stored) = try await world.database.read { reader in
                (try FundingEventStore.events(of: id, reader), try FundingStore.any(id, reader))
            }
            #expect(events.map(\.kind) == ["creation", "demande", "accord", "versement", "solde", "reversement"])
            #expect(try FundingEventStore.fold(events) == stored?.fold)
            #expect(stored?.fold.returned == 200_000 && stored?.state == .settled)
            let agent = world.agent
            let totals = try await world.database.read { try FundingListing.totals(agent, .init(), $0) }
            #expect(totals.map(\.paid) == [1_500_000] && totals.map(\.granted) == [2_000_000])
            let envelope = try await world.envelopeNow()
            #expect(envelope.asked == 3_000_000 && envelope.committed == 1_500_000, "FUND-6: the rest is free again")
            #expect(envelope.paid == 1_500_000 && envelope.left == 8_500_000)
        }
    }

    // FUND-1
    @Test("who reads and who writes", arguments: TestEngine.available)
    func rights(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.open()
            let step = AdvanceFunding(
                line: line.id, version: 1, step: .ask, amount: 100, on: world.today, words: "")
            let absent = AdvanceFunding(
                line: FundingLine.ID(line.id.number + 1), version: 1, step: .ask, amount: 100, on: world.today)
            for principal in [world.stranger, world.manager, Principal.visitor] {
                #expect(try await world.refusal(step, as: principal) is Missing, "not yet known to \(principal.name)")
                #expect(try await world.refusal(absent, as: principal) is Missing)
                let seen = try await world.database.read { try FundingStore.line(principal, line.id, $0) }
                #expect(seen == nil)
                #expect(try await world.database.read { try FundingListing.totals(principal, .init(), $0) }.isEmpty)
            }
            _ = try await world.take(.ask, 100, of: line)
            let manager = world.manager
            #expect(try await world.database.read { try FundingListing.item(manager, line.id, $0) }?.isFull == true)
            #expect(try await world.refusal(step, as: manager) is Denied, "who benefits reads, and does not write")
            let stranger = world.stranger
            #expect(try await world.database.read { try FundingListing.item(stranger, line.id, $0) } == nil)
            #expect(try await world.refusal(OpenFundingLine(world.facts()), as: stranger) is Denied)
            #expect(try await world.refusal(OpenFundingLine(world.facts()), as: manager) is Denied)
            #expect(try await world.refusal(AddFunder(name: "Ma région", kind: .region), as: manager) is Denied)
            let name = NameFunderAgent(funder: world.funder.id, email: "autre@exemple.fr")
            #expect(try await world.refusal(name, as: world.agent) is Denied)
            // An agent who lost the role is anybody.
            let former = Principal(account: world.agent.account, name: "Ancien", grants: [])
            #expect(try await world.refusal(OpenFundingLine(world.facts()), as: former) is Denied)
            // Who left the funder too.
            let second = try #require(world.second.account)
            try await world.desk.perform(
                RemoveFunderAgent(funder: world.funder.id, account: second), as: world.coordinator)
            #expect(try await world.refusal(OpenFundingLine(world.facts()), as: world.second) is Denied)
        }
    }

    // FUND-1
    @Test("a funder is corrected by its agents and the coordination", arguments: TestEngine.available)
    func describing(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let id = world.funder.id
            let other = DescribeFunder(funder: id, kind: .foundation, siret: FundingWorld.otherSiret)
            #expect(try await world.refusal(other, as: world.stranger) is Denied)
            #expect(try await world.refusal(other, as: world.manager) is Denied)
            let wrong = DescribeFunder(funder: id, kind: .region, siret: "12345678901234")
            #expect(try await world.refusal(wrong, as: world.agent) is Problems)
            let unknown = DescribeFunder(funder: Funder.ID(1), kind: .region, siret: "")
            #expect(try await world.refusal(unknown, as: world.agent) is Missing)
            try await world.desk.perform(other, as: world.agent)
            let kept = try await world.database.read { try FunderStore.funder(id, $0) }
            #expect(kept?.kind == .foundation && kept?.siret == FundingWorld.otherSiret)
            #expect(kept?.name == world.funder.name)
        }
    }

    // FUND-2, FUND-3
    @Test("what is wrong is refused with nothing written", arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            var blank = world.facts(" ")
            (blank.beneficiary, blank.siret, blank.rna, blank.year) = ("", "123", "X", 12)
            let wrong = try await world.refusal(OpenFundingLine(blank), as: world.agent)
            #expect(
                Set((wrong as? Problems)?.list.map(\.field) ?? []) == [
                    "beneficiaire", "objet", "siret", "rna", "annee",
                ])
            let line = try await world.open()
            func step(_ step: FundingStep, _ amount: Int?, version: Int = 1, days: Int = 0, words: String = "p")
                -> AdvanceFunding
            {
                AdvanceFunding(
                    line: line.id, version: version, step: step, amount: amount, on: world.today.adding(days: days),
                    words: words)
            }
            #expect(try await world.sentences(step(.pay, 5), as: world.agent).contains("ne peut pas suivre"))
            #expect(try await world.sentences(step(.ask, 0), as: world.agent).contains("centime"))
            #expect(try await world.sentences(step(.ask, 5, days: 1), as: world.agent).contains("pas encore venu"))
            #expect(
                try await world.sentences(step(.refuse, nil, words: ""), as: world.agent).contains("Dites pourquoi"))
            _ = try await world.take(.ask, 5, of: line)
            #expect(try await world.refusal(step(.ask, 6), as: world.agent) as? Conflict == Conflict(current: 2))
            let taken = AddFunder(name: "Région d’essai", kind: .region)
            #expect(try await world.sentences(taken, as: world.agent).contains("déjà inscrit"))
            var elsewhere = world.facts()
            elsewhere.call = Call.ID(77)
            #expect(try await world.refusal(OpenFundingLine(elsewhere), as: world.agent) is Missing)
        }
    }

    // FUND-5
    @Test("one cent too much is refused, saying by how much", arguments: TestEngine.available)
    func oneCent(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine, envelope: 100_000) { world in
            _ = try await world.granted(60_000)
            let line = try await world.take(.ask, 40_001, of: try await world.open())
            let over = AdvanceFunding(
                line: line.id, version: line.version, step: .grant, amount: 40_001, on: world.today)
            let words = try await world.sentences(over, as: world.agent)
            #expect(words.contains("dépassée de 0,01\u{A0}€") && words.contains("il y reste 400\u{A0}€"), "\(words)")
            let exact = try await world.take(.grant, 40_000, of: line)
            #expect(exact.state == .granted)
            #expect(try await world.envelopeNow().left == 0)
            let more = AdvanceFunding(
                line: exact.id, version: exact.version, step: .amend, amount: 40_001, on: world.today, words: "avenant")
            #expect(try await world.sentences(more, as: world.agent).contains("0,01\u{A0}€"))
            let smaller = ResizeEnvelope(envelope: world.envelope.id, amount: 99_999)
            #expect(try await world.sentences(smaller, as: world.agent).contains("0,01\u{A0}€"), "FUND-6")
            var moved = world.facts("Autre")
            moved.envelope = nil
            let outside = try await world.granted(5, moved)
            moved.envelope = world.envelope.id
            let into = DescribeFundingLine(line: outside.id, version: outside.version, facts: moved)
            #expect(try await world.sentences(into, as: world.agent).contains("dépassée"))
            try await world.desk.perform(ResizeEnvelope(envelope: world.envelope.id, amount: 100_005), as: world.agent)
            _ = try await world.desk.perform(into, as: world.agent)
            #expect(try await world.envelopeNow().left == 0)
            #expect(try await world.refusal(smaller, as: world.stranger) is Missing)
        }
    }

    // FUND-5
    @Test("many commitments at the same instant never overspend", arguments: TestEngine.available)
    func concurrency(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine, envelope: 100_000) { world in
            var lines: [FundingLine] = []
            for index in 0..<24 {
                lines.append(
                    try await world.take(.ask, 9_000, of: try await world.open(world.facts("Projet \(index)"))))
            }
            let (desk, agent, today) = (world.desk, world.agent, world.today)
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for line in lines {
                    group.addTask {
                        // None has to begin again by itself: the desk gives each its turn.
                        do {
                            _ = try await desk.perform(
                                AdvanceFunding(
                                    line: line.id, version: line.version, step: .grant, amount: 9_000, on: today),
                                as: agent)
                            return true
                        } catch let problems as Problems {
                            guard problems.list[0].message.contains("dépassée") else { throw problems }
                            return false
                        }
                    }
                }
                return try await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 11, "eleven times 90 € in 1,000 €")
            let envelope = try await world.envelopeNow()
            #expect(envelope.committed == 99_000 && envelope.left == 1_000)
        }
    }

    // FUND-9
    @Test("a private person is never named nor found", arguments: TestEngine.available)
    func persons(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            var facts = world.facts("Bourse de compagnonnage")
            (facts.beneficiary, facts.isPerson, facts.siret, facts.place) = ("Zorane Quidam", true, "", nil)
            let line = try await world.granted(50_000, facts)
            let publish = PublishFunding(line: line.id)
            #expect(try await world.sentences(publish, as: world.agent).contains("jamais publiée"))
            let (agent, manager) = (world.agent, world.manager)
            var filter = FundingListing.Filter()
            filter.words = "zorane"
            let mine = try await world.database.read { [filter] in try FundingListing.items(agent, filter, limit: 9, $0)
            }
            #expect(mine.first?.beneficiary == "Zorane Quidam")
            let others = try await world.database.read { [filter] in
                try FundingListing.items(manager, filter, limit: 9, $0)
            }
            #expect(others.isEmpty)
            _ = try await world.take(.pay, 50_000, of: line)
            let flows = try await world.database.read { try FundingFlows.of(agent, year: nil, $0) }
            #expect(flows.flows.map(\.receiver) == [FundingFlows.somebody])
        }
    }
}

extension FundingWorld {
    func envelopeNow() async throws -> FundingEnvelope {
        let id = envelope.id
        guard let found = try await database.read({ try FundingEnvelopeStore.any(id, $0) }) else { throw Missing() }
        return found
    }
}
