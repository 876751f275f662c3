import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/apercu`: the form as candidates meet it, to be tried. Nothing is kept: what is typed comes back with the page.
enum BuilderPreviewPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        return page(visit, reading, nil, stage: visit.query.text("etape"), isFilled: visit.query.has("exemple"))
    }

    static func check(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        if visit.form["action"] == "exemple" {
            return page(visit, reading, nil, stage: visit.form.text("etape"), isFilled: true)
        }
        return page(visit, reading, visit.form, stage: visit.form.text("etape"), isFilled: false)
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ typed: Fields?, stage: String?, isFilled: Bool
    ) -> Answer {
        var head = reading.head("Essayer le formulaire")
        head.scripts = ["form-text.js", "form.js", "rows.js", "counter.js", "suggest.js"]
        let compiled: CompiledForm
        do {
            compiled = try CompiledForm(reading.form)
        } catch {
            return visit.page(head, BuilderBrokenPreview(reading: reading))
        }
        let own =
            reading.maturity.isEmpty
            ? stage.flatMap { ReferenceList.maturities.contains($0) ? $0 : nil } : reading.maturity
        let environment = FormEnvironment(
            maturity: own, legalForm: nil, today: CivilZone.paris.local(visit.now.microseconds).date)
        var view = BuilderPreviewView(
            reading: reading, state: FormState(compiled, environment: environment), stage: own,
            tokens: FormTokens(visit))
        if isFilled {
            view.state = FormState(
                compiled, answers: TestFilling.answers(compiled, environment: environment), environment: environment)
            view.isChecked = true
        } else if let typed {
            view.typed = typed
            view.isChecked = true
            let fields = typed.all.map { URLEncodedForm.Field($0.name, $0.value) }
            do {
                let read = try FormFields.read(fields, form: reading.form)
                view.state.set(read.changes + documents(compiled, environment))
                view.refused = read.refused
            } catch {
                view.heavy = error.message
            }
            view.grown = typed.text(QuestionRows.add)
            view.removed = typed.text(QuestionRows.remove)
        }
        return visit.page(head, view)
    }

    /// Nothing is sent while trying: documents are taken as given.
    private static func documents(
        _ compiled: CompiledForm, _ environment: FormEnvironment
    ) -> [(key: String, value: AnswerValue?)] {
        let asked = compiled.form.questions.filter { if case .attachment = $0.kind { true } else { false } }
        guard !asked.isEmpty else { return [] }
        let made = TestFilling.answers(compiled, environment: environment)
        var given: [(key: String, value: AnswerValue?)] = []
        for question in asked {
            if let value = made[question.key] { given.append((key: question.key, value: value)) }
        }
        return given
    }
}

/// When the form does not hold together yet: what to put right first.
struct BuilderBrokenPreview: View {
    var reading: BuilderReading

    func render(into html: inout HTML) {
        html.h1("Essayer le formulaire")
        html.p("Il reste des points à corriger avant de pouvoir l’essayer.", .class("lead"))
        html.ul { html in
            for issue in FormCheck.issues(of: reading.form).prefix(50) {
                html.li { html in
                    html.a(
                        BuilderWords.place(issue.place, reading.form),
                        .href(reading.paths.spot(issue.place, in: reading.form)))
                    html.text("\u{202F}: \(issue.message)")
                }
            }
        }
        html.p { $0.a("Revenir au formulaire", .href(reading.paths.overview), .class("button")) }
    }
}

/// The whole form on one page, with the questions that the answers show, and what checking it says.
struct BuilderPreviewView: View {
    var reading: BuilderReading
    var state: FormState
    var stage: String?
    var typed: Fields?
    var isChecked = false
    var refused: [AnswerProblem] = []
    var heavy: String?
    var grown: String?
    var removed: String?
    var tokens = FormTokens.sample

    private var form: Form { reading.form }

    func render(into html: inout HTML) {
        html.p(.class("row")) { html in
            html.add(Badge("Essai\u{202F}: rien n’est enregistré", .info))
            if form.asksForFiles { html.span("Les documents sont supposés joints.", .class("muted")) }
        }
        html.h1(Format.typography(form.title))
        if !form.intro.isEmpty { html.p(Format.typography(form.intro), .class("lead")) }
        renderStage(into: &html)
        if let heavy { html.p(heavy, .class("flash flash-error")) }
        if isChecked, removed == nil, grown == nil { renderResult(into: &html) }
        html.form(
            .method("post"), .action(reading.paths.preview), .novalidate(), .class("form"),
            .data("form-schema", "schema-du-formulaire")
        ) { html in
            html.add(HiddenField(tokens.token(reading.paths.preview)))
            html.button("Vérifier", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            if reading.maturity.isEmpty { html.add(HiddenField("etape", stage ?? "")) }
            for section in form.sections { render(section, into: &html) }
            html.actions { html in
                html.submit("Vérifier")
                html.submit("Remplir avec un exemple", name: "action", value: "exemple", style: .plain)
                html.a("Revenir au formulaire", .href(reading.paths.overview))
            }
        }
        html.div(
            String(decoding: FormSchema.json(state.compiled, environment: state.environment), as: UTF8.self),
            .id("schema-du-formulaire"), .hidden())
    }

    private func renderStage(into html: inout HTML) {
        guard reading.maturity.isEmpty else {
            html.p("Pour un projet à l’étape «\u{202F}\(reading.stageWords)\u{202F}».", .class("muted"))
            return
        }
        html.nav(.class("row"), .aria("label", "Essayer comme un projet à l’étape")) { html in
            html.span("Essayer comme un projet\u{202F}:", .class("muted"))
            for (code, label) in [("", "sans étape")] + BuilderReading.stages.map({ ($0.code, $0.label) }) {
                let path = reading.paths.preview + (code.isEmpty ? "" : "?etape=" + Paths.encode(code))
                html.a(label, .href(path), .class("tag"), .aria("current", code == (stage ?? "") ? "page" : nil))
            }
        }
    }

    private func renderResult(into html: inout HTML) {
        let problems = state.problems.filter { problem in form.question(problem.question) != nil } + refused
        let blocking = problems.filter { $0.severity == .blocking }
        guard !problems.isEmpty else {
            html.p(
                "Le dossier est complet\u{202F}: un candidat pourrait le déposer ainsi.", .class("flash flash-success"),
                .role("status"))
            return
        }
        html.section(.class("card"), .role("status")) { html in
            html.h2(
                blocking.isEmpty
                    ? "Complet, avec des remarques"
                    : Format.count(blocking.count, "point empêcherait le dépôt", "points empêcheraient le dépôt"))
            html.ul { html in
                for problem in problems.prefix(60) {
                    html.li { html in
                        html.a(
                            Format.typography(form.question(problem.question)?.label ?? problem.question),
                            .href("#" + QuestionField.anchor(of: problem.question)))
                        html.text("\u{202F}: \(Format.typography(problem.message))")
                    }
                }
            }
        }
    }

    private func render(_ section: FormSection, into html: inout HTML) {
        html.section(.data("section", section.key), .hidden(!state.isSectionShown(section.key))) { html in
            html.h2(Format.typography(section.title))
            if !section.intro.isEmpty { html.p(Format.typography(section.intro)) }
            for question in section.questions {
                html.div(.data("question", question.key), .hidden(!state.isShown(question.key))) { html in
                    html.add(field(question))
                }
            }
        }
    }

    private func field(_ question: Question) -> QuestionField {
        let saved = FormFields.fields(of: question, state.answers[question.key])
        let fields = typed ?? Fields(saved.map { Fields.Field(name: $0.name, value: $0.value) })
        var field = QuestionField(question, isRequired: state.isRequired(question.key), fields: fields)
        field.grows = grown == question.key
        field.rows =
            typed.map {
                $0.values(question.key + ".lignes").filter { row in !row.isEmpty && "\(question.key).\(row)" != removed
                }
            }
            ?? state.rows(question.key)
        field.computed = CandidacyAnswers.computed(question, state)
        field.titleLevel = 3
        field.state = state
        if case .files(let files) = state.answers[question.key] { field.files = files }
        if isChecked, removed == nil, grown == nil {
            field.problems = state.problems(of: question.key) + refused.filter { $0.question == question.key }
        }
        return field
    }
}
