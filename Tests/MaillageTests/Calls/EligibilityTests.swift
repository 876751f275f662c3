import Exchange
import Testing

@testable import Maillage

// CALL-12
@Suite("Eligibility") struct EligibilityTests {
    private static let lens = Commune(
        code: "62498", name: "Lens", departement: "62", region: "32", epci: "246200364")

    private static func facts(_ change: (inout EligibilityFacts) -> Void = { _ in }) throws -> EligibilityFacts {
        var facts = EligibilityFacts(today: try #require(CivilDate(year: 2026, month: 9, day: 22)))
        facts.commune = lens
        facts.edition = 2026
        facts.zonings = []
        change(&facts)
        return facts
    }

    private func outcome(
        _ predicate: EligibilityCondition.Predicate, _ change: (inout EligibilityFacts) -> Void = { _ in }
    ) throws -> EligibilityOutcome {
        EligibilityCondition(predicate).check(try Self.facts(change)).outcome
    }

    @Test("a territory is read in the register, at its edition") func territory() throws {
        for area in [
            CallTerritory.Area(.commune, "62498", "Lens"), .init(.epci, "246200364", "CALL"),
            .init(.departement, "62", "Pas-de-Calais"), .init(.region, "32", "Hauts-de-France"),
        ] {
            let finding = EligibilityCondition(.territory([area], edition: "", readOn: "")).check(try Self.facts())
            #expect(finding.outcome == .satisfied, "\(area.kind)")
            #expect(finding.edition == "2026" && finding.evidence.contains("Lens"))
        }
        let elsewhere = CallTerritory.Area(.departement, "59", "Nord")
        #expect(try outcome(.territory([elsewhere], edition: "", readOn: "")) == .unsatisfied)
        #expect(try outcome(.territory([elsewhere], edition: "", readOn: "")) { $0.commune = nil } == .toCheck)
        let epci = CallTerritory.Area(.epci, "200093201", "MEL")
        let orphan = Commune(code: "62498", name: "Lens", departement: "62", region: "32")
        #expect(try outcome(.territory([epci], edition: "", readOn: "")) { $0.commune = orphan } == .toCheck)
    }

    @Test("a zoning that covers a part of a commune leaves the question to the address") func zonings() throws {
        let district = EligibilityFacts.Zoning(kind: "QPV", code: "QP062001", name: "Grande Résidence", edition: "2024")
        let rural = EligibilityFacts.Zoning(kind: "FRR", code: "FRR", name: "FRR", edition: "2024")
        #expect(try outcome(.zoning(kind: "QPV", edition: "")) { $0.zonings = [district] } == .toCheck)
        #expect(try outcome(.zoning(kind: "FRR", edition: "")) { $0.zonings = [rural] } == .satisfied)
        #expect(
            try outcome(.zoning(kind: "FRR", edition: "2017")) { facts in
                facts.zonings = [rural]
                facts.knownZonings = ["FRR"]
            } == .unsatisfied)
        #expect(try outcome(.zoning(kind: "FRR", edition: "")) { $0.knownZonings = ["FRR"] } == .unsatisfied)
        #expect(try outcome(.zoning(kind: "FRR", edition: "")) == .toCheck, "nobody imported it")
        #expect(try outcome(.zoning(kind: "FRR", edition: "")) { $0.zonings = nil } == .toCheck)
    }

    @Test("what is not known is to check; what is known decides") func others() throws {
        let created = CivilDate(year: 2025, month: 9, day: 23)
        #expect(try outcome(.age(months: 12)) == .toCheck)
        #expect(try outcome(.age(months: 12)) { $0.createdOn = created } == .unsatisfied, "a day is missing")
        #expect(try outcome(.age(months: 11)) { $0.createdOn = created } == .satisfied)
        #expect(try outcome(.legalForm(["association"])) == .toCheck)
        #expect(try outcome(.legalForm(["association"])) { $0.legalForm = "scic" } == .unsatisfied)
        #expect(try outcome(.maturity(["ouvert"])) { $0.maturity = "ouvert" } == .satisfied)
        #expect(try outcome(.registered) { $0.isRegistered = false } == .unsatisfied)
        #expect(try outcome(.amount(floor: 100, ceiling: 200)) { $0.amount = 100 } == .satisfied)
        #expect(try outcome(.amount(floor: 100, ceiling: 200)) { $0.amount = 201 } == .unsatisfied)
        #expect(try outcome(.amount(floor: nil, ceiling: 200)) == .toCheck)
        #expect(try outcome(.siret) { $0.siret = "35600000000048" } == .satisfied)
        #expect(try outcome(.siret) { $0.siret = "12345678901234" } == .unsatisfied)
        #expect(try outcome(.publicAid(atMost: 8_000)) { $0.publicAid = 8_001 } == .unsatisfied)
        #expect(try outcome(.publicAid(atMost: 8_000)) { $0.publicAid = 8_000 } == .satisfied)
    }

    @Test("one blocking condition that fails decides; a wish never does") func whole() throws {
        var settings = CallSettings(identity: CallIdentity(title: "A", nature: .label))
        settings.conditions = [
            EligibilityCondition(.maturity(["ouvert"])),
            EligibilityCondition(.legalForm(["scic"]), isBlocking: false),
        ]
        func answer(_ change: (inout EligibilityFacts) -> Void) throws -> EligibilityOutcome {
            settings.eligibility(of: try Self.facts(change)).outcome
        }
        #expect(try answer { $0.legalForm = "association" } == .toCheck)
        #expect(try answer { $0.maturity = "ouvert" } == .satisfied)
        #expect(try answer { ($0.maturity, $0.legalForm) = ("ouvert", "association") } == .satisfied)
        #expect(try answer { $0.maturity = "intention" } == .unsatisfied)
    }
}
