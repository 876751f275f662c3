import Exchange
import Maillage
import Storage

/// The fourth story: the money that follows. Lines in each state, two envelopes, an agreement with an instalment paid and another
/// suspended, a consortium whose lead passed the money on, a report accepted; figures are invented.
struct DemoFunding {
    let desk: Desk
    let head: LetterHead
    /// By the role they sign in with.
    let accounts: [String: Account.ID]
    let places: [String: Place.ID]

    private var now: Instant { desk.surroundings.now() }

    private var coordinator: Principal {
        Principal(account: accounts["coordinator"], name: "Maxence Leroy", grants: [Grant(.coordinator, on: .network)])
    }
    private var funder: Principal {
        Principal(account: accounts["funder"], name: "Alix Carpentier", grants: [Grant(.funder, on: .network)])
    }

    func build() async throws {
        let agency = try await at(-400).perform(
            AddFunder(name: "Agence des territoires (démo)", kind: .state, siret: "90000000100017"), as: funder)
        let region = try await at(-400).perform(
            AddFunder(name: "Région (démo)", kind: .region, siret: "90000000200015"), as: coordinator)
        let envelope = try await at(-190).perform(
            OpenEnvelope(funder: agency.id, label: "Fabriques de territoire", year: year(-60), amount: 45_000_000),
            as: funder)
        let small = try await at(-390).perform(
            OpenEnvelope(funder: region.id, label: "Animation des consortiums", year: year(-380), amount: 6_000_000),
            as: coordinator)
        try await consortium(region, small)
        try await factories(agency, envelope)
        try await others(region)
    }

    // MARK: The consortium of Amiens

    /// Six places of Amiens were helped together the year before: all is paid, passed on, reported and closed.
    private func consortium(_ region: Funder, _ envelope: FundingEnvelope) async throws {
        guard let place = places["La Machinerie"] else { return }
        let account = try await desk.perform(
            AddAccount(email: EmailAddress("machinerie@demo.example"), name: PersonName("Dominique Fabre")), as: .house)
        let grant = Grant(.placeManager, on: Scope(.place, place.number))
        _ = try await desk.perform(
            GrantRole(grant, to: account, reason: "Rôle de la démonstration.", head: head), as: .house)
        let lead = Principal(account: account, name: "Dominique Fabre", grants: [grant])
        var facts = FundingFacts(
            funder: region.id, beneficiary: "La Machinerie", object: "Animer le réseau des six lieux d’Amiens",
            year: year(-380))
        (facts.envelope, facts.place, facts.scheme) = (envelope.id, place, "Animation des consortiums")
        (facts.siret, facts.base, facts.purpose) = ("90000000300013", 7_500_000, .running)
        let line = try await award(
            facts, asked: 6_000_000, granted: 4_800_000, by: coordinator, -385, -380, "CP 2025-114")
        let agreement = try await sign(
            line, "R-2025-031", months: 9, by: coordinator, beneficiary: lead, -378,
            [
                InstalmentPlan(label: "Avance", amount: 2_400_000, trigger: .signature),
                InstalmentPlan(label: "Solde", amount: 2_400_000, trigger: .balance),
            ])
        let parts = [1_800_000, 900_000, 600_000, 600_000, 400_000, 500_000]
        let names = [DemoConsortium.lead.name] + DemoConsortium.others.map(\.name)
        try await at(-377).perform(
            SetShares(
                agreement: agreement.id,
                members: zip(names, parts).enumerated().map { index, part in
                    .init(
                        part.0, siret: index == 0 ? facts.siret : Self.sirets[index - 1], amount: part.1,
                        isLead: index == 0)
                }), as: coordinator)
        try await giveAccount(agreement, by: lead, verified: funder(of: region), -376)
        try await pay(line, 0, -370, region)
        try await pass(agreement, by: lead, -360, [450_000, 300_000, 300_000, 200_000, 250_000])
        try await report(
            agreement, by: lead, decided: coordinator, -95,
            "Les six lieux ont tenu leur programme commun\u{202F}: ateliers, formations, une fête de rentrée.",
            [.init("Ateliers ouverts", target: 120, done: 138, evidence: "agenda commun")],
            [
                .init("62 Autres services extérieurs", planned: 3_000_000, realised: 2_950_000),
                .init("64 Personnel", planned: 4_500_000, realised: 4_550_000, remark: "Une semaine de plus."),
            ])
        try await pay(line, 1, -90, region)
        try await pass(agreement, by: lead, -80, [450_000, 300_000, 300_000, 200_000, 250_000])
        let id = line.id
        let known = try await desk.database.read { try AgreementStore.agreement(of: id, $0) }
        try await at(-75).perform(
            EndAgreement(agreement: agreement.id, edition: known?.edition ?? 0, terminates: false, reason: ""),
            as: coordinator)
        try await publish(line, by: coordinator, -74)
    }

