import Maillage
import Markup

/// Every decision of a wave, what is left to do, and the press that tells everybody.
struct DecisionsView: View {
    var reading: CallReading
    var board: DecisionBoard
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var slug: String { reading.slug }
    private var decided: Int { board.lines.count { $0.decision != nil } }
    private var told: Int { board.lines.count { $0.decision?.isNotified == true } }

    func render(into html: inout HTML) {
        html.h1("Décisions")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(slug))) }
        html.add(WaveChoice(reading: reading, wave: board.wave, path: { Paths.decisions(slug, $0) }))
        html.add(ErrorSummary(problems))
        guard board.isOpen, !board.lines.isEmpty else {
            html.add(
                EmptyState(
                    "Rien à décider pour l’instant",
                    "Les décisions s’écrivent quand la limite de dépôt de la vague est passée."))
            return
        }
        html.p(
            "L’avis du jury éclaire\u{202F}; la décision est celle de l’instance compétente, avec sa date et son numéro. Les "
                + "candidats ne voient rien avant la notification, et la reçoivent tous au même instant.")
        html.add(
            StatTiles([
                StatTile("\(decided) / \(board.lines.count)", "décisions écrites"), StatTile("\(told)", "notifiées"),
                StatTile(Cents.words(board.granted), "accordés", note: envelope),
            ]))
        html.add(table)
        html.p(.class("row")) { html in
            html.a("Sélection", .href(Paths.selection(slug, board.wave.id)), .class("button button-small"))
            html.a("Courriers et voies de recours", .href(Paths.decisionTexts(slug)), .class("button button-small"))
        }
        if decided < board.lines.count { renderPreparation(into: &html) }
        renderNotification(into: &html)
        renderAppeals(into: &html)
    }

    private var envelope: String? {
        (board.plan?.rules.envelope ?? board.call.settings.envelope.envelope)
            .map { "enveloppe\u{202F}: \(Cents.words($0))" }
    }

    private var table: DataTable<DecisionBoard.Line> {
        DataTable(
            Format.count(board.lines.count, "dossier examiné", "dossiers examinés"), rows: board.lines, id: "decisions",
            columns: [
                .init("Dossier") { line, html in
                    html.a(line.candidacy.name, .href(Paths.decision(slug, line.candidacy.id)))
                },
                .init("Récépissé", isNumber: true) { "n°\u{A0}\($0.deposit.number)" },
                .init("Note", isNumber: true) { $0.entry.map { ScoreText.words($0.score) } },
                .init("Décision") { line, html in html.add(DecisionBadge(decision: line.decision)) },
                .init("Montant", isNumber: true) { $0.decision?.amount.map { Cents.words($0) } },
                .init("Notifiée") { $0.decision?.notifiedAt.map { Format.day($0) } ?? "non" },
                .init("S’écarte") { $0.decision?.departure.isEmpty == false ? "oui, motivé" : "" },
            ])
    }

    private func renderPreparation(into html: inout HTML) {
        guard let run = board.runs.first, run.result.outcome == .chosen, board.isFresh else {
            html.p(
                "\(Format.count(board.lines.count - decided, "dossier attend", "dossiers attendent")) une décision\u{202F}: "
                    + "écrivez-la sur la page du dossier, ou faites proposer une sélection pour les préparer toutes.")
            return
        }
        html.section(.class("card")) { html in
            html.h2("Préparer les décisions d’après la proposition")
            html.p(
                "Les dossiers proposés sont retenus, la liste d’attente est reprise, les autres ne sont pas retenus. Ce qui est "
                    + "déjà écrit reste\u{202F}; tout se change ensuite, dossier par dossier.")
            html.writingForm(to: Paths.decisions(slug), tokens) { html in
                html.add(HiddenField("vague", board.wave.id.text))
                html.add(HiddenField("calcul", run.id.text))
                html.add(DecisionBodyFields(form: form, problems: problems, decision: nil))
                html.add(
                    TextArea(
                        "motif", "Motif des refus", value: form["motif"],
                        help:
                            "Vaut pour tous ceux qui ne sont ni retenus ni en attente\u{202F}; précisez ensuite dossier par dossier.",
                        error: problems.message("motif"), isRequired: false, rows: 3))
                html.actions { $0.submit("Préparer les décisions", style: .plain) }
            }
        }
    }

    private func renderNotification(into html: inout HTML) {
        let waiting = decided - told
        html.section(.class("card")) { html in
            html.h2("Notifier")
            if told == board.lines.count, board.publishedAt == nil {
                html.p("Chaque personne a reçu sa décision. Les résultats peuvent être publiés sur la page de l’appel.")
                html.writingButton(
                    "Publier les résultats", to: Paths.results(slug), tokens, style: .primary,
                    fields: [("vague", board.wave.id.text)])
            } else if let at = board.publishedAt {
                html.p { html in
                    html.text("Résultats publiés le \(Format.moment(at)). ")
                    html.a("Les voir", .href(Paths.results(slug)))
                }
            }
            guard told < board.lines.count else { return }
            guard board.texts != nil else {
                html.p { html in
                    html.text("Il reste à écrire ")
                    html.a("les courriers, les voies de recours et qui signe", .href(Paths.decisionTexts(slug)))
                    html.text(".")
                }
                return
            }
            html.p(
                decided < board.lines.count
                    ? "Il manque \(Format.count(board.lines.count - decided, "décision", "décisions")) avant de pouvoir notifier."
                    : "\(Format.count(waiting, "courrier partira", "courriers partiront")) d’un coup. Une décision notifiée ne se "
                        + "change plus.")
            if decided == board.lines.count {
                html.writingButton(
                    "Notifier toutes les décisions", to: Paths.notification(slug), tokens, style: .primary,
                    fields: [("vague", board.wave.id.text)])
            }
        }
    }

    private func renderAppeals(into html: inout HTML) {
        guard !board.appeals.isEmpty else { return }
        let lines = Dictionary(board.lines.map { ($0.candidacy.id, $0) }) { first, _ in first }
        html.add(
            DataTable(
                "Recours", rows: board.appeals, id: "recours",
                columns: [
                    .init("Dossier") { appeal, html in
                        html.a(
                            lines[appeal.candidacy]?.candidacy.name ?? "Dossier",
                            .href(Paths.decision(slug, appeal.candidacy)))
                    },
                    .init("Reçu") { Format.day($0.lodgedAt) }, .init("Suite") { $0.state.label },
                ]))
    }
}

