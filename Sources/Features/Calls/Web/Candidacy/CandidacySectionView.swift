import Exchange
import Forms
import Maillage
import Markup

/// The questions of one section, with what was answered or typed.
struct CandidacySectionView: View {
    var reading: CandidacyReading
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
    /// Proposed by the address, by question: shown, not saved.
    var proposed: [String: String] = [:]
    /// Proposals of the address for the sections to come.
    var carried: [(String, String?)] = []
    /// What became of a pasted block: placed cells, and those that were not.
    var pasted: (question: Question, placed: Int, rejections: [GridPasting.Rejection])?

    private var state: FormState { reading.dossier.review.state }
    private var mayWrite: Bool { reading.dossier.mayWrite(section.key, at: reading.now) }

    func render(into html: inout HTML) {
        html.h1(section.title)
        html.p(reading.candidacy.name, .class("lead"))
        html.add(CandidacyDeadline(reading: reading))
        html.add(ErrorSummary(problems))
        if !clashes.isEmpty { html.add(SectionClashes(section: section, clashes: clashes)) }
        if let pasted {
            html.add(
                GridPasteReport(label: pasted.question.label, placed: pasted.placed, rejections: pasted.rejections))
        }
        if !section.intro.isEmpty { html.p(Format.typography(section.intro)) }
        if !mayWrite {
            html.p("Vous lisez cette section sans pouvoir l’écrire.", .class("muted"))
            html.add(
                CandidacyAnswers(
                    state: state, sections: [section], hasTitles: false, links: .own(reading.id),
                    figures: { reading.dossier.review.figures(of: $0) }))
            html.add(
                SectionThreads(
                    side: reading.side, section: section, company: company, typed: typed, problems: problems,
                    tokens: tokens))
            html.p { $0.a("Revenir à la candidature", .href(Paths.candidacy(reading.id))) }
            return
        }
        let action = Link(path: "candidatures", reading.id.text, "dossier", section.key)
        let saving = FormSaving(
            key: "candidature-\(reading.id.text)-\(section.key)-\(account)", account: account,
            isTyped: typed != nil, watches: company.isShared)
        html.savingForm(
            to: action, token: tokens.token(Paths.candidacySection(reading.id, section.key)), saving
        ) { html in
            html.add(HiddenField("version", String(version == 0 ? reading.candidacy.version : version)))
            html.add(SectionSchema(state: state, section: section))
            for (name, value) in carried { html.add(HiddenField(name, value ?? "")) }
            // The first button of a form answers the Enter key: it must not be the one that adds a row.
            html.button("Enregistrer", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            for question in section.questions {
                html.add(field(question))
                let figures = reading.dossier.review.figures(of: question)
                if !figures.isEmpty { html.add(PartSources(question: question, state: state, figures: figures)) }
            }
            html.actions { html in
                let next = CandidacySectionPages.next(after: section, reading)
                html.submit(
                    next == nil ? "Enregistrer et revenir" : "Enregistrer et continuer", name: "suite",
                    value: "suivante")
                html.submit("Enregistrer", name: "suite", value: "ici", style: .plain)
                html.a("Revenir sans enregistrer", .href(Paths.candidacy(reading.id)))
            }
        }
    }

    private func field(_ question: Question) -> QuestionField {
        let saved = FormFields.fields(of: question, reading.candidacy.answers[question.key])
        var fields = typed ?? Fields(saved.map { Fields.Field(name: $0.name, value: $0.value) })
        if typed == nil, let value = proposed[question.key] {
            fields = Fields([Fields.Field(name: question.key, value: value)])
        }
        var field = QuestionField(question, isRequired: state.isRequired(question.key), fields: fields)
        field.mayWrite = mayWrite
        field.links = .own(reading.id)
        if case .files(let files) = reading.candidacy.answers[question.key] { field.files = files }
        field.grows = grown == question.key
        if let typed {
            field.rows = typed.values(question.key + ".lignes").filter { !$0.isEmpty }
        } else {
            field.rows = state.rows(question.key)
        }
        field.computed = CandidacyAnswers.computed(question, state)
        field.state = state
        field.foot = QuestionFoot(question, reading.side, section, company, typed: typed, problems)
        field.isProposed = typed == nil && proposed[question.key] != nil
        var own = problems.messages(for: question.key).map {
            AnswerProblem(question: question.key, kind: .invalid, message: $0)
        }
        // What is not answered yet is no reproach; what was answered wrongly is said at once.
        own += state.problems(of: question.key).filter { showsProblems || $0.kind != .missing }
        field.problems = own
        return field
    }
}
