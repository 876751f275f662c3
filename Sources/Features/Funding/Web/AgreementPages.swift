import Exchange
import HTTPTypes
import Maillage
import Markup

/// All that the pages of an agreement show.
struct AgreementReading: Sendable {
    var reading: FundingReading
    var agreement: Agreement
    var versions: [AgreementVersion]
    var signatures: [AgreementSignature]
    var instalments: [Instalment]
    var accounts: [BankAccount]
    var shares: [AgreementShare]
    var reports: [FundingReport]
    var names: [Account.ID: String]

    var line: FundingLine { reading.line }
    var last: AgreementVersion? { versions.last }
    /// The version in force.
    var text: AgreementVersion? { versions.first { $0.number == agreement.activeVersion } }
    /// The instalments in force: those of the version in force, and those paid before it.
    var schedule: [Instalment] {
        let version = agreement.activeVersion > 0 ? agreement.activeVersion : agreement.version
        return instalments.filter { $0.version == version || $0.state == .paid }
    }
    /// The reports that were accepted.
    var accepted: [FundingReport.Kind] { reports.filter { $0.state == .accepted }.map(\.kind) }

    /// The agreement of the line at an address, for those who read the line in full; `Missing` when it has none.
    static func find(_ visit: Visit) async throws -> AgreementReading {
        let reading = try await FundingReading.full(visit)
        guard let agreement = reading.agreement else { throw Missing() }
        let id = agreement.id
        return try await visit.read { reader in
            let signatures = try AgreementStore.signatures(of: id, reader)
            let instalments = try InstalmentStore.instalments(of: id, reader)
            let accounts = try BankAccountStore.accounts(of: id, reader)
            let people =
                signatures.compactMap(\.account)
                + instalments.flatMap { [$0.checkedBy, $0.orderedBy].compactMap { $0 } }
                + accounts.flatMap { [$0.proposedBy, $0.verifiedBy].compactMap { $0 } }
            return AgreementReading(
                reading: reading, agreement: agreement, versions: try AgreementStore.versions(of: id, reader),
                signatures: signatures, instalments: instalments, accounts: accounts,
                shares: try AgreementShareStore.shares(of: id, reader),
                reports: try FundingReportStore.reports(of: id, reader),
                names: try AccountStore.names(people, reader))
        }
    }
}

/// `/financements/{line}/convention`: the text, who signed it, what it plans to pay.
enum AgreementPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func send(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            _ = try await visit.perform(
                SendAgreement(
                    agreement: found.agreement.id, edition: visit.form.int("edition") ?? 0,
                    head: LetterHead(visit.reception.settings)))
            return .done("La convention attend la signature du bénéficiaire.", to: back(found))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func sign(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            guard let side = visit.form.text("partie").flatMap(AgreementSide.init) else { throw Missing() }
            let signed = try await visit.perform(
                SignAgreement(
                    agreement: found.agreement.id, version: visit.form.int("version") ?? 0, side: side,
                    quality: visit.form["qualite"] ?? ""))
            return .done(
                signed.state == .active ? "La convention est en vigueur." : "Votre signature est enregistrée.",
                to: back(found))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func end(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            try await visit.perform(
                EndAgreement(
                    agreement: found.agreement.id, edition: visit.form.int("edition") ?? 0,
                    terminates: visit.form["fin"] != "close", reason: visit.form["motif"] ?? ""))
            return .done("La convention est terminée.", to: back(found))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func giveAccount(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            try await visit.perform(
                GiveBankAccount(
                    agreement: found.agreement.id, iban: visit.form["iban"] ?? "", holder: visit.form["titulaire"] ?? ""
                ))
            return .done("Le compte est enregistré\u{202F}: une deuxième personne doit le vérifier.", to: back(found))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func verifyAccount(_ visit: Visit) async throws -> Answer {
        let found = try await AgreementReading.find(visit)
        do {
            try await visit.perform(
                VerifyBankAccount(account: try visit.identifier("account", of: BankAccount.ID.self)))
            return .done("Le compte est vérifié.", to: back(found))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func back(_ found: AgreementReading) -> String { Paths.funding(found.line.id, .agreement) }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await FundingReading.full(visit)
        // Before there is one, those who keep the line are led to write it.
        if reading.agreement == nil {
            guard reading.mayKeep else { throw Missing() }
            return .redirect(to: Paths.fundingAct(reading.line.id, .agreement, "rediger"))
        }
        let found = try await AgreementReading.find(visit)
        let view = AgreementView(found: found, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(
            found.reading.head("Convention", problems), status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}
