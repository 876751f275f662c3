import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// Agreements, payments, shares and reports, on both engines.
@Suite("Agreements, payments, shares and reports") struct AgreementTests {
    // FUND-10, FUND-11, FUND-12
    @Test("from the draft to the last payment", arguments: TestEngine.available)
    func life(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(5_000_001)
            let agreement = try await world.signed(line)
            #expect(agreement.state == .active && agreement.activeVersion == 1)
            #expect(try await world.read(line.id).state == .agreed)
            var plan = try await world.instalments(of: agreement)
            #expect(plan.map(\.amount) == [2_500_000, 2_500_001])
            try await world.verifiedAccount(agreement)
            try await world.pay(plan[0])
            #expect(try await world.read(line.id).fold.paid == 2_500_000)
            let balance = CheckInstalment(instalment: plan[1].id)
            #expect(try await world.sentences(balance, as: world.agent).contains("bilan final n’est pas accepté"))
            let report = try #require(try await world.reports(of: agreement).first)
            #expect(report.kind == .final && report.dueOn > AgreementDays.later(world.today, months: 29))
            let submitted = SubmitReport(
                report: report.id, edition: 1, narrative: "Tout fut fait.",
                indicators: [.init("Visites", target: 1_000, done: 1_200, evidence: "registre")],
                accounts: [.init("60 Achats", planned: 2_000_000, realised: 1_900_000)])
            try await world.desk.perform(submitted, as: world.manager)
            try await world.desk.perform(
                DecideReport(report: report.id, edition: 2, accepts: true, head: world.head), as: world.agent)
            let read = try #require(try await world.reports(of: agreement).first)
            #expect(
                read.state == .accepted && read.indicators.first?.gap == 200 && read.accounts.first?.gap == -100_000)
            try await world.pay(plan[1])
            plan = try await world.instalments(of: agreement)
            #expect(plan.allSatisfy { $0.state == .paid })
            let now = try await world.agreement(of: line)
            try await world.desk.perform(
                EndAgreement(agreement: now.id, edition: now.edition, terminates: false, reason: ""), as: world.agent)
            let done = try await world.read(line.id)
            #expect(done.state == .settled && done.fold.paid == 5_000_001)
            let agent = world.agent
            let flows = try await world.database.read { try FundingFlows.of(agent, year: 2026, $0) }
            #expect(flows.flows.map(\.amount) == [5_000_001] && flows.imbalances.isEmpty)
        }
    }

    // FUND-10
    @Test("an old version cannot be signed, nor both sides by one person", arguments: TestEngine.available)
    func signatures(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(3_000_000)
            let plan = [InstalmentPlan(label: "Versement", amount: 3_000_000, trigger: .signature)]
            var thin = world.writing(line, amount: 3_000_000, schedule: plan)
            thin = WriteAgreement(
                line: line.id, number: "2026-018", amount: 3_000_000, startsOn: world.today, months: 12, articles: [:],
                schedule: plan)
            var agreement = try await world.desk.perform(thin, as: world.agent)
            let early = SendAgreement(agreement: agreement.id, edition: agreement.edition, head: world.head)
            #expect(try await world.sentences(early, as: world.agent).contains("contrat d’engagement républicain"))
            agreement = try await world.desk.perform(
                world.writing(line, edition: agreement.edition, amount: 3_000_000, schedule: plan), as: world.agent)
            agreement = try await world.desk.perform(
                SendAgreement(agreement: agreement.id, edition: agreement.edition, head: world.head), as: world.agent)
            func sign(_ version: Int, _ side: AgreementSide, _ quality: String = "Présidente") -> SignAgreement {
                SignAgreement(agreement: agreement.id, version: version, side: side, quality: quality)
            }
            let old = try await world.sentences(sign(1, .beneficiary), as: world.manager)
            #expect(old.contains("version 1") && old.contains("version 2") && old.contains("Relisez-la"), "\(old)")
            #expect(try await world.sentences(sign(2, .beneficiary, " "), as: world.manager).contains("qualité"))
            #expect(try await world.sentences(sign(2, .funder), as: world.agent).contains("pas attendue"))
            #expect(try await world.refusal(sign(2, .beneficiary), as: world.agent) is Denied)
            #expect(try await world.refusal(sign(2, .funder), as: world.manager) is Denied)
            #expect(try await world.refusal(sign(2, .beneficiary), as: world.stranger) is Missing)
            _ = try await world.desk.perform(sign(2, .beneficiary), as: world.manager)
            // The text is written again: what was signed is void.
            let edition = try await world.agreement(of: line).edition
            agreement = try await world.desk.perform(
                world.writing(line, edition: edition, amount: 3_000_000, schedule: plan), as: world.agent)
            agreement = try await world.desk.perform(
                SendAgreement(agreement: agreement.id, edition: agreement.edition, head: world.head), as: world.agent)
            #expect(try await world.sentences(sign(2, .funder), as: world.agent).contains("version 3"))
            // Somebody on both sides signs for one only.
            let both = Principal(
                account: world.agent.account, name: "Les deux",
                grants: world.agent.grants + [Grant(.placeManager, on: Scope(.place, world.place.id.number))])
            _ = try await world.desk.perform(sign(3, .beneficiary), as: both)
            #expect(try await world.sentences(sign(3, .funder), as: both).contains("une autre personne"))
            #expect(try await world.desk.perform(sign(3, .funder), as: world.second).state == .active)
            let signed = try await world.database.read { try AgreementStore.signatures(of: agreement.id, $0) }
            let versions = try await world.database.read { try AgreementStore.versions(of: agreement.id, $0) }
            #expect(signed.filter { $0.version == 3 }.allSatisfy { $0.fingerprint == versions[2].fingerprint })
            #expect(Set(versions.map(\.fingerprint)).count == 3)
        }
    }

    // FUND-11
    @Test("a schedule adds up to the cent", arguments: TestEngine.available)
    func schedules(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            func plan(_ amounts: [Int]) -> WriteAgreement {
                world.writing(
                    line, amount: 1_000_000,
                    schedule: amounts.map { InstalmentPlan(label: "Part", amount: $0, trigger: .signature) })
            }
            #expect(try await world.sentences(plan([999_999]), as: world.agent).contains("manque 0,01\u{A0}€"))
            #expect(
                try await world.sentences(plan([500_000, 500_001]), as: world.agent).contains("0,01\u{A0}€ de trop"))
            #expect(try await world.sentences(plan([1_000_001, -1]), as: world.agent).contains("centime"))
            let amount = world.writing(line, amount: 999_999, schedule: [])
            #expect(try await world.sentences(amount, as: world.agent).contains("10\u{202F}000\u{A0}€"))
            #expect(try await world.refusal(plan([1_000_000]), as: world.manager) is Denied)
            #expect(try await world.refusal(plan([1_000_000]), as: world.stranger) is Missing)
            _ = try await world.desk.perform(plan([400_000, 600_000]), as: world.agent)
            #expect(try await world.refusal(plan([1_000_000]), as: world.agent) as? Conflict == Conflict(current: 1))
            let hand = AdvanceFunding(
                line: line.id, version: try await world.read(line.id).version, step: .pay, amount: 5, on: world.today,
                words: "à la main")
            #expect(try await world.sentences(hand, as: world.agent).contains("a une convention"))
        }
    }

    // FUND-12, FUND-13, FUND-14
    @Test("two people, a true account, nobody pays oneself", arguments: TestEngine.available)
    func payments(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(2_000_000)
            let agreement = try await world.signed(
                line,
                schedule: [
                    InstalmentPlan(label: "Avance", amount: 500_000, trigger: .signature),
                    InstalmentPlan(
                        label: "Acompte", amount: 500_000, trigger: .date, dueOn: world.today.adding(days: 90)),
                    InstalmentPlan(label: "Suite", amount: 500_000, trigger: .report),
                    InstalmentPlan(label: "Solde", amount: 500_000, trigger: .balance),
                ])
            let plan = try await world.instalments(of: agreement)
            let check = CheckInstalment(instalment: plan[0].id)
            #expect(try await world.sentences(check, as: world.agent).contains("pas vérifié"))
            func give(_ iban: String) -> GiveBankAccount {
                GiveBankAccount(agreement: agreement.id, iban: iban, holder: "Association La Fosse")
            }
            #expect(
                try await world.sentences(give("FR1520041010050500013M02606"), as: world.manager).contains(
                    "IBAN est faux"))
            #expect(try await world.refusal(give(FundingWorld.iban), as: world.stranger) is Missing)
            _ = try await world.desk.perform(give(FundingWorld.iban), as: world.agent)
            let given = try #require(
                try await world.database.read { try BankAccountStore.accounts(of: agreement.id, $0).first })
            let verify = VerifyBankAccount(account: given.id)
            #expect(try await world.sentences(verify, as: world.agent).contains("autre personne"))
            #expect(try await world.refusal(verify, as: world.manager) is Denied)
            try await world.desk.perform(verify, as: world.second)
            #expect(
                try await world.sentences(CheckInstalment(instalment: plan[1].id), as: world.agent).contains("date"))
            #expect(
                try await world.sentences(CheckInstalment(instalment: plan[2].id), as: world.agent).contains("bilan"))
            try await world.desk.perform(check, as: world.agent)
            let order = OrderInstalment(instalment: plan[0].id, number: "M-1")
            #expect(try await world.sentences(order, as: world.agent).contains("autre personne"))
            let both = Principal(
                account: world.second.account, name: "Les deux",
                grants: world.second.grants + [Grant(.placeManager, on: Scope(.place, world.place.id.number))])
            #expect(try await world.sentences(order, as: both).contains("son propre paiement"))
            #expect(try await world.refusal(order, as: world.manager) is Denied)
            // The account changes after the check: it is verified again, and the instalment checked again.
            _ = try await world.desk.perform(give(FundingWorld.otherIBAN), as: world.manager)
            #expect(try await world.sentences(order, as: world.second).contains("a changé depuis le contrôle"))
            let newer = try #require(
                try await world.database.read { try BankAccountStore.accounts(of: agreement.id, $0).first })
            #expect(newer.masked == "FR76 •••• 0189")
            #expect(try await world.sentences(verify, as: world.second).contains("plus récent"))
            try await world.desk.perform(VerifyBankAccount(account: newer.id), as: world.agent)
            #expect(try await world.sentences(order, as: world.second).contains("a changé depuis le contrôle"))
            let suspend = SuspendInstalment(instalment: plan[0].id, reason: "Compte changé.")
            let silent = SuspendInstalment(instalment: plan[0].id, reason: " ")
            #expect(try await world.sentences(silent, as: world.agent).contains("pourquoi"))
            try await world.desk.perform(suspend, as: world.agent)
            #expect(try await world.sentences(check, as: world.agent).contains("Suspendue"))
            try await world.desk.perform(
                ResumeInstalment(instalment: plan[0].id, reason: "Compte vérifié."), as: world.agent)
            try await world.pay(plan[0])
            #expect(try await world.read(line.id).fold.paid == 500_000)
            let twice = RecordPayment(instalment: plan[0].id, on: world.today, proof: "encore")
            #expect(try await world.sentences(twice, as: world.agent).contains("Payée"))
            world.clock.advance(by: .days(91))
            try await world.pay(plan[1])
            #expect(try await world.read(line.id).fold.paid == 1_000_000)
        }
    }

    // FUND-10, FUND-11
    @Test("an amendment replaces what is still to be paid", arguments: TestEngine.available)
    func amendments(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine, envelope: 3_000_000) { world in
            let line = try await world.granted(2_000_000)
            let agreement = try await world.signed(line)
            try await world.verifiedAccount(agreement)
            try await world.pay(try await world.instalments(of: agreement)[0])
            var edition = try await world.agreement(of: line).edition
            let rest = [InstalmentPlan(label: "Solde", amount: 1_500_000, trigger: .balance)]
            let silent = world.writing(line, edition: edition, amount: 2_500_000, schedule: rest)
            #expect(try await world.sentences(silent, as: world.agent).contains("pourquoi"))
            var amended = try await world.desk.perform(
                world.writing(line, edition: edition, amount: 2_500_000, schedule: rest, reason: "Six mois de plus."),
                as: world.agent)
            #expect(amended.isBeingAmended && amended.activeVersion == 1)
            #expect(try await world.read(line.id).fold.granted == 2_000_000, "not before both signed")
            amended = try await world.desk.perform(
                SendAgreement(agreement: amended.id, edition: amended.edition, head: world.head), as: world.agent)
            for (side, person) in [(AgreementSide.beneficiary, world.manager), (.funder, world.agent)] {
                amended = try await world.desk.perform(
                    SignAgreement(agreement: amended.id, version: 2, side: side, quality: "Pour moi"), as: person)
            }
            #expect(amended.activeVersion == 2)
            #expect(try await world.read(line.id).fold.granted == 2_500_000)
            let plan = try await world.instalments(of: amended)
            #expect(plan.map(\.state) == [.paid, .cancelled, .planned])
            #expect(plan.filter { $0.state != .cancelled }.reduce(0) { $0 + $1.amount } == 2_500_000)
            // More than the envelope holds: refused at the second signature, and the first version stays.
            edition = try await world.agreement(of: line).edition
            let excess = [InstalmentPlan(label: "Solde", amount: 2_000_001, trigger: .balance)]
            amended = try await world.desk.perform(
                world.writing(line, edition: edition, amount: 3_000_001, schedule: excess, reason: "Trop."),
                as: world.agent)
            amended = try await world.desk.perform(
                SendAgreement(agreement: amended.id, edition: amended.edition, head: world.head), as: world.agent)
            amended = try await world.desk.perform(
                SignAgreement(agreement: amended.id, version: 3, side: .beneficiary, quality: "Moi"), as: world.manager)
            let last = SignAgreement(agreement: amended.id, version: 3, side: .funder, quality: "Moi")
            #expect(try await world.sentences(last, as: world.agent).contains("dépassée de 0,01\u{A0}€"))
            // Ended before all is paid: the rest goes back to the envelope.
            let now = try await world.agreement(of: line)
            let mute = EndAgreement(agreement: now.id, edition: now.edition, terminates: true, reason: "")
            #expect(try await world.sentences(mute, as: world.agent).contains("pourquoi"))
            let early = EndAgreement(agreement: now.id, edition: now.edition, terminates: false, reason: "")
            #expect(try await world.refusal(early, as: world.agent) is Problems)
        }
    }

    // FUND-15
    @Test("the lead is paid and passes on", arguments: TestEngine.available)
    func shares(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            let agreement = try await world.signed(line)
            func set(_ amounts: [Int], leads: Int = 1) -> SetShares {
                SetShares(
                    agreement: agreement.id,
                    members: amounts.enumerated().map { .init("Membre \($0)", amount: $1, isLead: $0 < leads) })
            }
            #expect(try await world.sentences(set([500_000, 499_999]), as: world.agent).contains("manque 0,01\u{A0}€"))
            #expect(try await world.sentences(set([500_000, 500_000], leads: 2), as: world.agent).contains("un seul"))
            #expect(try await world.refusal(set([1_000_000]), as: world.manager) is Denied)
            try await world.desk.perform(set([400_000, 300_000, 300_000]), as: world.agent)
            let members = try await world.database.read { try AgreementShareStore.shares(of: agreement.id, $0) }
            func pass(_ index: Int, _ amount: Int, _ proof: String = "virement") -> PassShareOn {
                PassShareOn(share: members[index].id, amount: amount, on: world.today, proof: proof)
            }
            #expect(try await world.sentences(pass(1, 1), as: world.manager).contains("a reçu"), "nothing came yet")
            try await world.verifiedAccount(agreement)
            try await world.pay(try await world.instalments(of: agreement)[0])
            #expect(try await world.sentences(pass(1, 300_001), as: world.manager).contains("part de ce membre"))
            #expect(try await world.sentences(pass(0, 1), as: world.manager).contains("garde sa part"))
            #expect(try await world.sentences(pass(1, 5, " "), as: world.manager).contains("preuve"))
            #expect(try await world.refusal(pass(1, 5), as: world.stranger) is Missing)
            try await world.desk.perform(pass(1, 300_000), as: world.manager)
            #expect(try await world.sentences(pass(2, 200_001), as: world.manager).contains("0,01\u{A0}€ de plus"))
            try await world.desk.perform(pass(2, 200_000), as: world.agent)
            #expect(try await world.sentences(set([1_000_000]), as: world.agent).contains("ne changent plus"))
            let agent = world.agent
            let flows = try await world.database.read { try FundingFlows.of(agent, year: 2026, $0) }
            #expect(flows.flows.filter { $0.kind == .passing }.reduce(0) { $0 + $1.amount } == 500_000)
            #expect(flows.imbalances.isEmpty)
            // The money comes back: the lead holds less than it passed on, and that is named. FUND-17
            _ = try await world.take(.repay, 100_000, "Action abandonnée", of: line)
            let after = try await world.database.read { try FundingFlows.of(agent, year: 2026, $0) }
            #expect(after.imbalances.first?.contains("1\u{202F}000\u{A0}€ de plus") == true)
        }
    }

    // FUND-16
    @Test("reports: late, sent back, reminded", arguments: TestEngine.available)
    func reports(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            let agreement = try await world.signed(line)
            let due = world.today.adding(days: 20)
            let expect = ExpectReport(agreement: agreement.id, dueOn: due)
            #expect(try await world.refusal(expect, as: world.manager) is Denied)
            try await world.desk.perform(expect, as: world.agent)
            #expect(try await world.sentences(expect, as: world.agent).contains("déjà attendu"))
            let agent = world.agent
            func late() async throws -> [FundingReportStore.Waiting] {
                let today = world.today
                return try await world.database.read {
                    try FundingReportStore.waiting(agent, before: today, limit: 9, $0)
                }
            }
            #expect(try await late().isEmpty)
            world.clock.advance(by: .days(21))
            #expect(try await late().map(\.report.dueOn) == [due])
            let report = try #require(try await world.reports(of: agreement).first)
            #expect(report.isLate(today: world.today))
            func submit(_ text: String, _ edition: Int) -> SubmitReport {
                SubmitReport(report: report.id, edition: edition, narrative: text)
            }
            #expect(try await world.sentences(submit(" ", 1), as: world.manager).contains("Racontez"))
            #expect(try await world.refusal(submit("x", 1), as: world.stranger) is Missing)
            try await world.desk.perform(submit("Presque tout.", 1), as: world.manager)
            #expect(try await world.refusal(submit("x", 1), as: world.manager) is Conflict)
            func decide(_ accepts: Bool, _ reason: String, _ edition: Int) -> DecideReport {
                DecideReport(report: report.id, edition: edition, accepts: accepts, reason: reason, head: world.head)
            }
            #expect(try await world.refusal(decide(true, "", 2), as: world.manager) is Denied)
            #expect(try await world.sentences(decide(false, "", 2), as: world.agent).contains("corriger"))
            try await world.desk.perform(decide(false, "Il manque les chiffres.", 2), as: world.agent)
            #expect(try await world.sentences(decide(true, "", 3), as: world.agent).contains("Retourné"))
            try await world.desk.perform(submit("Avec les chiffres.", 3), as: world.manager)
            try await world.desk.perform(decide(true, "", 4), as: world.agent)
            #expect(try await late().isEmpty)
            #expect(try await world.sentences(submit("encore", 5), as: world.manager).contains("Accepté"))
            #expect(try await world.refusal(RemindReports(head: world.head), as: world.agent) is Denied)
            _ = try await world.desk.perform(RemindReports(head: world.head), as: .house)
        }
    }
}
