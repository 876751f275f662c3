import Forms
import Maillage
import Markup

/// One dossier: what is decided of it, told or not, and what followed.
struct DecisionView: View {
    var reading: CallReading
    var dossier: DecidedDossier
    /// Keys and labels of the form, for reasons.
    var questions: [Option]
    /// Whoever recorded a decision does not answer its appeal.
    var reader: Account.ID?
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var slug: String { reading.slug }
    private var line: DecisionBoard.Line { dossier.line }
    private var id: Candidacy.ID { line.candidacy.id }

    func render(into html: inout HTML) {
        html.p(.class("row")) { $0.add(DecisionBadge(decision: line.decision)) }
        html.h1(line.candidacy.name)
        html.add(ErrorSummary(problems))
        html.add(
            DefinitionList([
                .init("Structure", line.candidacy.structure), .init("Récépissé", "n°\u{A0}\(line.deposit.number)"),
                .init("Déposée par", line.depositor),
                .init("Note", line.entry.map { ScoreText.words($0.score) }), .init("Proposition", proposal),
            ]))
        html.p { $0.a("Lire le dossier", .href(Paths.callCandidacy(slug, id))) }
        if let decision = line.decision, decision.isNotified {
            renderTold(decision, into: &html)
        } else {
            html.section { html in
                html.h2("La décision")
                html.p("Rien ne se voit du côté du candidat avant la notification.", .class("muted"))
                html.writingForm(to: Paths.decision(slug, id), tokens) { html in
                    html.add(HiddenField("version", String(line.decision?.version ?? 0)))
                    html.add(fields(Decision.Outcome.allCases))
                    html.actions { $0.submit("Enregistrer la décision") }
                }
            }
        }
        html.p { $0.a("Toutes les décisions", .href(Paths.decisions(slug, dossier.wave.id))) }
    }

    private var proposal: String? {
        guard let run = dossier.run, run.result.outcome == .chosen else { return nil }
        if let grant = run.result.grants.first(where: { $0.number == line.deposit.number }) {
            return "retenu, \(Cents.words(grant.amount))"
        }
        if let place = run.result.reserve.firstIndex(of: line.deposit.number) {
            return "liste d’attente, rang \(place + 1)"
        }
        return "non retenu"
    }

    private func fields(_ outcomes: [Decision.Outcome]) -> DecisionFields {
        DecisionFields(
            decision: line.decision, outcomes: outcomes, questions: questions, hasProposal: proposal != nil,
            problems: problems, form: form)
    }

    private func renderTold(_ decision: Decision, into html: inout HTML) {
        html.section { html in
            html.h2("Le courrier")
            html.p("Notifiée le \(decision.notifiedAt.map { Format.moment($0) } ?? "").")
            html.add(PlainProse(text: decision.letter))
            html.p { $0.a("Le courrier en PDF", .href(Paths.decisionLetter(slug, id))) }
        }
        if decision.outcome == .waiting { renderCall(into: &html) }
        let appeals = dossier.appeals
        for appeal in appeals { renderAppeal(appeal, decision, into: &html) }
        if !appeals.contains(where: { $0.decision == decision.id }) { renderReceipt(into: &html) }
    }

    private func renderCall(into html: inout HTML) {
        html.details(.open(form["geste"] == "liste")) { html in
            html.summary("Une place s’est libérée\u{202F}: appeler ce dossier de la liste d’attente")
            html.writingForm(to: Paths.waitingList(slug, id), tokens) { html in
                html.add(HiddenField("geste", "liste"))
                html.add(HiddenField("version", String(line.decision?.version ?? 0)))
                html.add(fields([.retained, .reserved]))
                html.actions { $0.submit("Retenir et avertir", style: .primary) }
            }
        }
    }

