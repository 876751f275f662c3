import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/equipe`: who keeps the call.
enum CallTeamPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func add(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            try await visit.perform(AddCallTeammate(call: reading.call.id, email: visit.form.text("courriel") ?? ""))
            return .done("La personne est de l’équipe.", to: Paths.call(reading.slug, .team))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let account = try visit.identifier("member", of: Principal.ID.self)
        try await visit.perform(RemoveCallTeammate(call: reading.call.id, account: account))
        return .done("La personne n’est plus de l’équipe.", to: Paths.calls)
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let id = reading.call.id
        let members = try await visit.read { reader in
            let accounts = try CallTeamStore.members(of: id, reader)
            let names = try AccountStore.names(accounts, reader)
            return accounts.map { ($0, names[$0] ?? "") }
        }
        let (form, tokens) = (visit.form, FormTokens(visit))
        var head = reading.head("Équipe de l’appel")
        head.hasErrors = !problems.isEmpty
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent) { html in
            html.h1("Équipe de l’appel")
            html.p(reading.call.title, .class("lead"))
            html.add(ErrorSummary(problems))
            html.p(
                "L’équipe voit le brouillon, écrit l’appel, répond aux questions et publie les avenants. La coordination aussi."
            )
            if members.isEmpty {
                html.p("Personne encore\u{202F}: la coordination seule tient cet appel.", .class("muted"))
            }
            html.ul(.class("plain")) { html in
                for (account, name) in members {
                    html.li(.class("row row-between")) { html in
                        html.span(name)
                        html.writingButton(
                            "Retirer", to: Paths.path("appels", reading.slug, "equipe", account.text, "retrait"), tokens
                        )
                    }
                }
            }
            html.writingForm(to: Paths.call(reading.slug, .team), tokens) { html in
                html.add(
                    TextField(
                        "courriel", "Ajouter une personne, par son courriel", value: form["courriel"],
                        help: "Elle doit avoir un compte.", error: problems.message("courriel"), kind: .email))
                html.actions { $0.submit("Ajouter à l’équipe") }
            }
        }
    }
}
