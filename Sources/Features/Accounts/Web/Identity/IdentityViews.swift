import Maillage
import Markup

/// The page one comes back to: its button signs in.
struct IdentityReturnView: View {
    var service: String
    var code: String
    var state: String
    var issuer: String?
    var tokens: FormTokens

    static let sample = IdentityReturnView(service: "ProConnect", code: "abc", state: "def", tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Se connecter avec \(service)")
        html.p("\(service) a répondu. Il reste à entrer ici.")
        html.writingForm(to: Paths.identityReturn, tokens) { html in
            html.add(HiddenField("code", code))
            html.add(HiddenField("state", state))
            if let issuer { html.add(HiddenField("iss", issuer)) }
            html.actions { $0.submit("Continuer") }
        }
    }
}

/// Nobody came in: one page for every reason.
struct IdentityRefusalView: View {
    /// What the person can do about it, when there is something.
    var sentence: String?
    var service: String
    /// Whether it was to tie the account of somebody who is in.
    var isIn = false

    static let sample = IdentityRefusalView(service: "ProConnect")

    func render(into html: inout HTML) {
        html.h1("Connexion interrompue")
        html.p(sentence ?? "\(service) n’a pas pu vous reconnaître cette fois. Rien n’a été enregistré.")
        html.p { html in
            if isIn {
                html.a("Revenir à mon compte", .href(Paths.account), .class("button button-primary"))
            } else {
                html.a("Revenir à la connexion", .href(Paths.signIn()), .class("button button-primary"))
            }
        }
    }
}

/// « Relier mon compte »: who it is over there, before the button.
struct IdentityTieView: View {
    var service: String
    var words: String
    var tokens: FormTokens

    static let sample = IdentityTieView(service: "ProConnect", words: "Léa Martin, lea@exemple.fr", tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Relier mon compte à \(service)")
        if !words.isEmpty {
            html.p { html in
                html.text("Pour \(service), vous êtes ")
                html.strong(words)
                html.text(". Si ce n’est pas vous, quittez cette page.")
            }
        }
        html.p("Vous pourrez ensuite vous connecter avec \(service), ou comme aujourd’hui.")
        html.writingButton("Relier mon compte", to: Paths.identityTie, tokens, style: .primary)
        html.p { $0.a("Ne pas le relier", .href(Paths.account)) }
    }
}

/// Signed out here, and perhaps not there.
struct IdentityExitView: View {
    var service: String
    var exit: Link?

    static let sample = IdentityExitView(service: "ProConnect", exit: Link(path: "sortie"))

    func render(into html: inout HTML) {
        html.h1("Fermer aussi la session chez \(service)")
        html.p(
            "\(service) vous garde peut-être connecté·e sur cet appareil. S’il n’est pas à vous, déconnectez-vous aussi là-bas."
        )
        if let exit {
            html.p { $0.a("Fermer aussi la session chez \(service)", .href(exit), .class("button button-primary")) }
        }
        html.p { $0.a("Retour à l’accueil", .href(Paths.home)) }
    }
}
