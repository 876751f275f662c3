import Exchange
import Forms
import Maillage
import Markup

/// The documents a candidacy is asked for, section by section, each with those that are there and the form that adds one.
struct CandidacyFilesView: View {
    var side: DossierSide
    /// Of the whole candidacy.
    var files: [CandidacyFile]
    /// What the reader may take from the safes they keep.
    var safe: [SafeDocument] = []
    var scans = FileStates()
    var problems = Problems()
    /// What was kept of a form that was refused in part.
    var notice = ""
    var tokens = FormTokens.sample

    static func anchor(of key: String) -> String { "piece-" + key.replacing("_", with: "-") }
    static func nameField(_ file: CandidacyFile.ID) -> String { "nom-" + file.text }

    private var reading: CandidacyReading { side.whole }
    private var state: FormState { side.state }

    func render(into html: inout HTML) {
        html.h1("Pièces à joindre")
        html.p(
            side.part.map { "\($0.partner.name), dans «\u{A0}\(reading.candidacy.name)\u{A0}»" }
                ?? reading.candidacy.name,
            .class("lead"))
        html.add(
            ErrorSummary(
                problems,
                reassurance: "\(notice.isEmpty ? "" : notice + " ")Ce qui était joint l’est toujours."))
        html.add(CandidacyDeadline(call: reading.call, wave: reading.wave, now: reading.now))
        let sections = state.compiled.form.sections.filter { !asked(in: $0).isEmpty }
        if sections.isEmpty {
            html.add(
                EmptyState(
                    side.part == nil ? "Ce dossier ne demande aucune pièce" : "Cette part ne demande aucune pièce"))
        }
        for section in sections {
            html.section { html in
                html.h2(section.title)
                for question in asked(in: section) { render(question, of: section, into: &html) }
            }
        }
        if !files.isEmpty {
            html.p(
                "\(Format.count(files.count, "document joint", "documents joints")), "
                    + "\(Format.fileSize(bytes: files.reduce(0) { $0 + $1.size })) sur "
                    + "\(Format.fileSize(bytes: AttachmentLimits.mostBytes)).", .class("muted"))
        }
        html.p(.class("actions")) { $0.a(side.pathWords, .href(side.path)) }
    }

    private func asked(in section: FormSection) -> [Question] {
        section.questions.filter { question in
            if case .attachment = question.kind { state.isShown(question.key) } else { false }
        }
    }

    private func render(_ question: Question, of section: FormSection, into html: inout HTML) {
        guard case .attachment(let rules) = question.kind else { return }
        let present = attached(to: question.key)
        let mayWrite = side.mayWrite(section.key)
        html.section(.class("card"), .id(Self.anchor(of: question.key))) { html in
            html.h3 { html in
                html.text(Format.typography(question.label))
                if !state.isRequired(question.key) { html.span(" (facultatif)", .class("optional")) }
            }
            if !question.help.isEmpty { html.p(Format.typography(question.help), .class("help")) }
            for problem in state.problems(of: question.key) where problem.kind != .missing {
                html.p(Format.typography(problem.message), .class("error"))
            }
            if present.isEmpty {
                html.p(mayWrite ? "Rien n’est joint pour l’instant." : "Rien n’est joint.", .class("muted"))
            } else {
                html.ul(.class("file-list")) { html in
                    for file in present {
                        html.li { render(file, rules, mayWrite: mayWrite, into: &$0) }
                    }
                }
            }
            guard mayWrite else { return }
            renderForm(question, rules, count: present.count, into: &html)
            if present.count < rules.maxCount { renderSafe(question, rules, present, into: &html) }
        }
    }

    /// In the order of the answer.
    private func attached(to key: String) -> [CandidacyFile] {
        guard case .files(let answered) = side.answers[key] else { return [] }
        return answered.compactMap { answer in files.first { $0.id.text == answer.id } }
    }

