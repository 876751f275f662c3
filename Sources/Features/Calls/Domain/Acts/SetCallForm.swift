import Forms

/// Writes a new version of the form of a call that is not published, for one maturity or for all, from a file. After publication
/// the form changes by an amendment: `AmendCallForm`, `FileFormDraft`.
public struct SetCallForm: Act {
    public static let right = "L’équipe de l’appel et la coordination, avant la publication."

    public let call: Call.ID
    /// A code of `ReferenceList.maturities`; empty for a form that serves all.
    public let maturity: String
    public let title: String
    /// The form as a file (`FormFile`); the version it tells is replaced by the next one.
    public let definition: String

    public init(call: Call.ID, maturity: String = "", title: String, definition: String) {
        self.call = call
        self.maturity = maturity
        self.title = title
        self.definition = definition
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    /// Answers the form in use: the new version, or the present one when nothing differs.
    public func perform(_ proceeding: Proceeding) throws -> CallForm {
        let kept = try CallEditing(proceeding: proceeding).kept(call)
        guard kept.state == .draft else {
            throw Problems("", "Cet appel est publié\u{202F}: son dossier se change par un avenant.")
        }
        var problems = Problems()
        if !maturity.isEmpty, !ReferenceList.maturities.contains(maturity) {
            problems.add("etape", "Cette étape n’existe pas.")
        }
        let title = CallText.line(title, "titre", limit: 200, &problems)
        var asked: Form?
        do throws(Problems) {
            asked = try CallFormDefinition.form(definition)
        } catch {
            for problem in error.list { problems.add(problem.field, problem.message) }
        }
        try problems.throwIfAny()
        guard let asked else { throw problems }
        let writer = proceeding.writer
        if let present = try CallFormStore.current(of: call, writer).first(where: { $0.maturity == maturity }),
            present.definition == CallFormDefinition.text(asked, version: present.version), present.title == title
        {
            proceeding.concerns(call)
            return present
        }
        return try CallFormFiling(proceeding: proceeding, call: kept, maturity: maturity).file(asked, title: title)
    }
}
