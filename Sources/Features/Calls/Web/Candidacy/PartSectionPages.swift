import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/parts/{partner}/dossier/{section}`: the questions of a section that each partner answers. Saved as they are,
/// complete or not; what was typed is never lost.
enum PartSectionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await PartReading.find(visit)
        var view = PartSectionView(reading: reading, section: try section(visit, reading))
        view.grown = visit.query.text("ligne")
        view.showsProblems = visit.query.has("verifier")
        if visit.wantsData { return try await CandidacySaving.news(visit, reading.side, view.section) }
        return try await page(visit, view)
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await PartReading.find(visit)
        let section = try section(visit, reading)
        if visit.wantsData { return try await CandidacySaving.save(visit, reading.side, section) }
        var view = PartSectionView(reading: reading, section: section)
        view.typed = visit.form
        view.version = visit.form.int("version") ?? reading.partner.version
        if CandidacySectionPages.isAboutRemarks(visit.form), !reading.mayWrite {
            do {
                return try await CandidacySectionPages.remark(visit, reading.side, section: section.key)
            } catch let problems as Problems {
                view.problems = problems
                return try await page(visit, view)
            }
        }
        if visit.form.has(QuestionRows.paste) { return try await page(visit, paste(visit, view)) }
        do {
            let saved = try await visit.perform(
                SavePart(
                    candidacy: reading.candidacy.id, partner: reading.partner.id, version: view.version,
                    section: section.key, fields: CandidacySectionPages.fields(of: visit.form),
                    shelf: visit.reception.forms))
            if !saved.refused.isEmpty {
                view.reading = try await PartReading.find(visit)
                view.version = saved.partner.version
                for problem in saved.refused { view.problems.add(problem.field, Format.typography(problem.message)) }
                return try await page(visit, view)
            }
            if CandidacySectionPages.isAboutRemarks(visit.form) {
                view.reading = try await PartReading.find(visit)
                view.version = saved.partner.version
                return try await CandidacySectionPages.remark(visit, view.reading.side, section: section.key)
            }
            return after(visit, reading, section, saved)
        } catch let problems as Problems {
            view.problems = problems
            return try await page(visit, view)
        } catch let conflict as CandidacyConflict {
            view.reading = try await PartReading.find(visit)
            view.version = conflict.current
            view.clashes = conflict.clashes
            return try await page(visit, view)
        } catch is Conflict {
            view.version = reading.partner.version
            view.problems = Problems(
                "", "Cette page était trop ancienne. Relisez vos réponses ci-dessous, puis enregistrez à nouveau.")
            return try await page(visit, view)
        }
    }

    /// Places a pasted block as the sections of the lead do. Nothing is saved by it.
    private static func paste(_ visit: Visit, _ view: PartSectionView) -> PartSectionView {
        let placed = CandidacySectionPages.paste(
            visit, CandidacySectionView(reading: view.reading.whole, section: view.section))
        var view = view
        view.typed = placed.typed ?? view.typed
        view.problems = placed.problems
        view.pasted = placed.pasted
        return view
    }

    /// Where one goes after a save: one more row, the next section, or the same one.
    private static func after(
        _ visit: Visit, _ reading: PartReading, _ section: FormSection, _ saved: SavePart.Outcome
    ) -> Answer {
        func path(_ key: String, row: String? = nil) -> String {
            Paths.partSection(reading.candidacy.id, reading.partner.id, key, query: row.map { [("ligne", $0)] } ?? [])
        }
        if let group = visit.form.text(QuestionRows.add) {
            let key = String(group.prefix { $0 != "." })
            return .redirect(to: path(section.key, row: key) + "#" + QuestionField.anchor(of: key))
        }
        if visit.form.has(QuestionRows.remove) { return .redirect(to: path(section.key)) }
        if let key = AttachmentControl.question(in: visit.form["suite"]) {
            return .redirect(to: reading.side.files + "#" + CandidacyFilesView.anchor(of: key))
        }
        var words = saved.changed.isEmpty ? "Tout est enregistré." : "C’est enregistré."
        // The page may have saved itself, and ended the commitment, before its button was pressed.
        let hasEnded = visit.form.has(wasCommitted) && saved.partner.state != .committed
        if saved.endsCommitment || hasEnded {
            words += " Votre part a changé\u{202F}: engagez à nouveau votre structure."
        }
        if visit.form["suite"] == "suivante", let next = next(after: section, reading) {
            return .done(words, to: path(next.key))
        }
        if visit.form["suite"] == "suivante" { return .done(words, to: reading.path) }
        return .done(words, to: path(section.key))
    }

    /// A page that was made while the partner was committed says so.
    static let wasCommitted = "_engage"

    static func next(after section: FormSection, _ reading: PartReading) -> FormSection? {
        let state = reading.part.state
        let shown = state.compiled.form.sections.filter { state.isSectionShown($0.key) }
        guard let place = shown.firstIndex(where: { $0.key == section.key }), place + 1 < shown.count else {
            return nil
        }
        return shown[place + 1]
    }

    private static func section(_ visit: Visit, _ reading: PartReading) throws -> FormSection {
        let key = try visit.parameter("section")
        guard let section = reading.part.state.compiled.form.sections.first(where: { $0.key == key }) else {
            throw Missing()
        }
        return section
    }

    private static func page(_ visit: Visit, _ view: PartSectionView) async throws -> Answer {
        var view = view
        view.company = try await CandidacyCompany.read(visit, view.reading.side)
        view.tokens = FormTokens(visit)
        view.account = visit.principal.account?.text ?? ""
        let hasErrors = !view.problems.isEmpty || !view.clashes.isEmpty
        var head = view.reading.head(view.section.title, isSection: true, hasErrors: hasErrors)
        head.scripts = ["form-text.js", "form.js", "rows.js", "saving.js", "counter.js", "suggest.js"]
        let status: HTTPResponse.Status =
            !view.clashes.isEmpty ? .conflict : view.problems.isEmpty ? .ok : .unprocessableContent
        return visit.page(head, status: status, view)
    }
}

/// The questions of one section of a part, with what was answered or typed.
struct PartSectionView: View {
    var reading: PartReading
    var section: FormSection
    /// What was typed and not saved; nil to show what is saved.
    var typed: Fields?
    var version = 0
    var problems = Problems()
    var clashes: [CandidacyConflict.Clash] = []
    /// A group that gets one more row.
    var grown: String?
    /// Says beside each question what is missing: when one came from the list of what is.
    var showsProblems = false
    var tokens = FormTokens.sample
    var account = ""
    var company = CandidacyCompany()
    /// What became of a pasted block: placed cells, and those that were not.
    var pasted: (question: Question, placed: Int, rejections: [GridPasting.Rejection])?

    private var state: FormState { reading.part.state }

    func render(into html: inout HTML) {
        let (id, partner) = (reading.candidacy.id, reading.partner)
        html.h1(section.title)
        html.p("\(partner.name), dans «\u{A0}\(reading.candidacy.name)\u{A0}»", .class("lead"))
        html.add(CandidacyDeadline(reading: reading.whole))
        html.add(ErrorSummary(problems))
        if !clashes.isEmpty { html.add(SectionClashes(section: section, clashes: clashes)) }
        if let pasted {
            html.add(
                GridPasteReport(label: pasted.question.label, placed: pasted.placed, rejections: pasted.rejections))
        }
        if !section.intro.isEmpty { html.p(Format.typography(section.intro)) }
        guard reading.mayWrite else {
            html.p("Vous lisez cette part sans pouvoir l’écrire.", .class("muted"))
            html.add(
                CandidacyAnswers(state: state, sections: [section], hasTitles: false, links: .own(reading.candidacy.id))
            )
            html.add(
                SectionThreads(
                    side: reading.side, section: section, company: company, typed: typed, problems: problems,
                    tokens: tokens))
            html.p { $0.a("Revenir à la part de \(partner.name)", .href(reading.path)) }
            return
        }
        if partner.state == .committed {
            html.p(
                "\(partner.name) est engagé. Changer une réponse met fin à cet engagement\u{202F}: il sera à reprendre.",
                .class("muted"))
        }
        let saving = FormSaving(
            key: "part-\(partner.id.text)-\(section.key)-\(account)", account: account, isTyped: typed != nil,
            watches: company.isShared)
        html.savingForm(
            to: Link(path: "candidatures", id.text, "parts", partner.id.text, "dossier", section.key),
            token: tokens.token(Paths.partSection(id, partner.id, section.key)), saving
        ) { html in
            html.add(HiddenField("version", String(version == 0 ? partner.version : version)))
            if partner.state == .committed { html.add(HiddenField(PartSectionPages.wasCommitted, "oui")) }
            html.add(SectionSchema(state: state, section: section))
            // The first button of a form answers the Enter key: it must not be the one that adds a row.
            html.button("Enregistrer", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            for question in section.questions { html.add(field(question)) }
            html.actions { html in
                let isLast = PartSectionPages.next(after: section, reading) == nil
                html.submit(
                    isLast ? "Enregistrer et revenir" : "Enregistrer et continuer", name: "suite", value: "suivante")
                html.submit("Enregistrer", name: "suite", value: "ici", style: .plain)
                html.a("Revenir sans enregistrer", .href(reading.path))
            }
        }
    }

    private func field(_ question: Question) -> QuestionField {
        let saved = FormFields.fields(of: question, reading.partner.answers[question.key])
        let fields = typed ?? Fields(saved.map { Fields.Field(name: $0.name, value: $0.value) })
        var field = QuestionField(question, isRequired: state.isRequired(question.key), fields: fields)
        field.links = .own(reading.candidacy.id)
        if case .files(let files) = reading.partner.answers[question.key] { field.files = files }
        field.grows = grown == question.key
        if let typed {
            field.rows = typed.values(question.key + ".lignes").filter { !$0.isEmpty }
        } else {
            field.rows = state.rows(question.key)
        }
        field.computed = CandidacyAnswers.computed(question, state)
        field.state = state
        field.foot = QuestionFoot(question, reading.side, section, company, typed: typed, problems)
        let own = problems.messages(for: question.key).map {
            AnswerProblem(question: question.key, kind: .invalid, message: $0)
        }
        // What is not answered yet is no reproach; what was answered wrongly is said at once.
        field.problems = own + state.problems(of: question.key).filter { showsProblems || $0.kind != .missing }
        return field
    }
}

/// Both texts of the questions that two people answered at once.
struct SectionClashes: View {
    var section: FormSection
    var clashes: [CandidacyConflict.Clash]

    func render(into html: inout HTML) {
        html.div(.class("error-summary"), .id("erreurs"), .role("alert"), .tabindex(-1)) { html in
            html.h2("Quelqu’un a répondu aux mêmes questions entre-temps")
            html.p(
                "Rien n’est perdu\u{202F}: votre texte est toujours dans le formulaire. Comparez, corrigez, puis enregistrez à nouveau."
            )
            html.add(
                DataTable(
                    "Ce qui a changé des deux côtés", rows: clashes, id: "conflits",
                    columns: [
                        .init("Question") { clash, html in
                            html.a(label(clash.key), .href("#" + QuestionField.anchor(of: clash.key)))
                        },
                        .init("Votre réponse") { clash, html in html.paragraphs(text(clash.key, clash.mine)) },
                        .init("Enregistrée entre-temps") { clash, html in html.paragraphs(text(clash.key, clash.theirs))
                        },
                    ]))
        }
    }

    private func label(_ key: String) -> String { section.questions.first { $0.key == key }?.label ?? key }

    private func text(_ key: String, _ value: AnswerValue?) -> String {
        guard let question = section.questions.first(where: { $0.key == key }) else { return "" }
        return AnswerText.text(of: question, value) ?? "(vide)"
    }
}