    private func renderAppeal(_ appeal: Appeal, _ decision: Decision, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Recours du \(Format.day(appeal.lodgedAt))")
            html.p(.class("row")) { $0.add(Badge(appeal.state.label, appeal.state == .lodged ? .warn : .neutral)) }
            html.add(PlainProse(text: appeal.grounds))
            guard appeal.state == .lodged else {
                html.h3("Réponse")
                html.add(PlainProse(text: appeal.answer))
                return
            }
            guard reader != decision.recordedBy else {
                html.p("Vous avez enregistré la décision contestée\u{202F}: une autre personne de l’équipe répond.")
                return
            }
            html.writingForm(to: Paths.answeredAppeal(slug, id, appeal.id), tokens) { html in
                html.add(
                    Choice(
                        "suite", "Suite donnée",
                        options: [
                            Option("rejeter", "Le rejeter\u{202F}: la décision reste"),
                            Option("accueillir", "L’accueillir\u{202F}: une nouvelle décision remplace l’ancienne"),
                        ], value: form["suite"], error: problems.message("suite")))
                html.add(
                    TextArea("reponse", "Réponse", value: form["reponse"], error: problems.message("reponse"), rows: 4))
                html.details(.open(form["suite"] == "accueillir")) { html in
                    html.summary("La nouvelle décision, s’il est accueilli")
                    html.add(fields([.retained, .reserved, .refused]))
                }
                html.actions { $0.submit("Répondre au recours") }
            }
        }
    }

    private func renderReceipt(into html: inout HTML) {
        html.details(.open(form["geste"] == "recours")) { html in
            html.summary("Enregistrer un recours reçu par courrier ou par courriel")
            html.writingForm(to: Paths.receivedAppeal(slug, id), tokens) { html in
                html.add(HiddenField("geste", "recours"))
                html.add(
                    Choice(
                        "voie", "Comment est-il venu\u{202F}?",
                        options: [Option("post", "Par courrier"), Option("email", "Par courriel")],
                        value: form["voie"] ?? "post"))
                html.add(DateField("recu", "Reçu le", value: form["recu"], error: problems.message("recu")))
                html.add(
                    TextArea(
                        "motifs", "Ce qu’il dit", value: form["motifs"], error: problems.message("motifs"), rows: 4))
                html.actions { $0.submit("Enregistrer le recours", style: .plain) }
            }
        }
    }
}

/// The fields of one decision.
struct DecisionFields: View {
    var decision: Decision?
    var outcomes: [Decision.Outcome]
    var questions: [Option]
    var hasProposal: Bool
    var problems: Problems
    var form: Fields

    func render(into html: inout HTML) {
        html.add(
            Choice(
                "decision", "Décision", options: outcomes.map { Option($0.rawValue, $0.label) },
                value: form["decision"] ?? decision?.outcome.rawValue, error: problems.message("decision")))
        html.add(DecisionBodyFields(form: form, problems: problems, decision: decision))
        html.add(
            TextField(
                "montant", "Montant accordé, en euros",
                value: form["montant"] ?? decision?.amount.map(WrittenAmount.text),
                help: "Si le dossier est retenu.", error: problems.message("montant"), isRequired: false, isShort: true)
        )
        if outcomes.contains(.waiting) {
            html.add(
                TextField(
                    "rang", "Rang sur la liste d’attente", value: form["rang"] ?? decision?.rank.map(String.init),
                    error: problems.message("rang"), isRequired: false, isShort: true, inputMode: "numeric"))
        }
        html.add(
            TextArea(
                "conditions", "Conditions ou réserve", value: form["conditions"] ?? decision?.conditions,
                error: problems.message("conditions"), isRequired: false, rows: 2))
        renderReasons(into: &html)
        if hasProposal, outcomes.contains(.waiting) {
            html.add(
                TextArea(
                    "ecart", "Pourquoi la décision s’écarte de la proposition",
                    value: form["ecart"] ?? decision?.departure,
                    help: "Gardé dans le dossier de l’appel, jamais envoyé.", error: problems.message("ecart"),
                    isRequired: false, rows: 2))
        }
    }

    private func renderReasons(into html: inout HTML) {
        html.group("Motifs") { html in
            html.p(
                "Chacun sur le dossier entier ou sur une question\u{202F}: la personne les retrouve en face du champ.")
            for index in 1...DecisionForm.reasons {
                let known = decision.flatMap { index <= $0.reasons.count ? $0.reasons[index - 1] : nil }
                let name = "motif-\(index)"
                html.add(
                    Select(
                        name + "-question", "Motif \(index), à propos de", options: questions,
                        value: form[name + "-question"] ?? known?.question, prompt: "Tout le dossier", isRequired: false
                    ))
                html.add(
                    TextArea(
                        name, "Motif \(index)", value: form[name] ?? known?.text, error: problems.message(name),
                        isRequired: false, rows: 2))
            }
        }
    }
}
