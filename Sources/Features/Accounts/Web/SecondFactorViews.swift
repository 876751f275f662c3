import Exchange
import Maillage
import Markup

/// The page of the second factor, in its three states: none, shown and waiting for its first code, in use.
struct SecondFactorView: View {
    var factor: SecondFactor
    /// The secret that waits for its first code.
    var pending: FactorSecret?
    var email: String
    var network: String
    /// The roles that wait for a second factor in this session.
    var withheld: [Role] = []
    /// Whether a call or a jury waits for one too.
    var withholdsDuties = false
    var destination: String?
    var problems = Problems()
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Second facteur")
        html.add(ErrorSummary(problems))
        if let demand { html.p(.class("lead")) { $0.text(demand) } }
        html.p(
            "Une application de votre téléphone donne un code à six chiffres, qui change toutes les trente secondes. Demandé après "
                + "votre lien ou votre mot de passe, il arrête qui aurait volé l’un ou l’autre.")
        if let pending {
            render(pending, into: &html)
        } else if factor.isConfirmed {
            renderKept(into: &html)
        } else {
            html.p(
                "Prenez l’application que vous voulez\u{202F}: FreeOTP, Aegis, Google Authenticator, ou le gestionnaire de mots "
                    + "de passe que vous avez déjà.")
            renderStart("Choisir un second facteur", .primary, into: &html)
        }
        html.p { html in
            html.a(
                withheld.isEmpty && !withholdsDuties ? "Retour à mon compte" : "Plus tard\u{202F}: mon compte",
                .href(Paths.account))
        }
    }

    /// Why one is demanded.
    private var demand: String? {
        var waiting = withheld.map { "«\u{A0}\($0.label)\u{A0}»" }
        if withholdsDuties { waiting.append("votre place dans un appel ou à la présidence d’un jury") }
        guard !waiting.isEmpty, !factor.isConfirmed else { return nil }
        return
            "Ce réseau le demande à qui voit beaucoup. Vos pages personnelles restent ouvertes\u{202F}; attend jusque là\u{202F}: "
            + waiting.joined(separator: ", ") + "."
    }

    private func renderStart(_ label: String, _ style: ButtonStyle, into html: inout HTML) {
        html.writingButton(
            label, to: Paths.secondFactorStart, tokens, style: style, fields: destination.map { [("vers", $0)] } ?? [])
    }

    private func render(_ secret: FactorSecret, into html: inout HTML) {
        html.section { html in
            html.h2("1. Donnez le secret à l’application")
            html.add(
                QRDrawing(
                    Self.address(secret, email: email, network: network), label: "Code à flasher avec l’application"))
            html.p { html in
                html.text(
                    "Sans appareil photo, tapez ces lettres dans l’application (réglages habituels\u{202F}: TOTP, SHA-1, "
                )
                html.text("six chiffres, trente secondes)\u{202F}: ")
                html.code(secret.grouped, .class("secret-letters"))
            }
        }
        html.section { html in
            html.h2("2. Tapez le code qu’elle montre")
            html.writingForm(to: Paths.secondFactor, tokens) { html in
                if let destination { html.add(HiddenField("vers", destination)) }
                html.add(FactorCodeField("code", error: problems.message("code")))
                html.actions { $0.submit("Confirmer") }
            }
        }
    }

    private func renderKept(into html: inout HTML) {
        if let since = factor.since {
            html.p { html in
                html.add(Badge("en service", .good))
                html.text(" depuis " + Moment.text(since))
            }
        }
        html.section { html in
            html.h2("Codes de secours")
            html.p(
                factor.codesLeft == 0
                    ? "Il n’en reste aucun." : "Il en reste " + Format.count(factor.codesLeft, "code", "codes") + ".")
            html.writingButton("Demander dix nouveaux codes", to: Paths.recoveryCodes, tokens, style: .plain)
        }
        html.section { html in
            html.h2("Changer de téléphone")
            html.p("Le second facteur d’aujourd’hui sert jusqu’à ce que le nouveau soit confirmé.")
            renderStart("Régler une autre application", .plain, into: &html)
        }
        html.details { html in
            html.summary("Retirer le second facteur")
            html.p("Votre lien de connexion ou votre mot de passe suffiront de nouveau à qui les aurait.")
            html.writingButton("Retirer le second facteur", to: Paths.secondFactorRemoval, tokens, style: .danger)
        }
    }

    /// The address that authenticators read in the drawing (the format « Key URI » of Google Authenticator, which all take).
    static func address(_ secret: FactorSecret, email: String, network: String) -> String {
        let issuer = PercentEncoding.encode(network)
        return "otpauth://totp/\(issuer):\(PercentEncoding.encode(email))?secret=\(secret.letters)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=6&period=30"
    }
}

/// The page that shows ten recovery codes, at the only moment when they are known.
struct RecoveryCodesView: View {
    var codes: [RecoveryCode]
    var network: String
    var destination: String?
    var isNew: Bool

    func render(into html: inout HTML) {
        html.h1(isNew ? "Votre second facteur est en service" : "Vos nouveaux codes de secours")
        html.add(RecoveryCodeList(codes: codes, network: network))
        html.p("Une fois rangés, continuez.", .class("no-print"))
        html.actions { html in
            html.a("J’ai gardé mes codes", .href(destination ?? Paths.account), .class("button button-primary"))
        }
    }
}
