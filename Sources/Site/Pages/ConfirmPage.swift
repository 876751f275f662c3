import HTTPTypes
import Markup

/// A form that could not be taken is shown again with everything that was typed, to be sent once more knowingly.
enum ConfirmPage {
    enum Reason {
        /// The session ended, or never was.
        case signedOut
        /// The form is too old, or did not come from a page of this site.
        case unverified
        /// The second factor is to be shown again; with what was wrong with the code typed, if one was.
        case factor(String?)

        var title: String {
            switch self {
            case .signedOut: "Connectez-vous pour envoyer"
            case .unverified: "Confirmez votre envoi"
            case .factor: "Confirmez par un code"
            }
        }
    }

    static func answer(_ visit: Visit, reason: Reason) -> Answer {
        var factorProblem: String?
        if case .factor(let problem) = reason { factorProblem = problem }
        return visit.page(reason.title, status: .forbidden) { html in
            html.h1(reason.title)
            html.add(ErrorSummary(factorProblem.map { [(FactorDoor.field, $0)] } ?? []))
            switch reason {
            case .signedOut:
                html.p(
                    "Votre session est terminée. Rien n’est perdu\u{202F}: connectez-vous dans un autre onglet, puis revenez ici et "
                        + "envoyez.")
                html.p {
                    $0.a("Se connecter (nouvel onglet)", .href(Paths.signIn()), .target("_blank"), .rel("noopener"))
                }
            case .unverified:
                html.p(
                    "La page d’où vient cet envoi est ouverte depuis longtemps, ou vient d’ailleurs. Rien n’a été enregistré. "
                        + "Vérifiez ce qui suit, puis confirmez si c’est bien vous.")
            case .factor:
                html.p(
                    "Ce que vous demandez est délicat, et votre second facteur a été montré il y a plus d’un quart d’heure. Rien "
                        + "n’est encore enregistré.")
            }
            let fields = visit.form.without(FormToken.fieldName)
            recall(fields, &html)
            if let action = Link(checking: visit.target) {
                html.postForm(to: action, token: visit.token(for: action)) { html in
                    for field in fields.all { hidden(field, &html) }
                    if case .factor = reason {
                        html.add(FactorCodeField(FactorDoor.field, takesRecovery: true, error: factorProblem))
                    }
                    html.actions { $0.submit("Confirmer l’envoi") }
                }
            }
            html.p { $0.a("Ne rien envoyer, retour à l’accueil", .href(Paths.home)) }
        }
    }

    /// A form that is too large: says why, what is kept, how to go on, and shows the rest of what was typed. It is not sent again from
    /// here: a field that is not there could empty what was written.
    static func answer(_ visit: Visit, tooLong names: [String], route: Route) -> Answer {
        let limit = visit.reception.limits.form
        let size = limit >= 1_048_576 ? "\(limit / 1_048_576)\u{A0}Mo" : "\(limit / 1_024)\u{A0}ko"
        let title = "Ce texte est trop long pour être envoyé"
        return visit.page(title, status: .contentTooLarge) { html in
            html.h1(title)
            html.p(
                (names.isEmpty
                    ? "Cet envoi dépasse \(size), le plus que porte un formulaire."
                    : "Cet envoi dépasse \(size), le plus que porte un formulaire, à cause de ce qui a été mis dans "
                        + names.map { "«\u{A0}\($0)\u{A0}»" }.joined(separator: ", ") + ".")
                    + " C’est souvent un collage fait par mégarde, ou une image collée comme du texte.")
            html.p(
                "Rien de cet envoi n’est enregistré. Ce qui était enregistré avant l’est toujours, et le reste de ce que vous aviez "
                    + "tapé est plus bas\u{202F}: copiez ce qui manque.")
            html.p(
                "Pour continuer, revenez à la page, collez un texte plus court, puis enregistrez. Un document entier se joint comme "
                    + "pièce, là où une pièce est demandée.")
            if SiteMap.all.contains(where: { $0.method == .get && $0.pattern == route.pattern }),
                let page = Link(checking: visit.target)
            {
                html.p { $0.a("Revenir à la page", .href(page), .class("button button-primary")) }
            }
            recall(visit.form.without(FormToken.fieldName), &html)
            html.p { $0.a("Retour à l’accueil", .href(Paths.home)) }
        }
    }

    /// Long texts go into text areas, which keep their line ends; the browser would lose them in an `input`.
    private static func hidden(_ field: Fields.Field, _ html: inout HTML) {
        if field.value.utf8.contains(UInt8(ascii: "\n")) {
            html.textarea(field.value, .name(field.name), .hidden())
        } else {
            html.input(.type("hidden"), .name(field.name), .value(field.value))
        }
    }

    private static func recall(_ fields: Fields, _ html: inout HTML) {
        let shown = fields.all.filter { !$0.value.isEmpty && !isSecret($0.name) }
        guard !shown.isEmpty else { return }
        html.dl { html in
            for field in shown.prefix(200) {
                html.dt(field.name)
                html.dd(field.value)
            }
        }
    }

    private static func isSecret(_ name: String) -> Bool {
        ["mot_de_passe", "secret", "code", "jeton"].contains { name.contains($0) }
    }
}
