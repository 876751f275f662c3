import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/modifier/dossier`: the forms of the call, for all stages or for one: what is in use, what is being written, the
/// way to the builder, and the file for those who write it elsewhere.
enum CallFormPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(try await CallReading.kept(visit), visit, Problems())
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
            return try await page(reading, visit, problems)
        }
    }

    private static func page(_ reading: CallReading, _ visit: Visit, _ problems: Problems) async throws -> Answer {
        let id = reading.call.id
        let drafts = try await visit.read { try FormDraftStore.stages(of: id, $0) }
        var head = reading.head(CallSection.Name.forms.label)
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            CallFormsView(
                reading: reading, form: visit.form, stage: visit.query.text("etape") ?? visit.form.text("etape") ?? "",
                problems: problems, drafts: drafts.map(\.maturity), tokens: FormTokens(visit)))
    }
}

struct CallFormsView: View {
    var reading: CallReading
    var form: Fields
    var stage: String
    var problems: Problems
    /// The stages whose form is being written.
    var drafts: [String] = []
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1(CallSection.Name.forms.label)
        html.p(reading.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        html.p(
            "Un seul dossier peut servir à tous les projets. Vous pouvez aussi en composer un plus court pour une étape\u{202F}: les "
                + "projets de cette étape reçoivent le leur, les autres le dossier commun.")
        html.ul(.class("cards")) { html in
            for maturity in [""] + BuilderReading.stages.map(\.code) where isNamed(maturity) {
                html.li(.class("card")) { renderStage(maturity, into: &$0) }
            }
        }
        let others = BuilderReading.stages.filter { !isNamed($0.code) }
        if !others.isEmpty, reading.phase != .closed, reading.phase != .cancelled {
            html.section { html in
                html.h2("Un dossier propre à une étape")
                html.ul { html in
                    for stage in others {
                        html.li {
                            $0.a(stage.label, .href(BuilderPaths(slug: reading.slug, maturity: stage.code).overview))
                        }
                    }
                }
            }
        }
        if reading.call.state == .draft { renderFile(into: &html) }
        html.p { $0.a("Retour aux sections", .href(Paths.call(reading.slug, .edit))) }
    }

    /// The common form always has its card; a stage has one once something is written for it.
    private func isNamed(_ maturity: String) -> Bool {
        maturity.isEmpty || drafts.contains(maturity) || reading.forms.contains { $0.maturity == maturity }
    }

    private func renderStage(_ maturity: String, into html: inout HTML) {
        let present = reading.forms.first { $0.maturity == maturity }
        let isWritten = drafts.contains(maturity)
        html.h2(BuilderReading.words(of: maturity))
        if let present {
            html.p(
                "«\u{202F}\(Format.typography(present.title))\u{202F}», version \(present.version), du \(Format.day(present.createdAt))."
            )
        } else {
            html.p("Aucun dossier en usage.", .class("muted"))
        }
        if isWritten { html.p { $0.add(Badge("Un brouillon est en cours", .warn)) } }
        html.p(.class("row")) { html in
            html.a(
                .href(BuilderPaths(slug: reading.slug, maturity: maturity).overview),
                .class("button", present == nil || isWritten ? "button-primary" : nil)
            ) { html in
                html.text(
                    isWritten
                        ? "Reprendre le brouillon"
                        : present == nil ? "Composer le formulaire" : "Modifier le formulaire")
                html.span("\u{202F}: \(BuilderReading.words(of: maturity))", .class("visually-hidden"))
            }
            if present != nil {
                html.a(
                    "Le lire",
                    .href(
                        Paths.path(
                            "appels", reading.slug, "dossier-type",
                            query: [("etape", maturity.isEmpty ? nil : maturity)])))
            }
        }
    }

    /// For those who write the form in a file of their own.
    private func renderFile(into html: inout HTML) {
        let present = reading.forms.first { $0.maturity == stage }
        html.details(.class("builder-more"), .open(!problems.isEmpty)) { html in
            html.summary("Donner le dossier comme un fichier")
            html.writingForm(to: Paths.call(reading.slug, CallSection.Name.forms), tokens) { html in
                html.add(
                    Select(
                        "etape", "Pour quels projets",
                        options: BuilderReading.stages.map { Option($0.code, $0.label) },
                        value: stage, prompt: "Tous les projets", error: problems.message("etape"), isRequired: false))
                html.add(
                    TextField(
                        "titre", "Titre", value: form["titre"] ?? present?.title, error: problems.message("titre")))
                html.add(
                    TextArea(
                        "definition", "Le dossier", value: form["definition"] ?? present?.definition,
                        error: problems.message("definition"), rows: 18))
                html.actions { $0.submit("Enregistrer cette version", style: .plain) }
            }
        }
    }
}
