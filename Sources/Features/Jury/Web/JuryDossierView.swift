import Maillage
import Markup

/// A dossier and its sheet, side by side where there is room.
struct JuryDossierView: View {
    var at: JuryVisit
    var judged: JudgedDossier
    var grants: [LaterRooms.Grant] = []
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var address: JuryAddress { at.address }
    private var dossier: JuryDossier { judged.dossier }

    func render(into html: inout HTML) {
        html.h1(dossier.name)
        if !dossier.structure.isEmpty { html.p(dossier.structure, .class("lead")) }
        html.add(ErrorSummary(problems))
        html.nav(.class("row no-print"), .aria("label", "Dossiers")) { html in
            if let previous = judged.previous {
                html.a(
                    "← \(previous.name)", .href(Paths.juryDossier(address, previous.id)), .class("button button-small"),
                    .rel("prev"))
            }
            html.a("Tous les dossiers", .href(Paths.jury(address)), .class("button button-small"))
            if let next = judged.next {
                html.a(
                    "\(next.name) →", .href(Paths.juryDossier(address, next.id)), .class("button button-small"),
                    .rel("next"))
            }
            html.a("Aller à la fiche", .href("#fiche"), .class("button button-small"))
        }
        html.div(.class("jury-desk")) { html in
            html.div(.class("jury-file")) { html in
                renderFile(into: &html)
                html.add(GrantsElsewhere(grants: grants))
            }
            html.div(.id("fiche"), .class("jury-sheet"), .tabindex(-1)) { html in
                if at.access.sits { renderSheet(into: &html) }
                renderOthers(into: &html)
            }
        }
    }

    private func renderFile(into html: inout HTML) {
        html.p(
            "Déposé le \(Receipt.words(of: judged.deposit.arrival, .paris)), récépissé n°\u{A0}\(dossier.number).",
            .class("muted"))
        guard let content = judged.content else {
            html.p("Cette candidature est venue sur papier ou par courriel\u{202F}: l’original est au service.")
            return
        }
        html.add(
            CandidacyAnswers(
                state: content.state, sections: content.state.compiled.form.sections,
                links: .elsewhere { Paths.juryFile(address, dossier.id, $0) }, figures: { content.figures(of: $0) }))
        html.add(
            DepositedParts(parts: content.parts, links: .elsewhere { Paths.juryFile(address, dossier.id, $0) }))
        renderComplements(content, into: &html)
    }

    private func renderComplements(_ content: DepositedDossier, into html: inout HTML) {
        for request in judged.complements {
            html.section(.class("card")) { html in
                html.h2("Complément reçu après le dépôt")
                html.p(.class("row")) { html in
                    html.add(Badge("ajouté au dossier", .info))
                    if request.isLate { html.add(Badge("hors délai", .bad)) }
                }
                html.p(
                    "Demandé par l’instruction le \(Format.day(request.askedAt)), reçu le "
                        + "\(request.answeredAt.map { Receipt.words(of: $0, .paris) } ?? ""). Le dossier ci-dessus est celui du dépôt.",
                    .class("muted"))
                html.add(
                    PiecesComparison(
                        request: request, form: content.state.compiled.form,
                        file: { Paths.juryFile(address, dossier.id, $0) }))
            }
        }
    }

    private func renderSheet(into html: inout HTML) {
        html.h2("Votre fiche")
        let own = judged.own
        if judged.mayWrite {
            html.add(
                JurySheetForm(
                    action: Paths.juryDossier(address, dossier.id), criteria: judged.jury.settings.criteria, sheet: own,
                    problems: problems, form: form, tokens: tokens))
        } else if let own, own.state == .locked {
            html.p(.class("row")) { $0.add(Badge("Définitive", .good)) }
            html.add(JurySheetRead(sheet: own, criteria: judged.jury.settings.criteria))
        } else {
            html.p(
                judged.jury.isRevealed
                    ? "La séance a ouvert les notes\u{202F}: une fiche qui n’était pas définitive ne compte plus."
                    : "Ce dossier ne vous est pas confié.")
        }
        if judged.jury.state != .signed {
            html.p {
                $0.a("Un lien vous rattache à ce candidat\u{202F}? Le déclarer", .href(Paths.jury(address, .conflicts)))
            }
        }
    }

    private func renderOthers(into html: inout HTML) {
        html.h2("Les autres fiches")
        guard !judged.others.isEmpty else {
            html.p(
                judged.jury.isRevealed
                    ? "Aucune autre fiche définitive."
                    : judged.own?.state == .locked
                        ? "Personne d’autre n’a encore rendu la sienne."
                        : "Elles sont scellées\u{202F}: vous les lirez quand la vôtre sera définitive.", .class("muted")
            )
            return
        }
        for sheet in judged.others {
            html.details { html in
                html.summary(judged.names[sheet.member] ?? "")
                html.add(JurySheetRead(sheet: sheet, criteria: judged.jury.settings.criteria))
                let author = judged.seats.first { $0.id == sheet.member }
                let mayReopen = at.access.chairs || (at.access.keeps && author?.role == .chair)
                if mayReopen, judged.jury.state == .reading || judged.jury.state == .session {
                    html.writingForm(to: Paths.juryReopening(address, dossier.id), tokens) { html in
                        html.add(HiddenField("membre", sheet.member.text))
                        let field = "motif-\(sheet.member.text)"
                        html.label("Rouvrir cette fiche\u{202F}: pourquoi", .for(field))
                        html.input(.class("input"), .type("text"), .id(field), .name("motif"))
                        html.actions { $0.submit("Rouvrir", style: .plain) }
                    }
                }
            }
        }
    }
}

