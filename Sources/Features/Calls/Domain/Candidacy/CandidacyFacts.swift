import Exchange
import Forms
import Storage

/// What a candidacy tells of itself, for the conditions of its call.
enum CandidacyFacts {
    /// The facts as they are known on the day of `now`. The commune is the one that the dossier answers first, else the place's.
    static func of(_ review: CandidacyReview, place: Place?, at now: Instant, _ reader: Reader) throws
        -> EligibilityFacts
    {
        let (candidacy, state) = (review.candidacy, review.state)
        var facts = EligibilityFacts(today: CivilZone.paris.local(now.microseconds).date)
        let sheet = place?.sheet
        if let code = answeredCommune(state) ?? sheet?.sites.first?.commune {
            facts.commune = try CommuneStore.current(code, reader)
        }
        facts.edition = try reader.count("SELECT COALESCE(MAX(edition), 0) FROM commune")
        facts.knownZonings = try TerritoryReads.zoningKinds(reader)
        if let commune = facts.commune {
            facts.zonings = try TerritoryReads.zonings(of: commune.code, on: facts.today, reader).map {
                .init(kind: $0.kind, code: $0.code, name: $0.name, edition: $0.edition)
            }
        }
        facts.legalForm = text(sheet?.text(.legalForm))
        facts.createdOn = text(sheet?.text(.formalitiesDate)).flatMap { CivilDate(iso: $0) }
        facts.maturity = text(candidacy.maturity) ?? text(sheet?.text(.maturity))
        if let place { facts.isRegistered = place.visibility == .everyone }
        facts.siret = text(candidacy.siret) ?? answeredSIRET(state)
        if state.isShown("montant_demande"), case .money(let cents) = state.answers["montant_demande"] {
            facts.amount = cents
        }
        // A share of 1 is ten thousand basis points.
        if state.isShown("part_publique"), let share = state.computed("part_publique") {
            facts.publicAid = Int(share.millionths / 100)
        }
        return facts
    }

    private static func answeredCommune(_ state: FormState) -> String? {
        for question in state.compiled.form.questions where state.isShown(question.key) {
            if case .address(let address) = state.answers[question.key], let code = address.communeCode { return code }
        }
        return nil
    }

    private static func answeredSIRET(_ state: FormState) -> String? {
        for question in state.compiled.form.questions where state.isShown(question.key) {
            if case .siret = question.kind, case .text(let text) = state.answers[question.key] { return text }
        }
        return nil
    }

    private static func text(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
