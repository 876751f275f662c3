/// The session passes to a dossier: its time runs from now.
public struct BeginDossier: Act {
    public static let right =
        "L’équipe de l’appel, la coordination et la présidence du jury, sans lien avec ce dossier."

    public let call: Call.ID
    /// The wave that its jury judges; nil for the last jury of the call.
    public let wave: CallWave.ID?
    public let candidacy: Candidacy.ID

    public init(call: Call.ID, wave: CallWave.ID? = nil, candidacy: Candidacy.ID) {
        self.call = call
        self.wave = wave
        self.candidacy = candidacy
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = JuryEditing(proceeding: proceeding)
        try editing.requireClear(try editing.led(call, wave), candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (editing, writer) = (JuryEditing(proceeding: proceeding), proceeding.writer)
        let access = try editing.led(call, wave)
        _ = try editing.jury(access, in: [.session])
        guard var item = try JuryItemStore.items(of: access.id, writer).first(where: { $0.candidacy == candidacy })
        else {
            throw Missing()
        }
        item.begunAt = proceeding.now
        try JuryItemStore.update(item, of: access.id, by: proceeding.principal.account, writer)
        editing.note(access)
        proceeding.note("candidacy", candidacy.text)
    }
}