/// The form of a sheet: a note by criterion, on a row of buttons when the scale is short.
struct JurySheetForm: View {
    var action: String
    var criteria: [JuryCriterion]
    var sheet: JurySheet?
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    /// Scales that a row of buttons shows whole.
    static let mostButtons = 10

    func render(into html: inout HTML) {
        html.writingForm(to: action, tokens) { html in
            html.add(HiddenField("version", form["version"] ?? String(sheet?.version ?? 0)))
            for criterion in criteria { render(criterion, into: &html) }
            html.add(
                TextArea(
                    "commentaire", "Commentaire général", value: form["commentaire"] ?? sheet?.comment,
                    error: problems.message("commentaire"), isRequired: false, rows: 3))
            html.add(
                CheckBox(
                    "abstention", "Je m’abstiens sur ce dossier",
                    isChecked: isTicked("abstention", sheet?.isAbstained ?? false),
                    help: "Votre fiche ne comptera ni pour ni contre."))
            html.actions { html in
                html.submit("Enregistrer", name: "suite", value: "garder", style: .plain)
                html.submit("Rendre ma fiche, définitive", name: "suite", value: "rendre")
            }
            html.p(
                "Une fiche rendue est scellée\u{202F}: seule la présidence peut la rouvrir, et c’est écrit.",
                .class("help"))
        }
    }

    /// What was just sent, else what is kept.
    private func isTicked(_ name: String, _ kept: Bool) -> Bool { form.isEmpty ? kept : form.has(name) }

    private func render(_ criterion: JuryCriterion, into html: inout HTML) {
        let kept = sheet?.note(on: criterion.code)
        let name = "note." + criterion.code
        let value = form.isEmpty ? kept?.note.map(String.init) : form[name]
        html.group("\(criterion.label) (\(criterion.weight) points)") { html in
            if !criterion.guide.isEmpty { html.paragraphs(Format.typography(criterion.guide)) }
            if criterion.maximum <= Self.mostButtons {
                renderButtons(criterion, value, into: &html)
            } else {
                html.add(
                    TextField(
                        name, "Note, de 0 à \(criterion.maximum)", value: value, error: problems.message(name),
                        isRequired: false, isShort: true, inputMode: "numeric"))
            }
            html.div(.class("choice")) { html in
                let id = FieldFrame.id(of: "sans." + criterion.code)
                html.input(
                    .type("checkbox"), .id(id), .name("sans." + criterion.code), .value("1"),
                    .checked(isTicked("sans." + criterion.code, kept?.isConcerned == false)))
                html.label("Ne concerne pas ce dossier", .for(id))
            }
            html.details(.open(!(kept?.comment ?? "").isEmpty)) { html in
                html.summary("Commentaire")
                html.add(
                    TextArea(
                        "commentaire." + criterion.code, "Commentaire sur «\u{A0}\(criterion.label)\u{A0}»",
                        value: form["commentaire." + criterion.code] ?? kept?.comment,
                        error: problems.message("commentaire." + criterion.code), isRequired: false, rows: 2))
            }
        }
    }

    private func renderButtons(_ criterion: JuryCriterion, _ value: String?, into html: inout HTML) {
        let name = "note." + criterion.code
        if let error = problems.message(name) {
            html.span(error, .class("error"), .id(FieldFrame.id(of: name) + "-erreur"))
        }
        html.div(.class("jury-scale"), .role("radiogroup"), .aria("label", "Note pour \(criterion.label)")) { html in
            for note in 0...criterion.maximum {
                let id = note == 0 ? FieldFrame.id(of: name) : FieldFrame.id(of: name) + "-\(note)"
                html.span(.class("jury-note")) { html in
                    html.input(
                        .type("radio"), .id(id), .name(name), .value(String(note)), .checked(value == String(note)))
                    html.label(String(note), .for(id))
                }
            }
        }
    }
}

/// A sheet to read, with its seal.
struct JurySheetRead: View {
    var sheet: JurySheet
    var criteria: [JuryCriterion]

    func render(into html: inout HTML) {
        if sheet.isAbstained { html.p("Abstention\u{202F}: cette fiche ne compte pas.") }
        html.dl(.class("facts")) { html in
            for criterion in criteria {
                let note = sheet.note(on: criterion.code)
                html.dt(criterion.label)
                html.dd { html in
                    if let note, !note.isConcerned {
                        html.text("non concerné")
                    } else {
                        html.text(note?.note.map { "\($0) sur \(criterion.maximum)" } ?? "sans note")
                    }
                    html.paragraphs(note?.comment)
                }
            }
        }
        html.paragraphs(sheet.comment)
        if let at = sheet.finishedAt {
            html.p(.class("muted break")) { html in
                html.text("Rendue le \(Format.moment(at)), scellée\u{202F}: ")
                html.code(sheet.commitment)
                html.text(JuryCommitment.holds(sheet) ? " (le sceau est intact)" : " (le sceau ne correspond plus)")
            }
        }
    }
}
