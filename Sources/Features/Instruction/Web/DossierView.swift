import Forms
import Maillage
import Markup

/// A dossier as those who instruct it read it: the answers as they stand, and what is checked and said of them.
struct DossierView: View {
    var reading: DossierReading
    /// Who reads, for the notes they may take away.
    var reader: Account.ID?
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var dossier: InstructionDossier { reading.dossier }
    private var instruction: Instruction { reading.instruction }
    private var candidacy: Candidacy { dossier.candidacy }

    func render(into html: inout HTML) {
        html.add(DossierTop(reading: reading, title: instruction.name, path: Paths.dossier(reading.id)))
        html.add(ErrorSummary(problems))
        html.div(.class("with-aside")) { html in
            html.div { html in
                renderFacts(into: &html)
                html.add(DossierOutcome(reading: reading, problems: problems, form: form, tokens: tokens))
                html.add(DossierChecks(reading: reading, problems: problems, form: form, tokens: tokens))
                renderAnswers(into: &html)
                renderHistory(into: &html)
            }
            html.aside(.aria("label", "Instruction du dossier")) { html in
                renderHolder(into: &html)
                renderNotes(into: &html)
            }
        }
    }

    private func renderFacts(into html: inout HTML) {
        guard let deposit = dossier.opened.counting else { return }
        html.add(
            DefinitionList([
                .init("Structure", candidacy.structure), .init("SIRET", candidacy.siret),
                .init("Déposée par", dossier.opened.depositor),
                .init("Arrivée", Receipt.words(of: deposit.arrival, .paris)), .init("Délai", deposit.verdict.label),
                .init("Décision sur le délai", candidacy.decision?.reason),
                .init("Motif du retrait", candidacy.withdrawReason),
            ]))
        if reading.hasPrinter {
            html.p(.class("no-print")) {
                $0.a("Le dossier en PDF", .href(Paths.dossierPrint(reading.id)), .class("button"))
            }
        }
    }

    private func renderHolder(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Qui l’a en main")
            html.p { html in
                if let instructor = instruction.instructor {
                    html.strong(reading.name(instructor))
                    if let since = instruction.assignedAt { html.text(", depuis le \(Format.day(since))") }
                } else {
                    html.text("Personne encore.")
                }
            }
            if let due = instruction.dueAt {
                let day = DossierDeadline.lastDay(due)
                html.p("Échéance\u{202F}: \(Format.date(year: day.year, month: day.month, day: day.day)).")
            }
            html.details(.open(problems.message("instructeur") != nil || problems.message("mot") != nil)) { html in
                html.summary(instruction.instructor == nil ? "Confier le dossier" : "Passer la main")
                html.writingForm(to: Paths.dossier(reading.id, .assignment), tokens) { html in
                    html.add(
                        Select(
                            "instructeur", "À qui",
                            options: dossier.team.map { Option($0.account.text, $0.name) }
                                + [Option("personne", "Personne")],
                            value: form["instructeur"], error: problems.message("instructeur")))
                    html.add(
                        TextArea(
                            "mot", "Ce qu’il faut savoir", value: form["mot"], error: problems.message("mot"),
                            isRequired: false, rows: 3))
                    html.actions { $0.submit("Confier", style: .plain) }
                }
            }
            html.details(.open(problems.message("echeance") != nil)) { html in
                html.summary("Fixer l’échéance")
                html.writingForm(to: Paths.dossier(reading.id, .due), tokens) { html in
                    html.add(
                        DateField(
                            "echeance", "Dernier jour", value: form["echeance"],
                            help: "Videz ce champ pour n’en plus avoir.", error: problems.message("echeance"),
                            isRequired: false))
                    html.actions { $0.submit("Enregistrer", style: .plain) }
                }
            }
        }
    }

    private func renderNotes(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Annotations")
            html.p(
                "Pour l’équipe seule\u{202F}: ni le candidat ni les personnes consultées ne les voient.",
                .class("muted"))
            for note in dossier.notes {
                html.article { html in
                    html.p(.class("row")) { html in
                        html.add(NoteBadge(kind: note.kind))
                        html.span("\(reading.name(note.author)), \(Format.day(note.at))", .class("muted"))
                    }
                    html.paragraphs(note.text)
                    if note.author == reader {
                        let action = Paths.dossierNoteRemoval(reading.id, note.id)
                        html.form(.method("post"), .action(action)) { html in
                            html.add(HiddenField(tokens.token(action)))
                            html.button(.type("submit"), .class(ButtonStyle.quiet.rawValue)) { html in
                                html.text("Retirer")
                                html.span(" cette annotation du \(Format.moment(note.at))", .class("visually-hidden"))
                            }
                        }
                    }
                }
            }
            html.details(.open(problems.message("annotation") != nil || problems.message("genre") != nil)) { html in
                html.summary("Annoter")
                html.writingForm(to: Paths.dossier(reading.id, .notes), tokens) { html in
                    html.add(
                        Select(
                            "genre", "De quoi s’agit-il\u{202F}?",
                            options: InstructionNote.Kind.allCases.map { Option($0.rawValue, $0.label) },
                            value: form["genre"], error: problems.message("genre")))
                    html.add(
                        TextArea(
                            "annotation", "Annotation", value: form["annotation"],
                            error: problems.message("annotation"), rows: 4))
                    html.actions { $0.submit("Ajouter", style: .plain) }
                }
            }
        }
    }

    private func renderAnswers(into html: inout HTML) {
        html.section { html in
            html.h2("Le dossier")
            if let deposited = dossier.opened.dossier, let standing = dossier.standing {
                if dossier.requests.contains(where: { $0.state == .answered }) {
                    html.p { html in
                        html.text("Ces réponses tiennent compte des compléments reçus. ")
                        html.a("Comparer avec ce qui avait été déposé", .href(Paths.dossier(reading.id, .pieces)))
                    }
                }
                html.add(EligibilityVerdicts(verdicts: deposited.eligibility))
                html.add(
                    CandidacyAnswers(
                        state: standing, sections: standing.compiled.form.sections,
                        links: .elsewhere { Paths.dossierFile(reading.id, $0) }, titleLevel: 3,
                        figures: { deposited.figures(of: $0) }))
                html.add(
                    DepositedParts(
                        parts: deposited.parts, links: .elsewhere { Paths.dossierFile(reading.id, $0) }))
            } else {
                html.p("Cette candidature est venue sur papier ou par courriel\u{202F}: l’original est au service.")
            }
        }
    }

    private func renderHistory(into html: inout HTML) {
        html.section { html in
            html.h2("Ce qui s’est passé")
            html.add(
                Timeline(
                    dossier.events.map { event in
                        var title = event.kind.label
                        if event.kind == .assigned { title += " à \(reading.name(event.account))" }
                        let who = "Par \(reading.name(event.actor))"
                        return Timeline.Event(
                            Format.moment(event.at), datetime: Format.machine(event.at), title: title,
                            detail: event.words.isEmpty ? who + "." : who + "\u{202F}: " + event.words,
                            isKey: [.admissible, .inadmissible, .asked, .answered].contains(event.kind))
                    }))
        }
    }
}

/// What a note is about.
struct NoteBadge: View {
    var kind: InstructionNote.Kind

    func render(into html: inout HTML) {
        let tone: Badge.Tone =
            switch kind {
            case .note: .neutral
            case .alert: .bad
            case .strength: .good
            case .weakness: .warn
            case .toCheck: .info
            }
        html.add(Badge(kind.label, tone))
    }
}
