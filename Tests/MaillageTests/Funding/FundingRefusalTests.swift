import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// What the ledger and its envelopes refuse, act by act, on both engines.
@Suite("What the ledger refuses") struct FundingRefusalTests {
    // FUND-1
    @Test("funders and those who act for them", arguments: TestEngine.available)
    func funders(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let nameless = AddFunder(name: " ", kind: .region)
            #expect(try await world.sentences(nameless, as: world.agent).contains("nom officiel"))
            let wrong = AddFunder(name: "Une autre", kind: .region, siret: "73282932000075")
            #expect(try await world.sentences(wrong, as: world.agent).contains("n’est pas un SIRET"))
            #expect(try await world.refusal(AddFunder(name: "Une autre", kind: .region), as: .visitor) is Denied)

            func name(_ email: String, _ funder: Funder.ID? = nil) -> NameFunderAgent {
                NameFunderAgent(funder: funder ?? world.funder.id, email: email)
            }
            let unknown = Funder.ID(77)
            #expect(try await world.refusal(name("autre@exemple.fr", unknown), as: world.coordinator) is Missing)
            #expect(try await world.refusal(name("autre@exemple.fr", unknown), as: world.agent) is Denied)
            #expect(try await world.refusal(name("pas une adresse"), as: world.coordinator) is Problems)
            #expect(
                try await world.sentences(name("personne@exemple.fr"), as: world.coordinator).contains("n’a de compte"))
            #expect(
                try await world.sentences(name("collegue@exemple.fr"), as: world.coordinator).contains("agit déjà"))

            let second = try #require(world.second.account)
            let remove = RemoveFunderAgent(funder: world.funder.id, account: second)
            for other in [world.agent, world.second, world.manager, world.stranger, .visitor] {
                #expect(try await world.refusal(remove, as: other) is Denied)
            }
            let elsewhere = RemoveFunderAgent(funder: unknown, account: second)
            #expect(try await world.refusal(elsewhere, as: world.coordinator) is Missing)
            let stranger = RemoveFunderAgent(
                funder: world.funder.id, account: try #require(world.stranger.account))
            #expect(try await world.refusal(stranger, as: world.coordinator) is Missing, "acts for nobody")
            try await world.desk.perform(remove, as: world.coordinator)
            #expect(try await world.refusal(remove, as: world.coordinator) is Missing, "left once")
        }
    }

    // FUND-5
    @Test("envelopes", arguments: TestEngine.available)
    func envelopes(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { (world: FundingWorld) async throws -> Void in
            func fund(
                _ label: String = "Fonds", year: Int = 2026, amount: Int = 5, funder: Funder.ID? = nil,
                call: Call.ID? = nil
            ) -> OpenEnvelope {
                OpenEnvelope(funder: funder ?? world.funder.id, call: call, label: label, year: year, amount: amount)
            }
            #expect(try await world.refusal(fund(funder: Funder.ID(77)), as: world.agent) is Missing)
            for other in [world.stranger, world.manager, .visitor] {
                #expect(try await world.refusal(fund(), as: other) is Denied)
            }
            #expect(try await world.sentences(fund(" "), as: world.agent).contains("Donnez un nom"))
            #expect(try await world.sentences(fund(year: 1_900), as: world.agent).contains("année"))
            #expect(try await world.sentences(fund(amount: -1), as: world.agent).contains("montant"))
            #expect(try await world.sentences(fund(amount: .max), as: world.agent).contains("montant"))
            #expect(try await world.sentences(fund("Tiers-lieux"), as: world.agent).contains("déjà une enveloppe"))
            #expect(try await world.refusal(fund(call: Call.ID(77)), as: world.agent) is Missing)

            func resize(_ amount: Int, _ id: FundingEnvelope.ID? = nil) -> ResizeEnvelope {
                ResizeEnvelope(envelope: id ?? world.envelope.id, amount: amount)
            }
            #expect(try await world.sentences(resize(-1), as: world.agent).contains("n’est pas possible"))
            #expect(try await world.refusal(resize(5, FundingEnvelope.ID(77)), as: world.agent) is Missing)
            for other in [world.stranger, world.manager, .visitor] {
                #expect(try await world.refusal(resize(5), as: other) is Missing)
            }
        }
    }

    // FUND-2, FUND-18
    @Test("lines: facts that name nothing, and steps by who may not", arguments: TestEngine.available)
    func lines(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let other = try await world.desk.perform(
                AddFunder(name: "Autre région", kind: .region), as: world.stranger)
            let theirs = try await world.desk.perform(
                OpenEnvelope(funder: other.id, label: "À eux", year: 2026, amount: 5), as: world.stranger)
            var facts = world.facts()
            facts.envelope = theirs.id
            #expect(try await world.sentences(OpenFundingLine(facts), as: world.agent).contains("pas de ce financeur"))
            facts = world.facts()
            facts.place = Place.ID(77)
            #expect(try await world.refusal(OpenFundingLine(facts), as: world.agent) is Missing)
            facts = world.facts()
            facts.candidacy = Candidacy.ID(77)
            #expect(try await world.refusal(OpenFundingLine(facts), as: world.agent) is Missing)

            let line = try await world.open()
            let describe = DescribeFundingLine(line: line.id, version: line.version, facts: world.facts("Autre objet"))
            for person in [world.stranger, world.manager, .visitor] {
                #expect(try await world.refusal(describe, as: person) is Missing)
            }
            let absent = DescribeFundingLine(line: FundingLine.ID(77), version: 1, facts: world.facts())
            #expect(try await world.refusal(absent, as: world.agent) is Missing)
            let late = DescribeFundingLine(line: line.id, version: 9, facts: world.facts("Autre objet"))
            #expect(try await world.refusal(late, as: world.agent) is Conflict)

            let withdraw = WithdrawFundingPublication(line: line.id, reason: "Erreur.")
            #expect(try await world.sentences(withdraw, as: world.agent).contains("pas publiée"))
            #expect(try await world.refusal(withdraw, as: world.stranger) is Missing)
            #expect(try await world.refusal(PublishFunding(line: line.id), as: world.stranger) is Missing)
            let granted = try await world.granted(5_000, world.facts("Aide publiée"))
            try await world.desk.perform(PublishFunding(line: granted.id), as: world.agent)
            let silent = WithdrawFundingPublication(line: granted.id, reason: " ")
            #expect(try await world.sentences(silent, as: world.agent).contains("Dites pourquoi"))
            let public1 = WithdrawFundingPublication(line: granted.id, reason: "Erreur.")
            #expect(try await world.refusal(public1, as: world.stranger) is Denied, "everybody reads it")
        }
    }
}
