import Forms
import Storage

/// Begins a draft for a call, from a place or from nothing. Asking twice before a word was written gives the same draft.
public struct StartCandidacy: Act {
    public static let right = "Toute personne connectée, pour un appel publié qui n’est pas clos."

    public let call: Call.ID
    /// A code of `ReferenceList.maturities`; empty when the call has one form for all.
    public let maturity: String
    /// A place of whose team the person is: its sheet gives the first answers.
    public let place: Place.ID?
    public let shelf: CandidacyFormShelf

    /// The most candidacies somebody leads for one call.
    static let most = 20

    public init(call: Call.ID, maturity: String = "", place: Place.ID? = nil, shelf: CandidacyFormShelf) {
        self.call = call
        self.maturity = maturity
        self.place = place
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).visible(call)
        guard CandidacyRights.mayStart(proceeding.principal) else {
            throw Denied("Connectez-vous pour préparer une candidature.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let call = try CallEditing(proceeding: proceeding).visible(call).call
        guard let holder = proceeding.principal.account,
            let account = try AccountStore.account(holder, proceeding.writer)
        else { throw Missing() }
        let place = try ownPlace(proceeding)
        let form = try form(of: call, proceeding)
        let wave = try wave(of: call, proceeding)
        if let known = try CandidacyStore.untouched(
            holder, call: call.id, maturity: maturity, place: place?.id, proceeding.writer)
        {
            proceeding.concerns(known.id)
            return known
        }
        guard try CandidacyStore.count(of: holder, call: call.id, proceeding.writer) < Self.most else {
            throw Problems(
                "", "Vous avez déjà \(Self.most) candidatures pour cet appel\u{202F}: reprenez l’une d’elles.")
        }
        let sheet = place?.sheet
        let candidacy = Candidacy(
            id: proceeding.newIdentifier(), call: call.id, wave: wave.id, form: form.id, maturity: maturity,
            place: place?.id, title: sheet?.name ?? "", structure: sheet?.text(.structure) ?? "",
            siret: sheet?.text(.siret) ?? "", channel: .online, holder: holder, depositor: "", state: .draft,
            version: 1,
            depositedVersion: 0,
            answers: CandidacyPrefill.answers(for: try readable(form), place: place, account: account),
            consentedAt: nil, createdAt: proceeding.now, updatedAt: proceeding.now, withdrawnAt: nil,
            withdrawReason: "",
            decision: nil)
        try CandidacyStore.insert(candidacy, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("call", call.id.text)
        return candidacy
    }

    private func ownPlace(_ proceeding: Proceeding) throws -> Place? {
        guard let place else { return nil }
        guard let found = try PlaceStore.place(proceeding.principal, place, proceeding.writer) else { throw Missing() }
        guard PlaceRights.belongs(proceeding.principal, to: place) else {
            throw Denied("Seule l’équipe d’un lieu candidate pour lui.")
        }
        return found
    }

    private func form(of call: Call, _ proceeding: Proceeding) throws -> CallForm {
        if let form = try CallFormStore.current(of: call.id, maturity: maturity, proceeding.writer) { return form }
        let known = try CallFormStore.current(of: call.id, proceeding.writer)
        guard known.isEmpty else { throw Problems("etape", "Dites à quelle étape en est votre projet.") }
        throw Problems("", "Le dossier de cet appel n’est pas encore écrit.")
    }

    private func readable(_ form: CallForm) throws -> Form {
        do {
            return try shelf.compiled(form).form
        } catch is FormFileProblems {
            throw Problems("", "Le dossier de cet appel ne se lit pas\u{202F}: prévenez l’organisateur.")
        } catch is FormIssues {
            throw Problems("", "Le dossier de cet appel se contredit\u{202F}: prévenez l’organisateur.")
        }
    }

    private func wave(of call: Call, _ proceeding: Proceeding) throws -> CallWave {
        guard call.state == .published else {
            throw Problems("", call.state == .draft ? "Cet appel n’est pas publié." : "Cet appel est annulé.")
        }
        guard call.settings.deposit.isOnline else {
            throw Problems("", "Cet appel ne reçoit pas de candidatures en ligne\u{202F}: voyez son règlement.")
        }
        guard let wave = call.openWave(at: proceeding.now) ?? call.nextWave(at: proceeding.now) else {
            throw Problems("", "Cet appel est clos\u{202F}: il ne reçoit plus de nouvelles candidatures.")
        }
        return wave
    }
}
