import Forms

extension LetterHead {
    private func page(_ call: Call) -> String { address("/appels/" + call.slug) }

    public static func callInvitationPath(_ secret: Secret) -> String { "/appels/invitations/\(secret.text)" }

    func callTeamInvitation(_ recipient: String, _ call: Call, by name: String, _ secret: Secret) -> Letter {
        letter(
            to: recipient, subject: "Tenir un appel à plusieurs\u{202F}: \(call.title)",
            [
                (name.isEmpty ? "On vous propose" : "\(name) vous propose")
                    + " de tenir avec son équipe l’appel «\u{A0}\(call.title)\u{A0}».",
                "Ouvrez ce lien, valable quatorze jours, et connectez-vous avec cette adresse pour accepter\u{202F}:\n"
                    + address(Self.callInvitationPath(secret)),
                "Si cette invitation ne vous dit rien, ne faites rien.",
            ], isSecret: true)
    }

    func callPublished(_ alert: CallAlert, _ call: Call, _ wave: CallWave?) -> Letter {
        letter(
            to: alert.email, subject: "Nouvel appel\u{202F}: \(call.title)",
            [
                "\(call.settings.identity.organiser) publie un appel\u{202F}: «\u{A0}\(call.title)\u{A0}».",
                call.settings.identity.summary,
                wave.map { "Dépôt des dossiers \($0.deadlineWords)." } ?? "",
                page(call),
                "Vous recevez ce message parce que vous avez demandé à être prévenu des appels. Pour ne plus en recevoir\u{202F}:\n"
                    + address("/appels/alertes/fin/" + alert.leaveKey),
            ].filter { !$0.isEmpty })
    }

    func callAlertToConfirm(_ recipient: String, _ what: String, _ secret: Secret) -> Letter {
        letter(
            to: recipient, subject: "Confirmez votre alerte sur les appels",
            [
                "Vous avez demandé à être prévenu des nouveaux appels (\(what)). Confirmez ici\u{202F}:",
                address("/appels/alertes/" + secret.text),
                "Si vous n’avez rien demandé, ne faites rien\u{202F}: aucun autre message ne partira.",
            ], isSecret: true)
    }

    func callAmended(_ recipient: String, _ call: Call, _ amendment: CallAmendment) -> Letter {
        let changes = amendment.changes.map { change in
            [
                change.what + "\u{202F}:", change.from.isEmpty ? nil : "avant\u{202F}: " + change.from,
                change.to.isEmpty ? "supprimé" : "maintenant\u{202F}: " + change.to,
            ].compactMap { $0 }.joined(separator: "\n")
        }
        return letter(
            to: recipient, subject: "L’appel «\u{A0}\(call.title)\u{A0}» a changé",
            ["Un avenant a été publié. Motif\u{202F}: \(amendment.reason)"] + changes + [page(call)])
    }

    /// The form changed under a draft: why, and what it means for that draft.
    func callFormAmended(
        _ recipient: String, _ candidacy: Candidacy, _ call: Call, reason: String, _ result: DraftAdoption
    ) -> Letter {
        func list(_ title: String, _ notes: [AnswerMigration.Note]) -> String {
            guard !notes.isEmpty else { return "" }
            let rest = notes.count > 12 ? "\n– et \(notes.count - 12) de plus" : ""
            return "\(title)\u{202F}:\n" + notes.prefix(12).map { "– " + $0.message }.joined(separator: "\n") + rest
        }
        return letter(
            to: recipient, subject: "Le dossier à remplir a changé\u{202F}: \(call.title)",
            [
                "Le dossier de l’appel «\u{A0}\(call.title)\u{A0}» a changé. Motif\u{202F}: \(reason)",
                "Pour votre brouillon «\u{A0}\(candidacy.name)\u{A0}», réponses gardées telles quelles\u{202F}: \(result.kept).",
                list("À remplir ou à revoir", result.toAnswer), list("Repris autrement", result.moved),
                list("Plus demandé", result.removed),
                "Rien n’est perdu. Passez à la nouvelle version depuis votre candidature\u{202F}:\n"
                    + address(Self.candidacyPath(candidacy.id)),
            ].filter { !$0.isEmpty })
    }

    func callCancelled(_ recipient: String, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "L’appel «\u{A0}\(call.title)\u{A0}» est annulé",
            [
                "Motif\u{202F}: \(call.cancelReason)", "Ce que vous avez écrit reste lisible sur votre compte.",
                page(call),
            ])
    }

    func callQuestionAnswered(_ recipient: String, _ call: Call, _ question: CallQuestion) -> Letter {
        letter(
            to: recipient, subject: "Réponse à votre question sur «\u{A0}\(call.title)\u{A0}»",
            ["Votre question\u{202F}: \(question.question)", question.answer, page(call)])
    }

    func callExtensionToConfirm(_ recipient: String, _ call: Call, _ proposal: CallExtension) -> Letter {
        letter(
            to: recipient, subject: "Une prolongation attend votre accord\u{202F}: \(call.title)",
            [
                "Une nouvelle date limite est proposée pour «\u{A0}\(call.title)\u{A0}». Motif\u{202F}: \(proposal.reason)",
                "Elle ne vaudra que lorsqu’une autre personne de l’équipe l’aura confirmée\u{202F}:",
                address("/appels/\(call.slug)/prolongation"),
            ])
    }
}
