import Exchange
import Maillage
import Markup

/// « Mon compte ».
struct AccountView: View {
    var mine: MyAccount
    var now: Instant
    /// What was typed in the form that failed, by field; the others show what is recorded.
    var typed: [String: String] = [:]
    var problems = Problems()
    var tokens: FormTokens

    private var account: Account { mine.data.account }

    func render(into html: inout HTML) {
        html.h1("Mon compte")
        html.add(ErrorSummary(problems))
        html.add(OwnAffairList(affairs: mine.candidacies))
        renderRoles(into: &html)
        renderIdentity(into: &html)
        renderPassword(into: &html)
        renderFactor(into: &html)
        renderIdentities(into: &html)
        renderSessions(into: &html)
        html.section { html in
            html.h2("Mes données")
            html.p("Tout ce que le réseau garde de votre compte, dans un fichier que vous pouvez relire ailleurs.")
            html.p { html in
                html.a("Télécharger (ZIP)", .href(Paths.accountArchive), .class("button"))
                html.text(" ")
                html.a("Voir en JSON", .href(Paths.accountData))
            }
            html.p { $0.a("Fermer mon compte", .href(Paths.accountClosing)) }
        }
    }

    private func renderIdentity(into html: inout HTML) {
        html.section { html in
            html.h2("Nom et adresse")
            html.writingForm(to: Paths.accountName, tokens) { html in
                html.add(
                    TextField(
                        "name", "Nom, tel que les autres le voient", value: typed["name"] ?? account.name,
                        error: problems.message("name"), autocomplete: "name"))
                html.actions { $0.submit("Enregistrer le nom", style: .plain) }
            }
            html.writingForm(to: Paths.accountEmail, tokens) { html in
                html.add(
                    TextField(
                        "email", "Adresse électronique", value: typed["email"] ?? account.email?.text,
                        help: "Elle change une fois confirmée par un lien envoyé à la nouvelle adresse.",
                        error: problems.message("email"), kind: .email, autocomplete: "email"))
                html.actions { $0.submit("Changer d’adresse", style: .plain) }
            }
            if let pending = mine.data.pendingEmail {
                html.p("En attente de confirmation\u{202F}: \(pending.text)")
            }
        }
    }

    private func renderPassword(into html: inout HTML) {
        html.section { html in
            html.h2("Mot de passe")
            html.p(
                account.hasPassword
                    ? "Vous vous connectez par un lien reçu par courriel, ou par votre mot de passe."
                    : "Vous vous connectez par un lien reçu par courriel. Un mot de passe est possible, jamais "
                        + "obligatoire."
            )
            html.writingForm(to: Paths.accountPassword, tokens) { html in
                if account.hasPassword {
                    html.add(
                        TextField(
                            "mot_de_passe_actuel", "Mot de passe actuel",
                            error: problems.message("mot_de_passe_actuel"),
                            kind: .password, autocomplete: "current-password"))
                }
                html.add(
                    TextField(
                        "mot_de_passe", "Nouveau mot de passe",
                        help: "De 12 à 128 caractères\u{202F}; une phrase convient très bien.",
                        error: problems.message("mot_de_passe"), kind: .password, autocomplete: "new-password"))
                html.actions {
                    $0.submit(
                        account.hasPassword ? "Changer le mot de passe" : "Choisir ce mot de passe", style: .plain)
                }
            }
            if account.hasPassword {
                html.writingButton("Supprimer le mot de passe", to: Paths.accountPasswordRemoval, tokens)
            }
        }
    }

    private func renderFactor(into html: inout HTML) {
        let factor = mine.data.secondFactor
        html.section { html in
            html.h2("Second facteur")
            html.p(
                factor.isConfirmed
                    ? "Un code de votre téléphone est demandé à chaque connexion."
                    : "Un code de votre téléphone, demandé à chaque connexion, arrête qui aurait volé votre lien ou votre mot de "
                        + "passe.")
            html.p { html in
                html.a(
                    factor.isConfirmed ? "Codes de secours et réglages" : "Choisir un second facteur",
                    .href(Paths.secondFactor), .class("button"))
            }
        }
    }