    /// A second person of the Region, who verifies and orders.
    private func funder(of region: Funder) async throws -> Principal {
        let email = try EmailAddress("financeur@demo.example")
        let agents = try await desk.database.read { try FunderStore.agents($0) }
        if let account = accounts["funder"], agents[region.id]?.contains(account) != true {
            try await at(-399).perform(NameFunderAgent(funder: region.id, email: email.text), as: coordinator)
        }
        return funder
    }

    // MARK: The Fabriques

    /// Two candidacies of the first wave: one has its agreement, an instalment paid, a report accepted and an instalment suspended;
    /// the other waits for its agreement.
    private func factories(_ agency: Funder, _ envelope: FundingEnvelope) async throws {
        let calls = try await desk.database.read { try CallListing.published(.init(), $0) }
        guard let call = calls.first(where: { $0.title.hasPrefix("Fabriques de territoire") }) else { return }
        let keeper = funder
        let deposited = try await desk.database.read { try CallCandidacies.of(call, keeper, $0).lines.map(\.candidacy) }
        func facts(_ candidacy: Candidacy, _ siret: String) -> FundingFacts {
            var facts = FundingFacts(
                funder: agency.id, beneficiary: candidacy.structure,
                object: "\(candidacy.title)\u{202F}: former, équiper et relier les lieux du territoire", year: year(-60)
            )
            (facts.envelope, facts.call, facts.candidacy) = (envelope.id, call.id, candidacy.id)
            (facts.scheme, facts.siret, facts.base) = ("Fabriques de territoire", siret, 21_000_000)
            return facts
        }
        if let first = deposited.first(where: { $0.title.hasPrefix("La Fabrique des berges") }),
            let editor = accounts["editor"]
        {
            let lead = Principal(account: editor, name: "Sacha Vasseur", grants: [])
            let line = try await award(
                facts(first, "90000000400011"), asked: 15_000_000, granted: 15_000_000, by: funder, -69, -50,
                "Décision 2026-07")
            let agreement = try await sign(
                line, "FT-2026-001", months: 36, by: funder, beneficiary: lead, -45,
                [
                    InstalmentPlan(label: "Première année", amount: 5_000_000, trigger: .signature),
                    InstalmentPlan(label: "Deuxième année", amount: 5_000_000, trigger: .report),
                    InstalmentPlan(label: "Solde", amount: 5_000_000, trigger: .balance),
                ])
            try await giveAccount(agreement, by: lead, verified: funder, -44)
            try await pay(line, 0, -38, agency)
            try await at(-37).perform(ExpectReport(agreement: agreement.id, dueOn: day(-12)), as: funder)
            try await report(
                agreement, by: lead, decided: funder, -14, "L’atelier est ouvert, deux formations ont eu lieu.",
                [.init("Personnes formées", target: 40, done: 34, evidence: "feuilles de présence")],
                [.init("64 Personnel", planned: 4_000_000, realised: 3_800_000)])
            let plan = try await desk.database.read { try InstalmentStore.instalments(of: agreement.id, $0) }
            if plan.count > 1 {
                try await at(-9).perform(
                    SuspendInstalment(
                        instalment: plan[1].id,
                        reason: "L’attestation d’assurance est échue\u{202F}: la nouvelle est attendue."), as: funder)
            }
            try await publish(line, by: funder, -8)
        }
        if let second = deposited.first(where: { $0.title.hasPrefix("Les Ateliers du port") }) {
            _ = try await award(
                facts(second, "90000000500018"), asked: 12_000_000, granted: 9_000_000, by: funder, -69, -50,
                "Décision 2026-08")
        }
    }

    // MARK: The others

