import HTTPTypes
import Maillage
import Markup

/// `/cercles/nouveau`: the coordination adds a circle.
enum NewCirclePages {
    static func new(_ visit: Visit) async throws -> Answer {
        page(visit, Problems())
    }

    static func create(_ visit: Visit) async throws -> Answer {
        do {
            let circle = try await visit.perform(
                CreateCircle(
                    code: visit.form.text("code") ?? "", name: visit.form.text("nom") ?? "",
                    kind: visit.form.text("genre").flatMap(Circle.Kind.init) ?? .territorial,
                    summary: visit.form.text("resume") ?? ""))
            return .done("Le cercle est créé.", to: Paths.circle(circle.slug))
        } catch let problems as Problems {
            return page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) -> Answer {
        var head = PageHead(
            "Ajouter un cercle", section: "Cercles",
            breadcrumbs: Breadcrumbs([("Cercles", Link(path: "cercles"))], current: "Ajouter un cercle"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            NewCircleView(form: visit.form, problems: problems, tokens: FormTokens(visit)))
    }
}

struct NewCircleView: View {
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Ajouter un cercle")
        html.add(ErrorSummary(problems))
        html.writingForm(to: Paths.newCircle, tokens) { html in
            html.add(TextField("nom", "Nom", value: form["nom"], error: problems.message("nom"), maximumLength: 120))
            html.add(
                TextField(
                    "code", "Code", value: form["code"],
                    help: "Court et stable, pour les fichiers échangés\u{202F}: MEL, LEN…",
                    error: problems.message("code"), maximumLength: 12, isShort: true))
            html.add(
                Choice(
                    "genre", "Genre", options: Circle.Kind.allCases.map { Option($0.rawValue, $0.label) },
                    value: form.text("genre") ?? Circle.Kind.territorial.rawValue))
            html.add(
                TextArea(
                    "resume", "En une phrase", value: form["resume"], isRequired: false, rows: 2, recommendedLength: 300
                ))
            html.actions { $0.submit("Créer le cercle") }
        }
    }
}
