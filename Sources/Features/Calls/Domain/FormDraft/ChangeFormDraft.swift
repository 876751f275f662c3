import Forms

/// Does one thing to the working copy of a form, or undoes it.
///
/// Two people who change different spots both succeed, and each is told what the other did; on the same spot the second one is
/// refused, with the version there is (FRM-14).
public struct ChangeFormDraft: Act {
    public static let right = "L’équipe de l’appel et la coordination, jusqu’à la clôture."

    public let call: Call.ID
    public let maturity: String
    /// The step the change was thought on.
    public let version: Int
    public let change: FormDraftChange

    public init(call: Call.ID, maturity: String, version: Int, change: FormDraftChange) {
        self.call = call
        self.maturity = maturity
        self.version = version
        self.change = change
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity).authorize()
    }

    public func perform(_ proceeding: Proceeding) throws -> FormDraftOutcome {
        let editing = FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity)
        _ = try editing.openCall()
        let draft = try editing.draft()
        switch change {
        case .edit(let edit): return try apply(edit, draft, editing)
        case .undo:
            try requirePresent(draft)
            let target = try step(draft.step.former, of: draft, "Il n’y a rien à annuler.", proceeding)
            let words = "Annulé\u{202F}: \(draft.step.words)"
            return outcome(
                try editing.add(
                    target.form, to: draft, words: words, place: draft.step.place, former: target.former,
                    later: draft.version))
        case .redo:
            try requirePresent(draft)
            let target = try step(draft.step.later, of: draft, "Il n’y a rien à rétablir.", proceeding)
            return outcome(
                try editing.add(
                    target.form, to: draft, words: target.words, place: target.place, former: target.former,
                    later: target.later))
        case .restore(let number):
            try requirePresent(draft)
            let target = try step(number, of: draft, "Cette étape n’est plus gardée.", proceeding)
            guard target.form != draft.form else { throw Problems("", "Le formulaire est déjà ainsi.") }
            return outcome(
                try editing.add(
                    target.form, to: draft, words: "Revenu à l’étape \(number)", place: "", former: draft.version,
                    later: 0))
        }
    }

    private func requirePresent(_ draft: FormDraft) throws {
        guard version == draft.version else { throw Conflict(current: draft.version) }
    }

    private func step(
        _ number: Int, of draft: FormDraft, _ refusal: String, _ proceeding: Proceeding
    ) throws -> FormDraftStep {
        guard number > 0, let step = try FormDraftStore.step(number, of: draft.id, proceeding.writer) else {
            throw Problems("", refusal)
        }
        return step
    }

    private func outcome(_ draft: FormDraft) -> FormDraftOutcome {
        FormDraftOutcome(draft: draft, orphans: [], meanwhile: [])
    }

    private func apply(_ edit: FormEdit, _ draft: FormDraft, _ editing: FormDraftEditing) throws -> FormDraftOutcome {
        var meanwhile: [FormDraftStep] = []
        if version != draft.version {
            guard version < draft.version,
                let shown = try FormDraftStore.step(version, of: draft.id, editing.proceeding.writer),
                FormEditing.holds(edit, thoughtOn: shown.form, appliedTo: draft.form)
            else { throw Conflict(current: draft.version) }
            meanwhile = try FormDraftStore.steps(of: draft.id, after: version, editing.proceeding.writer)
        }
        let edited: EditedForm
        do {
            edited = try FormEditing.apply(edit, to: draft.form)
        } catch { throw Problems("", error.message) }
        let next = try editing.add(
            edited.form, to: draft, words: edited.words, place: edited.place, former: draft.version, later: 0)
        return FormDraftOutcome(draft: next, orphans: edited.orphans, meanwhile: meanwhile)
    }
}
