/// The letters of a jury. Their links are the paths of `Site/Paths`.
extension LetterHead {
    public static func juryInvitationPath(_ secret: Secret) -> String { "/jury/invitations/\(secret.text)" }

    func juryInvitation(_ recipient: String, _ call: Call, _ role: JuryMember.Role, _ secret: Secret) -> Letter {
        letter(
            to: recipient, subject: "Vous êtes nommé·e au jury\u{202F}: \(call.title)",
            [
                role == .chair
                    ? "On vous propose de présider le jury de l’appel «\u{A0}\(call.title)\u{A0}»."
                    : "On vous propose de siéger au jury de l’appel «\u{A0}\(call.title)\u{A0}».",
                "Ouvrez ce lien, valable trente jours, et connectez-vous avec cette adresse pour répondre\u{202F}:\n"
                    + address(Self.juryInvitationPath(secret)),
                "Ce que vous lirez et noterez reste au jury. Si un lien vous rattache à un candidat, vous le direz sur place\u{202F}: "
                    + "ce dossier vous sera fermé, les autres non.",
                "Si cette invitation ne vous dit rien, ne faites rien.",
            ], isSecret: true)
    }

    func juryReadings(_ recipient: String, _ call: Call, count: Int) -> Letter {
        letter(
            to: recipient,
            subject: (count == 1 ? "Un dossier à lire" : "\(count) dossiers à lire") + "\u{202F}: \(call.title)",
            [
                (count == 1 ? "Un dossier vous est confié" : "\(count) dossiers vous sont confiés")
                    + " pour le jury de l’appel «\u{A0}\(call.title)\u{A0}». Les fiches d’évaluation sont ici\u{202F}:",
                address("/appels/\(call.slug)/jury"),
            ])
    }
}
