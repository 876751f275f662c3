import Forms
import Maillage
import Markup

/// The overview of a candidacy.
struct CandidacyView: View {
    var reading: CandidacyReading
    var company = CandidacyCompany()
    var problems = Problems()
    var form = Fields()
    /// What moving to a new version of the form changed.
    var notes: [String] = []
    var tokens = FormTokens.sample
    /// The other stages the call has a form for.
    var stages: [String] = []
    /// What other rooms have for its people.
    var pointers: [LaterRooms.Pointer] = []

    private var candidacy: Candidacy { reading.candidacy }
    private var dossier: CandidacyDossier { reading.dossier }

    func render(into html: inout HTML) {
        html.p(.class("row")) { $0.add(CandidacyBadge(candidacy: candidacy)) }
        html.h1(candidacy.name)
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.call.slug))) }
        html.add(ErrorSummary(problems))
        renderNotes(into: &html)
        html.add(CandidacyDeadline(reading: reading))
        renderStanding(into: &html)
        html.add(LaterPointers(title: "La suite", pointers: pointers))
        html.add(CandidacyEchoList(echoes: company.echoes[""] ?? []))
        renderOwnPart(into: &html)
        html.div(.class("with-aside")) { html in
            html.div { html in
                if let newer = dossier.review.newerForm, dossier.leads, reading.isEditable {
                    html.add(
                        CandidacyAdoptionView(
                            candidacy: candidacy, form: dossier.review.state.compiled.form, newer: newer, tokens: tokens
                        ))
                }
                html.add(CandidacyDuties(side: reading.side, company: company))
                html.add(CandidacyProgress(reading: reading))
                html.add(CandidacyShortfalls(reading: reading))
            }
            html.aside(.aria("label", "Cette candidature")) { html in
                renderLinks(into: &html)
                if dossier.leads { renderHeading(into: &html) }
                if dossier.leads, reading.isEditable, !stages.isEmpty { renderStage(into: &html) }
                if dossier.leads, reading.isEditable { renderConsent(into: &html) }
            }
        }
    }

    /// Whoever answers for a partner finds its part first.
    private func renderOwnPart(into html: inout HTML) {
        if dossier.offer?.member == dossier.member?.id, dossier.offer != nil, !dossier.leads {
            html.p { html in
                html.text("On vous propose de porter cette candidature. ")
                html.a("Répondre", .href(Paths.candidacy(candidacy.id, .team)))
            }
        }
        guard let own = dossier.member?.partner, let part = dossier.review.part(of: own), part.isPresent else { return }
        html.section(.class("card")) { html in
            html.h2("La part de \(part.partner.name)")
            html.p(
                part.isComplete
                    ? (part.partner.state == .committed
                        ? "Votre part est complète et votre structure est engagée."
                        : "Votre part est complète\u{202F}: il reste à engager votre structure.")
                    : "Il y manque \(Format.count(part.problems.count, "élément", "éléments")).")
            html.p {
                $0.a(
                    "Remplir ma part", .href(Paths.candidacyPart(candidacy.id, own)), .class("button button-primary"))
            }
        }
    }

    private func renderNotes(into html: inout HTML) {
        guard !notes.isEmpty else { return }
        html.section(.class("card")) { html in
            html.h2("Le dossier a changé")
            html.ul { html in for note in notes { html.li(note) } }
        }
    }

    private func renderStanding(into html: inout HTML) {
        switch candidacy.state {
        case .draft:
            let isOver = reading.wave.map { reading.now >= $0.closesAt } ?? false
            html.p {
                $0.strong(
                    isOver
                        ? "Ce brouillon n’a pas été déposé. Il reste lisible, et vous pouvez l’imprimer."
                        : "C’est un brouillon\u{202F}: l’organisateur ne l’a pas reçu.")
            }
            if isOver, dossier.leads {
                html.p { html in
                    html.text("Il est effacé trois mois après la fin de l’appel. ")
                    html.a("Voir la date, ou le garder", .href(Paths.candidacy(candidacy.id, .keep)))
                }
            }
        case .deposited, .late, .admitted, .dismissed:
            if let deposit = dossier.counting {
                html.p { html in
                    html.text(
                        "Déposée le \(Receipt.words(of: deposit.arrival, .paris)), \(deposit.verdict.label.lowercased()). "
                    )
                    html.a("Voir le récépissé", .href(Paths.candidacy(candidacy.id, .receipt)))
                }
            }
            if let decision = candidacy.decision, candidacy.state != .deposited {
                html.p("Décision du \(Format.day(decision.at))\u{202F}: \(Format.typography(decision.reason))")
            }
            if candidacy.hasNewerDraft, candidacy.state == .deposited, reading.isEditable {
                html.p {
                    $0.strong(
                        "Vous avez changé des réponses depuis\u{202F}: elles ne comptent qu’une fois déposées à nouveau."
                    )
                }
            }
        case .withdrawn:
            html.p("Vous avez retiré cette candidature. Ses récépissés restent ici.")
        }
    }

    private func renderHeading(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Qui candidate")
            guard reading.isEditable else {
                html.add(
                    DefinitionList([
                        .init("Structure", candidacy.structure), .init("SIRET", candidacy.siret),
                        .init("Projet", candidacy.title),
                    ]))
                return
            }
            html.writingForm(to: Paths.candidacy(candidacy.id), tokens) { html in
                html.add(HiddenField("version", String(candidacy.version)))
                html.add(
                    TextField(
                        "titre", "Nom du projet", value: form["titre"] ?? candidacy.title,
                        error: problems.message("titre"), isRequired: false, maximumLength: 200))
                html.add(
                    TextField(
                        "structure", "Structure qui porte la candidature",
                        value: form["structure"] ?? candidacy.structure,
                        error: problems.message("structure"), maximumLength: 200))
                html.add(
                    TextField(
                        "siret", "SIRET", value: form["siret"] ?? candidacy.siret, error: problems.message("siret"),
                        isRequired: false, isShort: true, inputMode: "numeric"))
                html.actions { $0.submit("Enregistrer", style: .plain) }
            }
        }
    }

    private func renderLinks(into html: inout HTML) {
        html.nav(.class("card"), .aria("label", "Pages de la candidature")) { html in
            // What stands is not to be deposited again.
            let isDone = candidacy.state == .deposited && !candidacy.hasNewerDraft
            if dossier.leads, reading.isEditable, !isDone {
                html.p {
                    $0.a(
                        "Vérifier et déposer", .href(Paths.candidacy(candidacy.id, .check)),
                        .class("button button-primary"))
                }
            }
            html.ul { html in
                if dossier.leads, reading.isEditable, isDone {
                    html.li { $0.a("Relire ce qui est déposé", .href(Paths.candidacy(candidacy.id, .check))) }
                }
                if dossier.review.state.compiled.form.asksForFiles {
                    html.li { $0.a("Pièces à joindre", .href(Paths.candidacyFiles(candidacy.id))) }
                }
                if dossier.review.asksPartners {
                    html.li { $0.a("Les parts des partenaires", .href(Paths.candidacyParts(candidacy.id))) }
                }
                if reading.isEditable, dossier.leads || dossier.member?.role == .writer {
                    html.li {
                        $0.a(
                            "Reprendre mes réponses d’une autre candidature",
                            .href(Paths.candidacy(candidacy.id, .reuse)))
                    }
                }
                if dossier.leads || company.isShared {
                    html.li { $0.a("Qui écrit quoi", .href(Paths.candidacy(candidacy.id, .parts))) }
                }
                html.li { $0.a("Écrire à plusieurs", .href(Paths.candidacy(candidacy.id, .team))) }
                if !dossier.deposits.isEmpty {
                    html.li { $0.a("Récépissés", .href(Paths.candidacy(candidacy.id, .receipt))) }
                }
                html.li { $0.a("Qui a écrit quoi", .href(Paths.candidacy(candidacy.id, .history))) }
                if dossier.leads, candidacy.state.after(.withdraw) != nil {
                    html.li { $0.a("Retirer ma candidature", .href(Paths.candidacy(candidacy.id, .withdraw))) }
                }
            }
        }
    }

    private func renderStage(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Où en est le projet")
            html.p(
                "Aujourd’hui\u{202F}: \(ReferenceList.maturities.label(candidacy.maturity)). S’il a avancé, le dossier change de "
                    + "questions\u{202F}; vos réponses suivent.")
            html.writingForm(to: Paths.candidacy(candidacy.id, .stage), tokens) { html in
                html.add(
                    Select(
                        "etape", "Nouvelle étape",
                        options: stages.map { Option($0, ReferenceList.maturities.label($0)) },
                        value: form["etape"], error: problems.message("etape")))
                html.actions { $0.submit("Passer à cette étape", style: .plain) }
            }
        }
    }

    private func renderConsent(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Filet de sécurité")
            html.p(
                candidacy.consentedAt == nil
                    ? "Vous pouvez demander que votre dossier, s’il est complet, soit déposé pour vous dans les trois dernières "
                        + "minutes. Déposez vous-même dès que possible\u{202F}: si le service s’arrêtait à ce moment, rien ne partirait."
                    : "Si le dossier est complet et changé depuis votre dernier dépôt, il sera déposé dans les trois dernières minutes."
            )
            html.writingButton(
                candidacy.consentedAt == nil ? "Oui, déposer pour moi s’il est complet" : "Ne plus déposer pour moi",
                to: Paths.candidacy(candidacy.id, .consent), tokens, style: .plain,
                fields: candidacy.consentedAt == nil ? [("accord", "oui")] : [])
        }
    }
}
