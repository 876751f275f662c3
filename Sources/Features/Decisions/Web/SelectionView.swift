import Maillage
import Markup
import Selection

/// The selection of a wave, in three steps: what is known of dossiers, what must be respected, what is proposed and why.
struct SelectionView: View {
    var reading: CallReading
    var board: DecisionBoard
    /// What the jury gave, once it may be read.
    var scores: [Candidacy.ID: ExactScore]?
    /// The jury's scores stand in the field instead of those that are kept.
    var takesScores = false
    /// Of the last run, when it proposes a set.
    var coverage: SelectionCoverageView?
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var slug: String { reading.slug }
    private var version: String { String(board.plan?.version ?? 0) }

    func render(into html: inout HTML) {
        html.h1("Sélection")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(slug))) }
        html.add(WaveChoice(reading: reading, wave: board.wave, path: { Paths.selection(slug, $0) }))
        html.add(ErrorSummary(problems))
        guard board.isOpen else {
            html.add(
                EmptyState(
                    "La sélection n’est pas ouverte",
                    "Elle s’ouvre quand la limite de dépôt est passée, et les plis ouverts s’ils sont scellés."))
            return
        }
        guard !board.lines.isEmpty else {
            html.add(EmptyState("Aucun dossier à examiner", "Aucune candidature de cette vague n’est examinée."))
            return
        }
        html.p(
            "Le solveur propose l’ensemble de dossiers dont la somme des notes est la plus grande sans enfreindre une contrainte, "
                + "et dit ce que chacune coûte. C’est une aide\u{202F}: la décision revient à l’instance compétente. Les "
                + "candidats ne voient rien avant la notification.")
        renderScores(into: &html)
        html.add(SelectionRulesView(board: board, slug: slug, problems: problems, form: form, tokens: tokens))
        renderProposal(into: &html)
    }

    private func renderScores(into html: inout HTML) {
        let scored = board.lines.count { $0.entry != nil }
        html.section(.id("notes-et-montants")) { html in
            html.h2("1. Les notes et les montants")
            html.p(
                "\(Format.count(board.lines.count, "dossier examiné", "dossiers examinés")), "
                    + "\(Format.count(scored, "noté", "notés")).")
            if scores != nil {
                html.p { html in
                    if takesScores {
                        html.text("Voici les notes du jury, sur 100. Complétez les montants, puis enregistrez.")
                    } else {
                        html.a(
                            "Reprendre les notes du jury", .href(Paths.selection(slug, board.wave.id, takes: "jury")))
                    }
                }
            }
            html.writingForm(to: Paths.selectionScores(slug), tokens) { html in
                hidden(into: &html)
                html.add(
                    TextArea(
                        "notes", "Un dossier par ligne",
                        value: form.has("notes")
                            ? form["notes"] : SelectionPaste.write(board.lines, scores: takesScores ? scores : nil),
                        help:
                            "\(Format.typography(SelectionPaste.columns)). Se colle aussi depuis un tableur. Les étiquettes se "
                            + "séparent par des virgules\u{202F}; sans maximum, le minimum est le montant. Une ligne sans note "
                            + "laisse le dossier hors de la sélection.",
                        error: problems.message("notes"), isRequired: false,
                        rows: min(max(board.lines.count + 1, 4), 24)))
                html.actions { $0.submit("Enregistrer les notes", style: .plain) }
            }
        }
    }

    private func hidden(into html: inout HTML) {
        html.add(HiddenField("vague", board.wave.id.text))
        html.add(HiddenField("version", form.text("version") ?? version))
    }

    private func renderProposal(into html: inout HTML) {
        html.section(.id("proposition")) { html in
            html.h2("3. La proposition")
            html.writingForm(to: Paths.selection(slug), tokens) { html in
                html.add(HiddenField("vague", board.wave.id.text))
                html.add(HiddenField("version", version))
                html.actions { $0.submit("Chercher la meilleure sélection") }
            }
            guard let run = board.runs.first else { return }
            if !board.isFresh {
                html.p(.class("flash flash-warning")) {
                    $0.text(
                        "Les notes, les contraintes ou les dossiers ont changé depuis ce calcul\u{202F}: relancez-le.")
                }
            }
            html.add(SelectionResultView(run: run, board: board, slug: slug, coverage: coverage))
            html.p { html in
                html.a("Passer aux décisions", .href(Paths.decisions(slug, board.wave.id)), .class("button"))
            }
            if board.runs.count > 1 { renderRuns(into: &html) }
        }
    }

    private func renderRuns(into html: inout HTML) {
        html.details { html in
            html.summary("Les calculs précédents")
            html.ul { html in
                for run in board.runs.dropFirst() {
                    let what =
                        run.result.outcome == .chosen
                        ? "\(Format.count(run.result.grants.count, "dossier", "dossiers")), "
                            + "\(Cents.words(run.result.amount)), \(run.result.total) points"
                        : "aucune sélection possible"
                    html.li("\(Format.moment(run.at))\u{202F}: \(what) (empreinte \(run.fingerprint.prefix(12)))")
                }
            }
        }
    }
}

