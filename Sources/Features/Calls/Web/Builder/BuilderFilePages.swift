import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/fichier`: the form as one readable file, out and in.
enum BuilderFilePages {
    /// The longest form, and room for the other fields.
    static let bodyLimit = FormFile.maxBytes + 100_000

    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, try await BuilderReading.find(visit), Problems())
    }

    static func export(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        return .file(
            FormFile.write(reading.form), type: "application/json",
            savedAs: "formulaire-\(reading.call.slug)-\(reading.paths.stage).json")
    }

    static func importFile(_ visit: Visit) async throws -> Answer {
        guard let upload = visit.upload else { throw Missing() }
        let (fields, files) = try await upload.form()
        let reading = try await BuilderReading.find(visit)
        let pasted = fields["texte"] ?? ""
        let bytes = files.first { $0.field == "fichier" }?.bytes ?? Array(pasted.utf8)
        guard !bytes.isEmpty else {
            return page(visit, reading, Problems("fichier", "Choisissez un fichier, ou collez son texte."))
        }
        let form: Form
        do {
            form = try FormFile.read(bytes)
        } catch {
            var problems = Problems()
            let field = files.isEmpty ? "texte" : "fichier"
            for problem in error.list.prefix(50) { problems.add(field, problem.description) }
            return page(visit, reading, problems, pasted: pasted)
        }
        do {
            let name = files.first?.name ?? "texte collé"
            let outcome = try await visit.perform(
                ChangeFormDraft(
                    call: reading.call.call.id, maturity: reading.maturity, version: fields.int("version") ?? 0,
                    change: .edit(
                        .replace(form, words: "Importé de «\u{202F}\(Format.excerpt(name, limit: 80))\u{202F}»"))))
            return BuilderEdit.done(outcome, to: reading.paths.overview)
        } catch let problems as Problems {
            return page(visit, reading, problems, pasted: pasted)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            let words = Problems(
                "",
                "Quelqu’un a changé le formulaire entre-temps. Rien n’a été importé\u{202F}: relisez, puis recommencez."
            )
            return page(visit, fresh, words, pasted: pasted, .conflict)
        }
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, pasted: String? = nil,
        _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let tokens = FormTokens(visit)
        let head = reading.head("Exporter ou importer", problems: problems)
        let bytes = FormFile.write(reading.form).count
        return visit.page(head, status: status ?? BuilderText.status(problems)) { html in
            html.h1("Exporter ou importer")
            html.p(Format.typography(reading.form.title), .class("lead"))
            html.add(ErrorSummary(problems))
            html.section { html in
                html.h2("Exporter")
                html.p(
                    "Un seul fichier, lisible, qui contient tout\u{202F}: sections, questions, conditions, règles. Gardez-le, envoyez-le, "
                        + "reprenez-le pour un autre appel.")
                html.p {
                    $0.a(.href(reading.paths.export), .class("button button-primary")) { html in
                        html.add(Icon.download)
                        html.text("Télécharger le formulaire (JSON, \(Format.fileSize(bytes: bytes)))")
                    }
                }
            }
            html.section { html in
                html.h2("Importer")
                html.p(
                    "Le fichier remplace tout le brouillon. C’est un geste comme un autre\u{202F}: il s’annule.")
                html.form(
                    .method("post"), .action(reading.paths.file), .enctype("multipart/form-data"), .novalidate(),
                    .class("form")
                ) { html in
                    html.add(HiddenField(tokens.token(reading.paths.file)))
                    html.add(HiddenField("version", String(reading.draft.version)))
                    html.add(
                        FileField(
                            "fichier", "Le fichier", error: problems.messages(for: "fichier").first, isRequired: false,
                            accept: ".json,application/json"))
                    html.add(
                        TextArea(
                            "texte", "ou son texte", value: pasted, error: problems.messages(for: "texte").first,
                            isRequired: false, rows: 6))
                    html.actions { html in
                        html.submit("Importer")
                        html.a("Revenir au formulaire", .href(reading.paths.overview))
                    }
                }
            }
        }
    }
}
