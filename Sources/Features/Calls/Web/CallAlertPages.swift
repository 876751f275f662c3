import HTTPTypes
import Maillage
import Markup

/// `/appels/alertes`: be told of new calls by mail, after a confirmation; and stop.
enum CallAlertPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, Problems())
    }

    static func subscribe(_ visit: Visit) async throws -> Answer {
        do {
            let email = visit.form.text("courriel") ?? ""
            try await visit.perform(
                SubscribeToCalls(
                    email: email, nature: visit.form.text("nature").flatMap(CallNature.init),
                    departement: visit.form.text("departement") ?? "", from: visit.origin, head: visit.head))
            return .done("Un message part à \(email)\u{202F}: confirmez par son lien.", to: Paths.calls)
        } catch let problems as Problems {
            return page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) -> Answer {
        var head = PageHead(
            "Être prévenu des appels", section: "Appels",
            breadcrumbs: Breadcrumbs([("Appels", Link(path: "appels"))], current: "Être prévenu"))
        head.hasErrors = !problems.isEmpty
        let view = CallAlertForm(
            departements: visit.reception.gazetteer.present.departements.map { ($0.code, $0.name) },
            form: visit.form, problems: problems, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent) { html in
            html.h1("Être prévenu des appels")
            html.p("Un courriel à chaque nouvel appel qui vous concerne, et rien d’autre.", .class("lead"))
            html.add(ErrorSummary(problems))
            html.add(view)
        }
    }

    static func showConfirmation(_ visit: Visit) async throws -> Answer {
        let secret = try visit.secret()
        let isWaiting = try await visit.read { try CallAlertStore.isWaiting(secret, $0) }
        let tokens = FormTokens(visit)
        return visit.page(head("Confirmer mon alerte"), status: isWaiting ? .ok : .gone) { html in
            html.h1(isWaiting ? "Confirmer mon alerte" : "Ce lien a déjà servi")
            html.p(
                isWaiting
                    ? "Vous recevrez un courriel à chaque nouvel appel, avec un lien pour ne plus en recevoir."
                    : "Votre alerte est confirmée, ou ce lien n’est plus valable.")
            if isWaiting {
                html.writingButton("Confirmer", to: Paths.callAlert(secret.text), tokens, style: .primary)
            }
            html.p { $0.a("Voir les appels", .href(Paths.calls)) }
        }
    }

    static func confirm(_ visit: Visit) async throws -> Answer {
        try await visit.perform(ConfirmCallAlert(secret: visit.secret()))
        return .done("C’est confirmé\u{202F}: vous serez prévenu des nouveaux appels.", to: Paths.calls)
    }

    static func showEnd(_ visit: Visit) async throws -> Answer {
        let key = try visit.parameter("key")
        let exists = try await visit.read { try CallAlertStore.exists(leaveKey: key, $0) }
        let tokens = FormTokens(visit)
        return visit.page(head("Ne plus être prévenu"), status: exists ? .ok : .gone) { html in
            html.h1(exists ? "Ne plus être prévenu" : "Cette alerte est terminée")
            html.p(
                exists
                    ? "Votre adresse sera effacée de la liste des alertes."
                    : "Il n’y a plus rien à faire\u{202F}: aucun courriel ne partira.")
            if exists {
                html.writingButton("Arrêter cette alerte", to: Paths.callAlertEnd(key), tokens, style: .primary)
            }
            html.p { $0.a("Voir les appels", .href(Paths.calls)) }
        }
    }

    static func end(_ visit: Visit) async throws -> Answer {
        try await visit.perform(LeaveCallAlert(leaveKey: visit.parameter("key")))
        return .done("C’est fait\u{202F}: votre adresse est effacée de cette alerte.", to: Paths.calls)
    }

    private static func head(_ title: String) -> PageHead {
        var head = PageHead(title, section: "Appels")
        head.isIndexed = false
        return head
    }
}
