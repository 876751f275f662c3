import Forms

/// What the acts on a working copy share: the right, the call that may still change, and the copy itself.
struct FormDraftEditing {
    let proceeding: Proceeding
    let call: Call.ID
    let maturity: String

    private var editing: CallEditing { CallEditing(proceeding: proceeding) }

    func authorize() throws { _ = try editing.kept(call) }

    /// The call, whose form may be written now (FRM-16).
    func openCall() throws -> Call {
        let call = try editing.kept(call)
        switch call.phase(at: proceeding.now) {
        case .draft, .coming, .open: return call
        case .cancelled: throw Problems("", "Cet appel est annulé\u{202F}: son dossier ne change plus.")
        case .closed: throw Problems("", "Cet appel est clos\u{202F}: son dossier ne change plus.")
        }
    }

    /// The working copy; `Missing` when there is none.
    func draft() throws -> FormDraft {
        guard let draft = try FormDraftStore.draft(of: call, maturity: maturity, proceeding.writer) else {
            throw Missing()
        }
        return draft
    }

    /// Puts one more step.
    func add(
        _ form: Form, to draft: FormDraft, words: String, place: String, former: Int, later: Int
    ) throws -> FormDraft {
        guard FormFile.write(form).count <= CallFormDefinition.maxBytes else {
            throw Problems("", "Ce dossier dépasse deux mégaoctets.")
        }
        let step = FormDraftStep(
            version: draft.version + 1, form: form, words: words, place: place, former: former, later: later,
            at: proceeding.now, by: proceeding.principal.account)
        try FormDraftStore.add(step, to: draft, proceeding.writer)
        proceeding.about(call)
        proceeding.note("stage", maturity)
        proceeding.note("step", String(step.version))
        return FormDraft(
            id: draft.id, call: call, maturity: maturity, base: draft.base, version: step.version, step: step)
    }
}
