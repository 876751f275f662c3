import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage

/// What agreements, payments, shares and reports refuse, act by act, on both engines.
@Suite("What agreements refuse") struct AgreementRefusalTests {
    /// Whoever benefits is denied, whoever knows nothing of the line finds nothing.
    private static func keepersOnly<A: Act>(_ act: A, _ world: FundingWorld) async throws {
        #expect(try await world.refusal(act, as: world.manager) is Denied, "\(A.self)")
        for other in [world.stranger, .visitor] {
            #expect(try await world.refusal(act, as: other) is Missing, "\(A.self)")
        }
    }

    // FUND-10, FUND-11
    @Test("writing and sending a text", arguments: TestEngine.available)
    func texts(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let asked = try await world.take(.ask, 1_000_000, of: try await world.open())
            let whole = [InstalmentPlan(label: "Tout", amount: 1_000_000, trigger: .signature)]
            #expect(
                try await world.sentences(world.writing(asked, amount: 1_000_000, schedule: whole), as: world.agent)
                    .contains("quand l’aide est accordée"))
            let line = try await world.take(.grant, 1_000_000, of: asked)
            func write(
                edition: Int = 0, number: String = "2026-017", amount: Int = 1_000_000, months: Int = 12,
                _ plan: [InstalmentPlan]? = nil, reason: String = ""
            ) -> WriteAgreement {
                WriteAgreement(
                    line: line.id, edition: edition, number: number, amount: amount, startsOn: world.today,
                    months: months, articles: world.articles, schedule: plan ?? whole, reason: reason)
            }
            func words(_ act: WriteAgreement) async throws -> String { try await world.sentences(act, as: world.agent) }
            try await Self.keepersOnly(write(), world)
            for months in [0, 121] { #expect(try await words(write(months: months)).contains("de 1 à 120 mois")) }
            #expect(try await words(write(number: " ")).contains("Donnez un numéro"))
            #expect(try await words(write(amount: 0)).contains("n’est pas possible"))
            let crowd = (1...61).map { InstalmentPlan(label: "Part \($0)", amount: 5, trigger: .signature) }
            #expect(try await words(write(crowd)).contains("plus de 60 échéances"))
            let nameless = [InstalmentPlan(label: " ", amount: 1_000_000, trigger: .signature)]
            #expect(try await words(write(nameless)).contains("Nommez chaque échéance"))
            let dateless = [InstalmentPlan(label: "Acompte", amount: 1_000_000, trigger: .date)]
            #expect(try await words(write(dateless)).contains("Donnez la date"))

            let agreement = try await world.desk.perform(write(), as: world.agent)
            let twin = try await world.granted(1_000_000, world.facts("Un autre projet"))
            let taken = WriteAgreement(
                line: twin.id, number: "2026-017", amount: 1_000_000, startsOn: world.today, months: 12,
                articles: world.articles, schedule: whole)
            #expect(try await words(taken).contains("Une autre convention porte ce numéro"))

            func send(_ edition: Int) -> SendAgreement {
                SendAgreement(agreement: agreement.id, edition: edition, head: world.head)
            }
            try await Self.keepersOnly(send(1), world)
            #expect(try await world.refusal(send(9), as: world.agent) as? Conflict == Conflict(current: 1))
            let absent = SendAgreement(agreement: Agreement.ID(77), edition: 1, head: world.head)
            #expect(try await world.refusal(absent, as: world.agent) is Missing)
            let sent = try await world.desk.perform(send(1), as: world.agent)
            #expect(try await world.sentences(send(sent.edition), as: world.agent).contains("elle ne s’envoie pas"))
            let early = ExpectReport(agreement: agreement.id, dueOn: world.today)
            #expect(try await world.sentences(early, as: world.agent).contains("quand la convention est en vigueur"))
        }
    }

    // FUND-12, FUND-13, FUND-14
    @Test("accounts and instalments", arguments: TestEngine.available)
    func instalments(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            let agreement = try await world.signed(line)
            let plan = try await world.instalments(of: agreement)
            func give(_ iban: String = FundingWorld.iban, _ holder: String = "La Fosse") -> GiveBankAccount {
                GiveBankAccount(agreement: agreement.id, iban: iban, holder: holder)
            }
            #expect(try await world.sentences(give("", ""), as: world.manager).contains("au nom de qui"))
            _ = try await world.desk.perform(give(), as: world.manager)
            #expect(try await world.sentences(give(), as: world.manager).contains("déjà le compte"))
            let given = try #require(
                try await world.database.read { try BankAccountStore.accounts(of: agreement.id, $0).first })
            try await Self.keepersOnly(VerifyBankAccount(account: given.id), world)
            #expect(try await world.refusal(VerifyBankAccount(account: BankAccount.ID(77)), as: world.agent) is Missing)
            try await world.desk.perform(VerifyBankAccount(account: given.id), as: world.second)
            #expect(
                try await world.sentences(VerifyBankAccount(account: given.id), as: world.agent).contains(
                    "déjà vérifié"))

            let first = plan[0].id
            let pay = RecordPayment(instalment: first, on: world.today, proof: "virement")
            try await Self.keepersOnly(CheckInstalment(instalment: first), world)
            try await Self.keepersOnly(OrderInstalment(instalment: first, number: "M-1"), world)
            try await Self.keepersOnly(pay, world)
            try await Self.keepersOnly(SuspendInstalment(instalment: first, reason: "Arrêt."), world)
            try await Self.keepersOnly(ResumeInstalment(instalment: first, reason: "Reprise."), world)
            let nothing = Instalment.ID(77)
            #expect(try await world.refusal(CheckInstalment(instalment: nothing), as: world.agent) is Missing)
            #expect(try await world.refusal(CheckInstalment(instalment: first), as: .house) is Denied, "in person")

            for act in [ResumeInstalment(instalment: first, reason: "Reprise.")] {
                #expect(try await world.sentences(act, as: world.agent).contains("cela ne se peut plus"))
            }
            #expect(try await world.sentences(pay, as: world.agent).contains("cela ne se peut plus"))
            try await world.desk.perform(CheckInstalment(instalment: first), as: world.agent)
            let unnumbered = OrderInstalment(instalment: first, number: " ")
            #expect(try await world.sentences(unnumbered, as: world.second).contains("numéro du mandat"))
            try await world.desk.perform(OrderInstalment(instalment: first, number: "M-1"), as: world.second)
            let unproven = RecordPayment(instalment: first, on: world.today, proof: " ")
            #expect(try await world.sentences(unproven, as: world.agent).contains("preuve du paiement"))
            let tomorrow = RecordPayment(instalment: first, on: world.today.adding(days: 1), proof: "virement")
            #expect(try await world.sentences(tomorrow, as: world.agent).contains("n’est pas encore venu"))

            // Ordered: neither an amendment nor an end before it is paid or suspended.
            let now = try await world.agreement(of: line)
            let amend = world.writing(
                line, edition: now.edition, amount: 1_000_000, schedule: [], reason: "Six mois de plus.")
            #expect(try await world.sentences(amend, as: world.agent).contains("est mandatée"))
            let end = EndAgreement(agreement: now.id, edition: now.edition, terminates: true, reason: "Abandon.")
            #expect(try await world.sentences(end, as: world.agent).contains("est mandatée"))
            try await world.desk.perform(SuspendInstalment(instalment: first, reason: "Arrêt."), as: world.agent)
            let silent = ResumeInstalment(instalment: first, reason: "")
            #expect(try await world.sentences(silent, as: world.agent).contains("ce qui permet de lever"))
            #expect(
                try await world.sentences(SuspendInstalment(instalment: first, reason: "Encore."), as: world.agent)
                    .contains("Suspendue"))
        }
    }

    // FUND-12, FUND-20
    @Test("ending, and what would come back", arguments: TestEngine.available)
    func ending(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            let agreement = try await world.signed(line)
            try await world.verifiedAccount(agreement)
            try await world.pay(try await world.instalments(of: agreement)[0])
            let edition = try await world.agreement(of: line).edition
            func end(_ terminates: Bool, _ reason: String, at edition: Int) -> EndAgreement {
                EndAgreement(agreement: agreement.id, edition: edition, terminates: terminates, reason: reason)
            }
            try await Self.keepersOnly(end(true, "Abandon.", at: edition), world)
            let absent = EndAgreement(agreement: Agreement.ID(77), edition: 1, terminates: true, reason: "Abandon.")
            #expect(try await world.refusal(absent, as: world.agent) is Missing)
            #expect(
                try await world.refusal(end(true, "Abandon.", at: edition + 1), as: world.agent) as? Conflict
                    == Conflict(current: edition))
            let early = try await world.sentences(end(false, "", at: edition), as: world.agent)
            #expect(early.contains("reste des échéances à payer") && early.contains("bilan final n’est pas accepté"))

            world.clock.advance(by: .days(99))
            try await world.desk.perform(end(true, "Le lieu ferme.", at: edition), as: world.agent)
            let ended = try await world.agreement(of: line)
            #expect(ended.state == .terminated && ended.endReason == "Le lieu ferme.")
            let after = try await world.read(line.id)
            let text = try #require(
                try await world.database.read { try AgreementStore.versions(of: agreement.id, $0).last })
            let unused = try #require(ended.unused(of: after.fold, text: text))
            #expect(unused.usedDays == 100 && unused.kept == 500_000)
            #expect(unused.amount == Apportionment.unused(of: 500_000, usedDays: 100, allDays: unused.allDays))
            _ = try await world.take(.repay, 500_000, "Titre 9", of: after)
            #expect(ended.unused(of: try await world.read(line.id).fold, text: text) == nil, "all came back")

            for terminates in [true, false] {
                let again = end(terminates, "Encore.", at: ended.edition)
                #expect(try await world.sentences(again, as: world.agent).contains("ne peut pas finir ainsi"))
            }
            let account = GiveBankAccount(agreement: agreement.id, iban: FundingWorld.otherIBAN, holder: "La Fosse")
            #expect(try await world.sentences(account, as: world.manager).contains("est terminée"))
            let shares = SetShares(
                agreement: agreement.id, members: [.init("Seul", amount: 1_000_000, isLead: true)])
            #expect(try await world.sentences(shares, as: world.agent).contains("est terminée"))
            let report = ExpectReport(agreement: agreement.id, dueOn: world.today.adding(days: 9))
            #expect(try await world.sentences(report, as: world.agent).contains("en vigueur"))
            let rewrite = world.writing(line, edition: ended.edition, amount: 1_000_000, schedule: [], reason: "Non.")
            #expect(try await world.sentences(rewrite, as: world.agent).contains("elle ne change plus"))
        }
    }

    // FUND-15
    @Test("shares and what is passed on", arguments: TestEngine.available)
    func shares(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            let agreement = try await world.signed(line)
            func set(_ members: [SetShares.Member]) -> SetShares {
                SetShares(agreement: agreement.id, members: members)
            }
            func words(_ members: [SetShares.Member]) async throws -> String {
                try await world.sentences(set(members), as: world.agent)
            }
            let lead = SetShares.Member("Chef", amount: 600_000, isLead: true)
            try await Self.keepersOnly(set([lead, .init("Autre", amount: 400_000)]), world)
            #expect(try await words([]).contains("de 1 à 60 membres"))
            #expect(try await words((0..<61).map { .init("Membre \($0)", amount: 1) }).contains("de 1 à 60 membres"))
            #expect(try await words([lead, .init(" ", amount: 400_000)]).contains("Nommez chaque membre"))
            #expect(
                try await words([lead, .init("Autre", siret: "12345678901234", amount: 400_000)]).contains("est faux"))
            #expect(try await words([lead, .init("Autre", amount: 0)]).contains("au moins un centime"))
            #expect(try await words([lead, .init("Autre", amount: 400_001)]).contains("0,01\u{A0}€ de trop"))
            try await world.desk.perform(set([lead, .init("Autre", amount: 400_000)]), as: world.agent)
            let other = try #require(
                try await world.database.read { try AgreementShareStore.shares(of: agreement.id, $0) }.last)
            func pass(_ amount: Int, days: Int = 0, to share: AgreementShare.ID? = nil) -> PassShareOn {
                PassShareOn(
                    share: share ?? other.id, amount: amount, on: world.today.adding(days: days), proof: "virement")
            }
            for nobody in [world.stranger, .visitor] {
                #expect(try await world.refusal(pass(5), as: nobody) is Missing)
            }
            let absent = pass(5, to: AgreementShare.ID(77))
            #expect(try await world.refusal(absent, as: world.agent) is Missing)
            for amount in [0, -5, Int.max] {
                #expect(try await world.sentences(pass(amount), as: world.manager).contains("au moins un centime"))
            }
            #expect(try await world.sentences(pass(5, days: 1), as: world.manager).contains("pas encore venu"))
            // The shares are written again: a former one takes nothing more.
            try await world.desk.perform(set([.init("Seul", amount: 1_000_000, isLead: true)]), as: world.agent)
            #expect(try await world.refusal(pass(5), as: world.manager) is Missing)
        }
    }

    // FUND-16
    @Test("the forty-first report of an agreement", arguments: TestEngine.available)
    func manyReports(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let agreement = try await world.signed(try await world.granted(1_000_000))
            func expect(_ days: Int) -> ExpectReport {
                ExpectReport(agreement: agreement.id, dueOn: world.today.adding(days: days))
            }
            // The final one is there since the signatures.
            for number in 1...39 { try await world.desk.perform(expect(number), as: world.agent) }
            #expect(try await world.reports(of: agreement).count == 40)
            #expect(try await world.sentences(expect(40), as: world.agent).contains("déjà 40 bilans"))
            #expect(try await world.sentences(expect(39), as: world.agent).contains("déjà attendu ce jour-là"))
        }
    }

    // FUND-10, FUND-12
    @Test("an amendment whose schedule was written before a payment is not signed", arguments: TestEngine.available)
    func signedAfterPayment(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            var agreement = try await world.signed(line)
            try await world.verifiedAccount(agreement)
            let first = try #require(try await world.instalments(of: agreement).first)
            try await world.desk.perform(CheckInstalment(instalment: first.id), as: world.agent)
            agreement = try await world.desk.perform(
                world.writing(
                    try await world.read(line.id), edition: agreement.edition, amount: 1_000_000,
                    schedule: [.init(label: "Tout", amount: 1_000_000, trigger: .balance)], reason: "Un seul versement."
                ),
                as: world.agent)
            agreement = try await world.desk.perform(
                SendAgreement(agreement: agreement.id, edition: agreement.edition, head: world.head), as: world.agent)
            let version = agreement.version
            func sign(_ side: AgreementSide) -> SignAgreement {
                SignAgreement(agreement: agreement.id, version: version, side: side, quality: "Présidence")
            }
            _ = try await world.desk.perform(sign(.beneficiary), as: world.manager)
            // Ordered, the signature waits; paid, the schedule is to be written again.
            try await world.desk.perform(OrderInstalment(instalment: first.id, number: "M-1"), as: world.second)
            #expect(try await world.sentences(sign(.funder), as: world.agent).contains("est mandatée"))
            try await world.desk.perform(
                RecordPayment(instalment: first.id, on: world.today, proof: "virement 1"), as: world.agent)
            #expect(
                try await world.sentences(sign(.funder), as: world.agent).contains(
                    "Un versement a été fait depuis que l’échéancier a été écrit"))
            #expect(try await world.read(line.id).fold.paid == 500_000)
            #expect(try await world.agreement(of: try await world.read(line.id)).activeVersion < version)
        }
    }

    // FUND-16
    @Test("reports", arguments: TestEngine.available)
    func reports(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.granted(1_000_000)
            let agreement = try await world.signed(line)
            let report = try #require(try await world.reports(of: agreement).first)
            let expect = ExpectReport(agreement: agreement.id, dueOn: world.today.adding(days: 40))
            try await Self.keepersOnly(expect, world)
            #expect(
                try await world.refusal(
                    ExpectReport(agreement: Agreement.ID(77), dueOn: world.today), as: world.agent) is Missing)
            func submit(
                _ accounts: [FundingReport.Account], _ indicators: [FundingReport.Indicator] = []
            ) -> SubmitReport {
                SubmitReport(
                    report: report.id, edition: 1, narrative: "Fait.", indicators: indicators, accounts: accounts)
            }
            func words(_ act: SubmitReport) async throws -> String { try await world.sentences(act, as: world.manager) }
            let good = FundingReport.Account("60 Achats", planned: 5, realised: 5)
            #expect(try await words(submit([])).contains("au moins un compte"))
            #expect(
                try await words(submit((0..<61).map { .init("\($0)", planned: 1, realised: 1) })).contains("60 lignes"))
            #expect(
                try await words(submit([good], [.init(" ", target: 1, done: 1)])).contains("Nommez chaque indicateur"))
            #expect(try await words(submit([good], [.init("x", target: .max, done: 1)])).contains("Ce nombre"))
            #expect(try await words(submit([.init(" ", planned: 1, realised: 1)])).contains("Nommez chaque compte"))
            #expect(try await words(submit([.init("60", planned: -1, realised: 1)])).contains("Ce montant"))
            #expect(
                try await world.refusal(
                    SubmitReport(report: FundingReport.ID(77), edition: 1, narrative: "x"), as: world.manager)
                    is Missing)

            func decide(_ edition: Int, report id: FundingReport.ID? = nil) -> DecideReport {
                DecideReport(
                    report: id ?? report.id, edition: edition, accepts: true, head: world.head)
            }
            try await Self.keepersOnly(decide(1), world)
            #expect(try await world.refusal(decide(1, report: FundingReport.ID(77)), as: world.agent) is Missing)
            #expect(try await world.sentences(decide(1), as: world.agent).contains("n’attend pas de décision"))
            #expect(try await world.refusal(decide(9), as: world.agent) is Conflict)
            try await world.desk.perform(submit([good]), as: world.manager)
            let both = Principal(
                account: world.agent.account, name: "Les deux",
                grants: world.agent.grants + [Grant(.placeManager, on: Scope(.place, world.place.id.number))])
            #expect(try await world.refusal(decide(2), as: both) is Denied, "nobody accepts their own")
        }
    }
}
