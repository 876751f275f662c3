/// The letters of instruction. They name what is asked and where; never what was said inside.
extension LetterHead {
    public static let instructionPath = "/instruction"
    public static let opinionsPath = "/avis"

    public static func dossierPath(_ id: Candidacy.ID) -> String { candidacyPath(id) + "/instruction" }
    /// What its candidate follows.
    public static func followUpPath(_ id: Candidacy.ID) -> String { candidacyPath(id) + "/suivi" }
    public static func piecesPath(_ request: PiecesRequest) -> String {
        candidacyPath(request.candidacy) + "/complements/" + request.id.text
    }

    func dossiersGiven(_ recipient: String, _ dossiers: [Instruction]) -> Letter {
        let list = dossiers.prefix(20).map { "– n°\u{A0}\($0.number), \($0.name)" }.joined(separator: "\n")
        let rest = dossiers.count > 20 ? "\n– et \(dossiers.count - 20) de plus" : ""
        return letter(
            to: recipient,
            subject: dossiers.count == 1
                ? "Un dossier vous est confié" : "\(dossiers.count) dossiers vous sont confiés",
            [
                (dossiers.count == 1
                    ? "Un dossier vous est confié\u{202F}:" : "Ces dossiers vous sont confiés\u{202F}:")
                    + "\n" + list + rest,
                "Votre tableau d’instruction\u{202F}:\n" + address(Self.instructionPath),
            ])
    }

    func dossierInadmissible(_ recipient: String, _ candidacy: Candidacy, _ call: Call, _ dossier: Instruction)
        -> Letter
    {
        let identity = call.settings.identity
        let service = [identity.organiser, identity.service, identity.serviceAddress, identity.email]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        let reasons = (dossier.decision?.reasons ?? []).map { "– " + $0.label }.joined(separator: "\n")
        return letter(
            to: recipient, subject: "Candidature irrecevable\u{202F}: \(call.title)",
            [
                "Votre candidature «\u{A0}\(candidacy.name)\u{A0}», récépissé n°\u{A0}\(dossier.number), a été examinée\u{202F}: "
                    + "elle n’est pas recevable.",
                "Motifs\u{202F}:\n" + reasons, dossier.decision?.words ?? "",
                "Vous pouvez demander à l’organisateur de revoir cette décision (\(service)). Vous pouvez aussi saisir le tribunal "
                    + "administratif dans les deux mois qui suivent la réception de ce message, quand l’organisateur est une "
                    + "personne publique.",
                "Votre dossier et son récépissé restent sur votre page\u{202F}:\n"
                    + address(Self.followUpPath(candidacy.id)),
            ])
    }

    func instructionReopened(_ recipient: String, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "Votre candidature est examinée à nouveau\u{202F}: \(call.title)",
            [
                "Votre candidature «\u{A0}\(candidacy.name)\u{A0}» avait été dite irrecevable. Son examen reprend\u{202F}: "
                    + "vous serez informé de la suite.",
                address(Self.followUpPath(candidacy.id)),
            ])
    }

    func instructionMessage(_ recipient: String, _ dossier: Instruction, to side: InstructionMessage.Side) -> Letter {
        letter(
            to: recipient, subject: "Un message vous attend\u{202F}: \(dossier.name)",
            [
                side == .candidate
                    ? "L’organisateur vous écrit au sujet de votre candidature «\u{A0}\(dossier.name)\u{A0}»."
                    : "La personne qui porte le dossier n°\u{A0}\(dossier.number), «\u{A0}\(dossier.name)\u{A0}», vous écrit.",
                "Le message se lit et se répond ici, après connexion\u{202F}:\n"
                    + address(
                        side == .candidate
                            ? Self.followUpPath(dossier.candidacy) : Self.dossierPath(dossier.candidacy) + "/messages"),
            ])
    }
}

/// Requests for missing pieces and corrections.
extension LetterHead {
    func piecesAsked(
        _ recipient: String, _ candidacy: Candidacy, _ call: Call, _ request: PiecesRequest, labels: [String]
    ) -> Letter {
        let list = zip(request.items, labels).map { "– \($1)\u{202F}: \($0.reason)" }.joined(separator: "\n")
        return letter(
            to: recipient, subject: "Votre candidature est à compléter\u{202F}: \(call.title)",
            [
                "L’organisateur a lu votre candidature «\u{A0}\(candidacy.name)\u{A0}» et vous demande\u{202F}:\n"
                    + list,
                request.words, "À envoyer \(DossierDeadline.words(request.closesAt)).",
                request.takesLate ? "Une réponse plus tardive serait gardée, et signalée comme telle." : "",
                "Seules ces questions se rouvrent. Ce que vous avez déposé ne change pas, ni votre récépissé\u{202F}:\n"
                    + address(Self.piecesPath(request)),
            ].filter { !$0.isEmpty })
    }

