/// Throws the working copy of a form away; the form in use stays as it is.
public struct DropFormDraft: Act {
    public static let right = "L’équipe de l’appel et la coordination."

    public let call: Call.ID
    public let maturity: String
    /// The step that was shown.
    public let version: Int

    public init(call: Call.ID, maturity: String, version: Int) {
        self.call = call
        self.maturity = maturity
        self.version = version
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity).authorize()
    }

    public func perform(_ proceeding: Proceeding) throws {
        let draft = try FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity).draft()
        guard draft.version == version else { throw Conflict(current: draft.version) }
        try FormDraftStore.delete(draft.id, proceeding.writer)
        proceeding.about(call)
        proceeding.note("stage", maturity)
    }
}
