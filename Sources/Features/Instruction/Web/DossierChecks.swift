import Maillage
import Markup

/// The list of what is checked of a dossier: three results each, and a remark.
struct DossierChecks: View {
    var reading: DossierReading
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var dossier: InstructionDossier { reading.dossier }

    func render(into html: inout HTML) {
        html.section { html in
            html.h2("Contrôle de recevabilité")
            let done = dossier.items.count { dossier.lines[$0.code] != nil }
            html.add(Meter("Contrôles faits", value: done, of: dossier.items.count, kind: .task))
            if reading.instruction.state.isOpen { renderForm(into: &html) } else { renderRead(into: &html) }
        }
    }

    private func renderForm(into html: inout HTML) {
        html.details(.open(reading.instruction.state == .underReview)) { html in
            html.summary("Remplir les contrôles")
            html.writingForm(to: Paths.dossier(reading.id, .check), tokens) { html in
                for item in dossier.items {
                    let line = dossier.lines[item.code]
                    html.div(.class("section-line")) { html in
                        html.add(
                            Choice(
                                "controle." + item.code, Format.typography(item.label),
                                options: CheckLine.Result.allCases.map { Option($0.rawValue, $0.label) },
                                value: form["controle." + item.code] ?? line?.result.rawValue,
                                help: Checklist.hint(item, of: dossier.opened).map {
                                    "Ce que le programme sait\u{202F}: " + Format.typography($0)
                                }, isRequired: false))
                        html.add(
                            TextField(
                                "remarque." + item.code, "Remarque",
                                value: form["remarque." + item.code] ?? line?.remark,
                                error: problems.message("remarque." + item.code), isRequired: false,
                                maximumLength: 1_000))
                    }
                }
                html.actions { $0.submit("Enregistrer le contrôle", style: .plain) }
            }
        }
    }

    private func renderRead(into html: inout HTML) {
        let lines = dossier.items.compactMap { dossier.lines[$0.code] }
        guard !lines.isEmpty else { return }
        html.add(
            DataTable(
                "Ce qui a été contrôlé", rows: lines, id: "controles",
                columns: [
                    .init("Contrôle") { Format.typography($0.label) }, .init("Résultat") { $0.result.label },
                    .init("Remarque") { $0.remark },
                    .init("Par") { "\(reading.name($0.account)), \(Format.day($0.at))" },
                ]))
    }
}

/// What was found of a dossier, or the form that says it.
struct DossierOutcome: View {
    var reading: DossierReading
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var instruction: Instruction { reading.instruction }

    func render(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Recevabilité")
            switch instruction.state {
            case .underReview: renderForm(into: &html)
            case .incomplete: renderWaiting(into: &html)
            case .admissible, .inadmissible: renderDecision(into: &html)
            case .withdrawn: html.p("La candidature a été retirée par la personne qui la porte.")
            }
        }
    }

    private func renderForm(into html: inout HTML) {
        let left = reading.dossier.items.count { reading.dossier.lines[$0.code] == nil }
        if left > 0 {
            html.p(
                "Il reste \(Format.count(left, "contrôle", "contrôles")) à faire avant de dire le dossier recevable.")
        }
        html.p {
            $0.a("Demander des compléments", .href(Paths.dossier(reading.id, .pieces)), .class("button"))
        }
        let isOpen = ["issue", "motif", "motivation"].contains { problems.message($0) != nil } || left == 0
        html.details(.open(isOpen)) { html in
            html.summary("Donner l’issue")
            html.writingForm(to: Paths.dossier(reading.id, .outcome), tokens) { html in
                html.add(HiddenField("version", String(instruction.version)))
                html.add(
                    Choice(
                        "issue", "Issue",
                        options: [
                            Option("recevable", "Recevable"),
                            Option(
                                "irrecevable", "Irrecevable",
                                help: "Le candidat reçoit aussitôt les motifs et la motivation."),
                        ], value: form["issue"], error: problems.message("issue")))
                html.add(
                    CheckList(
                        "motif", "Motifs, si le dossier est irrecevable",
                        options: InadmissibilityReason.allCases.map { Option($0.rawValue, $0.label) },
                        values: Set(form.values("motif")), error: problems.message("motif")))
                html.add(
                    TextArea(
                        "motivation", "Motivation", value: form["motivation"],
                        help: "Lue par le candidat si le dossier est irrecevable\u{202F}; gardée pour l’équipe sinon.",
                        error: problems.message("motivation"), isRequired: false, rows: 4))
                html.actions { $0.submit("Enregistrer l’issue") }
            }
        }
    }

    private func renderWaiting(into html: inout HTML) {
        guard let request = reading.dossier.openRequest else { return }
        html.p("Des compléments sont demandés au candidat, à envoyer \(DossierDeadline.words(request.closesAt)).")
        html.p { $0.a("Voir la demande", .href(Paths.dossier(reading.id, .pieces))) }
    }

    private func renderDecision(into html: inout HTML) {
        guard let decision = instruction.decision else { return }
        html.p { html in
            html.strong(instruction.state.label)
            html.text(", le \(Format.moment(decision.at)), par \(reading.name(decision.by)).")
        }
        if !decision.reasons.isEmpty {
            html.ul { html in for reason in decision.reasons { html.li(reason.label) } }
        }
        if !decision.words.isEmpty { html.paragraphs(decision.words) }
        html.details(.open(problems.message("raison") != nil)) { html in
            html.summary("Rouvrir l’instruction")
            html.writingForm(to: Paths.dossier(reading.id, .reopening), tokens) { html in
                html.add(HiddenField("version", String(instruction.version)))
                html.add(
                    TextArea(
                        "raison", "Pourquoi", value: form["raison"],
                        help: instruction.state == .inadmissible
                            ? "Le candidat, qui a su le refus, sera informé de cette reprise." : nil,
                        error: problems.message("raison"), rows: 3))
                html.actions { $0.submit("Rouvrir", style: .danger) }
            }
        }
    }
}
