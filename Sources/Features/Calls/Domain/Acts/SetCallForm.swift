import Forms

/// Writes a new version of the form of a call, for one maturity or for all. Dossiers deposited keep the version they answered.
public struct SetCallForm: Act {
    public static let right = "L’équipe de l’appel et la coordination."

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
        let version = try CallFormStore.latestVersion(of: call, maturity: maturity, writer) + 1
        let text = CallFormDefinition.text(asked, version: version)
        let digest = RulesText.fingerprint(text)
        let form = CallForm(
            id: proceeding.newIdentifier(), call: call, maturity: maturity, version: version, title: title,
            definition: text, digest: digest, createdAt: proceeding.now)
        try CallFormStore.insert(form, by: proceeding.principal.account, writer)
        proceeding.about(call)
        proceeding.note("form", form.id.text)
        proceeding.note("digest", digest)
        return form
    }
}
