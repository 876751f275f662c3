import Forms
import Maillage
import Markup

/// The questions of a request: what is expected of each, what was there, and where to write. Documents have their own forms, so that
/// nothing typed is lost by sending one.
struct PiecesView: View {
    var reading: PiecesReading
    var problems = Problems()
    var tokens = FormTokens.sample
    /// What was typed and not saved; nil to show what is saved.
    var typed: Fields?
    /// A group that gets one more row.
    var grown: String?
    var showsProblems = false

    private var request: PiecesRequest { reading.request }

    static func anchor(of key: String) -> String { "pieces-" + key.replacing("_", with: "-") }

    private var questions: [Question] { reading.form.questions }
    private var typedQuestions: [Question] {
        questions.filter { if case .attachment = $0.kind { false } else { true } }
    }

    func render(into html: inout HTML) {
        html.h1("Compléments")
        html.p(.class("lead")) { $0.a(reading.candidacy.name, .href(Paths.candidacy(reading.candidacy.id))) }
        html.add(ErrorSummary(problems))
        html.p(.class("deadline-card")) { html in
            html.text(reading.isWritable ? "À envoyer " : "La limite était\u{202F}: ")
            html.time(.datetime(Format.machine(request.closesAt))) {
                $0.strong(DossierDeadline.words(request.closesAt))
            }
            html.text(".")
            if request.takesLate { html.text(" Une réponse plus tardive est gardée, et signalée comme telle.") }
        }
        if !request.words.isEmpty { html.paragraphs(request.words) }
        html.p(
            "Seules ces questions se rouvrent. Ce que vous avez déposé est gardé, avec son récépissé.", .class("muted"))
        guard reading.isWritable else {
            renderRead(into: &html)
            return
        }
        for question in questions {
            if case .attachment(let rules) = question.kind { renderFiles(question, rules, into: &html) }
        }
        if typedQuestions.isEmpty { renderSending(into: &html) } else { renderForm(into: &html) }
    }

    private func reason(of key: String) -> String {
        Format.typography(request.items.first { $0.question == key }?.reason ?? "")
    }

    private func renderForm(into html: inout HTML) {
        html.writingForm(to: Paths.pieces(request), tokens) { html in
            html.add(HiddenField("version", String(request.version)))
            for question in typedQuestions {
                html.p { html in
                    html.strong("Ce qui est attendu\u{202F}: ")
                    html.text(reason(of: question.key))
                }
                html.add(field(question))
            }
            html.p(
                reading.leads
                    ? "Une fois envoyés, vos compléments ne changent plus."
                    : "L’envoi revient à la personne qui porte la candidature.", .class("muted"))
            html.actions { html in
                html.submit("Enregistrer", style: .plain)
                if reading.leads { html.submit("Enregistrer et envoyer", name: "suite", value: "envoyer") }
            }
        }
    }

    private func field(_ question: Question) -> QuestionField {
        let saved = FormFields.fields(of: question, request.answers[question.key])
        let fields = typed ?? Fields(saved.map { Fields.Field(name: $0.name, value: $0.value) })
        var field = QuestionField(question, isRequired: reading.state.isRequired(question.key), fields: fields)
        field.rows = reading.state.rows(question.key)
        if let typed {
            let rows = typed.values(question.key + ".lignes").filter { !$0.isEmpty }
            if !rows.isEmpty { field.rows = rows }
        }
        field.grows = grown == question.key
        field.state = reading.state
        let own = problems.list.filter { $0.field == question.key || $0.field.hasPrefix(question.key + ".") }
        field.problems =
            showsProblems || !own.isEmpty
            ? reading.state.problems(of: question.key).filter { showsProblems || $0.kind != .missing } : []
        return field
    }

    private func renderFiles(_ question: Question, _ rules: AttachmentRules, into html: inout HTML) {
        var files: [AnswerFile] = []
        if case .files(let answered) = request.answers[question.key] { files = answered }
        html.section(.class("card"), .id(Self.anchor(of: question.key)), .tabindex(-1)) { html in
            html.h2(Format.typography(question.label))
            html.p { html in
                html.strong("Ce qui est attendu\u{202F}: ")
                html.text(reason(of: question.key))
            }
            if files.isEmpty { html.p("Rien n’est joint pour l’instant.", .class("muted")) }
            for file in files {
                html.p(.class("row")) { html in
                    if let id = CandidacyFile.ID(text: file.id) {
                        html.a(file.name, .href(Paths.candidacyFile(reading.candidacy.id, id)))
                    }
                    html.span("\(file.family.label), \(Format.fileSize(bytes: file.bytes))", .class("muted"))
                }
                let action = Paths.piecesFileRemoval(request, question.key)
                html.form(.method("post"), .action(action)) { html in
                    html.add(HiddenField(tokens.token(action)))
                    html.add(HiddenField("fichier", file.id))
                    html.button(.type("submit"), .class(ButtonStyle.quiet.rawValue)) { html in
                        html.text("Retirer")
                        html.span(" \(file.name)", .class("visually-hidden"))
                    }
                }
            }
            guard files.count < rules.maxCount else { return }
            let action = Paths.piecesFiles(request, question.key)
            let uploads = Paths.piecesUploads(request)
            html.form(
                .method("post"), .action(action), .enctype("multipart/form-data"), .novalidate(), .class("form"),
                .data("upload", uploads), .data("upload-token", tokens.token(uploads).value),
                .data("question", question.key), .data("anchor", Self.anchor(of: question.key)),
                .data("limit", rules.maxBytes)
            ) { html in
                html.add(HiddenField(tokens.token(action)))
                html.add(
                    FileField(
                        question.key, "Document à joindre",
                        help:
                            "\(AttachmentWords.list(rules.accepted)), \(Format.fileSize(bytes: rules.maxBytes)) au plus.",
                        error: problems.message(question.key),
                        accept: rules.accepted.flatMap { $0.document.extensions.map { "." + $0 } }.joined(
                            separator: ","),
                        isMultiple: rules.maxCount - files.count > 1))
                html.actions { $0.submit("Joindre", style: .plain) }
            }
        }
    }

    private func renderSending(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Envoyer")
            guard reading.leads else {
                html.p("L’envoi revient à la personne qui porte la candidature.")
                return
            }
            let missing = reading.shortfalls
            if !missing.isEmpty {
                html.p("Il manque encore\u{202F}:")
                html.ul { html in
                    for problem in missing {
                        let label = reading.form.question(problem.question)?.label ?? ""
                        html.li(Format.typography("\(label) : \(problem.message)"))
                    }
                }
            }
            html.p("Une fois envoyés, vos compléments ne changent plus.")
            html.writingButton(
                "Envoyer mes compléments", to: Paths.piecesSending(request), tokens, style: .primary,
                fields: [("version", String(request.version))])
        }
    }

    private func renderRead(into html: inout HTML) {
        html.dl(.class("facts")) { html in
            for question in questions {
                html.dt(Format.typography(question.label))
                html.dd { html in
                    if case .files(let files) = request.answers[question.key], !files.isEmpty {
                        html.add(AnswerFiles(files: files, links: .own(reading.candidacy.id)))
                    } else if let text = AnswerText.text(of: question, request.answers[question.key]) {
                        html.paragraphs(text)
                    } else {
                        html.span("sans réponse", .class("muted"))
                    }
                }
            }
        }
        html.p { $0.a("Revenir au suivi", .href(Paths.followUp(reading.candidacy.id))) }
    }
}
