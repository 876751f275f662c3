import Exchange
import Forms
import Maillage

/// A published call that asks for no file, for trials and measures in a network of their own.
public enum TrialCall {
    public static let title = "Appel d’essai"

    /// A form of ordinary length: four sections of six questions, some shown by others, long texts, an amount.
    public static let form = Form(
        key: "essai", title: "Dossier d’essai",
        sections: (1...4).map { section in
            FormSection(
                "partie_\(section)", "Partie \(section)",
                questions: [
                    Question("titre_\(section)", "Titre \(section)", .shortText(), .required),
                    Question("resume_\(section)", "Résumé \(section)", .longText(maxLength: 3_000), .required),
                    Question("prevu_\(section)", "Est-ce prévu ?", .yesNo, .required),
                    Question(
                        "quand_\(section)", "Quand ?", .date(), .required,
                        shownIf: .comparison(.reference(Reference("prevu_\(section)")), .equal, .flag(true))),
                    Question("montant_\(section)", "Montant", .money(min: 0), .required),
                    Question("courriel_\(section)", "Courriel", .email, .optional),
                ])
        })

    /// The same, with a document to attach.
    public static let formWithFile: Form = {
        var longer = TrialCall.form
        longer.sections[0].questions.append(Question("piece", "Une pièce", .attachment(AttachmentRules()), .required))
        return longer
    }()

    /// Publishes the call, which closes at an instant and takes late deposits. Throws what the acts refuse.
    public static func publish(_ desk: Desk, closing: Instant, head: LetterHead, form: Form = form) async throws -> Call
    {
        var call = try await desk.perform(CreateCall(title: title, nature: .interest), as: .house)
        var calendar = CallCalendar()
        calendar.waves = [CallWave(id: desk.surroundings.identifier(), closesAt: closing, words: "bientôt")]
        let identity = CallIdentity(
            title: title, nature: .interest, organiser: "Le réseau d’essai", service: "Service d’essai",
            serviceAddress: "1 place Essai, 62300 Lens", email: "essai@essai.example", summary: "Un appel pour essayer."
        )
        for section: CallSection in [
            .identity(identity), .calendar(calendar), .criteria([CallCriterion("", "Ancrage", weight: 1)]),
        ] {
            call = try await desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: .house)
        }
        _ = try await desk.perform(
            SetCallForm(
                call: call.id, title: form.title, definition: String(decoding: FormFile.write(form), as: UTF8.self)),
            as: .house)
        return try await desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: .house)
    }
}
