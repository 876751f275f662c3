import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/titre`, `…/section` and `…/section/{section}`: what the form and its sections are called, and say first.
enum BuilderSectionPages {
    // MARK: The form's own title

    static func showHeading(_ visit: Visit) async throws -> Answer {
        heading(visit, try await BuilderReading.find(visit), Problems())
    }

    static func saveHeading(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        var problems = Problems()
        let title = BuilderText.line(visit.form["titre"], "titre", limit: 200, &problems)
        if title.isEmpty { problems.add("titre", "Donnez un titre au formulaire.") }
        let intro = BuilderText.long(visit.form["introduction"], "introduction", limit: 4_000, &problems)
        guard problems.isEmpty else { return heading(visit, reading, problems) }
        return try await save(visit, reading, .head(title: title, intro: intro)) { heading(visit, $0, $1, $2) }
    }

    private static func heading(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let (form, tokens) = (visit.form, FormTokens(visit))
        let head = reading.head("Titre et introduction", problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems)) { html in
            html.h1("Titre et introduction")
            html.add(ErrorSummary(problems))
            html.writingForm(to: reading.paths.heading, tokens) { html in
                html.add(HiddenField("version", String(reading.draft.version)))
                html.add(
                    TextField(
                        "titre", "Titre du formulaire", value: form["titre"] ?? reading.form.title,
                        error: problems.message("titre"), maximumLength: 200))
                html.add(
                    TextArea(
                        "introduction", "Introduction", value: form["introduction"] ?? reading.form.intro,
                        help:
                            "Quelques phrases avant la première question\u{202F}: à qui s’adresse le dossier, ce qu’il faut avoir sous la main.",
                        error: problems.message("introduction"), isRequired: false, recommendedLength: 600))
                html.actions { html in
                    html.submit("Enregistrer")
                    html.a("Revenir sans enregistrer", .href(reading.paths.overview))
                }
            }
        }
    }

    // MARK: Sections

    static func showNew(_ visit: Visit) async throws -> Answer {
        new(visit, try await BuilderReading.find(visit), Problems())
    }

    static func add(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        var problems = Problems()
        let title = BuilderText.line(visit.form["titre"], "titre", limit: 200, &problems)
        if title.isEmpty { problems.add("titre", "Donnez un titre à la section.") }
        guard problems.isEmpty else { return new(visit, reading, problems) }
        let edit = FormEdit.addSection(title: title, after: visit.form.text("apres"))
        return try await save(visit, reading, edit) { new(visit, $0, $1, $2) }
    }

    private static func new(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let (form, tokens) = (visit.form, FormTokens(visit))
        let after = visit.query.text("apres") ?? form.text("apres")
        let head = reading.head("Ajouter une section", problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems)) { html in
            html.h1("Ajouter une section")
            html.add(ErrorSummary(problems))
            html.writingForm(to: reading.paths.newSection, tokens) { html in
                html.add(HiddenField("version", String(reading.draft.version)))
                html.add(
                    TextField(
                        "titre", "Titre de la section", value: form["titre"],
                        help: "Par exemple\u{202F}: Le projet, Le budget, Les engagements.",
                        error: problems.message("titre"), maximumLength: 200))
                html.add(
                    Select(
                        "apres", "Après quelle section",
                        options: reading.form.sections.map { Option($0.key, $0.title) }, value: after,
                        prompt: "À la fin", isRequired: false))
                html.actions { html in
                    html.submit("Ajouter la section")
                    html.a("Annuler", .href(reading.paths.overview))
                }
            }
        }
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        return section(visit, reading, try found(visit, reading), Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        let present = try found(visit, reading)
        var problems = Problems()
        let title = BuilderText.line(visit.form["titre"], "titre", limit: 200, &problems)
        if title.isEmpty { problems.add("titre", "Donnez un titre à la section.") }
        let intro = BuilderText.long(visit.form["introduction"], "introduction", limit: 4_000, &problems)
        let stages = visit.form.values("etapes").filter { ReferenceList.maturities.contains($0) }
        guard problems.isEmpty else { return section(visit, reading, present, problems) }
        let edit = FormEdit.section(
            present.key, title: title, intro: intro, maturities: stages, shownIf: present.shownIf)
        return try await save(visit, reading, edit) { section(visit, $0, (try? found(visit, $0)) ?? present, $1, $2) }
    }

    private static func found(_ visit: Visit, _ reading: BuilderReading) throws -> FormSection {
        let key = try visit.parameter("section")
        guard let section = reading.form.sections.first(where: { $0.key == key }) else { throw Missing() }
        return section
    }

    private static func section(
        _ visit: Visit, _ reading: BuilderReading, _ section: FormSection, _ problems: Problems,
        _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let (form, tokens) = (visit.form, FormTokens(visit))
        let head = reading.head(section.title, problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems)) { html in
            html.h1(section.title.isEmpty ? "Section sans titre" : Format.typography(section.title))
            html.add(ErrorSummary(problems))
            BuilderText.condition(
                section.shownIf, "Montrée à tout le monde.", "Montrée si", reading.paths.sectionCondition(section.key),
                reading.sentence(), into: &html)
            html.writingForm(to: reading.paths.section(section.key), tokens) { html in
                html.add(HiddenField("version", String(reading.draft.version)))
                html.add(
                    TextField(
                        "titre", "Titre de la section", value: form["titre"] ?? section.title,
                        error: problems.message("titre"), maximumLength: 200))
                html.add(
                    TextArea(
                        "introduction", "Quelques mots avant les questions",
                        value: form["introduction"] ?? section.intro,
                        error: problems.message("introduction"), isRequired: false, rows: 3, recommendedLength: 400))
                BuilderText.stages(
                    form.has("titre") ? Set(form.values("etapes")) : Set(section.maturities), reading, into: &html)
                html.actions { html in
                    html.submit("Enregistrer")
                    html.a("Revenir sans enregistrer", .href(reading.paths.overview(at: section.key)))
                }
            }
        }
    }

    /// Makes the edit and comes back to the overview; else the same page, with what was typed.
    private static func save(
        _ visit: Visit, _ reading: BuilderReading, _ edit: FormEdit,
        again: (BuilderReading, Problems, HTTPResponse.Status?) -> Answer
    ) async throws -> Answer {
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .edit(edit))
            return BuilderEdit.done(outcome, to: reading.paths.overview(at: outcome.draft.step.place))
        } catch let problems as Problems {
            return again(reading, problems, nil)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return again(fresh, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }
}

/// What the builder's pages share: reading texts, and the fields that come back.
enum BuilderText {
    static func line(_ text: String?, _ field: String, limit: Int, _ problems: inout Problems) -> String {
        measured(TextForm.oneLine(text ?? ""), field, limit, &problems)
    }

    static func long(_ text: String?, _ field: String, limit: Int, _ problems: inout Problems) -> String {
        measured(TextForm.paragraphs(text ?? ""), field, limit, &problems)
    }

    private static func measured(_ text: String, _ field: String, _ limit: Int, _ problems: inout Problems) -> String {
        if text.count > limit {
            problems.add(
                field, "Ce texte compte \(text.count) caractères\u{202F}; le maximum est de \(Format.number(limit)).")
        }
        return text
    }

    static func status(_ problems: Problems) -> HTTPResponse.Status {
        problems.isEmpty ? .ok : .unprocessableContent
    }

    /// The condition in words, with the link that changes it.
    static func condition(
        _ condition: Condition?, _ none: String, _ begin: String, _ path: String, _ sentence: ConditionSentence,
        into html: inout HTML
    ) {
        html.p(.class("builder-rule")) { html in
            html.text(condition.map { "\(begin) \(sentence.text($0))." } ?? none)
            html.text(" ")
            html.a(
                condition == nil ? "Poser une condition" : "Changer la condition", .href(path))
        }
    }

    /// Which stages see a section or a question, in a form that serves all of them.
    static func stages(_ chosen: Set<String>, _ reading: BuilderReading, into html: inout HTML) {
        guard reading.maturity.isEmpty else { return }
        html.details(.class("builder-more"), .open(!chosen.isEmpty)) { html in
            html.summary("Réserver à certaines étapes du projet")
            html.add(
                CheckList(
                    "etapes", "Étapes", options: BuilderReading.stages.map { Option($0.code, $0.label) },
                    values: chosen, help: "Rien de coché\u{202F}: pour toutes."))
        }
    }
}