    private func render(_ file: CandidacyFile, _ rules: AttachmentRules, mayWrite: Bool, into html: inout HTML) {
        html.p { html in
            html.a(file.name, .href(Paths.candidacyFile(reading.id, file.id)))
            html.text(" ")
            html.span(
                "\(file.family.label), \(Format.fileSize(bytes: file.size)), joint le \(Format.day(file.addedAt))",
                .class("muted"))
            if let badge = scans.badge(of: file.digest) { html.add(badge) }
        }
        guard mayWrite else { return }
        let field = Self.nameField(file.id)
        html.details(.open(problems.message(field) != nil)) { html in
            html.summary { html in
                html.text("Renommer, remplacer ou retirer")
                html.span(" \(file.name)", .class("visually-hidden"))
            }
            html.writingForm(to: Paths.candidacyFileName(reading.id, file.id), tokens) { html in
                html.add(
                    TextField(
                        field, "Nom du document", value: file.name, error: problems.message(field), maximumLength: 200))
                html.actions { $0.submit("Renommer", style: .plain) }
            }
            sending(file.question, rules, replacing: file, into: &html) { html in
                html.add(
                    FileField(
                        "remplacement-\(file.id.text)", "Le remplacer par", help: help(rules), isRequired: false,
                        accept: accept(rules)))
                html.actions { $0.submit("Remplacer", style: .plain) }
            }
            html.writingButton(
                "Retirer ce document", to: Paths.candidacyFileRemoval(reading.id, file.id), tokens, style: .danger)
        }
    }

    private func renderForm(
        _ question: Question, _ rules: AttachmentRules, count: Int, into html: inout HTML
    ) {
        let left = rules.maxCount - count
        guard left > 0 else {
            if rules.maxCount > 1 {
                html.p(
                    "C’est le plus qu’on puisse joindre ici\u{202F}: remplacez ou retirez un document.", .class("muted")
                )
            }
            return
        }
        sending(question.key, rules, replacing: nil, into: &html) { html in
            if let months = rules.validMonths {
                html.add(
                    DateField(
                        "date", "Date du document", help: "Il doit dater de moins de \(months)\u{A0}mois.",
                        isRequired: false))
            }
            html.add(
                FileField(
                    question.key, left > 1 ? "Documents à joindre, \(left) au plus" : "Document à joindre",
                    help: help(rules), error: problems.message(question.key), accept: accept(rules),
                    isMultiple: left > 1))
            html.actions { html in
                html.submit("Joindre")
            }
        }
    }

    private func sending(
        _ question: String, _ rules: AttachmentRules, replacing: CandidacyFile?, into html: inout HTML,
        content: (inout HTML) -> Void
    ) {
        let (action, uploads) = (side.files(question), Paths.candidacyUploads(reading.id))
        html.form(
            .method("post"), .action(action), .enctype("multipart/form-data"), .novalidate(), .class("form"),
            .data("upload", uploads), .data("upload-token", tokens.token(uploads).value), .data("question", question),
            .data("anchor", Self.anchor(of: question)), .data("limit", rules.maxBytes)
        ) { html in
            html.add(HiddenField(tokens.token(action)))
            if let part = side.part { html.add(HiddenField("partenaire", part.partner.id.text)) }
            if let replacing { html.add(HiddenField("remplace", replacing.id.text)) }
            content(&html)
        }
    }

    /// What the safe of a structure holds that would do here, each in one press.
    private func renderSafe(
        _ question: Question, _ rules: AttachmentRules, _ present: [CandidacyFile], into html: inout HTML
    ) {
        let here = Set(present.map(\.digest))
        let fitting = safe.filter {
            rules.accepted.contains($0.family) && $0.size <= rules.maxBytes && !here.contains($0.digest)
        }
        guard !fitting.isEmpty else { return }
        let today = CivilZone.paris.local(reading.now.microseconds).date
        html.details { html in
            html.summary { html in
                html.text("Prendre dans le coffre à documents")
                html.span("\u{202F}: \(question.label)", .class("visually-hidden"))
            }
            html.ul(.class("file-list")) { html in
                for document in fitting {
                    html.li(.class("row row-between")) { html in
                        html.span { html in
                            html.text("\(document.kind.label)\u{202F}: \(document.name) ")
                            html.add(SafeValidity(document: document, today: today))
                        }
                        guard !document.isExpired(on: today) else { return }
                        html.form(
                            .method("post"), .action(side.fromSafe(question.key))
                        ) { html in
                            html.add(HiddenField(tokens.token(side.fromSafe(question.key))))
                            html.add(HiddenField("document", document.id.text))
                            html.button(.type("submit"), .class(ButtonStyle.small.rawValue)) { html in
                                html.text("Joindre")
                                html.span(" \(document.name)", .class("visually-hidden"))
                            }
                        }
                    }
                }
            }
        }
    }

    private func help(_ rules: AttachmentRules) -> String {
        "\(AttachmentWords.list(rules.accepted)), \(Format.fileSize(bytes: rules.maxBytes)) au plus par document."
    }

    private func accept(_ rules: AttachmentRules) -> String {
        rules.accepted.flatMap { family in
            family.document.extensions.map { "." + $0 } + [family.document.mediaType]
        }.joined(separator: ",")
    }
}
