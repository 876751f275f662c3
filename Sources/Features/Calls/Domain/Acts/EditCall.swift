/// Changes one section of a draft. After publication a change is an amendment: see `AmendCall`.
public struct EditCall: Act {
    public static let right = "L’équipe de l’appel et la coordination, avant la publication."

    public let call: Call.ID
    /// The version the section was read in.
    public let version: Int
    public let section: CallSection

    public init(call: Call.ID, version: Int, section: CallSection) {
        self.call = call
        self.version = version
        self.section = section
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CallEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> Call {
        let editing = CallEditing(proceeding: proceeding)
        let former = try editing.kept(call)
        guard former.state == .draft else {
            throw Problems("", "Cet appel est publié\u{202F}: il se change par un avenant.")
        }
        try editing.require(version, of: former)
        var problems = Problems()
        var changed = former
        changed.settings = former.settings.with(section, problems: &problems)
        try problems.throwIfAny()
        proceeding.note("section", section.name.rawValue)
        return try editing.write(changed, replacing: former)
    }
}