/// One answer of the solver.
struct SelectionResultView: View {
    var run: SelectionRun
    var board: DecisionBoard
    var slug: String
    var coverage: SelectionCoverageView?

    func render(into html: inout HTML) {
        let result = run.result
        switch result.outcome {
        case .impossible:
            html.div(.class("flash flash-error")) { html in
                html.p { html in
                    html.strong("Aucune sélection ne respecte ces contraintes ensemble.")
                    html.text(" Retirez ou adoucissez l’une d’elles\u{202F}:")
                }
                html.ul { html in for words in result.conflict { html.li(Format.capitalized(words)) } }
            }
        case .undecided:
            html.p("La recherche n’a pas abouti\u{202F}: simplifiez les contraintes, puis recommencez.")
        case .chosen: renderChosen(result, into: &html)
        }
        html.p(
            "Calculé le \(Format.moment(run.at)), version \(run.planVersion) des notes et contraintes. Empreinte des données\u{202F}: "
                + "\(run.fingerprint.prefix(16))…. Les mêmes données donnent toujours la même réponse.", .class("muted")
        )
    }

    private func renderChosen(_ result: SelectionResult, into html: inout HTML) {
        let lines = Dictionary(board.lines.map { ($0.deposit.number, $0) }) { first, _ in first }
        html.add(
            StatTiles([
                StatTile("\(result.grants.count)", "retenus"), StatTile(Cents.words(result.amount), "accordés"),
                StatTile(result.total, "somme des notes"),
            ]))
        html.p(
            result.gap.isEmpty
                ? "C’est prouvé\u{202F}: aucun autre ensemble permis n’a une somme plus grande."
                : "La recherche s’est arrêtée avant la preuve\u{202F}: une meilleure somme gagnerait au plus \(result.gap) points."
        )
        html.add(
            DataTable(
                "Dossiers proposés", rows: result.grants, id: "proposes",
                columns: [
                    .init("Dossier") { grant, html in
                        if let line = lines[grant.number] {
                            html.a(line.candidacy.name, .href(Paths.decision(slug, line.candidacy.id)))
                        } else {
                            html.text("n°\u{A0}\(grant.number)")
                        }
                    },
                    .init("Récépissé", isNumber: true) { "n°\u{A0}\($0.number)" },
                    .init("Note", isNumber: true) { lines[$0.number]?.entry.map { ScoreText.words($0.score) } },
                    .init("Montant", isNumber: true) { Cents.words($0.amount) },
                    .init("Territoire") { lines[$0.number]?.entry?.territory },
                ]))
        if !result.reserve.isEmpty {
            html.p(
                "Liste d’attente, dans l’ordre\u{202F}: " + Format.list(result.reserve.map { "n°\u{A0}\($0)" }) + ".")
        }
        if let coverage { html.add(coverage) }
        renderReasons("Ce que coûte chaque contrainte", result.costs, into: &html)
        renderReasons("Près de la ligne", result.line, into: &html)
        renderReasons("Avec plus d’argent", result.money, into: &html)
    }

    private func renderReasons(_ title: String, _ sentences: [String], into html: inout HTML) {
        guard !sentences.isEmpty else { return }
        html.h3(title)
        html.ul { html in for sentence in sentences { html.li(sentence) } }
    }
}