    /// A line in each of the other states.
    private func others(_ region: Funder) async throws {
        func facts(_ object: String, _ beneficiary: String, siret: String = "") -> FundingFacts {
            var facts = FundingFacts(funder: region.id, beneficiary: beneficiary, object: object, year: year(-30))
            (facts.scheme, facts.siret) = ("Coup de pouce", siret)
            return facts
        }
        _ = try await at(-20).perform(
            OpenFundingLine(facts("Rouvrir la maison éclusière", "L’Écluse à Projets")), as: coordinator)
        let asked = try await at(-30).perform(
            OpenFundingLine(facts("Acheter un four partagé", "Le Fournil partagé")), as: coordinator)
        _ = try await step(.ask, 800_000, of: asked, by: coordinator, -30, "courrier du porteur")
        let refused = try await at(-40).perform(
            OpenFundingLine(facts("Un second étage", "La Cabine")), as: coordinator)
        _ = try await step(.ask, 4_000_000, of: refused, by: coordinator, -40, "dossier 12")
        _ = try await step(.refuse, nil, of: refused, by: coordinator, -25, "Travaux hors du règlement.")
        let small = try await award(
            facts("Repair cafés dans trois villages", "Atelier Zéro Panne", siret: "90000000600016"), asked: 300_000,
            granted: 300_000, by: coordinator, -60, -48, "CP 2026-022")
        _ = try await step(.pay, 300_000, of: small, by: coordinator, -40, "mandat 884")
        try await publish(small, by: coordinator, -39)
        let back = try await award(
            facts("Une fête qui n’a pas eu lieu", "Le Grand Triage", siret: "90000000700014"), asked: 200_000,
            granted: 200_000, by: coordinator, -90, -80, "CP 2026-009")
        _ = try await step(.pay, 200_000, of: back, by: coordinator, -75, "mandat 871")
        _ = try await step(.repay, 200_000, of: back, by: coordinator, -15, "Fête annulée, somme rendue.")
        try await publish(back, by: coordinator, -14)
        var grant = facts("Compagnonnage d’une porteuse de projet", "Lou Demaret")
        grant.isPerson = true
        let person = try await award(
            grant, asked: 60_000, granted: 60_000, by: coordinator, -50, -45, "Cercle Lensois, 12")
        _ = try await step(.pay, 60_000, of: person, by: coordinator, -40, "mandat 890")
    }

    // MARK: Acts, at the date they would have been

    private func at(_ days: Int64) -> Desk {
        var surroundings = desk.surroundings
        let instant = now + .days(days)
        surroundings.now = { instant }
        return Desk(database: desk.database, surroundings: surroundings)
    }

    private func day(_ days: Int64) -> CivilDate { CivilZone.paris.local((now + .days(days)).microseconds).date }
    private func year(_ days: Int64) -> Int { day(days).year }

    private func step(
        _ step: FundingStep, _ amount: Int?, of line: FundingLine, by principal: Principal, _ days: Int64,
        _ words: String
    ) async throws -> FundingLine {
        let id = line.id
        let version = try await desk.database.read { try FundingListing.item(.house, id, $0)?.line.version }
        return try await at(days).perform(
            AdvanceFunding(line: id, version: version ?? 0, step: step, amount: amount, on: day(days), words: words),
            as: principal)
    }

    private func award(
        _ facts: FundingFacts, asked: Int, granted: Int, by principal: Principal, _ first: Int64, _ second: Int64,
        _ reference: String
    ) async throws -> FundingLine {
        let line = try await at(first).perform(OpenFundingLine(facts), as: principal)
        _ = try await step(.ask, asked, of: line, by: principal, first, "dossier reçu")
        return try await step(.grant, granted, of: line, by: principal, second, reference)
    }

    private func sign(
        _ line: FundingLine, _ number: String, months: Int, by principal: Principal, beneficiary: Principal,
        _ days: Int64, _ schedule: [InstalmentPlan]
    ) async throws -> Agreement {
        var agreement = try await at(days).perform(
            WriteAgreement(
                line: line.id, number: number, amount: line.fold.granted, startsOn: day(days), months: months,
                articles: Self.articles(line), schedule: schedule), as: principal)
        agreement = try await at(days).perform(
            SendAgreement(agreement: agreement.id, edition: agreement.edition, head: head), as: principal)
        _ = try await at(days).perform(
            SignAgreement(
                agreement: agreement.id, version: agreement.version, side: .beneficiary, quality: "Responsable légale"),
            as: beneficiary)
        return try await at(days).perform(
            SignAgreement(
                agreement: agreement.id, version: agreement.version, side: .funder, quality: "Chef de service"),
            as: principal)
    }

