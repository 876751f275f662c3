import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/decision`: what was notified, its letter, and what may be done then. Before the notification there is no such
/// page.
enum OwnDecisionPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func print(_ visit: Visit) async throws -> Answer {
        let (reading, decisions, _, _) = try await found(visit)
        guard let decision = decisions.first else { throw Missing() }
        return try await DecisionPrint.answer(
            decision, reading.candidacy, reading.call, slug: reading.call.slug, visit)
    }

    static func lodge(_ visit: Visit) async throws -> Answer {
        let (reading, _, _, _) = try await found(visit)
        do {
            _ = try await visit.perform(
                LodgeAppeal(candidacy: reading.id, grounds: visit.form["motifs"] ?? "", head: visit.head))
            return .done("Votre recours est enregistré.", to: Paths.ownDecision(reading.id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func consent(_ visit: Visit) async throws -> Answer {
        let (reading, _, _, _) = try await found(visit)
        do {
            try await visit.perform(
                ConsentToPublication(candidacy: reading.id, consents: visit.form["accord"] == "oui"))
            return .done("Votre choix est enregistré.", to: Paths.ownDecision(reading.id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    /// « Reprendre mon dossier »: a draft for the wave that is open, then the choice of each answer, the reasons beside.
    static func takeUp(_ visit: Visit) async throws -> Answer {
        let (reading, _, _, _) = try await found(visit)
        do {
            let draft = try await visit.perform(
                StartCandidacy(
                    call: reading.call.id, maturity: reading.candidacy.maturity, place: reading.candidacy.place,
                    shelf: visit.reception.forms))
            return .redirect(to: Paths.candidacyReuse(draft.id, from: reading.id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    /// `Missing` as long as nothing was notified, and for whoever takes no part.
    private static func found(_ visit: Visit) async throws -> (CandidacyReading, [Decision], [Appeal], Bool) {
        let reading = try await CandidacyReading.find(visit)
        let (principal, id) = (visit.principal, reading.id)
        let (decisions, appeals, consents) = try await visit.read {
            (
                try DecisionStore.notified(principal, id, $0), try AppealStore.own(principal, id, $0),
                try DecisionLetterStore.hasConsented(id, $0)
            )
        }
        guard !decisions.isEmpty else { throw Missing() }
        return (reading, decisions, appeals, consents)
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let (reading, decisions, appeals, consents) = try await found(visit)
        var view = OwnDecisionView(reading: reading, decisions: decisions, appeals: appeals, consents: consents)
        view.problems = problems
        view.form = visit.form
        view.tokens = FormTokens(visit)
        view.hasPrinter = visit.reception.printer != nil
        return visit.page(
            reading.head("Décision", crumb: "Décision", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct OwnDecisionView: View {
    var reading: CandidacyReading
    /// The latest first.
    var decisions: [Decision]
    var appeals: [Appeal]
    var consents: Bool
    var hasPrinter = false
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        guard let decision = decisions.first else { return }
        html.p(.class("row")) { $0.add(DecisionBadge(decision: decision)) }
        html.h1("Décision")
        html.p(.class("lead")) { $0.a(reading.candidacy.name, .href(Paths.candidacy(reading.id))) }
        html.add(ErrorSummary(problems))
        html.add(
            DefinitionList([
                .init("Appel", reading.call.title), .init("Instance", decision.body),
                .init("Date", DecisionDates.words(decision.decidedOn)), .init("Délibération", decision.deliberation),
                .init("Montant accordé", decision.amount.map { Cents.words($0) }),
                .init("Notifiée le", decision.notifiedAt.map { Format.moment($0) }),
            ]))
        html.add(PlainProse(text: decision.letter))
        if hasPrinter {
            html.p(.class("no-print")) {
                $0.a("Le courrier en PDF", .href(Paths.ownDecision(reading.id, Paths.ownDecisionPrint)))
            }
        }
        if reading.dossier.leads {
            if decision.outcome == .refused { renderTakingUp(into: &html) }
            if decision.outcome.grants { renderConsent(into: &html) }
        }
        renderAppeals(decision, into: &html)
        renderFormer(into: &html)
    }

    private func renderTakingUp(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Reprendre mon dossier")
            guard reading.call.phase(at: reading.now) == .open || reading.call.phase(at: reading.now) == .coming else {
                html.p(
                    "Cet appel ne reçoit plus de candidatures. Vos réponses restent, et se reprennent dans une candidature à un autre "
                        + "appel.")
                return
            }
            html.p(
                "Un nouveau brouillon s’ouvre pour la vague en cours. Vous choisissez les réponses à reprendre\u{202F}; les motifs du "
                    + "refus s’affichent en face des questions concernées.")
            html.writingButton(
                "Reprendre mon dossier", to: Paths.ownDecision(reading.id, "reprise"), tokens, style: .primary)
        }
    }

    private func renderConsent(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Publication")
            html.p(
                consents
                    ? "Le nom de votre projet peut paraître dans les résultats publiés."
                    : "La structure et le montant paraîtront, comme la loi le veut. Le nom du projet, seulement si vous l’acceptez."
            )
            html.writingButton(
                consents ? "Ne plus publier le nom du projet" : "Accepter que le nom du projet paraisse",
                to: Paths.ownDecision(reading.id, "accord"), tokens, style: .plain,
                fields: [("accord", consents ? "non" : "oui")])
        }
    }

    private func renderAppeals(_ decision: Decision, into html: inout HTML) {
        for appeal in appeals {
            html.section(.class("card")) { html in
                html.h2("Votre recours du \(Format.day(appeal.lodgedAt))")
                html.p(appeal.state.label + ".")
                html.add(PlainProse(text: appeal.grounds))
                if appeal.state != .lodged {
                    html.h3("La réponse")
                    html.add(PlainProse(text: appeal.answer))
                }
            }
        }
        guard reading.dossier.leads, !appeals.contains(where: { $0.decision == decision.id }),
            let limit = decision.appealableUntil, reading.now < limit
        else { return }
        html.details(.open(!problems.isEmpty)) { html in
            html.summary("Contester cette décision")
            html.p("Vous pouvez former un recours ici jusqu’au \(Format.day(limit - .seconds(1))) inclus.")
            html.writingForm(to: Paths.ownDecision(reading.id, "recours"), tokens) { html in
                html.add(
                    TextArea(
                        "motifs", "Pourquoi vous la contestez", value: form["motifs"],
                        error: problems.message("motifs"),
                        rows: 6))
                html.actions { $0.submit("Envoyer mon recours", style: .plain) }
            }
        }
    }

    private func renderFormer(into html: inout HTML) {
        guard decisions.count > 1 else { return }
        html.section { html in
            html.h2("Décisions précédentes")
            for former in decisions.dropFirst() {
                html.details { html in
                    html.summary(
                        "\(former.outcome.label), notifiée le \(former.notifiedAt.map { Format.day($0) } ?? "")")
                    html.add(PlainProse(text: former.letter))
                }
            }
        }
    }
}
