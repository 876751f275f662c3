import Maillage
import Markup

/// The list of what a call received, and the form that records what came otherwise.
struct CallCandidaciesView: View {
    var reading: CallReading
    var lines: [CallCandidacies.Line]
    var sealed: [SealedCount] = []
    var openings: [CallOpening] = []
    /// What is done with them, in other rooms.
    var pointers: [LaterRooms.Pointer] = []
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Candidatures reçues")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.slug))) }
        html.add(ErrorSummary(problems))
        if let wave = reading.wave, reading.now < wave.closesAt {
            html.p(
                "Les dossiers s’ouvriront quand la limite sera passée (\(wave.deadlineWords)). Les brouillons n’apparaissent "
                    + "jamais ici.")
        }
        renderSealed(into: &html)
        if lines.isEmpty {
            if sealed.isEmpty {
                html.add(
                    EmptyState(
                        "Aucune candidature déposée pour l’instant",
                        "Chaque dépôt s’ajoute ici avec son numéro et son heure. Ce qui arrive autrement s’enregistre ci-dessous."
                    ))
            }
        } else {
            html.add(table)
            html.p { $0.a("Télécharger la liste (CSV)", .href(Paths.callCandidacyFile(reading.slug))) }
        }
        html.add(LaterPointers(title: "Après le dépôt", pointers: pointers))
        renderRecording(into: &html)
    }

    /// How many candidacies are sealed, and the button that opens them once the limit has passed.
    private func renderSealed(into html: inout HTML) {
        for each in sealed {
            html.section(.class("card")) { html in
                html.h2(each.wave.label.isEmpty ? "Plis scellés" : "Plis scellés, \(each.wave.label)")
                html.p { html in
                    html.strong(Format.count(each.candidacies, "candidature déposée", "candidatures déposées"))
                    html.text(". Rien d’autre ne se lit avant l’ouverture, ni les noms ni les dossiers.")
                }
                guard reading.now >= each.wave.closesAt else {
                    html.p("Ils s’ouvrent après la limite (\(each.wave.deadlineWords)), par une personne de l’équipe.")
                    return
                }
                html.p("La limite est passée. L’ouverture est inscrite au journal, à votre nom.")
                html.writingButton(
                    "Ouvrir les plis", to: Paths.callOpening(reading.slug), tokens, style: .primary,
                    fields: [("vague", each.wave.id.text)])
            }
        }
        for opening in openings {
            let label = reading.call.wave(opening.wave)?.label ?? ""
            html.p(
                "Plis ouverts le \(Receipt.words(of: opening.at, .paris))\(label.isEmpty ? "" : " (\(label))")\u{202F}: "
                    + Format.count(opening.deposits, "candidature", "candidatures") + ".", .class("muted"))
        }
    }

    private var table: DataTable<CallCandidacies.Line> {
        DataTable(
            Format.count(lines.count, "candidature déposée", "candidatures déposées"), rows: lines, id: "candidatures",
            columns: [
                .init("Candidature") { line, html in
                    html.a(line.candidacy.name, .href(Paths.callCandidacy(reading.slug, line.candidacy.id)))
                },
                .init("Récépissé", isNumber: true) { "n°\u{A0}\($0.deposit.number)" },
                .init("Structure") { $0.candidacy.structure },
                .init("Arrivée") { Receipt.words(of: $0.deposit.arrival, .paris) },
                .init("Délai") { line, html in
                    html.add(
                        Badge(line.deposit.verdict.label, line.deposit.verdict == .onTime ? .good : .warn))
                },
                .init("État") { line, html in html.add(CandidacyBadge(candidacy: line.candidacy)) },
                .init("Reçue") { line in
                    switch line.candidacy.channel {
                    case .online: "en ligne"
                    case .post: "par courrier"
                    case .email: "par courriel"
                    }
                },
            ])
    }

    private func renderRecording(into html: inout HTML) {
        html.details(.open(!problems.isEmpty)) { html in
            html.summary("Enregistrer une candidature reçue par courrier ou par courriel")
            html.writingForm(to: Paths.callCandidacies(reading.slug), tokens) { html in
                html.add(
                    Choice(
                        "voie", "Comment est-elle venue\u{202F}?",
                        options: [Option("post", "Par courrier"), Option("email", "Par courriel")], value: form["voie"],
                        error: problems.message("voie")))
                html.add(
                    DateField(
                        "arrivee", "Arrivée, heure de Paris", value: form["arrivee"],
                        help: "Par courrier, la date du cachet de la poste fait foi.",
                        error: problems.message("arrivee"),
                        withTime: true))
                html.add(
                    TextField(
                        "deposant", "Personne qui a signé", value: form["deposant"], error: problems.message("deposant")
                    ))
                html.add(
                    TextField("structure", "Structure", value: form["structure"], error: problems.message("structure")))
                html.add(
                    TextField(
                        "siret", "SIRET", value: form["siret"], error: problems.message("siret"), isRequired: false,
                        isShort: true, inputMode: "numeric"))
                html.add(
                    TextField(
                        "titre", "Nom du projet", value: form["titre"], error: problems.message("titre"),
                        isRequired: false))
                html.add(
                    TextArea(
                        "contenu", "Ce qui a été reçu", value: form["contenu"],
                        help: "Nombre de pages, annexes, où l’original est rangé.", error: problems.message("contenu"),
                        rows: 3))
                html.actions { $0.submit("Enregistrer") }
            }
        }
    }
}

