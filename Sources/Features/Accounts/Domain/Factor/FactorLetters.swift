/// What an account is told of its second factor, at each change.
extension LetterHead {
    func factorConfirmed(to email: EmailAddress, isReplaced: Bool) -> Letter {
        letter(
            to: email.text,
            subject: isReplaced ? "Votre second facteur a changé" : "Un second facteur protège votre compte",
            [
                "À chaque connexion, le site demandera désormais un code de l’application que vous venez de régler, "
                    + "après votre lien ou votre mot de passe. Vos autres sessions sont fermées.",
                "Gardez les codes de secours hors de cet appareil\u{202F}: ils servent le jour où il est perdu.",
                factorAlarm,
            ])
    }

    func recoveryCodesRenewed(to email: EmailAddress) -> Letter {
        letter(
            to: email.text, subject: "Vos codes de secours ont changé",
            ["De nouveaux codes de secours viennent d’être donnés. Les anciens ne servent plus.", factorAlarm])
    }

    func recoveryCodeUsed(to email: EmailAddress, left: Int) -> Letter {
        let rest =
            left == 0
            ? "Il n’en reste aucun\u{202F}: demandez-en d’autres depuis votre page."
            : left == 1 ? "Il en reste un." : "Il en reste \(left)."
        return letter(
            to: email.text, subject: "Un code de secours a servi",
            ["Un de vos codes de secours vient de servir. " + rest, address("/mon-compte/second-facteur"), factorAlarm])
    }

    func factorRemoved(to email: EmailAddress) -> Letter {
        letter(
            to: email.text, subject: "Votre compte n’a plus de second facteur",
            [
                "Le second facteur de votre compte est retiré\u{202F}: un lien reçu par courriel ou votre mot de passe "
                    + "suffisent de nouveau. Vos autres sessions sont fermées.", factorAlarm,
            ])
    }

    /// Whoever typed so many wrong codes had shown the first factor.
    func factorGuessed(to email: EmailAddress) -> Letter {
        letter(
            to: email.text, subject: "Des codes faux ont été tapés pour votre compte",
            [
                "Quelqu’un qui a ouvert votre lien de connexion, ou qui connaît votre mot de passe, a tapé plusieurs "
                    + "codes faux. Le site n’en regarde plus aucun pendant quelques minutes.",
                "Si c’est vous\u{202F}: vérifiez l’heure de votre téléphone, ou prenez un code de secours. "
                    + "Sinon, changez votre mot de passe et protégez votre messagerie.", factorAlarm,
            ])
    }

    private var factorAlarm: String { "Si ce n’est pas vous, écrivez tout de suite à \(contactEmail)." }
}
