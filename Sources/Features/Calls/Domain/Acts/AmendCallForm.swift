import Forms

/// Changes the form of a published call: an amendment, with its reason, told to those who are answering it (FRM-15).
public struct AmendCallForm: Act {
    public static let right = "L’équipe de l’appel et la coordination, de la publication à la clôture."

    public let call: Call.ID
    /// A code of `ReferenceList.maturities`; empty for the form that serves all.
    public let maturity: String
    public let title: String
    /// The form as a file (`FormFile`); the version it tells is replaced by the next one.
    public let definition: String
    public let reason: String
    public let head: LetterHead

    public init(
        call: Call.ID, maturity: String = "", title: String, definition: String, reason: String, head: LetterHead
    ) {
        self.call = call
        self.maturity = maturity
        self.title = title
        self.definition = definition
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> CallForm {
        let kept = try FormDraftEditing(proceeding: proceeding, call: call, maturity: maturity).openCall()
        guard kept.state == .published else { throw Problems("", "Cet appel n’est pas publié.") }
        if !maturity.isEmpty, !ReferenceList.maturities.contains(maturity) {
            throw Problems("etape", "Cette étape n’existe pas.")
        }
        let form = try CallFormDefinition.form(definition)
        return try CallFormFiling(proceeding: proceeding, call: kept, maturity: maturity).amend(
            form, title: title, reason: reason, head: head)
    }
}
