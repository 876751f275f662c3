import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/instruction/complements`: what is asked of the candidate, and both versions of what came back.
enum DossierRequestPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func ask(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        let items = form.values("question").map { PiecesRequest.Item($0, reason: form["raison." + $0] ?? "") }
        do {
            _ = try await visit.perform(
                AskForPieces(
                    candidacy: id, version: form.int("version") ?? 0, items: items, words: form["mot"] ?? "",
                    day: form.text("limite").flatMap { CivilDate(iso: $0) }, takesLate: form.has("tardive"),
                    head: visit.head, shelf: visit.reception.forms))
            return .done("La demande est envoyée au candidat.", to: Paths.dossier(id, .pieces))
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, DossierReading.stale)
        }
    }

    static func cancel(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let request = try visit.identifier("request", of: PiecesRequest.ID.self)
        do {
            try await visit.perform(CancelPiecesRequest(request: request, head: visit.head))
            return .done("La demande est retirée\u{202F}: le candidat en est informé.", to: Paths.dossier(id, .pieces))
        } catch let problems as Problems {
            return try await page(visit, problems)
        } catch is Conflict {
            return try await page(visit, DossierReading.stale)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await DossierReading.find(visit)
        return reading.answer(
            visit, "Compléments", problems,
            DossierRequestsView(reading: reading, problems: problems, form: visit.form, tokens: FormTokens(visit)))
    }
}

/// The requests of a dossier, and the form that makes another.
struct DossierRequestsView: View {
    var reading: DossierReading
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var dossier: InstructionDossier { reading.dossier }

    func render(into html: inout HTML) {
        html.add(
            DossierTop(
                reading: reading, title: "Compléments", path: Paths.dossier(reading.id, .pieces)))
        html.add(ErrorSummary(problems))
        for request in dossier.requests.reversed() { renderRequest(request, into: &html) }
        switch reading.instruction.state {
        case .underReview where dossier.opened.dossier != nil: renderForm(into: &html)
        case .underReview:
            html.p("Ce dossier n’a pas été déposé en ligne\u{202F}: demandez ce qui manque par courrier.")
        case .incomplete: break
        case .admissible, .inadmissible, .withdrawn:
            if dossier.requests.isEmpty { html.p("Aucun complément n’a été demandé.", .class("muted")) }
        }
    }

    private func renderRequest(_ request: PiecesRequest, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Demande du \(Format.day(request.askedAt))")
            html.p(.class("row")) { html in
                html.add(Badge(request.state.label, request.state == .answered ? .good : .warn))
                if request.isLate { html.add(Badge("hors délai", .bad)) }
                html.span("par \(reading.name(request.askedBy))", .class("muted"))
            }
            html.p(
                request.answeredAt.map {
                    "Réponse du \(Receipt.words(of: $0, .paris)), limite \(DossierDeadline.words(request.closesAt))."
                } ?? "À envoyer \(DossierDeadline.words(request.closesAt)).")
            if !request.words.isEmpty { html.paragraphs(request.words) }
            html.add(
                PiecesComparison(
                    request: request, form: dossier.opened.dossier?.state.compiled.form, showsReasons: true,
                    file: { Paths.dossierFile(reading.id, $0) }))
            if request.state == .open {
                html.writingButton(
                    "Retirer cette demande", to: Paths.dossierRequestRemoval(reading.id, request.id), tokens,
                    style: .danger)
            }
        }
    }

    private func renderForm(into html: inout HTML) {
        guard let state = dossier.standing else { return }
        html.section { html in
            html.h2("Demander des compléments")
            html.p(
                "Cochez les questions à rouvrir et dites ce qui est attendu. Le candidat ne pourra changer que celles-là\u{202F}; "
                    + "ce qu’il a déposé est gardé.")
            html.writingForm(to: Paths.dossier(reading.id, .pieces), tokens) { html in
                html.add(HiddenField("version", String(reading.instruction.version)))
                for section in state.compiled.form.sections where state.isSectionShown(section.key) {
                    let questions = section.questions.filter {
                        PiecesRequest.mayReopen($0, in: section) && state.isShown($0.key)
                    }
                    if !questions.isEmpty { renderSection(section, questions, into: &html) }
                }
                html.add(
                    TextArea(
                        "mot", "Un mot pour le candidat", value: form["mot"], error: problems.message("mot"),
                        isRequired: false, rows: 4))
                html.add(
                    DateField(
                        "limite", "Dernier jour pour répondre", value: form["limite"],
                        help: "Ce jour compris\u{202F}: jusqu’à 23 h 59 min 59 s, heure de Paris.",
                        error: problems.message("limite")))
                html.add(
                    CheckBox(
                        "tardive", "Garder une réponse qui viendrait plus tard, en la signalant",
                        isChecked: form.has("tardive")))
                html.actions { $0.submit("Envoyer la demande") }
            }
        }
    }

    private func renderSection(_ section: FormSection, _ questions: [Question], into html: inout HTML) {
        let chosen = Set(form.values("question"))
        html.details(.open(questions.contains { chosen.contains($0.key) })) { html in
            html.summary(Format.typography(section.title))
            for question in questions {
                let label = Format.typography(question.label)
                html.div(.class("section-line")) { html in
                    let id = "question-" + FieldFrame.id(of: question.key)
                    html.div(.class("choice")) { html in
                        html.input(
                            .type("checkbox"), .id(id), .name("question"), .value(question.key),
                            .checked(chosen.contains(question.key)))
                        html.label(label, .for(id))
                    }
                    html.add(
                        TextField(
                            "raison." + question.key, "Ce qui est attendu pour «\u{A0}\(label)\u{A0}»",
                            value: form["raison." + question.key], error: problems.message("raison." + question.key),
                            isRequired: false, maximumLength: 1_000))
                }
            }
        }
    }
}