/// One deposited candidacy as those who keep the call read it.
struct OpenedCandidacyView: View {
    var reading: CallReading
    var opened: OpenedCandidacy
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        let candidacy = opened.candidacy
        html.p(.class("row")) { $0.add(CandidacyBadge(candidacy: candidacy)) }
        html.h1(candidacy.name)
        html.add(ErrorSummary(problems))
        if let deposit = opened.counting {
            html.add(
                DefinitionList([
                    .init("Structure", candidacy.structure), .init("SIRET", candidacy.siret),
                    .init("Déposée par", opened.depositor),
                    .init("Arrivée", Receipt.words(of: deposit.arrival, .paris)),
                    .init("Délai", deposit.verdict.label), .init("Récépissé", "n°\u{A0}\(deposit.number)"),
                    .init("Empreinte (SHA-256)") { $0.code(deposit.digest) },
                    .init("Décision", candidacy.decision?.reason),
                    .init("Motif du retrait", candidacy.withdrawReason),
                ]))
        }
        if opened.mayDecide, candidacy.state == .late { renderDecision(into: &html) }
        if let dossier = opened.dossier {
            html.add(EligibilityVerdicts(verdicts: dossier.eligibility))
            html.add(
                CandidacyAnswers(
                    state: dossier.state, sections: dossier.state.compiled.form.sections,
                    links: .opened(slug: reading.slug, candidacy.id), figures: { dossier.figures(of: $0) }))
            html.add(DepositedParts(parts: dossier.parts, links: .opened(slug: reading.slug, candidacy.id)))
        } else {
            html.p("Cette candidature est venue sur papier ou par courriel\u{202F}: l’original est au service.")
        }
        html.p { $0.a("Toutes les candidatures", .href(Paths.callCandidacies(reading.slug))) }
    }

    private func renderDecision(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Décider de ce dépôt hors délai")
            html.p("La décision est motivée, envoyée à la personne qui a déposé, et gardée.")
            html.writingForm(to: Paths.lateDecision(reading.slug, opened.candidacy.id), tokens) { html in
                html.add(
                    Choice(
                        "decision", "Décision",
                        options: [
                            Option("admettre", "L’admettre"), Option("ecarter", "L’écarter, elle reste conservée"),
                        ], value: form["decision"], error: problems.message("decision")))
                html.add(
                    TextArea("motif", "Motif", value: form["motif"], error: problems.message("motif"), rows: 4))
                html.actions { $0.submit("Enregistrer la décision") }
            }
        }
    }
}
