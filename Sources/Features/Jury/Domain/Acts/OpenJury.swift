/// Opens the reading: the grid no longer changes, ties are looked for, sheets may be written. Weights that do not make 100 are
/// refused (JURY-2).
public struct OpenJury: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let version: Int

    public init(call: Call.ID, wave: CallWave.ID? = nil, version: Int) {
        self.call = call
        self.wave = wave
        self.version = version
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws -> Jury {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.kept(call, wave)
        let former = try editing.jury(access, in: [.preparing])
        guard former.version == version else { throw Conflict(current: former.version) }
        let members = try JuryMemberStore.members(of: access.id, writer).filter(\.sits)
        var problems = Problems()
        former.settings.requireReady(&problems)
        if !members.contains(where: { $0.role == .chair }) {
            problems.add("", "Personne ne préside encore\u{202F}: nommez une présidence, et attendez qu’elle accepte.")
        }
        if try access.dossiers(at: proceeding.now, writer).isEmpty {
            problems.add("", "Aucun dossier n’est à juger\u{202F}: la limite n’est pas passée, ou rien n’a été déposé.")
        }
        let waiting = try JuryDossier.underInstruction(of: former, writer)
        if waiting > 0 {
            problems.add(
                "",
                (waiting == 1 ? "Un dossier attend" : "\(waiting) dossiers attendent")
                    + " encore la décision de recevabilité.")
        }
        guard let state = former.state.after(.open) else { throw Problems("", "La lecture est déjà ouverte.") }
        try problems.throwIfAny()
        var jury = former
        jury.state = state
        jury.openedAt = proceeding.now
        jury.version += 1
        try JuryStore.update(jury, at: former.version, writer)
        let found = try editing.search(members, of: access)
        editing.note(access)
        proceeding.note("ties", String(found))
        return jury
    }
}