/// What was decided, in a word with its colour.
struct DecisionBadge: View {
    var decision: Decision?

    static func badge(_ decision: Decision) -> Badge {
        switch decision.outcome {
        case .retained: Badge(decision.outcome.label, .good)
        case .reserved: Badge(decision.outcome.label, .info)
        case .waiting: Badge("Liste d’attente, rang \(decision.rank ?? 0)", .warn)
        case .refused: Badge(decision.outcome.label, .bad)
        }
    }

    func render(into html: inout HTML) {
        if let decision { html.add(Self.badge(decision)) } else { html.text("à écrire") }
    }
}

/// Who decided, when, under which number.
struct DecisionBodyFields: View {
    var form: Fields
    var problems: Problems
    var decision: Decision?

    func render(into html: inout HTML) {
        html.add(
            TextField(
                "instance", "Instance qui a décidé", value: form["instance"] ?? decision?.body,
                help: "Par exemple le bureau communautaire, la commission permanente.",
                error: problems.message("instance"),
                maximumLength: 200))
        html.add(
            DateField(
                "date", "Date de la décision", value: form["date"] ?? decision?.decidedOn.description,
                error: problems.message("date")))
        html.add(
            TextField(
                "deliberation", "Numéro de la délibération", value: form["deliberation"] ?? decision?.deliberation,
                error: problems.message("deliberation"), isRequired: false, maximumLength: 60, isShort: true))
    }
}
