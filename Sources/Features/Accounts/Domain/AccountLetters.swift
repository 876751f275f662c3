/// The letters of Accounts. Their links are the paths of `Site/Paths`; a test of MaillageWeb compares the two.
extension LetterHead {
    public static func signInPath(_ secret: Secret) -> String { "/connexion/lien/\(secret.text)" }
    public static func emailChangePath(_ secret: Secret) -> String { "/mon-compte/adresse/\(secret.text)" }
    public static func invitationPath(_ secret: Secret) -> String { "/invitations/\(secret.text)" }

    func signIn(to email: EmailAddress, secret: Secret, code: SignInCode) -> Letter {
        letter(
            to: email.text, subject: "Votre lien de connexion",
            [
                "Voici le lien pour vous connecter, valable dix minutes, dans le navigateur où vous l’avez "
                    + "demandé\u{202F}:",
                address(Self.signInPath(secret)),
                Self.codeSentence(code),
                Self.ignore,
            ], isSecret: true)
    }

    func accountCreation(to email: EmailAddress, secret: Secret, code: SignInCode) -> Letter {
        letter(
            to: email.text, subject: "Créez votre compte",
            [
                "Aucun compte n’existe encore à cette adresse. Ce lien crée le vôtre, pendant dix minutes, dans "
                    + "le navigateur où vous l’avez demandé\u{202F}:",
                address(Self.signInPath(secret)),
                Self.codeSentence(code),
                Self.ignore,
            ], isSecret: true)
    }

    func emailChange(to email: EmailAddress, secret: Secret) -> Letter {
        letter(
            to: email.text, subject: "Confirmez votre nouvelle adresse",
            [
                "Pour que votre compte utilise cette adresse, connectez-vous puis ouvrez ce lien, valable une "
                    + "heure\u{202F}:",
                address(Self.emailChangePath(secret)), Self.ignore,
            ], isSecret: true)
    }

    /// To an address that already has an account: nobody else must learn it.
    func emailAlreadyUsed(to email: EmailAddress) -> Letter {
        letter(
            to: email.text, subject: "Confirmez votre nouvelle adresse",
            [
                "Quelqu’un a demandé que son compte utilise cette adresse, mais un compte l’utilise déjà.",
                "Si c’est vous, connectez-vous avec cette adresse, ou fermez d’abord l’un des deux comptes.",
                Self.ignore,
            ])
    }

    func emailChanged(to former: EmailAddress) -> Letter {
        letter(
            to: former.text, subject: "L’adresse de votre compte a changé",
            [
                "Votre compte n’utilise plus cette adresse\u{202F}: une autre l’a remplacée, après confirmation.",
                alarm,
            ])
    }

    func passwordChanged(to email: EmailAddress, isRemoved: Bool) -> Letter {
        letter(
            to: email.text, subject: isRemoved ? "Votre mot de passe est supprimé" : "Votre mot de passe a changé",
            [
                isRemoved
                    ? "Votre compte n’a plus de mot de passe\u{202F}: vous vous connectez par un lien reçu par "
                        + "courriel."
                    : "Le mot de passe de votre compte vient d’être choisi ou changé. Vos autres sessions sont "
                        + "fermées.",
                alarm,
            ])
    }

    func accountClosed(to email: EmailAddress) -> Letter {
        letter(
            to: email.text, subject: "Votre compte est fermé",
            [
                "Votre compte est fermé. Votre nom et votre adresse sont effacés\u{202F}; ce que vous avez fait "
                    + "pour le réseau reste, signé «\u{A0}\(PersonName.formerMember)\u{A0}».",
                "Ce message est le dernier.",
            ])
    }

    func accountLapses(to email: EmailAddress, on end: Instant) -> Letter {
        letter(
            to: email.text, subject: "Votre compte sera effacé le \(DayWords.paris(end))",
            [
                "Personne ne s’est connecté à votre compte depuis longtemps. Nous ne gardons pas vos données pour "
                    + "rien\u{202F}: sans nouvelles de vous, il sera effacé le \(DayWords.paris(end)).",
                "Pour le garder, il suffit de vous connecter\u{202F}:\n" + address("/connexion"),
                "Pour ne rien garder, ne faites rien, ou fermez-le vous-même depuis «\u{A0}Mon compte\u{A0}».",
            ])
    }

    func placesLeftAlone(to email: EmailAddress, count: Int) -> Letter {
        letter(
            to: email.text,
            subject: count == 1 ? "Un lieu n’a plus de responsable" : "\(count) lieux n’ont plus de responsable",
            [
                "La seule personne responsable a fermé son compte. Désignez quelqu’un depuis la page des "
                    + "comptes\u{202F}:",
                address("/administration/comptes"),
            ])
    }

    func roleGranted(to email: EmailAddress, _ role: Role) -> Letter {
        letter(
            to: email.text, subject: "Un nouveau rôle vous est confié",
            [
                "Vous avez maintenant le rôle «\u{A0}\(role.label)\u{A0}». Il est visible sur votre page\u{202F}:",
                address("/mon-compte"),
            ])
    }

    func roleRevoked(to email: EmailAddress, _ role: Role) -> Letter {
        letter(
            to: email.text, subject: "Un rôle a pris fin",
            [
                "Le rôle «\u{A0}\(role.label)\u{A0}» que vous aviez a pris fin.",
                "Une question\u{202F}? Écrivez à \(contactEmail).",
            ])
    }

    func invitation(to email: EmailAddress, placeName: String, by inviter: String, secret: Secret) -> Letter {
        letter(
            to: email.text, subject: "Invitation à tenir la fiche d’un lieu",
            [
                "\(inviter) vous invite à tenir la fiche du lieu «\u{A0}\(placeName)\u{A0}».",
                "Ouvrez ce lien, valable quatorze jours, et connectez-vous avec cette adresse\u{202F}:",
                address(Self.invitationPath(secret)), Self.ignore,
            ], isSecret: true)
    }

    private static func codeSentence(_ code: SignInCode) -> String {
        let digits = code.text.prefix(3) + "\u{A0}" + code.text.suffix(3)
        return
            "Vous lisez ce message sur un autre appareil\u{202F}? Tapez ce code dans la page restée "
            + "ouverte\u{202F}: \(digits)"
    }

    private static let ignore =
        "Si vous n’avez rien demandé, ne faites rien\u{202F}: sans ce message, personne ne peut rien faire en "
        + "votre nom."

    private var alarm: String {
        "Si ce n’est pas vous, écrivez tout de suite à \(contactEmail)."
    }
}
