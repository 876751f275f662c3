/// Opens the session: all final notes are shown to the jury and to those who keep the call. From then on nobody notes a dossier
/// for the first time (JURY-7).
public struct OpenJurySession: Act {
    public static let right = "L’équipe de l’appel, la coordination et la présidence du jury."

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
        try JuryEditing(proceeding: proceeding).led(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws -> Jury {
        let (editing, writer, now) = (JuryEditing(proceeding: proceeding), proceeding.writer, proceeding.now)
        let access = try editing.led(call, wave)
        let former = try editing.jury(access, in: [.reading])
        guard former.version == version else { throw Conflict(current: former.version) }
        guard let state = former.state.after(.reveal) else { throw Problems("", "La séance est déjà ouverte.") }
        _ = try editing.search(try JuryMemberStore.members(of: access.id, writer), of: access)
        let waiting = try JuryConflictStore.conflicts(of: access.id, writer).count { $0.state == .waiting }
        guard waiting == 0 else {
            throw Problems(
                "",
                (waiting == 1
                    ? "Un lien trouvé attend une décision" : "\(waiting) liens trouvés attendent une décision")
                    + "\u{202F}: dites d’abord si ce sont des conflits.")
        }
        var jury = former
        jury.state = state
        jury.revealedAt = now
        jury.version += 1
        try JuryStore.update(jury, at: former.version, revealedBy: proceeding.principal.account, writer)
        let known = Set(try JuryItemStore.items(of: access.id, writer).map(\.candidacy))
        for (place, dossier) in try access.dossiers(at: now, writer).enumerated()
        where !known.contains(dossier.id) {
            try JuryItemStore.insert(JuryItem(dossier.id, place: place + 1), of: access.id, writer)
        }
        editing.note(access)
        proceeding.note("version", String(jury.version))
        return jury
    }
}

extension JuryItem {
    /// A dossier of which nothing is planned yet.
    init(_ candidacy: Candidacy.ID, place: Int) {
        self.init(
            candidacy: candidacy, place: place, auditionAt: nil, auditionWords: "", begunAt: nil, advice: nil,
            words: "",
            advisedAt: nil, version: 1)
    }
}
