/// What an account is told of the services it is tied to, at each change.
extension LetterHead {
    func accountMade(to email: EmailAddress, by service: String) -> Letter {
        letter(
            to: email.text, subject: "Votre compte est créé",
            [
                "\(service) vient de vous reconnaître, et un compte a été créé à votre adresse.",
                "Si ce n’est pas vous, écrivez tout de suite à \(contactEmail).",
            ])
    }

    func identityTied(to email: EmailAddress, service: String) -> Letter {
        letter(
            to: email.text, subject: "Votre compte est relié à \(service)",
            [
                "Vous pouvez maintenant vous connecter par \(service). Votre lien par courriel et votre mot de passe servent "
                    + "toujours.", "Si ce n’est pas vous, écrivez tout de suite à \(contactEmail).",
            ])
    }

    func identityUntied(to email: EmailAddress, service: String) -> Letter {
        letter(
            to: email.text, subject: "Votre compte n’est plus relié à \(service)",
            [
                "\(service) ne connecte plus à votre compte. Vos autres sessions sont fermées.",
                "Si ce n’est pas vous, écrivez tout de suite à \(contactEmail).",
            ])
    }
}
