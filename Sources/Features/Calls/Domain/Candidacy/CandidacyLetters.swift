/// The letters of candidacies. Their links are the paths of `Site/Paths`.
extension LetterHead {
    public static func candidacyPath(_ id: Candidacy.ID) -> String { "/candidatures/\(id.text)" }
    public static func candidacyInvitationPath(_ secret: Secret) -> String {
        "/candidatures/invitations/\(secret.text)"
    }

    private func page(_ candidacy: Candidacy) -> String { address(Self.candidacyPath(candidacy.id)) }

    func candidacyDeposited(_ recipient: String, _ review: CandidacyReview, _ outcome: DepositOutcome) -> Letter {
        let receipt = outcome.receipt.receipt
        let how =
            outcome.deposit.isConsented
            ? "Comme vous l’aviez demandé, votre dossier complet a été déposé juste avant la limite."
            : "Votre candidature est enregistrée."
        return letter(
            to: recipient, subject: "Récépissé n°\u{A0}\(receipt.number)\u{202F}: \(review.call.title)",
            [
                how,
                "Arrivée\u{202F}: \(receipt.arrivalWords).\nVerdict\u{202F}: \(receipt.verdictWords).\n"
                    + "Empreinte de ce qui est déposé (SHA-256)\u{202F}: \(outcome.deposit.digest)",
                "Votre récépissé, à garder\u{202F}:\n" + page(review.candidacy) + "/recepisse",
                "Chacun peut vérifier qu’un récépissé est authentique\u{202F}:\n" + address("/recepisses/verifier"),
                outcome.deposit.verdict == .onTime
                    ? "Jusqu’à la limite, vous pouvez corriger et déposer à nouveau\u{202F}: le dernier dépôt compte."
                    : "Ce dépôt est arrivé après la limite\u{202F}: il est conservé, et l’organisateur décidera par écrit.",
            ])
    }

