import Exchange
import HTTPTypes
import Maillage

/// « Mon compte » and its forms: each shows the page again, with what was typed, when something is wrong.
enum AccountPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit)
    }

    private static func page(
        _ visit: Visit, typed: [String: String] = [:], problems: Problems = Problems()
    ) async throws -> Answer {
        let view = AccountView(
            mine: try await MyAccount.read(visit), now: visit.now, typed: typed, problems: problems,
            tokens: FormTokens(visit))
        return visit.personalPage("Mon compte", problems: problems, view)
    }

    /// Runs an act of the page; its problems show the page again.
    private static func answer(
        _ visit: Visit, _ done: String, keeping names: [String] = [], renaming: [String: String] = [:],
        _ act: () async throws -> Void
    ) async throws -> Answer {
        do {
            try await act()
            return .done(done, to: Paths.account)
        } catch let problems as Problems {
            var renamed = Problems()
            for problem in problems.list { renamed.add(renaming[problem.field] ?? problem.field, problem.message) }
            let typed = names.reduce(into: [String: String]()) { $0[$1] = visit.form[$1] }
            return try await page(visit, typed: typed, problems: renamed)
        }
    }

    static func rename(_ visit: Visit) async throws -> Answer {
        try await answer(visit, "Votre nom est enregistré.", keeping: ["name"]) {
            try await visit.perform(RenameAccount(PersonName(visit.form["name"] ?? "")))
        }
    }

    static func askEmail(_ visit: Visit) async throws -> Answer {
        try await answer(
            visit, "Un lien de confirmation vient de partir à la nouvelle adresse.", keeping: ["email"]
        ) {
            let email = try EmailAddress(visit.form["email"] ?? "")
            try await visit.perform(RequestEmailChange(to: email, session: visit.ownSession(), head: visit.head))
        }
    }

    static func showEmail(_ visit: Visit) async throws -> Answer {
        let secret = try visit.secret()
        let tokens = FormTokens(visit)
        return visit.page("Confirmer ma nouvelle adresse") { html in
            html.h1("Confirmer ma nouvelle adresse")
            html.p("Votre compte utilisera l’adresse qui a reçu ce lien. Vos autres appareils seront déconnectés.")
            html.writingButton("Confirmer", to: Paths.accountEmail(secret), tokens, style: .primary)
        }
    }

    static func confirmEmail(_ visit: Visit) async throws -> Answer {
        try await visit.perform(
            ConfirmEmailChange(secret: visit.secret(), session: visit.ownSession(), head: visit.head))
        return .done("Votre nouvelle adresse est confirmée.", to: Paths.account)
    }

    static func choosePassword(_ visit: Visit) async throws -> Answer {
        try await answer(
            visit, "Votre mot de passe est enregistré. Vos autres appareils sont déconnectés.",
            renaming: ["password": "mot_de_passe", "current": "mot_de_passe_actuel"]
        ) {
            try await visit.reception.passwords.choose(
                visit.form["mot_de_passe"] ?? "", current: visit.form["mot_de_passe_actuel"], as: visit.principal,
                session: visit.ownSession(), head: visit.head)
        }
    }

    static func removePassword(_ visit: Visit) async throws -> Answer {
        try await answer(visit, "Votre compte n’a plus de mot de passe.") {
            try await visit.perform(RemovePassword(session: visit.ownSession(), head: visit.head))
        }
    }

    static func closeSession(_ visit: Visit) async throws -> Answer {
        try await visit.perform(CloseSession(visit.identifier("session", of: Session.ID.self)))
        return .done("L’appareil est déconnecté.", to: Paths.account)
    }

    static func closeOthers(_ visit: Visit) async throws -> Answer {
        let count = try await visit.perform(CloseOtherSessions(keeping: visit.ownSession()))
        let words = count == 1 ? "L’autre appareil est déconnecté." : "\(count) appareils sont déconnectés."
        return .done(count == 0 ? "Aucun autre appareil n’était connecté." : words, to: Paths.account)
    }

    static func resign(_ visit: Visit) async throws -> Answer {
        try await answer(visit, "Vous n’avez plus ce rôle.") {
            try await visit.perform(RevokeRole(visit.identifier("grant", of: RoleGrant.ID.self), head: visit.head))
        }
    }

    static func data(_ visit: Visit) async throws -> Answer {
        .json(try await personalData(visit).json).with(.cacheControl, "no-store")
    }

    static func archive(_ visit: Visit) async throws -> Answer {
        let json = try await personalData(visit).json
        let zip = ZIPWriter()
        try zip.add("mon-compte.json", json, modified: visit.now.seconds)
        try zip.finish()
        return Answer.file(zip.take(), type: "application/zip", savedAs: "mes-donnees.zip")
            .with(.cacheControl, "no-store")
    }

    private static func personalData(_ visit: Visit) async throws -> PersonalData {
        let (principal, now) = (visit.principal, visit.now)
        return try await visit.scan { try PersonalData.of(principal, at: now, traces: .network, $0) }
    }
}
