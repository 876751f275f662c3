import Exchange
import Storage
import Workbench

@testable import Maillage

/// A network with a funder, two agents of it, a place with its manager, and an envelope.
struct FundingWorld: RefusingWorld {
    let calls: CallWorld
    let funder: Funder
    let place: Place
    let coordinator, agent, second, manager, stranger: Principal
    let envelope: FundingEnvelope

    var desk: Desk { calls.desk }
    var database: Database { calls.database }
    var clock: FixedClock { calls.clock }
    var head: LetterHead { calls.head }
    /// The day it is.
    var today: CivilDate { FundingText.today(clock.now) }

    /// SIRET numbers whose sums hold.
    static let siret = "73282932000074"
    static let otherSiret = "35600000000048"
    static let iban = "FR1420041010050500013M02606"
    static let otherIBAN = "FR7630006000011234567890189"

    static func on(
        _ engine: TestEngine, envelope amount: Int = 10_000_000, _ body: (FundingWorld) async throws -> Void
    ) async throws {
        try await CallWorld.on(engine) { calls in
            let coordinator = try await calls.coordinator()
            let (agent, second) = (try await calls.funder("agent"), try await calls.funder("collegue"))
            let funder = try await calls.desk.perform(
                AddFunder(name: "Région d’essai", kind: .region, siret: siret), as: agent)
            _ = try await calls.desk.perform(
                NameFunderAgent(funder: funder.id, email: "collegue@exemple.fr"), as: coordinator)
            let place = try await calls.desk.perform(
                CreatePlace(values: [.name: .text("La Fosse"), .summary: .text("Un lieu.")], visibility: .everyone),
                as: .house)
            let manager = try await calls.person(
                "responsable", Grant(.placeManager, on: Scope(.place, place.id.number)))
            let stranger = try await calls.funder("autre")
            let envelope = try await calls.desk.perform(
                OpenEnvelope(funder: funder.id, label: "Tiers-lieux", year: 2026, amount: amount), as: agent)
            try await body(
                FundingWorld(
                    calls: calls, funder: funder, place: place, coordinator: coordinator, agent: agent, second: second,
                    manager: manager, stranger: stranger, envelope: envelope))
        }
    }

    func facts(_ object: String = "Ouvrir l’atelier") -> FundingFacts {
        var facts = FundingFacts(funder: funder.id, beneficiary: "Association La Fosse", object: object, year: 2026)
        facts.envelope = envelope.id
        facts.place = place.id
        facts.siret = Self.otherSiret
        facts.scheme = "Fonds des tiers-lieux"
        return facts
    }

    @discardableResult
    func open(_ facts: FundingFacts? = nil, as principal: Principal? = nil) async throws -> FundingLine {
        try await desk.perform(OpenFundingLine(facts ?? self.facts()), as: principal ?? agent)
    }

    @discardableResult
    func take(
        _ step: FundingStep, _ amount: Int? = nil, _ words: String = "Pièce 12", of line: FundingLine,
        as principal: Principal? = nil
    ) async throws -> FundingLine {
        try await desk.perform(
            AdvanceFunding(
                line: line.id, version: try await read(line.id).version, step: step, amount: amount, on: today,
                words: words), as: principal ?? agent)
    }

    /// A line that was asked for and granted.
    func granted(_ cents: Int, _ facts: FundingFacts? = nil) async throws -> FundingLine {
        let line = try await take(.ask, cents, of: try await open(facts))
        return try await take(.grant, cents, of: line)
    }

    func read(_ id: FundingLine.ID) async throws -> FundingLine {
        guard let line = try await database.read({ try FundingStore.any(id, $0) }) else { throw Missing() }
        return line
    }

    func agreement(of line: FundingLine) async throws -> Agreement {
        guard let found = try await database.read({ try AgreementStore.agreement(of: line.id, $0) }) else {
            throw Missing()
        }
        return found
    }

