/// Says how the jury of a wave judges: its grid, its quorum, when it meets. Once sheets are open, the grid stays as it is.
public struct ComposeJury: Act {
    public static let right = "L’équipe de l’appel et la coordination, sauf qui candidate à cet appel."

    public let call: Call.ID
    /// The wave that it judges; nil for the last jury of the call, or for its wave under way.
    public let wave: CallWave.ID?
    /// The version that was shown; nil for the first time.
    public let version: Int?
    public let settings: JurySettings

    public init(call: Call.ID, wave: CallWave.ID? = nil, version: Int?, settings: JurySettings) {
        self.call = call
        self.wave = wave
        self.version = version
        self.settings = settings
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try JuryEditing(proceeding: proceeding).kept(call, wave)
    }

    public func perform(_ proceeding: Proceeding) throws -> Jury {
        let editing = JuryEditing(proceeding: proceeding)
        let access = try editing.kept(call, wave)
        guard access.call.state == .published else {
            throw Problems("", "Un jury se compose quand l’appel est publié.")
        }
        var problems = Problems()
        var clean = settings.canonical(&problems)
        try problems.throwIfAny()
        editing.note(access)
        guard let former = access.jury else {
            guard let wave = wave.flatMap({ access.call.wave($0) }) ?? access.call.wave(at: proceeding.now) else {
                throw Missing()
            }
            let jury = Jury(
                id: proceeding.newIdentifier(), call: call, wave: wave.id, state: .preparing, version: 1,
                settings: clean, createdAt: proceeding.now, openedAt: nil,
                revealedAt: nil, signedAt: nil)
            try JuryStore.insert(jury, proceeding.writer)
            proceeding.note("version", "1")
            return jury
        }
        guard former.version == version else { throw Conflict(current: former.version) }
        guard former.state != .signed else {
            throw Problems("", "Le procès-verbal est signé\u{202F}: plus rien ne change.")
        }
        if former.state != .preparing {
            // What the règles of the game are is known before the first note.
            guard clean.criteria == former.settings.criteria, clean.dispersion == former.settings.dispersion else {
                throw Problems(
                    "criteres",
                    "Les fiches sont ouvertes\u{202F}: la grille, les poids et l’écart à signaler ne changent plus.")
            }
            clean.criteria = former.settings.criteria
        }
        var jury = former
        jury.settings = clean
        jury.version += 1
        try JuryStore.update(jury, at: former.version, proceeding.writer)
        proceeding.note("version", String(jury.version))
        return jury
    }
}
