import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/modifier/dossier`: the questions of the call, for all stages or for one, as one readable file.
enum CallFormPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(try await CallReading.kept(visit), visit, Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            let form = try await visit.perform(
                SetCallForm(
                    call: reading.call.id, maturity: visit.form.text("etape") ?? "",
                    title: visit.form.text("titre") ?? "Dossier de candidature",
                    definition: visit.form["definition"] ?? ""))
            return .done(
                "Le dossier est enregistré, version \(form.version).",
                to: Paths.call(reading.slug, CallSection.Name.forms))
        } catch let problems as Problems {
            return page(reading, visit, problems)
        }
    }

    private static func page(_ reading: CallReading, _ visit: Visit, _ problems: Problems) -> Answer {
        var head = reading.head(CallSection.Name.forms.label)
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            CallFormsView(
                reading: reading, form: visit.form, stage: visit.query.text("etape") ?? visit.form.text("etape") ?? "",
                problems: problems, tokens: FormTokens(visit)))
    }
}

struct CallFormsView: View {
    var reading: CallReading
    var form: Fields
    var stage: String
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1(CallSection.Name.forms.label)
        html.p(reading.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        if reading.forms.isEmpty {
            html.p("Aucun dossier n’est encore écrit.")
        } else {
            html.add(
                DataTable(
                    "Dossiers en usage", rows: reading.forms,
                    columns: [
                        .init("Pour") { form, html in
                            html.a(
                                form.maturity.isEmpty
                                    ? "Tous les projets" : ReferenceList.maturities.label(form.maturity),
                                .href(
                                    Paths.path(
                                        "appels", reading.slug, "modifier", "dossier", query: [("etape", form.maturity)]
                                    )))
                        },
                        .init("Titre") { $0.title },
                        .init("Version", isNumber: true) { "\($0.version)" },
                        .init("Écrit le") { Format.day($0.createdAt) },
                    ]))
        }
        let present = reading.forms.first { $0.maturity == stage }
        html.h2("Écrire ou remplacer un dossier")
        html.p(
            "Un dossier est un fichier lisible, que vous pouvez garder, envoyer et reprendre pour un autre appel. Chaque enregistrement "
                + "fait une nouvelle version\u{202F}; les dossiers déjà déposés gardent la leur.")
        html.writingForm(to: Paths.call(reading.slug, CallSection.Name.forms), tokens) { html in
            html.add(
                Select(
                    "etape", "Pour quels projets",
                    options: ReferenceList.maturities.entries.filter { $0.code != "ferme" }.map {
                        Option($0.code, $0.label)
                    },
                    value: stage, prompt: "Tous les projets", error: problems.message("etape"), isRequired: false))
            html.add(
                TextField("titre", "Titre", value: form["titre"] ?? present?.title, error: problems.message("titre")))
            html.add(
                TextArea(
                    "definition", "Le dossier", value: form["definition"] ?? present?.definition,
                    error: problems.message("definition"), rows: 18))
            html.actions { html in
                html.submit("Enregistrer cette version")
                html.a("Retour aux sections", .href(Paths.call(reading.slug, .edit)))
            }
        }
    }
}
