import Maillage

/// « Second facteur » of « Mon compte »: to choose one, to keep it, to take it away.
enum SecondFactorPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, then: Paths.local(visit.query["vers"]))
    }

    private static func page(
        _ visit: Visit, then destination: String?, _ problems: Problems = Problems()
    ) async throws -> Answer {
        guard let account = visit.principal.account else { throw Denied() }
        let (principal, now, seal, duties) = (
            visit.principal, visit.now, visit.reception.keys.factors, visit.reception.duties
        )
        let isUnproven = principal.isUnproven
        let read = try await visit.read { reader in
            (
                email: try AccountStore.account(account, reader)?.email,
                factor: try FactorStore.factor(of: account, reader),
                pending: try PendingFactor.secret(of: principal, seal, at: now, reader),
                bears: try isUnproven && duties.demandFactor(account, reader)
            )
        }
        let view = SecondFactorView(
            factor: read.factor, pending: read.pending, email: read.email?.text ?? "",
            network: visit.reception.settings.networkName, withheld: principal.withheld.map(\.role),
            withholdsDuties: read.bears, destination: destination, problems: problems, tokens: FormTokens(visit))
        return visit.personalPage("Second facteur", problems: problems, view)
    }

    static func begin(_ visit: Visit) async throws -> Answer {
        try await visit.perform(BeginFactor(session: visit.ownSession(), seal: visit.reception.keys.factors))
        return .redirect(to: Paths.secondFactor(then: Paths.local(visit.form["vers"])))
    }

    /// Answers with the codes themselves: they are shown at this moment and never again.
    static func confirm(_ visit: Visit) async throws -> Answer {
        let destination = Paths.local(visit.form["vers"])
        let act = ConfirmFactor(
            typed: visit.form["code"] ?? "", session: try visit.ownSession(), seal: visit.reception.keys.factors,
            head: visit.head)
        let problem: String
        switch try await visit.perform(act) {
        case .confirmed(let codes): return codesPage(visit, codes, then: destination, isNew: true)
        case .wrong: problem = FactorWords.wrong
        case .exhausted(let wait): problem = FactorWords.exhausted(wait)
        case .nothingBegun: problem = "Le code à flasher a été montré il y a plus d’une heure\u{202F}: recommencez."
        }
        return try await page(visit, then: destination, Problems("code", problem))
    }

    static func renewCodes(_ visit: Visit) async throws -> Answer {
        let codes = try await visit.perform(RenewRecoveryCodes(session: visit.ownSession(), head: visit.head))
        return codesPage(visit, codes, then: nil, isNew: false)
    }

    private static func codesPage(
        _ visit: Visit, _ codes: [RecoveryCode], then destination: String?, isNew: Bool
    ) -> Answer {
        let view = RecoveryCodesView(
            codes: codes, network: visit.reception.settings.networkName, destination: destination, isNew: isNew)
        return visit.personalPage("Codes de secours", view)
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        try await visit.perform(RemoveFactor(session: visit.ownSession(), head: visit.head))
        return .done("Votre compte n’a plus de second facteur.", to: Paths.account)
    }
}