    func candidacyWithdrawn(_ recipient: String, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "Candidature retirée\u{202F}: \(call.title)",
            [
                "Votre candidature «\u{A0}\(candidacy.name)\u{A0}» est retirée. Vos récépissés restent sur votre page\u{202F}:",
                page(candidacy),
                "Si ce n’est pas vous, écrivez tout de suite à \(contactEmail).",
            ])
    }

    func lateCandidacyDecided(_ recipient: String, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient,
            subject: (candidacy.state == .admitted ? "Dépôt hors délai admis" : "Dépôt hors délai écarté")
                + "\u{202F}: \(call.title)",
            [
                candidacy.state == .admitted
                    ? "Votre candidature, arrivée après la limite, est admise."
                    : "Votre candidature, arrivée après la limite, n’est pas admise. Elle reste conservée.",
                "Motif\u{202F}: \(candidacy.decision?.reason ?? "")", page(candidacy),
            ])
    }

    func candidacyReminder(
        _ recipient: String, _ candidacy: Candidacy, _ call: Call, _ wave: CallWave, at now: Instant
    ) -> Letter {
        letter(
            to: recipient, subject: "Votre brouillon n’est pas déposé\u{202F}: \(call.title)",
            [
                "Votre candidature «\u{A0}\(candidacy.name)\u{A0}» est encore un brouillon\u{202F}: "
                    + "l’organisateur ne l’a pas reçue.",
                "Dépôt \(wave.deadlineWords)\u{202F}; \(wave.timeLeft(at: now)).",
                "Ce qui manque et le bouton de dépôt sont ici\u{202F}:\n" + page(candidacy) + "/verification",
            ])
    }

    static func draftKeepingPath(_ id: Candidacy.ID) -> String { candidacyPath(id) + "/garder" }

    /// `end`: when it will be erased.
    func draftLapses(_ recipient: String, _ candidacy: Candidacy, _ callTitle: String, on end: Instant) -> Letter {
        letter(
            to: recipient, subject: "Votre brouillon sera effacé le \(DayWords.paris(end))",
            [
                "Votre candidature «\u{A0}\(candidacy.name)\u{A0}», pour l’appel «\u{A0}\(callTitle)\u{A0}», n’a jamais été "
                    + "déposée, et l’appel est terminé.",
                "Nous ne gardons pas vos données pour rien\u{202F}: ce brouillon et ses documents seront effacés le "
                    + "\(DayWords.paris(end)).",
                "Pour le garder trois mois de plus, ouvrez cette page\u{202F}:\n"
                    + address(Self.draftKeepingPath(candidacy.id)),
            ])
    }

    func candidacyInvitation(
        _ recipient: EmailAddress, _ candidacy: Candidacy, _ call: Call, role: CandidacyMember.Role, by inviter: String,
        _ secret: Secret
    ) -> Letter {
        let what =
            switch role {
            case .writer: "à écrire avec elle ou lui"
            case .partner: "à répondre comme partenaire de"
            case .reader: "à lire"
            }
        return letter(
            to: recipient.text, subject: "\(inviter) vous invite à une candidature",
            [
                "\(inviter) vous invite \(what) la candidature «\u{A0}\(candidacy.name)\u{A0}», "
                    + "pour l’appel «\u{A0}\(call.title)\u{A0}».",
                "Ouvrez ce lien, valable vingt et un jours, et connectez-vous avec cette adresse\u{202F}:\n"
                    + address(Self.candidacyInvitationPath(secret)),
                "Si cette invitation ne vous dit rien, ne faites rien.",
            ], isSecret: true)
    }

    func candidacyPartnerCommitted(_ recipient: String, _ candidacy: Candidacy, partner: String) -> Letter {
        letter(
            to: recipient, subject: "\(partner) s’engage dans votre candidature",
            [
                "\(partner) s’engage dans la candidature «\u{A0}\(candidacy.name)\u{A0}».", page(candidacy),
            ])
    }

    func candidacyRemarks(
        _ recipient: String, _ candidacy: Candidacy, _ remarks: [(question: String, author: String, text: String)],
        parts: [CandidacyPartner.ID]
    ) -> Letter {
        let pages = parts.map { address(Self.candidacyPath(candidacy.id) + "/parts/\($0.text)") }
        return letter(
            to: recipient, subject: "Commentaires sur «\u{A0}\(candidacy.name)\u{A0}»",
            remarks.prefix(30).map { "\($0.author), à propos de «\u{A0}\($0.question)\u{A0}»\u{202F}:\n\($0.text)" }
                + (remarks.count > 30 ? ["Et \(remarks.count - 30) autres."] : [])
                + ["Pour répondre\u{202F}:\n" + ([page(candidacy)] + pages).joined(separator: "\n")])
    }

    func candidacyLeadOffered(_ recipient: String, _ candidacy: Candidacy, by name: String) -> Letter {
        letter(
            to: recipient, subject: "\(name) vous propose de porter une candidature",
            [
                "\(name) vous propose de porter la candidature «\u{A0}\(candidacy.name)\u{A0}»\u{202F}: vous la déposeriez, "
                    + "et inviteriez les autres.", "Rien ne change tant que vous n’avez pas répondu\u{202F}:",
                page(candidacy) + "/equipe",
            ])
    }

    func candidacyLeadAnswered(_ recipient: String, _ candidacy: Candidacy, accepts: Bool, by name: String) -> Letter {
        letter(
            to: recipient,
            subject: accepts
                ? "\(name) porte maintenant votre candidature" : "\(name) ne souhaite pas porter votre candidature",
            [
                accepts
                    ? "\(name) porte maintenant la candidature «\u{A0}\(candidacy.name)\u{A0}». Vous continuez à l’écrire."
                    : "\(name) ne souhaite pas porter la candidature «\u{A0}\(candidacy.name)\u{A0}». Vous la portez toujours.",
                page(candidacy),
            ])
    }

    func candidacyMemberLeft(_ recipient: String, _ candidacy: Candidacy, name: String) -> Letter {
        letter(
            to: recipient, subject: "\(name) ne participe plus à votre candidature",
            [
                "\(name) ne participe plus à la candidature «\u{A0}\(candidacy.name)\u{A0}». "
                    + "Ce qui a été écrit reste.", page(candidacy),
            ])
    }
}
