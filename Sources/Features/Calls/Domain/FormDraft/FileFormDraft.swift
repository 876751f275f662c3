import Forms

/// Makes the working copy the form of the call: its next version. After publication it is an amendment (FRM-15).
public struct FileFormDraft: Act {
    public static let right = "L’équipe de l’appel et la coordination, jusqu’à la clôture."

    public let call: Call.ID
    public let maturity: String
    /// The step that was shown, with what it changes.
    public let version: Int
    /// Why, once the call is published: the reason is public.
    public let reason: String
    public let head: LetterHead

    public init(call: Call.ID, maturity: String, version: Int, reason: String = "", head: LetterHead) {
        self.call = call
        self.maturity = maturity
        self.version = version
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity).authorize()
    }

    public func perform(_ proceeding: Proceeding) throws -> CallForm {
        let editing = FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity)
        let kept = try editing.openCall()
        let draft = try editing.draft()
        guard draft.version == version else { throw Conflict(current: draft.version) }
        let blocking = FormCheck.issues(of: draft.form).filter { $0.severity == .blocking }
        guard blocking.isEmpty else {
            var problems = Problems()
            for issue in blocking { problems.add("", issue.message) }
            throw problems
        }
        let filing = CallFormFiling(proceeding: proceeding, call: kept, maturity: maturity)
        try filing.requireBase(draft.base)
        let form: CallForm
        if kept.state == .published {
            form = try filing.amend(draft.form, title: draft.form.title, reason: reason, head: head)
        } else {
            form = try filing.file(draft.form, title: draft.form.title)
        }
        try FormDraftStore.delete(draft.id, proceeding.writer)
        return form
    }
}
