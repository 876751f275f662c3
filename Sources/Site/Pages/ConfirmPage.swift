import HTTPTypes
import Markup

/// A form that could not be taken is shown again with everything that was typed, to be sent once more knowingly.
enum ConfirmPage {
    enum Reason {
        /// The session ended, or never was.
        case signedOut
        /// The form is too old, or did not come from a page of this site.
        case unverified
    }

    static func answer(_ visit: Visit, reason: Reason) -> Answer {
        let title = reason == .signedOut ? "Connectez-vous pour envoyer" : "Confirmez votre envoi"
        return visit.page(title, status: .forbidden) { html in
            html.h1(title)
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
            }
            let fields = visit.form.without(FormToken.fieldName)
            recall(fields, &html)
            if let action = Link(checking: visit.target) {
                html.postForm(to: action, token: visit.token(for: action)) { html in
                    for field in fields.all { hidden(field, &html) }
                    html.actions { $0.submit("Confirmer l’envoi") }
                }
            }
            html.p { $0.a("Ne rien envoyer, retour à l’accueil", .href(Paths.home)) }
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
