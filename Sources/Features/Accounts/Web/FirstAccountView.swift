import Maillage
import Markup

/// The form of the first account.
struct FirstAccountView: View {
    /// Without mail no link can be sent: only a password lets one come back.
    var needsPassword: Bool
    var email: String?
    var name: String?
    var problems = Problems()
    var tokens: FormTokens

    static let sample = FirstAccountView(
        needsPassword: true, email: "lea@exemple.fr", name: "Léa Martin", tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Premier compte")
        html.add(ErrorSummary(problems))
        html.p(
            "Personne n’administre encore ce réseau. Le compte créé ici l’administre et le coordonne\u{202F}; "
                + "il pourra confier ces rôles à d’autres.")
        html.writingForm(to: Paths.firstAccount, tokens) { html in
            // A code that was typed is not written back: it would stay in the browser's memory of the page.
            html.add(
                TextField(
                    "code", "Code affiché par le programme à son démarrage",
                    help: "Douze lettres et chiffres, par exemple K7QM-2XFD-9TRA. Avec le paquet Debian\u{202F}: "
                        + "sudo journalctl -u maillage",
                    error: problems.message("code"), autocomplete: "off", isShort: true))
            html.add(
                TextField(
                    "email", "Votre adresse électronique", value: email, error: problems.message("email"), kind: .email,
                    autocomplete: "email"))
            html.add(
                TextField(
                    "name", "Votre nom, tel que les autres le verront", value: name, error: problems.message("name"),
                    autocomplete: "name"))
            html.add(
                TextField(
                    "password", "Mot de passe",
                    help: "Douze caractères au moins, une phrase convient très bien. "
                        + (needsPassword
                            ? "Le courriel n’est pas encore réglé sur cette machine\u{202F}: c’est par lui que vous reviendrez."
                            : "Sans lui, un lien vous est envoyé à chaque connexion."),
                    error: problems.message("password"), isRequired: needsPassword, kind: .password,
                    autocomplete: "new-password"))
            html.actions { $0.submit("Créer le premier compte") }
        }
    }
}

/// What the home page of a network without anybody says to whoever just installed it.
struct FirstAccountCall: View {
    func render(into html: inout HTML) {
        html.add(
            EmptyState(
                "Ce réseau attend son premier compte",
                "Vous venez d’installer Maillage\u{202F}? Le programme a affiché un code à son démarrage.",
                actions: [("Créer le premier compte", Link(path: "premier-compte"))]))
    }
}
