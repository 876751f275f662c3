/// The letters of a jury. Their links are the paths of `Site/Paths`.
extension LetterHead {
    public static func juryInvitationPath(_ secret: Secret) -> String { "/jury/invitations/\(secret.text)" }

    func juryInvitation(_ recipient: String, _ access: JuryAccess, _ role: JuryMember.Role, _ secret: Secret) -> Letter
    {
        let name = Self.name(access)
        return letter(
            to: recipient, subject: "Vous êtes nommé·e au jury\u{202F}: \(access.call.title)",
            [
                role == .chair
                    ? "On vous propose de présider le jury de \(name)."
                    : "On vous propose de siéger au jury de \(name).",
                "Ouvrez ce lien, valable trente jours, et connectez-vous avec cette adresse pour répondre\u{202F}:\n"
                    + address(Self.juryInvitationPath(secret)),
                "Ce que vous lirez et noterez reste au jury. Si un lien vous rattache à un candidat, vous le direz sur place\u{202F}: "
                    + "ce dossier vous sera fermé, les autres non.",
                "Si cette invitation ne vous dit rien, ne faites rien.",
            ], isSecret: true)
    }

    func juryReadings(_ recipient: String, _ access: JuryAccess, count: Int) -> Letter {
        let name = Self.name(access)
        return letter(
            to: recipient,
            subject: (count == 1 ? "Un dossier à lire" : "\(count) dossiers à lire") + "\u{202F}: \(access.call.title)",
            [
                (count == 1 ? "Un dossier vous est confié" : "\(count) dossiers vous sont confiés")
                    + " pour le jury de \(name). Les fiches d’évaluation sont ici\u{202F}:",
                address("/appels/\(access.call.slug)/jury" + (access.wave.map { "?vague=\($0.id.text)" } ?? "")),
            ])
    }

    /// What a jury judges, in a sentence.
    private static func name(_ access: JuryAccess) -> String {
        let call = "l’appel «\u{A0}\(access.call.title)\u{A0}»"
        return access.wave.map { "\(call) (\($0.name(in: access.call)))" } ?? call
    }
}