    private func giveAccount(
        _ agreement: Agreement, by beneficiary: Principal, verified principal: Principal, _ days: Int64
    ) async throws {
        try await at(days).perform(
            GiveBankAccount(
                agreement: agreement.id, iban: "FR1420041010050500013M02606", holder: "Structure de la démonstration"),
            as: beneficiary)
        let latest = try await desk.database.read { try BankAccountStore.accounts(of: agreement.id, $0).first }
        guard let latest else { throw Missing() }
        try await at(days + 1).perform(VerifyBankAccount(account: latest.id), as: principal)
    }

    /// Checked by the agent, ordered by the coordination, paid.
    private func pay(_ line: FundingLine, _ index: Int, _ days: Int64, _ owner: Funder) async throws {
        let id = line.id
        let plan = try await desk.database.read { reader in
            try AgreementStore.agreement(of: id, reader).map { try InstalmentStore.instalments(of: $0.id, reader) }
                ?? []
        }
        guard plan.indices.contains(index) else { throw Missing() }
        try await at(days - 2).perform(CheckInstalment(instalment: plan[index].id), as: funder)
        try await at(days - 1).perform(
            OrderInstalment(instalment: plan[index].id, number: "M-\(day(days).year)-\(index + 41)"), as: coordinator)
        try await at(days).perform(
            RecordPayment(
                instalment: plan[index].id, on: day(days), proof: "virement du Trésor, bordereau \(index + 7)"),
            as: funder)
    }

    private func pass(_ agreement: Agreement, by lead: Principal, _ days: Int64, _ amounts: [Int]) async throws {
        let members = try await desk.database.read { try AgreementShareStore.shares(of: agreement.id, $0) }
        for (member, amount) in zip(members.filter { !$0.isLead }, amounts) {
            try await at(days).perform(
                PassShareOn(share: member.id, amount: amount, on: day(days), proof: "virement à \(member.name)"),
                as: lead)
        }
    }

    private func report(
        _ agreement: Agreement, by beneficiary: Principal, decided principal: Principal, _ days: Int64, _ text: String,
        _ indicators: [FundingReport.Indicator], _ accounts: [FundingReport.Account]
    ) async throws {
        let reports = try await desk.database.read { try FundingReportStore.reports(of: agreement.id, $0) }
        guard let report = reports.first else { throw Missing() }
        try await at(days).perform(
            SubmitReport(
                report: report.id, edition: report.edition, narrative: text, indicators: indicators, accounts: accounts),
            as: beneficiary)
        try await at(days + 2).perform(
            DecideReport(report: report.id, edition: report.edition + 1, accepts: true, head: head), as: principal)
    }

    private func publish(_ line: FundingLine, by principal: Principal, _ days: Int64) async throws {
        try await at(days).perform(PublishFunding(line: line.id), as: principal)
    }

    /// Of the five others; they belong to nobody.
    private static let sirets = [
        "90000001100016", "90000001200014", "90000001300012",
        "90000001400010", "90000001500017",
    ]

    private static func articles(_ line: FundingLine) -> [AgreementArticle: String] {
        [
            .parties: "Le financeur et \(line.facts.beneficiary).",
            .object: line.facts.object + ".",
            .amount: "L’aide est versée selon l’échéancier de la convention.",
            .duration: "La convention court de sa signature à son terme.",
            .base: "Les dépenses du budget prévisionnel déposé.",
            .payment: "Par virement, au compte vérifié par le financeur.",
            .use: "L’aide sert à son objet et à rien d’autre.",
            .indicators: "Ceux du dossier, comparés chaque année.",
            .control: "Le financeur peut demander toute pièce.",
            .evaluation: "Un bilan intermédiaire, puis un bilan final.",
            .restitution: "Ce qui n’est pas employé est rendu.",
            .commitment: "Le bénéficiaire respecte le contrat d’engagement républicain.",
            .publicity: "Le soutien du financeur est mentionné.",
        ]
    }
}
