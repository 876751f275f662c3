import Forms

/// Begins the working copy of the form of a call, for one stage or for all; answers the one there is when it was begun already.
public struct OpenFormDraft: Act {
    public static let right = "L’équipe de l’appel et la coordination, jusqu’à la clôture."

    public let call: Call.ID
    /// A code of `ReferenceList.maturities`; empty for a form that serves all.
    public let maturity: String
    /// A form to begin with; nil to begin with the one in use, or with nothing.
    public let start: Form?

    public init(call: Call.ID, maturity: String = "", start: Form? = nil) {
        self.call = call
        self.maturity = maturity
        self.start = start
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity).authorize()
    }

    public func perform(_ proceeding: Proceeding) throws -> FormDraft {
        let editing = FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity)
        let kept = try editing.openCall()
        if !maturity.isEmpty, !ReferenceList.maturities.contains(maturity) { throw Missing() }
        if let present = try FormDraftStore.draft(of: call, maturity: maturity, proceeding.writer) {
            proceeding.concerns(call)
            return present
        }
        let base = try CallFormStore.current(of: call, proceeding.writer).first { $0.maturity == maturity }
        let form: Form
        let words: String
        if let start {
            form = start
            words = "Commencé par «\u{202F}\(start.title)\u{202F}»"
        } else if let base {
            form = try base.questions()
            words = "Repris de la version \(base.version)"
        } else {
            form = Form(key: "dossier", title: "Dossier de candidature")
            words = "Commencé"
        }
        guard FormFile.write(form).count <= CallFormDefinition.maxBytes else {
            throw Problems("", "Ce dossier dépasse deux mégaoctets.")
        }
        let id: FormDraft.ID = proceeding.newIdentifier()
        let first = FormDraftStep(
            version: 1, form: form, words: words, place: "", former: 0, later: 0, at: proceeding.now,
            by: proceeding.principal.account)
        try FormDraftStore.insert(
            id, of: call, maturity: maturity, base: base?.id, first: first, proceeding.writer)
        proceeding.about(kept.id)
        proceeding.note("stage", maturity)
        return FormDraft(id: id, call: call, maturity: maturity, base: base?.id, version: 1, step: first)
    }
}
