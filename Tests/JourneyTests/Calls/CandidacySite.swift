import Exchange
import Forms
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// A published call on a live site, and drafts for it.
enum CandidacySite {
    static let start = Instant(seconds: 1_790_064_000)
    static let closing = start + .days(30)
    static let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "a@reseau.test")

    static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet",
                questions: [
                    Question("titre", "Titre du projet", .shortText(), .required),
                    Question("resume", "Résumé", .longText(maxLength: 300), .required),
                    Question(
                        "publics", "Pour qui ?",
                        .severalOf([QuestionOption("tous", "Tout le monde"), QuestionOption("jeunes", "Les jeunes")])),
                    StandardQuestions.financing,
                ])
        ])

    static func call(_ site: LiveSite) async throws -> Call {
        var call = try await site.desk.perform(
            CreateCall(title: "Tiers-lieux du bassin", nature: .interest), as: .house)
        var calendar = CallCalendar()
        calendar.waves = [
            CallWave(id: site.desk.surroundings.identifier(), closesAt: closing, words: "dans trente jours")
        ]
        let identity = CallIdentity(
            title: "Tiers-lieux du bassin", nature: .interest, organiser: "L’agglomération",
            service: "Service numérique", email: "ami@agglo.example", summary: "Repérer les projets.")
        for section: CallSection in [
            .identity(identity), .calendar(calendar), .criteria([CallCriterion("", "Ancrage", weight: 1)]),
        ] {
            call = try await site.desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: .house)
        }
        _ = try await site.desk.perform(
            SetCallForm(
                call: call.id, title: "Dossier", definition: String(decoding: FormFile.write(form), as: UTF8.self)),
            as: .house)
        return try await site.desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: .house)
    }

    static func draft(_ site: LiveSite, _ call: Call, _ account: Principal.ID) async throws -> Candidacy.ID {
        let principal = Principal(account: account, name: "Ada", grants: [])
        return try await site.desk.perform(
            StartCandidacy(call: call.id, shelf: site.reception.forms), as: principal
        ).id
    }
}
