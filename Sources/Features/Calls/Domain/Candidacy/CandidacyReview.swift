import Exchange
import Forms
import Storage

/// A candidacy with all that its answers lead to: what is shown, what is missing.
public struct CandidacyReview: Sendable {
    public let candidacy: Candidacy
    public let call: Call
    public let form: CallForm
    public let state: FormState
    public let partners: [CandidacyPartner]
    /// What each partner answers, those who left included; empty when the form asks partners nothing.
    public let parts: [CandidacyPart]
    /// Whether the form asks each partner something.
    public let asksPartners: Bool
    /// The version of the call's form for this maturity, when it is newer than the draft's.
    public let newerForm: CallForm?
    /// What is known of the call's conditions, in its order; empty where they were not looked at.
    public var eligibility: [EligibilityFinding] = []

    /// Everything that prevents a deposit, in the order of the form (CAND-10).
    public var shortfalls: [CandidacyShortfall] {
        var list: [CandidacyShortfall] = []
        if candidacy.structure.isEmpty {
            list.append(
                CandidacyShortfall(
                    place: .heading, about: "Structure", message: "Dites quelle structure porte la candidature."))
        }
        if newerForm != nil {
            list.append(
                CandidacyShortfall(
                    place: .form, about: "Dossier",
                    message: "Le dossier de l’appel a changé\u{202F}: passez à sa nouvelle version."))
        }
        for finding in eligibility where finding.condition.isBlocking && finding.outcome == .unsatisfied {
            list.append(
                CandidacyShortfall(
                    place: .eligibility, about: "Condition de l’appel",
                    message: "\(finding.condition.sentence) \(finding.evidence)"))
        }
        let definition = state.compiled.form
        for problem in state.problems where problem.severity == .blocking {
            guard let section = section(of: problem.question) else { continue }
            list.append(
                CandidacyShortfall(
                    place: .question(section: section, key: problem.question),
                    about: definition.question(problem.question)?.label ?? problem.question, message: problem.message))
        }
        for part in parts where part.isPresent { list += shortfalls(of: part) }
        for partner in partners where partner.state == .invited || partner.state == .answering {
            list.append(
                CandidacyShortfall(
                    place: .partner(partner.id), about: partner.name,
                    message: "Ce partenaire ne s’est pas encore engagé."))
        }
        return list
    }

    /// What a partner's part lacks.
    public func shortfalls(of part: CandidacyPart) -> [CandidacyShortfall] {
        let definition = part.state.compiled.form
        return part.problems.compactMap { problem in
            guard let section = part.section(of: problem.question) else { return nil }
            let label = definition.question(problem.question)?.label ?? problem.question
            return CandidacyShortfall(
                place: .part(part.partner.id, section: section, key: problem.question),
                about: "\(part.partner.name), \(label)", message: problem.message)
        }
    }

    /// Where the total of a computed question comes from; empty when it adds up no partner's figures (CAND-32).
    public func figures(of question: Question) -> [PartFigure] {
        PartFigure.of(question, state.compiled.form, parts)
    }

    public func part(of partner: CandidacyPartner.ID) -> CandidacyPart? { parts.first { $0.partner.id == partner } }

    /// The section of a question; the first section for a rule that names none.
    public func section(of question: String) -> String? {
        let sections = state.compiled.form.sections
        return sections.first { $0.questions.contains { $0.key == question } }?.key ?? sections.first?.key
    }

    /// The questions asked of somebody that have no answer yet, with their sections, in the order of the form (CAND-21).
    public func duties(
        of account: Account.ID?, _ assignments: [CandidacyAssignment]
    ) -> [(section: String, question: Question)] {
        Self.duties(of: account, in: state, assignments)
    }

    /// The same of one side of the dossier, with what was said of who writes it.
    public static func duties(
        of account: Account.ID?, in state: FormState, _ assignments: [CandidacyAssignment]
    ) -> [(section: String, question: Question)] {
        guard let account else { return [] }
        return state.compiled.form.sections.flatMap { section in
            section.questions.filter { question in
                if question.kind.isComputed { return false }
                return state.isShown(question.key) && !state.isAnswered(question.key)
                    && CandidacyAssignment.person(for: question.key, in: section.key, assignments) == account
            }.map { (section.key, $0) }
        }
    }

    /// The candidacy as it is at an instant. Throws when its form cannot be read.
    static func of(
        _ candidacy: Candidacy, call: Call, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> CandidacyReview {
        guard let form = try CallFormStore.form(candidacy.form, reader) else { throw Missing() }
        let current = try CallFormStore.currentPrint(of: call.id, maturity: candidacy.maturity, reader)
        let isOld = current.map { $0.id != form.id && $0.digest != form.digest } ?? false
        // The place was chosen by somebody of its team: its legal form is no secret to who writes here.
        let place = try candidacy.place.flatMap { try PlaceStore.place(.house, $0, reader) }
        let partners = try CandidacyPartnerStore.partners(of: candidacy.id, reader)
        var environment = environment(of: candidacy, place: place, at: now)
        environment.zonings = try FormZonings.known(
            try shelf.zonings(form),
            communes: communes(of: candidacy, partners).union([environment.placeCommune].compactMap(\.self)),
            on: CivilZone.paris.local(now.microseconds).date, reader)
        var review = try assembled(
            candidacy, call: call, form: form, partners: partners, environment: environment, shelf: shelf,
            newerForm: isOld ? try current.flatMap { try CallFormStore.form($0.id, reader) } : nil)
        if !call.settings.allConditions.isEmpty {
            review.eligibility =
                call.settings.eligibility(
                    of: try CandidacyFacts.of(review, place: place, at: now, reader)
                ).findings
        }
        return review
    }

    /// The answers of the lead and of the partners, put together.
    static func assembled(
        _ candidacy: Candidacy, call: Call, form: CallForm, partners: [CandidacyPartner], environment: FormEnvironment,
        shelf: CandidacyFormShelf, newerForm: CallForm?
    ) throws -> CandidacyReview {
        let compiled = try shelf.part(form)
        let parts = CandidacyPart.all(partners, compiled, environment)
        let answers = compiled == nil ? candidacy.answers : CandidacyPart.gathered(candidacy.answers, parts)
        return CandidacyReview(
            candidacy: candidacy, call: call, form: form,
            state: FormState(try shelf.compiled(form), answers: answers, environment: environment),
            partners: partners, parts: parts, asksPartners: compiled != nil, newerForm: newerForm)
    }

    /// The communes that the answers of a candidacy name.
    static func communes(of candidacy: Candidacy, _ partners: [CandidacyPartner]) -> Set<String> {
        partners.reduce(candidacy.answers.communeCodes) { $0.union($1.answers.communeCodes) }
    }

    static func environment(of candidacy: Candidacy, place: Place?, at now: Instant) -> FormEnvironment {
        let legalForm = place?.sheet.text(.legalForm) ?? ""
        return FormEnvironment(
            maturity: candidacy.maturity.isEmpty ? nil : candidacy.maturity,
            legalForm: legalForm.isEmpty ? nil : legalForm, today: CivilZone.paris.local(now.microseconds).date,
            placeCommune: place?.sheet.sites.first?.commune)
    }
}
