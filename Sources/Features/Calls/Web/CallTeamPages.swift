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
            _ = try await visit.perform(
                InviteCallTeammate(
                    call: reading.call.id, email: visit.form.text("courriel") ?? "", head: visit.head))
            // The same words for every address: who has an account is nobody's to learn here.
            return .done("L’invitation est partie.", to: Paths.call(reading.slug, .team))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func revoke(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let invitation = try visit.identifier("invitation", of: CallInvitation.ID.self)
        try await visit.perform(RevokeCallInvitation(call: reading.call.id, invitation: invitation))
        return .done("L’invitation est reprise.", to: Paths.call(reading.slug, .team))
    }

    /// Says what is offered. The secret came by mail: who holds it may read that, and no more.
    static func showInvitation(_ visit: Visit) async throws -> Answer {
        let (secret, now) = (try visit.secret(), visit.now)
        let invitation = try await visit.read { try CallInvitationStore.open(secret, at: now, $0) }
        return visit.invitation(
            "Invitation à tenir un appel",
            words: invitation.map { _ in ["On vous propose d’écrire et de suivre un appel avec son équipe."] },
            path: Paths.callInvitation(secret), lifetime: "quatorze jours")
    }

    static func accept(_ visit: Visit) async throws -> Answer {
        let slug = try await visit.perform(AcceptCallInvitation(visit.secret()))
        return .done("Vous êtes de l’équipe de cet appel.", to: Paths.call(slug))
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
        let now = visit.now
        let (members, waiting) = try await visit.read { reader in
            let accounts = try CallTeamStore.members(of: id, reader)
            let names = try AccountStore.names(accounts, reader)
            return (accounts.map { ($0, names[$0] ?? "") }, try CallInvitationStore.waiting(for: id, at: now, reader))
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
            if !waiting.isEmpty {
                html.h2("Invitations en attente")
                html.ul(.class("plain")) { html in
                    for invitation in waiting {
                        html.li(.class("row row-between")) { html in
                            html.span("\(invitation.email), depuis le \(Format.day(invitation.invitedAt))")
                            html.writingButton(
                                "Reprendre", to: Paths.callInvitation(reading.slug, invitation.id), tokens)
                        }
                    }
                }
            }
            html.writingForm(to: Paths.call(reading.slug, .team), tokens) { html in
                html.add(
                    TextField(
                        "courriel", "Inviter une personne, par son courriel", value: form["courriel"],
                        help:
                            "Elle recevra un lien, valable quatorze jours\u{202F}; son compte se crée au passage s’il n’existe pas.",
                        error: problems.message("courriel"), kind: .email))
                html.actions { $0.submit("Envoyer l’invitation") }
            }
        }
    }
}
