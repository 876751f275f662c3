import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/instruction`: where the dossiers of a call stand, who shares them, and what is checked.
enum CallInstructionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func share(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let people = visit.form.values("personne").compactMap { Account.ID(text: $0) }
        do {
            let shares = try await visit.perform(
                BalanceDossiers(
                    call: reading.call.id, people: people, byTerritory: visit.form["ordre"] == "territoire"))
            let count = shares.values.reduce(0, +)
            return .done(
                "\(Format.count(count, "dossier réparti", "dossiers répartis")) entre "
                    + "\(Format.count(shares.count, "personne", "personnes")).",
                to: Paths.callInstruction(reading.slug))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func setChecklist(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            _ = try await visit.perform(SetChecklist(call: reading.call.id, text: visit.form["controles"] ?? ""))
            return .done("La liste des contrôles est enregistrée.", to: Paths.callInstruction(reading.slug))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let call = reading.call
        let found = try await visit.read { try CallInstruction.of(call, $0) }
        var head = reading.head("Instruction")
        head.hasErrors = !problems.isEmpty
        let view = CallInstructionView(
            reading: reading, found: found, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The instruction of one call, for those who keep it.
struct CallInstructionView: View {
    var reading: CallReading
    var found: CallInstruction
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Instruction")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.slug))) }
        html.add(ErrorSummary(problems))
        let all = InstructionQuery.all(of: reading.call.id)
        let total = found.counts.values.reduce(0, +)
        if total == 0 {
            html.add(
                EmptyState(
                    "Aucun dossier à instruire",
                    "Chaque candidature déposée vient ici quand la limite de sa vague est passée."))
        } else {
            html.add(
                StatTiles(
                    InstructionState.allCases.map { state in
                        StatTile(Format.number(found.counts[state] ?? 0), state.label)
                    }))
            html.p(.class("row")) { html in
                html.a("Ouvrir le tableau de cet appel", .href(Paths.instruction(all)), .class("button button-primary"))
                html.a("Exporter les dossiers et leurs pièces", .href(Paths.dossierExport(all)), .class("button"))
            }
            renderSharing(into: &html)
        }
        renderChecklist(into: &html)
    }

    private func renderSharing(into html: inout HTML) {
        html.section { html in
            html.h2("Qui instruit")
            if found.shares.isEmpty {
                html.p { html in
                    html.text("Personne n’est encore de l’équipe de cet appel. ")
                    html.a("Compléter l’équipe", .href(Paths.call(reading.slug, .team)))
                }
                return
            }
            html.add(
                DataTable(
                    "Dossiers sans issue, par personne", rows: found.shares, id: "parts",
                    columns: [
                        .init("Personne") { $0.name },
                        .init("Dossiers", isNumber: true) { Format.number($0.dossiers) },
                    ]))
            guard found.unassigned > 0 else {
                html.p("Tous les dossiers ont quelqu’un.", .class("muted"))
                return
            }
            html.p("\(Format.count(found.unassigned, "dossier n’a", "dossiers n’ont")) personne.")
            html.writingForm(to: Paths.callSharing(reading.slug), tokens) { html in
                html.add(
                    CheckList(
                        "personne", "Les répartir également entre",
                        options: found.shares.map { Option($0.account.text, $0.name) },
                        values: Set(
                            form.values("personne").isEmpty
                                ? found.shares.map(\.account.text) : form.values("personne")),
                        error: problems.message("instructeur")))
                html.add(
                    Choice(
                        "ordre", "Dans quel ordre",
                        options: [
                            Option("numero", "Par numéro de récépissé"),
                            Option(
                                "territoire", "Par territoire", help: "Les dossiers voisins vont à la même personne."),
                        ], value: form["ordre"] ?? "numero"))
                html.actions { $0.submit("Répartir") }
            }
        }
    }

    private func renderChecklist(into html: inout HTML) {
        html.section { html in
            html.h2("Ce qui est contrôlé")
            html.p(
                found.hasOwnList
                    ? "Votre équipe a écrit cette liste."
                    : "Cette liste vient de l’appel\u{202F}: sa limite, ses conditions, ses pièces.")
            html.ol { html in for item in found.items { html.li(Format.typography(item.label)) } }
            html.details(.open(problems.message("controles") != nil)) { html in
                html.summary("Changer la liste")
                html.writingForm(to: Paths.callChecklist(reading.slug), tokens) { html in
                    html.add(
                        TextArea(
                            "controles", "Un contrôle par ligne",
                            value: form["controles"] ?? found.items.map(\.label).joined(separator: "\n"),
                            help: "Videz ce champ pour revenir à la liste qui vient de l’appel.",
                            error: problems.message("controles"), isRequired: false, rows: 10))
                    html.actions { $0.submit("Enregistrer la liste", style: .plain) }
                }
            }
        }
    }
}
