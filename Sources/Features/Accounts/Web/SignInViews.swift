import Maillage
import Markup

/// « Se connecter »: the address first, then a link by mail, or a password.
struct SignInView: View {
    var email: String?
    var destination: String?
    /// True when the password's form was sent.
    var isPassword = false
    var problems = Problems()
    /// The identity service of the network, if any.
    var service: String?
    var tokens: FormTokens

    static let sample = SignInView(email: "lea@exemple.fr", destination: "/mon-compte", tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Se connecter ou créer un compte")
        html.add(ErrorSummary(problems))
        html.p(
            "Nous vous envoyons un lien par courriel, que vous ayez déjà un compte ou non. Aucun mot de passe "
                + "n’est nécessaire."
        )
        html.writingForm(to: Paths.signIn(), tokens) { html in
            if let destination { html.add(HiddenField("vers", destination)) }
            html.add(emailField(isPassword ? nil : problems.message("email")))
            html.actions { $0.submit("Recevoir un lien de connexion") }
        }
        if let service {
            html.actions {
                $0.a("Se connecter avec \(service)", .href(Paths.identity(then: destination)), .class("button"))
            }
        }
        html.details(.open(isPassword)) { html in
            html.summary("J’ai un mot de passe")
            html.writingForm(to: Paths.signInPassword, tokens) { html in
                if let destination { html.add(HiddenField("vers", destination)) }
                html.add(
                    TextField(
                        "adresse", "Adresse électronique", value: email,
                        error: isPassword ? problems.message("adresse") : nil,
                        kind: .email, autocomplete: "email"))
                html.add(TextField("mot_de_passe", "Mot de passe", kind: .password, autocomplete: "current-password"))
                html.actions { $0.submit("Se connecter", style: .plain) }
            }
        }
    }

    private func emailField(_ error: String?) -> TextField {
        TextField("email", "Adresse électronique", value: email, error: error, kind: .email, autocomplete: "email")
    }
}

/// « Consultez vos messages »: the same for every address.
struct SignInCodeView: View {
    var code: String?
    /// The code is right, and the address has no account yet.
    var needsName = false
    var name: String?
    var problems = Problems()
    var tokens: FormTokens

    static let sample = SignInCodeView(tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Consultez vos messages")
        html.add(ErrorSummary(problems))
        html.p(
            "Si l’adresse est exacte, un message vient de partir. Ouvrez son lien dans ce navigateur, d’ici dix "
                + "minutes."
        )
        html.p("Vous le lisez sur un autre appareil\u{202F}? Tapez ici son code à six chiffres.")
        html.writingForm(to: Paths.signInCode, tokens) { html in
            html.add(
                TextField(
                    "code", "Code à six chiffres", value: code, error: problems.message("code"),
                    autocomplete: "one-time-code", isShort: true, inputMode: "numeric"))
            if needsName { html.add(NewNameField(name: name, error: problems.message("name"))) }
            html.actions { $0.submit("Se connecter") }
        }
        html.p { html in
            html.text("Rien reçu après quelques minutes\u{202F}? Regardez dans les indésirables, ou ")
            html.a("demandez un autre message", .href(Paths.signIn()))
            html.text(".")
        }
    }
}

/// The page of a link: its button signs in, for programs that open links must not.
struct SignInLinkView: View {
    var prospect: SignInProspect
    var secret: Secret
    var name: String?
    var problems = Problems()
    var tokens: FormTokens

    static let sample = SignInLinkView(
        prospect: .ready(needsName: true), secret: Secret(.fixed(at: Instant(seconds: 1_790_000_000)).surroundings),
        tokens: .sample)

    func render(into html: inout HTML) {
        switch prospect {
        case .ready(let needsName):
            html.h1(needsName ? "Créer mon compte" : "Se connecter")
            html.add(ErrorSummary(problems))
            html.writingForm(to: Paths.signInLink(secret), tokens) { html in
                if needsName { html.add(NewNameField(name: name, error: problems.message("name"))) }
                html.actions { $0.submit(needsName ? "Créer mon compte" : "Me connecter") }
            }
        case .otherBrowser:
            html.h1("Terminez là où vous avez commencé")
            html.p(
                "Ce lien a été demandé depuis un autre navigateur. Retournez-y et tapez le code à six chiffres "
                    + "du message, ou "
                    + "demandez ici un nouveau lien.")
            html.p { $0.a("Demander un lien depuis ce navigateur", .href(Paths.signIn()), .class("button")) }
        case .gone:
            html.h1("Ce lien ne peut plus servir")
            html.p("Il a plus de dix minutes, ou il a déjà servi.")
            html.p { $0.a("Demander un nouveau lien", .href(Paths.signIn()), .class("button button-primary")) }
        }
    }
}

/// The name of somebody who has no account yet.
private struct NewNameField: View {
    var name: String?
    var error: String?

    func render(into html: inout HTML) {
        html.add(
            TextField(
                "name", "Votre nom, tel que les autres le verront", value: name,
                help: "Aucun compte n’existe encore à cette adresse\u{202F}: il sera créé.", error: error,
                autocomplete: "name"))
    }
}