    func piecesReminder(_ recipient: String, _ candidacy: Candidacy, _ call: Call, _ request: PiecesRequest) -> Letter {
        letter(
            to: recipient, subject: "Votre réponse est attendue\u{202F}: \(call.title)",
            [
                "Des compléments vous sont demandés pour «\u{A0}\(candidacy.name)\u{A0}», et votre réponse n’est pas envoyée.",
                "À envoyer \(DossierDeadline.words(request.closesAt)).", address(Self.piecesPath(request)),
            ])
    }

    func piecesReceived(_ recipient: String, _ candidacy: Candidacy, _ call: Call, _ request: PiecesRequest) -> Letter {
        letter(
            to: recipient, subject: "Compléments reçus\u{202F}: \(call.title)",
            [
                "Votre réponse pour «\u{A0}\(candidacy.name)\u{A0}» est enregistrée"
                    + (request.isLate
                        ? ", après la date limite\u{202F}: elle est gardée, et signalée comme telle." : "."),
                address(Self.followUpPath(candidacy.id)),
            ])
    }

    func piecesCancelled(_ recipient: String, _ candidacy: Candidacy, _ call: Call) -> Letter {
        letter(
            to: recipient, subject: "Il n’y a plus rien à compléter\u{202F}: \(call.title)",
            [
                "L’organisateur retire la demande qu’il vous avait faite pour «\u{A0}\(candidacy.name)\u{A0}».",
                address(Self.followUpPath(candidacy.id)),
            ])
    }

    func piecesAnswered(_ recipient: String, _ dossier: Instruction, isLate: Bool) -> Letter {
        letter(
            to: recipient, subject: "Compléments reçus\u{202F}: \(dossier.name)",
            [
                "Le dossier n°\u{A0}\(dossier.number), «\u{A0}\(dossier.name)\u{A0}», est complété"
                    + (isLate ? ", après la date limite." : "."),
                address(Self.dossierPath(dossier.candidacy)),
            ])
    }

    func piecesExpired(_ recipient: String, _ dossier: Instruction) -> Letter {
        letter(
            to: recipient, subject: "Sans réponse à temps\u{202F}: \(dossier.name)",
            [
                "Les compléments demandés pour le dossier n°\u{A0}\(dossier.number), «\u{A0}\(dossier.name)\u{A0}», "
                    + "ne sont pas venus à temps. Il revient entre vos mains.",
                address(Self.dossierPath(dossier.candidacy)),
            ])
    }
}

/// Opinions.
extension LetterHead {
    func opinionAsked(_ recipient: String, _ dossier: Instruction, _ call: Call, _ opinion: Opinion) -> Letter {
        letter(
            to: recipient, subject: "Votre avis est demandé\u{202F}: \(call.title)",
            [
                "\(call.settings.identity.organiser) vous demande votre avis sur une candidature à l’appel "
                    + "«\u{A0}\(call.title)\u{A0}».",
                "À donner \(DossierDeadline.words(opinion.closesAt)).",
                "Connectez-vous avec cette adresse\u{202F}: la question et le dossier vous attendent. Ils ne s’ouvrent qu’à vous, "
                    + "jusqu’à votre réponse ou jusqu’à cette date\u{202F}:\n" + address(Self.opinionsPath),
            ])
    }

    func opinionReminder(_ recipient: String, _ dossier: Instruction, _ opinion: Opinion) -> Letter {
        letter(
            to: recipient, subject: "Votre avis est attendu",
            [
                "Un avis vous est demandé, à donner \(DossierDeadline.words(opinion.closesAt)).",
                address(Self.opinionsPath),
            ])
    }

    func opinionGiven(_ recipient: String, _ dossier: Instruction) -> Letter {
        letter(
            to: recipient, subject: "Avis rendu\u{202F}: \(dossier.name)",
            [
                "Un avis est rendu sur le dossier n°\u{A0}\(dossier.number), «\u{A0}\(dossier.name)\u{A0}».",
                address(Self.dossierPath(dossier.candidacy) + "/avis"),
            ])
    }

    func opinionExpired(_ recipient: String, _ dossier: Instruction) -> Letter {
        letter(
            to: recipient, subject: "Avis non rendu\u{202F}: \(dossier.name)",
            [
                "Un avis demandé sur le dossier n°\u{A0}\(dossier.number), «\u{A0}\(dossier.name)\u{A0}», n’est pas venu à temps.",
                address(Self.dossierPath(dossier.candidacy) + "/avis"),
            ])
    }

    func opinionWithdrawn(_ recipient: String, _ dossier: Instruction) -> Letter {
        letter(
            to: recipient, subject: "Votre avis n’est plus attendu",
            ["L’avis qui vous était demandé n’est plus attendu\u{202F}: le dossier ne vous est plus ouvert. Merci."])
    }
}
