import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/copier`: questions and sections of the models, and of the calls that the reader may see.
enum BuilderCopyPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await BuilderReading.find(visit), Problems())
    }

    static func copy(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        guard let source = try await sources(visit, reading).first(where: { $0.key == visit.form["source"] }) else {
            throw Missing()
        }
        let edit: FormEdit
        if let section = visit.form.text("section_entiere") {
            edit = .copySection(section, from: source.form)
        } else {
            edit = .copyQuestions(
                visit.form.values("question"), from: source.form, section: visit.form["section"] ?? "")
        }
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .edit(edit))
            return BuilderEdit.done(outcome, to: reading.paths.overview(at: outcome.draft.step.place))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return try await page(visit, fresh, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }

    /// A form from which to copy.
    struct Source: Sendable {
        let key: String
        let title: String
        let words: String
        let form: Form
    }

    /// The models, then the forms of calls that the reader may see, the newest first.
    static func sources(_ visit: Visit, _ reading: BuilderReading) async throws -> [Source] {
        let principal = visit.principal
        let own = reading.call.call.id
        let found = try await visit.read { reader -> [(Call, CallForm)] in
            let calls = try CallListing.visible(to: principal, limit: 60, reader)
            let forms = try CallFormStore.current(of: calls.map(\.id), reader)
            return forms.compactMap { form in
                calls.first { $0.id == form.call }.map { ($0, form) }
            }
        }
        let models = BuilderPages.samples.map {
            Source(key: "modele-" + $0.key, title: $0.form.title, words: "Modèle du réseau", form: $0.form)
        }
        let others = found.compactMap { call, form -> Source? in
            if call.id == own, form.maturity == reading.maturity { return nil }
            // A form that cannot be read any more offers nothing to copy.
            guard let definition = try? form.questions() else { return nil }
            return Source(
                key: "appel-" + form.id.text, title: call.title,
                words: "\(form.title), \(BuilderReading.words(of: form.maturity).lowercased())", form: definition)
        }
        return models + others
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) async throws -> Answer {
        let sources = try await sources(visit, reading)
        let key = visit.form.text("source") ?? visit.query.text("source")
        let view = BuilderCopyView(
            reading: reading, sources: sources, source: sources.first { $0.key == key },
            section: visit.form.text("section") ?? visit.query.text("section"),
            chosen: Set(visit.form.values("question")), problems: problems, tokens: FormTokens(visit))
        let head = reading.head("Copier des questions", problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }
}

/// Where to copy from, then what.
struct BuilderCopyView: View {
    var reading: BuilderReading
    var sources: [BuilderCopyPages.Source]
    var source: BuilderCopyPages.Source?
    var section: String?
    var chosen: Set<String> = []
    var problems = Problems()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Copier des questions")
        html.add(ErrorSummary(problems, reassurance: ""))
        guard let source else { return renderSources(into: &html) }
        html.p(.class("lead")) { html in
            html.text("De «\u{202F}\(Format.typography(source.title))\u{202F}» (\(source.words)). ")
            html.a("Choisir une autre source", .href(link(nil)))
        }
        html.p(
            "Une question vient avec celles que ses conditions et ses calculs lisent. Si son nom est déjà pris, elle en reçoit un autre."
        )
        html.writingForm(to: reading.paths.copy, tokens) { html in
            html.add(HiddenField("version", String(reading.draft.version)))
            html.add(HiddenField("source", source.key))
            if reading.form.sections.isEmpty {
                html.p("Votre formulaire n’a pas encore de section\u{202F}: copiez une section entière pour commencer.")
            } else {
                html.add(
                    Select(
                        "section", "Dans quelle section les mettre",
                        options: reading.form.sections.map { Option($0.key, $0.title) },
                        value: section ?? reading.form.sections.last?.key, prompt: nil))
            }
            for part in source.form.sections where !part.questions.isEmpty { render(part, into: &html) }
            html.actions { html in
                if !reading.form.sections.isEmpty { html.submit("Copier les questions cochées") }
                html.a("Revenir au formulaire", .href(reading.paths.overview))
            }
        }
    }

    private func link(_ source: String?) -> String {
        Paths.path(
            "appels", reading.call.slug, "formulaire", reading.paths.stage, "copier",
            query: [("source", source), ("section", section)])
    }

    private func renderSources(into html: inout HTML) {
        html.p("Choisissez d’où\u{202F}: un modèle du réseau, ou le dossier d’un appel que vous pouvez voir.")
        html.ul(.class("cards")) { html in
            for source in sources {
                html.li(.class("card card-link")) { html in
                    html.h2 { $0.a(Format.typography(source.title), .href(link(source.key))) }
                    html.p(Format.typography(source.words), .class("muted"))
                    html.p(
                        Format.count(source.form.questions.count, "question", "questions") + ", "
                            + Format.count(source.form.sections.count, "section", "sections"))
                }
            }
        }
        html.p { $0.a("Revenir au formulaire", .href(reading.paths.overview)) }
    }

    private func render(_ part: FormSection, into html: inout HTML) {
        html.fieldset(.class("group")) { html in
            html.legend(Format.typography(part.title))
            for question in part.questions {
                let id = FieldFrame.id(of: "question") + "-" + question.key
                html.div(.class("choice")) { html in
                    if !reading.form.sections.isEmpty {
                        html.input(
                            .type("checkbox"), .id(id), .name("question"), .value(question.key),
                            .checked(chosen.contains(question.key)), .aria("describedby", id + "-note"))
                    }
                    html.label(.for(id)) { html in
                        html.text(Format.typography(question.label))
                        html.span(.class("help"), .id(id + "-note")) { html in
                            html.text(KindChoice.named(question.kind.word)?.name ?? "")
                            if reading.form.question(question.key) != nil {
                                html.text(" – une question de ce nom est déjà dans votre formulaire")
                            }
                        }
                    }
                }
            }
            html.p {
                $0.button(
                    .type("submit"), .name("section_entiere"), .value(part.key), .class("button button-small")
                ) { html in
                    html.text("Copier toute la section")
                    html.span(" «\u{202F}\(part.title)\u{202F}»", .class("visually-hidden"))
                }
            }
        }
    }
}