    private func renderIdentities(into html: inout HTML) {
        let tied = mine.data.identities
        guard !tied.isEmpty || mine.service != nil else { return }
        let name = mine.service ?? "un autre service"
        html.section { html in
            html.h2("Connexion par \(name)")
            if tied.isEmpty {
                html.p { html in
                    html.text("Votre compte n’y est pas relié. ")
                    html.a("Le relier", .href(Paths.identity(then: Paths.account)))
                }
            }
            for one in tied { html.p("Relié \(Moment.text(one.tiedAt)).") }
            if !tied.isEmpty { html.writingButton("Ne plus relier", to: Paths.identityRemoval, tokens, style: .plain) }
        }
    }

    private func renderRoles(into html: inout HTML) {
        let held = mine.data.grants.filter { $0.isInForce(at: now) }
        html.section { html in
            html.h2("Mes rôles et mes lieux")
            guard !held.isEmpty else {
                html.p(
                    "Aucun pour l’instant. Pour tenir la fiche d’un lieu, demandez une invitation à la personne "
                        + "qui en répond, ou déclarez votre lieu."
                )
                return
            }
            html.ul { html in
                for grant in held {
                    html.li { html in
                        html.add(RoleLine(grant: grant, label: ScopeLabel.of(grant.grant.scope, in: mine.scopes)))
                        html.text(" ")
                        if grant.grant.role == .placeManager, let path = mine.scopes[grant.grant.scope]?.path {
                            html.a("Coffre à documents", .href(path + "/coffre"))
                            html.text(" ")
                        }
                        html.writingButton("Renoncer à ce rôle", to: Paths.resignation(grant.id), tokens, style: .quiet)
                    }
                }
            }
        }
    }

    private func renderSessions(into html: inout HTML) {
        html.section { html in
            html.h2("Appareils connectés")
            html.ul { html in
                for session in mine.data.sessions {
                    html.li { html in
                        html.strong(session.device)
                        html.text(", connecté " + Moment.text(session.openedAt) + " ")
                        if session.id == mine.current {
                            html.add(Badge("cet appareil", .good))
                        } else {
                            html.writingButton("Déconnecter", to: Paths.session(session.id), tokens)
                        }
                    }
                }
            }
            if mine.data.sessions.count > 1 {
                html.writingButton(
                    "Déconnecter tous les autres appareils", to: Paths.otherSessions, tokens, style: .plain)
            }
        }
    }
}

/// « Éditeur du lieu – L’Atelier, jusqu’au 3 mai 2027 ».
struct RoleLine: View {
    var grant: RoleGrant
    var label: ScopeLabel

    func render(into html: inout HTML) {
        html.strong(grant.grant.role.label)
        if grant.grant.scope != .network {
            html.text(" – ")
            if let path = label.path { html.a(label.name, .href(path)) } else { html.text(label.name) }
        }
        // A role that ends at midnight is held until the day before.
        if let until = grant.until {
            html.text(", jusqu’au " + Moment.day(Instant(microseconds: until.microseconds - 1)))
        }
        if grant.isEmergency {
            html.text(" ")
            html.add(Badge("pris en urgence", .warn))
        }
    }
}

/// Instants in words, as clocks show them in Paris.
enum Moment {
    static func text(_ instant: Instant) -> String {
        let local = CivilZone.paris.local(instant.microseconds)
        let minutes = Int(local.microsecondOfDay / 60_000_000)
        return "le " + day(instant) + " à " + Format.time(hour: minutes / 60, minute: minutes % 60)
    }

    static func day(_ instant: Instant) -> String {
        let date = CivilZone.paris.local(instant.microseconds).date
        return Format.date(year: date.year, month: date.month, day: date.day)
    }
}