    func instalments(of agreement: Agreement) async throws -> [Instalment] {
        try await database.read { try InstalmentStore.instalments(of: agreement.id, $0) }
    }

    func reports(of agreement: Agreement) async throws -> [FundingReport] {
        try await database.read { try FundingReportStore.reports(of: agreement.id, $0) }
    }

    var articles: [AgreementArticle: String] {
        Dictionary(uniqueKeysWithValues: AgreementArticle.allCases.map { ($0, "Texte de l’article \($0.rawValue).") })
    }

    func writing(
        _ line: FundingLine, edition: Int = 0, amount: Int, schedule: [InstalmentPlan], reason: String = ""
    ) -> WriteAgreement {
        WriteAgreement(
            line: line.id, edition: edition, number: "2026-017", amount: amount, startsOn: today, months: 24,
            articles: articles, schedule: schedule, reason: reason)
    }

    /// An agreement in force: an advance at the signature, the rest on the final report.
    func signed(_ line: FundingLine, schedule: [InstalmentPlan]? = nil) async throws -> Agreement {
        let amount = line.fold.granted
        let plan =
            schedule ?? [
                InstalmentPlan(label: "Avance", amount: amount / 2, trigger: .signature),
                InstalmentPlan(label: "Solde", amount: amount - amount / 2, trigger: .balance),
            ]
        var agreement = try await desk.perform(writing(line, amount: amount, schedule: plan), as: agent)
        agreement = try await desk.perform(
            SendAgreement(agreement: agreement.id, edition: agreement.edition, head: head), as: agent)
        _ = try await desk.perform(
            SignAgreement(
                agreement: agreement.id, version: agreement.version, side: .beneficiary, quality: "Présidente"),
            as: manager)
        return try await desk.perform(
            SignAgreement(agreement: agreement.id, version: agreement.version, side: .funder, quality: "Directeur"),
            as: agent)
    }

    /// The account that the beneficiary gave, verified by an agent.
    func verifiedAccount(_ agreement: Agreement, _ iban: String = FundingWorld.iban) async throws {
        _ = try await desk.perform(
            GiveBankAccount(agreement: agreement.id, iban: iban, holder: "Association La Fosse"), as: manager)
        let latest = try await database.read { try BankAccountStore.accounts(of: agreement.id, $0).first }
        guard let latest else { throw Missing() }
        try await desk.perform(VerifyBankAccount(account: latest.id), as: second)
    }

    func pay(_ instalment: Instalment) async throws {
        try await desk.perform(CheckInstalment(instalment: instalment.id), as: agent)
        try await desk.perform(OrderInstalment(instalment: instalment.id, number: "M-\(instalment.rank)"), as: second)
        try await desk.perform(
            RecordPayment(instalment: instalment.id, on: today, proof: "virement \(instalment.rank)"), as: agent)
    }

    static let tables: [SQL] = [
        "funder", "funder_agent", "funding_envelope", "funding_line", "funding_event", "agreement", "agreement_version",
        "agreement_article", "agreement_signature", "bank_account", "instalment", "agreement_share",
        "agreement_passing",
        "funding_report", "report_indicator", "report_account", "journal", "letter",
    ]

    func traces() async throws -> [Int] {
        try await database.read { reader in
            try Self.tables.map { try reader.count("SELECT COUNT(*) FROM \($0)") }
                + [
                    try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM funding_line"),
                    try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM funding_envelope"),
                    try reader.count("SELECT CAST(COALESCE(SUM(edition), 0) AS BIGINT) FROM agreement"),
                    try reader.count("SELECT CAST(COALESCE(SUM(edition), 0) AS BIGINT) FROM funding_report"),
                    try reader.count("SELECT COUNT(*) FROM instalment WHERE state = 'prevue'"),
                    try reader.count("SELECT COUNT(*) FROM bank_account WHERE verified_at IS NOT NULL"),
                ]
        }
    }
}
